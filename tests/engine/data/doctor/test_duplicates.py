"""Rows that come again: kept and told, dropped when asked, and looked for in the evaluation."""

import random

import pytest

from engine.data import prepare
from engine.data.doctor import checked
from engine.data.doctor.near import NearRows
from engine.data.fingerprints import Seen, fingerprint
from engine.data.mixing import held_out_places
from engine.data.rows import Conversation, Labelled, Message, Preference, Text, ToolCall
from engine.recipe.fields import Data
from tests.engine.data.doctor.rows import chat, good


def words(n: int, seed: int) -> list[str]:
    """Words that nobody ever used, the same every time."""
    draw = random.Random(seed)
    return ["".join(draw.choices("abcdefghijklmnop", k=5)) for _ in range(n)]


def test_rows_that_come_again_are_kept_and_told(examine, causes):
    rows = [good(1), good(2), good(1), good(3), good(1)]
    found = examine(rows)
    assert causes(found) == {"duplicate": (2, [3, 5])}
    assert found.counts.kept == 5
    (cause,) = found.causes
    assert cause.message == "It is the same as row 1."
    assert [s.value for s in found.settings if s.field == "data.drop_duplicates"] == [True]


def test_asked_to_it_drops_and_counts_the_same_rows_as_training(examine, write, tokenizer):
    rows = [good(1), good(2), good(1), good(3), good(1), {"prompt": "a", "completion": ""}]
    found = examine(rows, drop_duplicates=True)
    assert (found.counts.kept, found.counts.dropped) == (3, 3)
    section = Data(source=write(rows, "again.jsonl"), validation=0, drop_duplicates=True)
    done = prepare(section, "conversation", tokenizer, max_length=512, seed=0)
    assert done.counts == found.counts
    assert {c.code: c.rows for c in done.causes} == {c.code: c.rows for c in found.causes}
    assert len(done.train) == 3


def test_training_keeps_rows_that_come_again_unless_asked(write, tokenizer):
    section = Data(source=write([good(1), good(1)]), validation=0)
    assert len(prepare(section, "conversation", tokenizer, max_length=512, seed=0).train) == 2


def test_a_row_of_another_source_is_named_with_it(write, tokenizer):
    one, two = write([good(1)], "one.jsonl"), write([good(2), good(1)], "two.jsonl")
    section = Data.model_validate(
        {"sources": [{"source": one}, {"source": two}], "validation": 0, "drop_duplicates": True}
    )
    done = prepare(section, "conversation", tokenizer, max_length=512, seed=0)
    (cause,) = done.causes
    assert (cause.count, cause.rows) == (1, (2,))
    assert cause.message == f"It is the same as row 1 of {one}."


def test_rows_differ_where_anything_that_is_learned_differs():
    said = (Message("user", "a"), Message("assistant", "b"))
    rows = [
        Conversation(said),
        Conversation((Message("user", "ab"), Message("assistant", ""))),
        Conversation((Message("user", "a"), Message("assistant", "b", False))),
        Conversation((Message("system", "a"), Message("assistant", "b"))),
        Conversation((*said[:1], Message("assistant", "b", True, (ToolCall("f", {"x": 1}),)))),
        Conversation((*said[:1], Message("assistant", "b", True, (ToolCall("f", {"x": 2}),)))),
        Conversation(said, ({"function": {"name": "f"}},)),
        Preference(said[:1], said[1:], (Message("assistant", "c"),)),
        Preference(said[:1], (Message("assistant", "c"),), said[1:]),
        Text("ab"),
        Labelled("a", "b", ("1",)),
        Labelled("ab", None, ("1",)),
    ]
    assert len({fingerprint(row) for row in rows}) == len(rows)


def test_many_fingerprints_are_told_apart_and_found_again():
    draw = random.Random(0)
    keys = [draw.getrandbits(64) for _ in range(20_000)]
    seen = Seen()
    assert all(seen.add(key, n % 3, n) is None for n, key in enumerate(keys))
    assert all(seen.add(key, 0, 0) == (n % 3, n) for n, key in enumerate(keys))
    assert len(seen) == len(keys)
    assert keys[7] in seen
    assert draw.getrandbits(64) not in seen


def test_nearly_the_same_row_is_told_with_the_earlier_one(examine, causes):
    text = words(80, 1)
    other = [*text[:40], "different", *text[41:]]
    rows = [{"text": " ".join(words(80, 2))}, {"text": " ".join(text)}, {"text": " ".join(other)}]
    found = examine(rows)
    assert causes(found) == {"near_duplicate": (1, [3])}
    assert found.causes[0].message == "It is nearly the same as row 2."
    assert found.counts.kept == 3
    assert causes(examine(rows, near=False)) == {}


@pytest.mark.parametrize(("changed", "least", "most"), [(1, 58, 60), (3, 54, 60), (30, 0, 0)])
def test_likeness_is_found_where_it_is_and_not_where_it_is_not(changed, least, most):
    near = NearRows()
    texts = [words(60, n) for n in range(60)]
    near.add([" ".join(text) for text in texts], range(60))
    near.add([" ".join([*words(changed, 1000 + n), *text[changed:]])
              for n, text in enumerate(texts)], range(60, 120))  # fmt: skip
    pairs = near.pairs()
    assert least <= len(pairs) <= most
    assert all(later == earlier + 60 for later, earlier in pairs)


def test_capitals_and_spaces_make_no_difference_to_likeness_in_any_script():
    near = NearRows()
    near.add(
        ["Straße nach Süden, viele Kilometer", "我们今天去公园散步然后回家吃晚饭", "x"], [0, 1, 2]
    )
    near.add(
        ["STRASSE  nach süden,\nviele kilometer", "我们今天去公园散步然后回家吃晚饭", ""], [3, 4, 5]
    )
    assert near.pairs() == [(3, 0), (4, 1)]


def test_rows_beyond_the_most_are_counted_as_left_out():
    near = NearRows(most=3)
    near.add(["one of them", "two of them"], [0, 1])
    near.add(["one of them", "one of them", "one of them"], [2, 3, 4])
    assert near.pairs() == [(2, 0)]
    assert near.left_out == 2


def test_rows_held_out_that_are_trained_on_are_told(examine, causes):
    rows = [good(n) for n in range(40)] * 2
    found = examine(rows, validation=0.25, seed=3)
    section = causes(found)
    assert found.validation_rows == 20
    assert section["duplicate"][0] == 40
    leaks, first = section["validation_leak"]
    assert 0 < leaks <= 20
    # Exactly the rows that training holds out while their twin is trained on.
    held = set(held_out_places(80, 20, 3))
    twins = sorted(n + 1 for n in held if (n + 40) % 80 not in held)
    assert (leaks, first) == (len(twins), twins[:10])


def test_the_evaluation_source_is_compared_with_the_training_rows(examine, write, causes):
    held = write([good(3), good(50), good(7)], "held.jsonl")
    found = examine([good(n) for n in range(10)], eval_source=held)
    section = causes(found)
    assert section["validation_leak"] == (2, [1, 3])
    assert found.validation_rows == 3
    assert found.counts.rows == 13
    dropped = examine([good(n) for n in range(10)], eval_source=held, drop_duplicates=True)
    assert "validation_leak" not in causes(dropped)
    assert dropped.counts.dropped == 2


def test_a_held_out_row_near_several_others_is_told_of_once(examine, write, causes):
    near = [{**good(5), "completion": good(5)["completion"] + end} for end in (" Yes.", " So.")]
    held = write([{**good(5), "completion": good(5)["completion"] + " No."}], "held.jsonl")
    found = examine([good(5), *near, good(8)], eval_source=held)
    assert causes(found)["near_validation_leak"][0] == 1


def test_a_validation_split_beside_the_training_rows_is_compared_and_not_counted(
    tmp_path, tokenizer, write, causes
):
    (tmp_path / "set").mkdir()
    write([good(n) for n in range(20)], "set/train.jsonl")
    near = {**good(5), "completion": good(5)["completion"] + " Yes."}
    write([good(3), near, good(100)], "set/validation.jsonl")
    found = checked(Data(source=str(tmp_path / "set")), None, tokenizer)
    assert found.counts.rows == 20
    assert causes(found)["validation_leak"] == (1, [1])
    assert causes(found)["near_validation_leak"] == (1, [2])
    (advice,) = [one for one in found.settings if one.field == "data.eval_source"]
    assert "validation" in advice.reason


def test_dialogues_that_go_on_from_earlier_rows_get_loss_on_their_last_answer(examine):
    rows = []
    for n in range(10):
        turns = [f"u:{good(n)['prompt']}", f"a:{good(n)['completion']}"]
        rows.append(chat(*turns))
        rows.append(chat(*turns, "u:And then what?", f"a:Then {n} of them went home."))
    found = examine(rows)
    (advice,) = [one for one in found.settings if one.field == "data.loss_on"]
    assert advice.value == "last"
    assert "10 rows" in advice.reason
