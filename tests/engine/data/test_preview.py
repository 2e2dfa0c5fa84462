"""The first rows as a person sees them before anything is trained."""

import json
from dataclasses import asdict

import pytest

from engine.data.preview import preview
from engine.errors import BadInput
from engine.recipe.fields import Data
from tests.engine.data.samples import pair


def test_a_preview_shows_turns_tokens_and_loss_and_is_json(data, tokenizer):
    section = data([pair(n) for n in range(9)], system="Be kind.")
    shown = preview(section, "conversation", tokenizer, 3)
    assert [row.number for row in shown.rows] == [1, 2, 3]
    row = shown.rows[0]
    assert [turn.role for turn in row.turns] == ["system", "user", "assistant"]
    assert "".join(text for text, loss in row.tokens if loss) == "It is 0.<|im_end|>"
    assert "".join(text for text, _loss in row.tokens).startswith("<|im_start|>system\nBe kind.")
    assert shown.columns == {"prompt": "prompt", "completion": "completion"}
    again = json.loads(json.dumps(asdict(shown)))
    assert again["rows"][0]["ids"] == list(row.ids)


def test_without_a_tokenizer_the_turns_are_shown(data):
    row = preview(data([pair(1)]), "conversation", None, 3).rows[0]
    assert row.turns[1].content == "It is 1."
    assert row.tokens == row.ids == ()


def test_rows_with_problems_are_told_and_passed_over(data, tokenizer):
    section = data([pair(1, ""), pair(2), pair(3, ""), pair(4)])
    shown = preview(section, "conversation", tokenizer, 2)
    assert [row.number for row in shown.rows] == [2, 4]
    assert [(p.number, p.code) for p in shown.problems] == [
        (1, "empty_answer"),
        (3, "empty_answer"),
    ]


def test_a_preview_where_no_row_is_usable_holds_the_problems(data, tokenizer):
    shown = preview(data([pair(n, "") for n in range(50)]), "conversation", tokenizer, 2)
    assert shown.rows == ()
    assert 0 < len(shown.problems) <= 50


def test_a_preview_can_begin_at_any_row(data, tokenizer):
    section = data([pair(n) for n in range(9)])
    shown = preview(section, "conversation", tokenizer, 1, start=7)
    assert [row.number for row in shown.rows] == [7]


def test_several_sources_share_the_rows_that_are_shown(write, tokenizer):
    paths = [write([pair(n) for n in range(9)], f"{name}.jsonl") for name in "ab"]
    section = Data.model_validate({"sources": [{"source": path} for path in paths]})
    shown = preview(section, "conversation", tokenizer, 4)
    assert [(row.source, row.number) for row in shown.rows] == [
        (path, n) for path in paths for n in (1, 2)
    ]


def test_only_the_rows_that_are_shown_are_read(data, tokenizer):
    section = data([pair(n) for n in range(250)])
    with open(section.source, "a") as file:
        file.write("broken\n")
    assert len(preview(section, "conversation", tokenizer, 3).rows) == 3


def test_of_a_long_row_the_beginning_is_shown(data, tokenizer):
    section = data([pair(1, "x" * 500)], max_length=300)
    row = preview(section, "conversation", tokenizer, 1, longest=100).rows[0]
    assert len(row.tokens) == len(row.ids) == 100
    assert (row.hidden, row.cut) == (200, True)
    assert preview(section, "conversation", tokenizer, 1, longest=None).rows[0].hidden == 0


def test_text_is_shown_as_documents(tmp_path, tokenizer):
    (tmp_path / "a.txt").write_text("One.\n\nTwo.")
    shown = preview(Data(source=str(tmp_path / "a.txt")), "text", tokenizer, 5)
    assert [row.text for row in shown.rows] == ["One.", "Two."]
    assert "".join(text for text, _loss in shown.rows[1].tokens) == "Two.<|im_end|>"


def test_rows_are_found_by_their_text(data, tokenizer):
    section = data([pair(n) for n in range(300)])
    shown = preview(section, "conversation", tokenizer, 2, find="IS 29")
    assert [row.number for row in shown.rows] == [30, 291]
    shown = preview(section, "conversation", tokenizer, 1, start=31, find="is 29")
    assert [row.number for row in shown.rows] == [291]
    assert preview(section, "conversation", tokenizer, 2, find="nothing like it").rows == ()


PAIR = {"prompt": "q", "chosen": "a", "rejected": "b"}


def test_rows_of_other_kinds_are_shown_by_their_parts(data, tokenizer):
    shown = preview(data([PAIR], system="s"), None, tokenizer, 1)
    assert (shown.kind, shown.format) == ("preference", "preference")
    assert [(turn.role, turn.content) for turn in shown.rows[0].turns] == [
        ("system", "s"), ("user", "q"), ("chosen", "a"), ("rejected", "b"),
    ]  # fmt: skip
    assert shown.rows[0].tokens == ()


def test_without_a_kind_all_sources_are_of_the_first_ones(write, tokenizer):
    sources = [{"source": write([PAIR], "a.jsonl")}, {"source": write([pair(1)], "b.jsonl")}]
    with pytest.raises(BadInput, match=r"b\.jsonl holds conversations"):
        preview(Data.model_validate({"sources": sources}), None, tokenizer, 4)
