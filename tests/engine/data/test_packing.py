"""Which rows share a sequence, and that none of them sees its neighbours."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.encoded import Encoded, EncodedRows
from engine.data.packing import best_fit, packed, row_lengths


@given(st.lists(st.integers(1, 40), max_size=80), st.integers(40, 60))
def test_every_row_is_in_one_pack_and_no_pack_is_too_long(lengths, limit):
    packs = best_fit(lengths, limit)
    assert sorted(place for pack in packs for place in pack) == list(range(len(lengths)))
    sizes = [sum(lengths[place] for place in pack) for pack in packs]
    assert all(0 < size <= limit for size in sizes)
    # Two packs that are half full or less would have shared one.
    assert sum(size <= limit // 2 for size in sizes) <= 1


def test_rows_that_fill_a_sequence_exactly_do():
    assert best_fit([3, 5, 2, 8, 6], 8) == [[3], [4, 2], [1, 0]]


def test_packs_are_nearly_full():
    random = Random(0)
    lengths = [min(512, int(random.lognormvariate(4, 1)) + 1) for _n in range(5000)]
    packs = best_fit(lengths, 512)
    assert sum(lengths) / (512 * len(packs)) > 0.99


def test_packing_matches_trls_on_one_batch_of_rows():
    from trl.data_utils import pack_dataset

    random = Random(1)
    rows = EncodedRows(
        Encoded(tuple(range(n)), (False,) * (n - 1) + (True,))
        for n in (random.randint(2, 64) for _n in range(300))
    ).dataset()
    ours, theirs = packed(rows, 64), pack_dataset(rows, 64, "bfd")
    assert len(ours) <= len(theirs)
    assert sum(map(len, ours["input_ids"])) == sum(map(len, theirs["input_ids"]))


def test_the_columns_hold_the_rows_one_after_another():
    rows = EncodedRows(
        [Encoded((1, 2, 3), (0, 1, 1)), Encoded((4, 7), (0, 1)), Encoded((5, 6), (0, 1))]
    )
    table = packed(rows.dataset(), 5).to_dict()
    assert table["input_ids"] == [[1, 2, 3, 4, 7], [5, 6]]
    assert table["labels"] == [[-100, 2, 3, -100, 7], [-100, 6]]
    assert table["seq_lengths"] == [[3, 2], [2]]
    assert row_lengths(rows.dataset()) == [3, 2, 2]


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_chunks_of_the_table_change_nothing(monkeypatch, chunk):
    rows = EncodedRows(Encoded((n, n, n), (0, 1, 1)) for n in range(7)).selected([6, 5, 0, 0, 3])
    whole = packed(rows.dataset(), 6).to_dict()
    monkeypatch.setattr("engine.data.packing._CHUNK", chunk)
    monkeypatch.setattr("engine.data.encoded._CHUNK", chunk)
    assert packed(rows.dataset(), 6).to_dict() == whole
    assert whole["input_ids"] == [[6, 6, 6, 5, 5, 5], [0] * 6, [3, 3, 3]]
