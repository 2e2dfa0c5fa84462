"""Several rows in one sequence: which go together, and what the trainer gets of them."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datasets

_CHUNK = 10_000
"""Sequences per Arrow chunk, so that its 32-bit offsets suffice."""


BOUNDS = "seq_lengths"
"""TRL's name of the column with the tokens of each row in a sequence."""


def best_fit(lengths: Sequence[int], limit: int) -> list[list[int]]:
    """Places of the rows that share a sequence, for each sequence: best fit decreasing.

    Longest rows first, each into the sequence with the least room that still holds it (Johnson
    1973; at most 11/9 of the fewest sequences possible, plus one). TRL packs alike, but thousand
    by thousand, and forgets which row went where; here all rows are looked at together.

    Args:
        lengths: tokens of each row; none may exceed `limit`.
        limit: tokens that a sequence holds.
    """
    packs: list[list[int]] = []
    with_room: dict[int, list[int]] = {}
    rooms: list[int] = []  # the keys of with_room in ascending order
    for place in sorted(range(len(lengths)), key=lambda n: (-lengths[n], n)):
        length = lengths[place]
        found = bisect_left(rooms, length)
        if found == len(rooms):
            room, pack = limit, len(packs)
            packs.append([])
        else:
            room = rooms[found]
            pack = with_room[room].pop()
            if not with_room[room]:
                del with_room[room]
                del rooms[found]
        packs[pack].append(place)
        left = room - length
        if left > 0:
            if left not in with_room:
                with_room[left] = []
                insort(rooms, left)
            with_room[left].append(pack)
    return packs


def packed(rows: "datasets.Dataset", limit: int) -> "datasets.Dataset":
    """The rows of a data set packed into sequences of at most `limit` tokens.

    It has the columns `input_ids` and `labels`, and `seq_lengths`: the tokens of each row in the
    sequence, from which TRL's collator makes positions that begin anew with every row. By these
    transformers keeps attention within a row.
    """
    import datasets
    import numpy
    import pyarrow

    packs = best_fit(row_lengths(rows), limit)
    table = rows.data.table.select(["input_ids", "labels"])
    kind = pyarrow.list_(pyarrow.int32())
    chunks: list[pyarrow.Table] = []
    for first in range(0, len(packs), _CHUNK):
        some = packs[first : first + _CHUNK]
        taken = table.take(pyarrow.array([place for pack in some for place in pack]))
        columns = {}
        lengths: Any = None
        within = numpy.cumsum([0, *map(len, some)], dtype=numpy.int32)
        for name in ("input_ids", "labels"):
            column = taken[name].combine_chunks()
            lengths = column.value_lengths().to_numpy(zero_copy_only=False)
            ends = numpy.concatenate([[0], numpy.cumsum(lengths)])
            offsets = ends[within].astype(numpy.int32)
            columns[name] = pyarrow.ListArray.from_arrays(offsets, column.flatten().cast("int32"))
        columns[BOUNDS] = pyarrow.ListArray.from_arrays(within, lengths.astype("int32"))
        chunks.append(pyarrow.table({key: value.cast(kind) for key, value in columns.items()}))
    return datasets.Dataset(datasets.table.InMemoryTable(pyarrow.concat_tables(chunks)))


def row_lengths(rows: "datasets.Dataset") -> list[int]:
    """Tokens of each row of a data set with the column `input_ids`."""
    import pyarrow.compute

    lengths: list[int] = pyarrow.compute.list_value_length(rows.data.table["input_ids"]).to_pylist()
    return lengths
