"""A data set examined before anything is trained on it."""

import json

import pytest


@pytest.fixture
def mixed_file(tmp_path):
    """Five good rows, one without an answer, one that is no object of the kind."""
    rows = [
        {"messages": [{"role": "user", "content": f"{n}?"}, {"role": "assistant", "content": "I."}]}
        for n in range(5)
    ]
    rows.insert(2, {"messages": [{"role": "user", "content": "and nobody answers"}]})
    rows.insert(4, {"messages": "\x1b[31mno list"})
    path = tmp_path / "mixed.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_check_accounts_for_every_row(tunesmith, mixed_file, model_folder):
    said = tunesmith("data", "check", mixed_file, "--model", model_folder, "--json")
    assert said.code == 0
    found = said.document
    assert {"rows", "format", "kept", "cut", "dropped", "refused", "causes", "tokens",
            "suggestions"} <= set(found)  # fmt: skip
    assert found["rows"] == 7
    assert found["kept"] == 5
    assert found["kept"] + found["dropped"] + found["refused"] == found["rows"]
    for cause in found["causes"]:
        assert {"code", "count", "rows", "advice"} <= set(cause)
    assert sorted(n for cause in found["causes"] for n in cause["rows"]) == [3, 5]
    assert {"total", "with_loss", "p50", "p95", "max"} == set(found["tokens"])
    assert 0 < found["tokens"]["with_loss"] < found["tokens"]["total"]
    shown = tunesmith("data", "check", mixed_file, "--model", model_folder)
    assert "7 rows (messages): 5 kept" in shown.out
    assert "\x1b" not in shown.out


def test_show_prints_the_exact_tokens_of_one_row(tunesmith, mixed_file, model_folder):
    said = tunesmith("data", "show", mixed_file, "--row", "2", "--model", model_folder, "--json")
    assert said.code == 0
    shown = said.document
    assert {"row", "text", "tokens", "cut", "turns", "kind", "format"} <= set(shown)
    assert (shown["lost"], shown["sequences"], shown["held_out"]) == (0, None, None)
    assert shown["row"] == 2
    assert "1?" in shown["text"]
    assert "".join(token["text"] for token in shown["tokens"]) == shown["text"]
    learned = "".join(token["text"] for token in shown["tokens"] if token["loss"])
    assert learned.startswith("I.")
    assert {"id", "text", "loss"} == set(shown["tokens"][0])
    listed = tunesmith("data", "show", mixed_file, "--row", "2", "--model", model_folder)
    assert listed.code == 0
    assert "yes" in listed.out


def test_show_finds_a_row_by_its_text(tunesmith, mixed_file, model_folder):
    model = ("--model", model_folder)
    said = tunesmith("data", "show", mixed_file, "--find", "4?", *model, "--json")
    assert said.document["row"] == 7
    said = tunesmith("data", "show", mixed_file, "--find", "nowhere said", *model)
    assert said.code == 2
    assert "with that text" in said.sentence


def test_show_tells_where_a_row_is_cut_and_with_which_rows_it_is_packed(
    tunesmith, mixed_file, model_folder
):
    settings = ("--set", "data.packing=true", "--set", "data.validation=1")
    flags = ("--row", "2", "--model", model_folder, *settings)
    said = tunesmith("data", "show", mixed_file, *flags)
    assert said.code == 2
    assert "data.max_length" in said.sentence
    flags = (*flags, "--set", "data.max_length=100")
    found = tunesmith("data", "show", mixed_file, *flags, "--json").document
    (sequence,) = found["sequences"]
    assert found["held_out"] is False
    mine = [part for part in sequence["rows"] if part["row"] == 2]
    assert [part["tokens"] for part in mine] == [len(found["tokens"])]
    assert len(sequence["rows"]) > 1
    told = tunesmith("data", "show", mixed_file, *flags)
    assert f"sequence {sequence['sequence']} of {sequence['of']}" in told.out
    cut = tunesmith("data", "show", mixed_file, *flags, "--set", "data.max_length=24")
    assert "more tokens are not trained on" in cut.out


@pytest.mark.parametrize(
    ("row", "words"), [("3", "row 3: "), ("99", "has no row 99"), ("5", "row 5: ")]
)
def test_a_row_that_cannot_be_shown_says_why(tunesmith, mixed_file, model_folder, row, words):
    said = tunesmith("data", "show", mixed_file, "--row", row, "--model", model_folder)
    assert said.code == 2
    assert words in said.sentence


@pytest.mark.parametrize("what", ["check", "show"])
@pytest.mark.parametrize(
    ("source", "flags", "words"),
    [
        ("none.jsonl", (), "there is no such file"),
        ("", (), "data.source"),
        (".", (), "."),
        ("persona", ("--stage", "sfft"), "Did you mean sft?"),
        ("persona", ("--model", "./nowhere"), "nowhere"),
        ("persona", ("--set", "data.splt=test"), "Did you mean data.split?"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    tunesmith, tmp_path, monkeypatch, what, source, flags, words
):
    monkeypatch.chdir(tmp_path)
    said = tunesmith("data", what, source, *flags)
    assert said.code == 2
    assert words in said.sentence


def test_rows_of_any_kind_are_checked_and_shown_without_a_stage(tunesmith, model_folder, tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("prompt,chosen,rejected\nq,good,bad\nq,same,same\n")
    checked = tunesmith("data", "check", str(path), "--model", model_folder, "--json")
    found = checked.document
    assert (found["kind"], found["format"]) == ("preference", "preference")
    assert (found["rows"], found["kept"], found["dropped"], found["refused"]) == (2, 1, 1, 0)
    shown = tunesmith("data", "show", str(path), "--model", model_folder)
    assert shown.code == 0
    assert "chosen:\ngood" in shown.out
    refused = tunesmith("data", "check", str(path), "--stage", "sft", "--model", model_folder)
    assert refused.code == 2
    assert "preference pairs" in refused.err


def test_two_readings_are_listed_until_one_is_chosen(tunesmith, model_folder, tmp_path):
    path = tmp_path / "two.jsonl"
    path.write_text('{"instruction": "q", "output": "a", "prompt": "q", "completion": "a"}\n')
    asked = tunesmith("data", "check", str(path), "--model", model_folder)
    assert asked.code == 2
    assert "alpaca or prompt-completion" in asked.err
    chosen = ("--set", "data.format=alpaca", "--json")
    done = tunesmith("data", "check", str(path), "--model", model_folder, *chosen)
    assert (done.code, done.document["format"]) == (0, "alpaca")


def test_a_kind_takes_the_place_of_a_stage(tunesmith, model_folder, tmp_path):
    path = tmp_path / "maths.jsonl"
    path.write_text('{"question": "1+1?", "answer": "2"}\n')
    asked = ("data", "check", str(path), "--model", model_folder, "--json")
    assert tunesmith(*asked).document["format"] == "prompt-completion"
    assert tunesmith(*asked, "--kind", "prompt").document["format"] == "prompt-answer"
