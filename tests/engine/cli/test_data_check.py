"""The data doctor as a person's shell and a script see it."""

import json

import pytest


@pytest.fixture
def ailing_file(tmp_path):
    """Eight lines: five good, one of them twice, one with a placeholder; one broken, one empty."""

    def row(question, answer):
        messages = [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
        return json.dumps({"messages": messages})

    lines = [
        row("Where do herons sleep?", "In tall trees by the water."),
        row("Who are you?", "I am {{name}}, at your service."),
        '{"messages": [',
        row("How far is the moon?", "A good year's walk, if there were a road."),
        row("Where do herons sleep?", "In tall trees by the water."),
        row("And nobody answers?", ""),
        row("\x1b]52;c;aGk=\x07?", "[bold]No\x1b[31m[/bold]"),
        row("What is a fjord?", "A long arm of the sea between cliffs."),
    ]
    path = tmp_path / "ailing.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_the_document_accounts_for_rows_and_says_what_to_do(tunesmith, ailing_file, model_folder):
    said = tunesmith("data", "check", ailing_file, "--model", model_folder, "--json")
    assert said.code == 0
    found = said.document
    assert (found["rows"], found["kept"], found["dropped"], found["refused"]) == (8, 6, 1, 1)
    causes = {cause["code"]: (cause["outcome"], cause["rows"]) for cause in found["causes"]}
    assert causes == {
        "broken_json": ("refused", [3]),
        "empty_answer": ("dropped", [6]),
        "placeholder": ("kept", [2]),
        "duplicate": ("kept", [5]),
        "control_codes": ("kept", [7]),
    }
    assert all(cause["advice"] and cause["message"] for cause in found["causes"])
    assert any(one.startswith("data.max_length") for one in found["suggestions"])
    assert found["phase"] == "done"


def test_the_report_is_plain_text_with_every_cause(tunesmith, ailing_file, model_folder):
    said = tunesmith("data", "check", ailing_file, "--model", model_folder)
    assert said.code == 0
    assert said.out.startswith("8 rows (messages): 6 kept (0 of them cut), 1 dropped, 1 refused.")
    for word in ("broken_json", "empty_answer", "duplicate", "{{name}}", "data.packing:"):
        assert word in said.out
    assert "\x1b" not in said.out + said.err


def test_a_length_cuts_and_duplicates_are_dropped_when_asked(tunesmith, ailing_file, model_folder):
    said = tunesmith(
        "data", "check", ailing_file, "--model", model_folder, "--max-length", "60", "--json",
        "--set", "data.drop_duplicates=true", "--no-near", "--stage", "sft",
    )  # fmt: skip
    found = said.document
    assert found["rows"] == 8
    assert found["kept"] + found["dropped"] + found["refused"] == 8
    assert found["cut"] > 0
    assert found["tokens"]["max"] == 60
    assert {"duplicate", "cut"} <= {cause["code"] for cause in found["causes"]}
    assert found["near"] is False


def test_the_mended_set_has_nothing_left_to_mend(tunesmith, ailing_file, model_folder, tmp_path):
    out = tmp_path / "mended.jsonl"
    check = ("data", "check", "--model", model_folder, "--json")
    said = tunesmith(*check, ailing_file, "--fix", out)
    assert said.code == 0
    assert said.document["mended"] == {"path": str(out), "rows": 6, "changed": 1, "left_out": 2}
    again = tunesmith(*check, out).document
    assert (again["rows"], again["kept"]) == (6, 6)
    assert {cause["code"] for cause in again["causes"]} == {"placeholder", "duplicate"}
    twice = tunesmith("data", "check", ailing_file, "--fix", out, "--model", model_folder)
    assert twice.code == 2
    assert "there already" in twice.sentence
    assert tunesmith(*check, ailing_file, "--fix", out, "--overwrite").code == 0


def test_where_nothing_can_be_used_the_account_stands_and_the_exit_code_is_two(
    tunesmith, tmp_path, model_folder
):
    path = tmp_path / "empty.jsonl"
    path.write_text('{"prompt": "a", "completion": ""}\n' * 3)
    said = tunesmith("data", "check", path, "--model", model_folder, "--json")
    assert said.code == 2
    assert (said.document["rows"], said.document["dropped"]) == (3, 3)
    assert said.document["error"]["code"] == "no_rows"
    told = tunesmith("data", "check", path, "--model", model_folder)
    assert told.code == 2
    assert "3 rows" in told.out
    assert "none of its 3 rows can be learned from" in told.err


def test_without_a_model_rows_with_tools_are_read_and_no_context_counts(
    tunesmith, tmp_path, model_folder
):
    tools = [{"name": "look", "parameters": {}}]
    turns = [
        {"role": "user", "content": "Where is it?"},
        {"role": "assistant", "content": "Let me see."},
        {"role": "tool", "content": "on the shelf"},
        {"role": "assistant", "content": "On the shelf. " * 2000},
    ]
    path = tmp_path / "tools.jsonl"
    path.write_text(json.dumps({"messages": turns, "tools": tools}) + "\n")
    found = tunesmith("data", "check", path, "--json").document
    assert (found["kept"], found["refused"]) == (1, 0)
    assert [cause["code"] for cause in found["causes"]] == ["unequal_calls"]
    assert any("--model" in one for one in found["suggestions"])
    told = tunesmith("data", "check", path, "--json", "--model", model_folder).document
    lost = [cause["code"] for cause in told["causes"] if cause["outcome"] == "refused"]
    assert lost == ["tools_not_shown"]
    assert not any("--model" in one for one in told["suggestions"])


def test_a_terminal_sees_how_far_it_is():
    from engine.cli.health import _under_way
    from engine.data.doctor import Checkup
    from engine.data.ledger import Counts

    found = Checkup(
        "x", "reading", "text", "text", Counts(250, 240, 4, 6), (), expected=1000, seconds=5.0
    )
    assert _under_way(found) == "250 of 1000 rows · 4 dropped · 6 refused · 15 s left"
