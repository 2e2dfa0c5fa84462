"""LLaMA-Factory's dataset_info.json: its entries as sources, and what is said of broken ones."""

import json

import datasets
import pytest

from engine.data.reading import open_source
from engine.data.rows import Conversation, Feedback, Preference, Text
from engine.data.sources import local_files, local_path, open_rows, whole_source
from engine.errors import BadInput
from engine.recipe.fields import Data, Source

ALPACA = {"instruction": "q", "input": "i", "output": "a"}
SPEAKERS = {
    "role_tag": "who", "content_tag": "says", "user_tag": "customer", "assistant_tag": "agent",
    "observation_tag": "machine", "function_tag": "calls", "system_tag": "boss",
}  # fmt: skip
OPENAI = {
    "role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant",
}  # fmt: skip
TURNS = [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]
CALL = '{"name": "find", "arguments": {}}'


@pytest.fixture
def registry(tmp_path):
    """Write a registry with one entry `set` and its file; gives the source of that entry back."""

    def write(entry, row=None, name="dataset_info.json"):
        if row is not None:
            (tmp_path / "rows.json").write_text(json.dumps([row]))
            entry = {"file_name": "rows.json", **entry}
        (tmp_path / name).write_text(
            json.dumps({"set": entry, "other": {"file_name": "gone.json"}})
        )
        return f"{tmp_path / name}:set"

    return write


def read(source, kind=None, **fields):
    section = Data(source=source, **fields)
    opened = open_source(section.all_sources()[0], section, kind, None)
    return opened.reading, next(opened.read(raw) for _number, raw in opened.numbered)


def said(messages):
    return [(message.role, message.content) for message in messages]


@pytest.mark.parametrize(
    ("entry", "row", "format", "expected"),
    [
        ({}, ALPACA, "alpaca", [("user", "q\ni"), ("assistant", "a")]),
        (
            {"columns": {"prompt": "frage", "response": "antwort", "system": "rolle", "history": "h"}},
            {"frage": "q", "antwort": "a", "rolle": "s", "h": [["b", "c"]]},
            "alpaca",
            [("system", "s"), ("user", "b"), ("assistant", "c"), ("user", "q"), ("assistant", "a")],
        ),
        ({"formatting": "sharegpt"}, {"conversations": TURNS}, "sharegpt",
         [("user", "q"), ("assistant", "a")]),
        (
            {"formatting": "sharegpt", "columns": {"messages": "dialog"}, "tags": SPEAKERS},
            {"dialog": [
                {"who": "boss", "says": "s"}, {"who": "customer", "says": "q"},
                {"who": "calls", "says": CALL}, {"who": "machine", "says": "r"},
                {"who": "agent", "says": "a"},
            ]},
            "sharegpt",
            [("system", "s"), ("user", "q"), ("assistant", ""), ("tool", "r"), ("assistant", "a")],
        ),
        (
            {"formatting": "sharegpt", "columns": {"messages": "messages"}, "tags": OPENAI},
            {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]},
            "messages",
            [("user", "q"), ("assistant", "a")],
        ),
        (
            {"formatting": "openai", "columns": {"messages": "messages"}},
            {"messages": [
                {"role": "user", "content": "q"},
                {"role": "assistant", "content": None, "tool_calls": [{"function": json.loads(CALL)}]},
                {"role": "tool", "content": "r"},
                {"role": "assistant", "content": "a"},
            ]},
            "messages",
            [("user", "q"), ("assistant", ""), ("tool", "r"), ("assistant", "a")],
        ),
    ],
)  # fmt: skip
def test_an_entry_is_read_by_its_layout_columns_and_tags(registry, entry, row, format, expected):
    reading, found = read(registry(entry, row))
    assert reading.format.name == format
    assert isinstance(found, Conversation)
    assert said(found.messages) == expected


@pytest.mark.parametrize(
    ("entry", "row"),
    [
        (
            {"ranking": True, "columns": {"prompt": "p", "chosen": "good", "rejected": "bad"}},
            {"p": "q", "good": "a", "bad": "b"},
        ),
        (
            {"ranking": True, "formatting": "sharegpt",
             "columns": {"messages": "c", "chosen": "good", "rejected": "bad"}},
            {"c": TURNS[:1], "good": TURNS[1], "bad": {"from": "gpt", "value": "b"}},
        ),
        (
            {"ranking": True, "formatting": "sharegpt", "tags": SPEAKERS,
             "columns": {"messages": "c", "chosen": "good", "rejected": "bad"}},
            {"c": [{"who": "customer", "says": "q"}], "good": {"who": "agent", "says": "a"},
             "bad": {"who": "agent", "says": "b"}},
        ),
    ],
)  # fmt: skip
def test_an_entry_with_ranking_is_pairs(registry, entry, row):
    _reading, found = read(registry(entry, row))
    assert isinstance(found, Preference)
    assert [said(part) for part in (found.prompt, found.chosen, found.rejected)] == [
        [("user", "q")], [("assistant", "a")], [("assistant", "b")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "row"),
    [
        (
            {"columns": {"prompt": "p", "response": "c", "kto_tag": "ok"}},
            {"p": "q", "c": "a", "ok": False},
        ),
        (
            {"formatting": "sharegpt", "columns": {"messages": "m", "kto_tag": "ok"}, "tags": OPENAI},
            {"m": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}], "ok": False},
        ),
    ],
)  # fmt: skip
def test_an_entry_with_a_kto_tag_is_feedback(registry, entry, row):
    _reading, found = read(registry(entry, row))
    assert isinstance(found, Feedback)
    assert (said(found.prompt), said(found.completion)) == ([("user", "q")], [("assistant", "a")])
    assert found.desirable is False


def test_an_entry_with_a_prompt_alone_is_plain_text(registry):
    _reading, found = read(registry({"columns": {"prompt": "t"}}, {"t": "one"}))
    assert found == Text("one")


def test_an_entry_of_pairs_is_no_set_of_answers(registry):
    source = registry({"ranking": True}, {"instruction": "q", "chosen": "a", "rejected": "b"})
    with pytest.raises(BadInput, match="preference pairs"):
        read(source, "conversation")


def test_the_folder_of_a_registry_stands_for_it(registry, tmp_path):
    registry({}, ALPACA)
    assert read(f"{tmp_path}:set")[0].format.name == "alpaca"
    with pytest.raises(BadInput, match=r"a registry of 2 data sets.*set") as caught:
        read(str(tmp_path))
    assert caught.value.problem.code == "registry"
    with pytest.raises(BadInput, match="a registry of 2 data sets"):
        read(str(tmp_path / "dataset_info.json"))


def test_an_entry_is_a_local_source_and_is_made_whole(registry, tmp_path, monkeypatch):
    source = registry({}, ALPACA)
    assert local_path(source) == tmp_path / "dataset_info.json"
    assert local_files(source) == [tmp_path / "dataset_info.json", tmp_path / "rows.json"]
    monkeypatch.chdir(tmp_path)
    assert whole_source("dataset_info.json:set") == source


def test_samples_and_a_hub_with_its_subset_reach_their_reader(registry, monkeypatch):
    asked = []

    def load(path, **options):
        asked.append((path, options["name"], options["split"]))
        return [ALPACA] * 5

    monkeypatch.setattr("huggingface_hub.HfApi.dataset_info", lambda *a, **k: None)
    monkeypatch.setattr(datasets, "load_dataset", load)
    source = registry(
        {"hf_hub_url": "owner/name", "ms_hub_url": "x/y", "subset": "en", "split": "sft",
         "num_samples": 2}
    )  # fmt: skip
    assert len(list(open_rows(Source(source=source)))) == 2
    assert asked == [("owner/name", "en", "sft")]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"file_name": "gone.json"}, r"gone\.json: there is no such file"),
        ({"file_nam": "rows.json"}, "no key file_nam.*Did you mean file_name"),
        ({"file_name": "rows.json", "formatting": "sharegtp"}, "formatting is 'sharegtp'"),
        ({"file_name": "rows.json", "columns": ["a"]}, "columns is no object"),
        ({"file_name": "rows.json", "columns": {"images": "i"}}, "come with images"),
        ({"script_url": "x"}, "a program, which is not run"),
        ({"hf_hub_url": "o/n", "folder": "python"}, "folder python"),
        ({"columns": {}}, "names no file and no hub"),
        ({"file_name": "rows.json", "columns": {"prompt": "gone"}}, "no column 'gone'"),
    ],
)
def test_a_broken_entry_gets_one_sentence(registry, tmp_path, entry, said):
    (tmp_path / "rows.json").write_text(json.dumps([ALPACA]))
    with pytest.raises(BadInput, match=said) as caught:
        read(registry(entry))
    assert "\n" not in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_a_wrong_name_is_told_with_the_nearest(registry):
    source = registry({}, ALPACA)
    with pytest.raises(BadInput, match=r"has no data set sett.*Did you mean .*:set"):
        read(source + "t")


@pytest.mark.parametrize("text", ["{", "[]", '{"set": 3}'])
def test_a_file_that_is_no_registry_is_told(registry, tmp_path, text):
    source = registry({}, ALPACA)
    (tmp_path / "dataset_info.json").write_text(text)
    with pytest.raises(BadInput, match=r"dataset_info\.json is (not JSON|no registry)"):
        read(source)
