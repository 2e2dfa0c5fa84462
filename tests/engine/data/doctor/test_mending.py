"""The mended set: what can be put right is, everything else is as it was."""

import json

import pytest

from engine.data.doctor import checked
from engine.data.doctor.mending import as_json, mended_text
from engine.data.formats import FORMATS
from engine.data.reading import open_sources
from engine.data.rows import (
    Conversation,
    Feedback,
    Labelled,
    Message,
    Preference,
    Prompt,
    Text,
    ToolCall,
)
from engine.errors import BadInput
from engine.recipe.fields import Data
from tests.engine.data.doctor.rows import answered, chat, good

KEY = "hf_" + "Ab1" * 11


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_it_is_written_in_the_messages_format_with_nothing_left_to_find(
    examine, tmp_path, tokenizer
):
    out = tmp_path / "mended.jsonl"
    rows = [
        good(1),
        answered("red\x1b[31m alert\x1b[0m, cafÃ©, zero\u200bwidth"),
        answered(f"use {KEY} here"),
        {"prompt": "How many?", "completion": 42},
        {"prompt": "And?", "completion": "  "},
        "no row",
        {**good(2), "extra": None},
    ]
    found = examine(rows, fix=out)
    assert found.mended is not None
    assert (found.mended.rows, found.mended.changed, found.mended.left_out) == (5, 3, 2)
    assert [row["messages"][-1]["content"] for row in lines(out)] == [
        good(1)["completion"], "red alert, café, zerowidth", "use [key removed] here", "42",
        good(2)["completion"],
    ]  # fmt: skip
    assert not list(tmp_path.glob(".*.part"))
    again = checked(Data(source=str(out), validation=0), None, tokenizer)
    assert (again.format, again.counts.rows, again.counts.kept) == ("messages", 5, 5)
    assert again.causes == ()


def test_turns_are_joined_and_a_last_question_without_answer_is_cut_off(examine, tmp_path):
    out = tmp_path / "mended.jsonl"
    rows = [
        chat("u:Hello.", "u:Who are you?", "a:I.", "a:Ember.", "u:And?"),
        chat("s:Brief.", "u:Where?", "c:look", "t:here", "a:Here."),
    ]
    examine(rows, fix=out, template="chatml")
    first, second = (row["messages"] for row in lines(out))
    assert [(turn["role"], turn["content"]) for turn in first] == [
        ("user", "Hello.\n\nWho are you?"), ("assistant", "I.\n\nEmber."),
    ]  # fmt: skip
    assert [turn["role"] for turn in second] == ["system", "user", "assistant", "tool", "assistant"]
    assert second[2]["tool_calls"][0]["function"] == {"name": "look", "arguments": "{}"}


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("plain\n\ttext", "plain\n\ttext"),
        ("\x1b]52;c;aGk=\x07copied", "copied"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("a\x1b[2Jb\x1bcc", "abc"),
        ("a\r\nb\rc", "a\r\nb\rc"),
        ("bell\x07\r\nnext", "bell\nnext"),
        ("user\u202etxt", "usertxt"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("sÃ£o", "são"),
        (f"{KEY}!", "[key removed]!"),
    ],
)
def test_texts_lose_what_nobody_can_see(text, mended):
    assert mended_text(text) == mended
    assert mended_text(mended) == mended


def test_a_key_in_a_tool_call_is_removed_too(examine, tmp_path):
    call = {"function": {"name": "login", "arguments": {"key": [KEY], "n": 1}}}
    row = chat("u:Log in.", "a:", "t:ok", "a:Done.")
    row["messages"][1]["tool_calls"] = [call]
    found = examine([row], fix=tmp_path / "out.jsonl", template="chatml")
    assert [cause.code for cause in found.causes] == ["secret"]
    (mended,) = lines(tmp_path / "out.jsonl")
    arguments = mended["messages"][1]["tool_calls"][0]["function"]["arguments"]
    assert json.loads(arguments) == {"key": ["[key removed]"], "n": 1}


TURNS = (Message("system", "s"), Message("user", "q"))
SAID = (Message("assistant", "a"),)


@pytest.mark.parametrize(
    "row",
    [
        Conversation((*TURNS, Message("assistant", "a", False), Message("user", "b"), *SAID)),
        Conversation(
            (TURNS[1], Message("assistant", "", True, (ToolCall("f", {"x": ["é", 1]}),)),
             Message("tool", "r"), *SAID),
            ({"type": "function", "function": {"name": "f"}},),
        ),
        Preference(TURNS, SAID, (Message("assistant", "b"),)),
        Feedback(TURNS, SAID, False),
        Prompt(TURNS, "42"),
        Prompt(TURNS),
        Text("some text\u2028with a line separator"),
        Labelled("one", "other", ("yes",)),
        Labelled("one", None, ("a", "b"), several=True),
    ],
)  # fmt: skip
def test_a_row_of_every_kind_reads_back_as_it_was(tmp_path, row):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(as_json(row)) + "\n")
    kinds = {Conversation: "conversation", Preference: "preference", Feedback: "feedback",
             Prompt: "prompt", Text: "text", Labelled: "labelled"}  # fmt: skip
    (opened,) = open_sources(Data(source=str(path)), kinds[type(row)])
    assert opened.reading.format.name in FORMATS
    ((_number, raw),) = list(opened.numbered)
    read = opened.read(raw)
    if isinstance(row, Prompt):
        assert (read.answer, [m.content for m in read.messages]) == (row.answer, ["s", "q"])
    elif isinstance(row, (Preference, Feedback)):
        assert [m.content for m in read.prompt] == ["s", "q"]
        assert {type(row): (getattr(read, "chosen", None), getattr(read, "completion", None))} == {
            type(row): (getattr(row, "chosen", None), getattr(row, "completion", None))
        }
    else:
        assert read == row


def test_a_file_that_is_there_is_not_overwritten_unless_told(examine, tmp_path):
    out = tmp_path / "mended.jsonl"
    out.write_text("precious")
    with pytest.raises(BadInput, match="there already") as caught:
        examine([good(1)], fix=out)
    assert "--overwrite" in str(caught.value.problem.advice)
    assert out.read_text() == "precious"
    examine([good(1)], fix=out, overwrite=True)
    assert lines(out)[0]["messages"][0]["role"] == "user"


def test_the_source_itself_is_never_overwritten(examine, tmp_path):
    with pytest.raises(BadInput, match="a file of its own"):
        examine([good(1)], fix=tmp_path / "rows.jsonl", overwrite=True)


@pytest.mark.parametrize(
    ("name", "words"), [("out.csv", "ends in .jsonl"), ("no/such/out.jsonl", "cannot be written")]
)
def test_a_file_that_cannot_be_written_is_one_sentence(examine, tmp_path, name, words):
    with pytest.raises(BadInput, match=words):
        examine([good(1)], fix=tmp_path / name)


def test_nothing_half_done_is_left_where_reading_fails(tmp_path, tokenizer):
    broken = tmp_path / "rows.json"
    broken.write_text(json.dumps([good(1), good(2)])[:-1] + ", {")
    with pytest.raises(BadInput, match="broken JSON"):
        checked(Data(source=str(broken)), None, tokenizer, fix=tmp_path / "out.jsonl")
    assert sorted(path.name for path in tmp_path.glob("*out*")) == []
    assert sorted(path.name for path in tmp_path.glob(".*")) == []
