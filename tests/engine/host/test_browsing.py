"""Searching a data set for a text, and the rows that share a sequence."""

import json

import pytest

from engine.errors import TunesmithError
from engine.host import browsing
from engine.host.browsing import Layouts, find_row
from engine.recipe import build


@pytest.fixture
def path(tmp_path):
    """Rows 1 to 30, with `needle` in rows 7 and 21, and row 8 broken."""
    lines = []
    for n in range(1, 31):
        said = f"here is a Needle, {n}" if n in (7, 21) else f"answer {n}"
        turns = [
            {"role": "user", "content": f"question {n}"},
            {"role": "assistant", "content": said},
        ]
        lines.append('{"needle' if n == 8 else json.dumps({"messages": turns}))
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(lines))
    return path


def recipe(path, **data):
    return build({"data": {"source": str(path), **data}})


@pytest.mark.parametrize(
    ("text", "start", "backwards", "found"),
    [
        ("needle", 1, False, 7),
        ("NEEDLE", 7, False, 7),
        ("needle", 8, False, 21),
        ("needle", 22, False, None),
        ("needle", 20, True, 7),
        ("needle", 6, True, None),
        ("needle", 0, True, 21),
        ("", 0, True, 30),
        ("question 30", 1, False, 30),
    ],
)
def test_the_next_row_with_a_text_is_found_in_both_directions(path, text, start, backwards, found):
    data = recipe(path).data
    number = find_row(data, "conversation", text, start, backwards=backwards, looked=_nobody)
    assert number == found


def test_a_search_tells_where_it_is_and_ends_when_asked_to(path, monkeypatch):
    monkeypatch.setattr(browsing, "TELL_SECONDS", 0)
    told = []

    def looked(row):
        told.append(row)
        if row == 5:
            raise TunesmithError("enough", code="cancelled")

    with pytest.raises(TunesmithError, match="enough"):
        find_row(recipe(path).data, "conversation", "x", 1, backwards=False, looked=looked)
    assert told == [1, 2, 3, 4, 5]


def test_neighbours_are_those_of_the_trainers_layout(path, tokenizer, monkeypatch):
    packed = recipe(path, max_length=256, packing=True, validation=0.1)
    layouts = Layouts()
    made = []
    make = browsing._layout
    monkeypatch.setattr(browsing, "_layout", lambda *given: made.append(given) or make(*given))
    seen = {}
    held = []
    for row in [*range(1, 8), *range(9, 31)]:
        found = layouts.neighbours(packed, "conversation", tokenizer, str(path), row, _nobody)
        assert found.packed
        if found.held_out:
            assert not found.sequences
            held.append(row)
            continue
        (sequence,) = found.sequences
        assert row in [one.row for one in sequence.rows]
        assert sum(one.tokens for one in sequence.rows) <= 256
        seen.setdefault(sequence.number, sequence.rows)
        assert seen[sequence.number] == sequence.rows
    assert len(held) == 3
    assert any(len(rows) > 1 for rows in seen.values())
    assert len(made) == 1


def test_without_a_longest_length_nobody_knows_the_neighbours(path, tokenizer):
    with pytest.raises(TunesmithError, match="max_length"):
        Layouts().neighbours(recipe(path), "conversation", tokenizer, str(path), 1, _nobody)


def _nobody(_row):
    """Nobody listens."""


@pytest.fixture(scope="module")
def tokenizer():
    from engine.models import find, load_tokenizer
    from engine.recipe import Recipe

    return load_tokenizer(find(Recipe().model, weights=False))
