"""Rows as tokens: one of them, and many of them in little memory."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    import datasets

IGNORED = -100
"""The label of a token without loss, as torch's cross entropy has it."""

_CHUNK = 10_000
"""Rows per Arrow chunk, so that its 32-bit offsets suffice."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sequence: token ids, for each whether it carries loss, and whether it was shortened.

    `spelt` are control tokens that the row's own words spell out; they were read as words.
    """

    input_ids: Sequence[int]
    loss: Sequence[bool]
    cut: bool = False
    spelt: tuple[str, ...] = ()

    @property
    def labels(self) -> list[int]:
        """The ids, with `IGNORED` where there is no loss."""
        return [
            i if learned else IGNORED for i, learned in zip(self.input_ids, self.loss, strict=True)
        ]


class EncodedRows(Sequence[Encoded]):
    """Many sequences in five bytes a token, in any order and with repeats.

    It behaves as a list of `Encoded`. `selected` gives another order of the same rows without
    copying them.
    """

    def __init__(self, rows: Iterable[Encoded] = ()) -> None:
        self._ids = array("i")
        self._loss = bytearray()
        self._starts = array("q", [0])
        self._cut = bytearray()
        self._order: Sequence[int] | None = None
        self._bounds: list[list[int]] = []
        for row in rows:
            self.append(row)

    def append(self, row: Encoded) -> None:
        """Add one sequence at the end."""
        if self._order is not None:
            raise TypeError("a selection of rows cannot grow")
        self._ids.extend(row.input_ids)
        self._loss.extend(row.loss)
        self._starts.append(len(self._ids))
        self._cut.append(row.cut)

    def extend(self, rows: "EncodedRows") -> None:
        """Add all sequences of another, which is no selection."""
        if self._order is not None or rows._order is not None:
            raise TypeError("a selection of rows cannot grow, nor be added")
        before = len(self._ids)
        self._ids.extend(rows._ids)
        self._loss.extend(rows._loss)
        self._starts.extend(before + start for start in rows._starts[1:])
        self._cut.extend(rows._cut)

    def write(self, folder: Path) -> None:
        """Put all sequences into files in a folder, to be read back on this machine."""
        if self._order is not None:
            raise TypeError("a selection of rows is not written")
        for name, values in self._columns().items():
            with (folder / name).open("wb") as file:
                file.write(values)

    def write_behind(self, folder: Path, before: int) -> int:
        """Put all sequences behind those that are in the folder's files, `before` tokens in all.

        Returns how many tokens there are then.
        """
        if self._order is not None:
            raise TypeError("a selection of rows is not written")
        for name, values in self._columns().items():
            with (folder / name).open("ab") as file:
                if name == "starts":
                    begun = file.tell() > 0
                    starts = (before + start for start in self._starts[begun:])
                    values = array("q", starts)
                file.write(values)
        return before + len(self._ids)

    @classmethod
    def read(cls, folder: Path) -> "EncodedRows":
        """The sequences that `write` put there.

        Raises:
            OSError: a file is missing.
            ValueError: the files do not belong together.
        """
        rows = cls()
        rows._starts = array("q")
        for name, values in rows._columns().items():
            content = (folder / name).read_bytes()
            if isinstance(values, array):
                values.frombytes(content)
            else:
                values.extend(content)
        whole = len(rows._starts) == len(rows._cut) + 1
        if not whole or not rows._starts[-1] == len(rows._ids) == len(rows._loss):
            raise ValueError("the files do not belong together")
        return rows

    def _columns(self) -> "dict[str, array[int] | bytearray]":
        return {"ids": self._ids, "loss": self._loss, "starts": self._starts, "cut": self._cut}

    def selected(self, order: Sequence[int]) -> "EncodedRows":
        """The rows at these places, in this order; a place may come twice."""
        view = EncodedRows()
        view._ids, view._loss = self._ids, self._loss
        view._starts, view._cut = self._starts, self._cut
        view._order = array("q", [self._place(n) for n in order])
        return view

    def lengths(self) -> list[int]:
        """Tokens of each sequence."""
        starts = self._starts
        return [starts[place + 1] - starts[place] for place in self._places()]

    def loss_tokens(self) -> int:
        """How many tokens carry loss, over all sequences."""
        starts, loss = self._starts, self._loss
        return sum(loss.count(1, starts[place], starts[place + 1]) for place in self._places())

    def cut_rows(self) -> int:
        """How many sequences were shortened."""
        return sum(map(self._cut.__getitem__, self._places()))

    def sizes(self, most: int | None = None) -> list[tuple[int, int]]:
        """Of each sequence its tokens, and how many of its first `most` tokens carry loss."""
        starts, loss = self._starts, self._loss
        found: list[tuple[int, int]] = []
        for place in self._places():
            start, end = starts[place], starts[place + 1]
            behind = end if most is None else min(end, start + most)
            found.append((end - start, loss.count(1, start, behind)))
        return found

    def shortened(self, most: int, *, with_loss: bool) -> "tuple[EncodedRows, list[int]]":
        """The sequences cut at so many tokens; where that is done, `cut` says so.

        With `with_loss` those that are cut before their first token with loss are left out; also
        returns their places.
        """
        short, left_out = EncodedRows(), list[int]()
        for n, place in enumerate(self._places()):
            start, end = self._starts[place], self._starts[place + 1]
            cut = end - start > most
            if cut:
                end = start + most
                if with_loss and not self._loss.count(1, start, end):
                    left_out.append(n)
                    continue
            short._ids.extend(self._ids[start:end])
            short._loss.extend(self._loss[start:end])
            short._starts.append(len(short._ids))
            short._cut.append(cut or self._cut[place])
        return short, left_out

    def joined(self) -> Encoded:
        """All sequences one after another."""
        ids, loss = array("i"), bytearray()
        for place in self._places():
            start, end = self._starts[place], self._starts[place + 1]
            ids.extend(self._ids[start:end])
            loss.extend(self._loss[start:end])
        return Encoded(ids, loss)  # type: ignore[arg-type]  # bytes of 0 and 1 stand for booleans

    def __len__(self) -> int:
        return len(self._cut) if self._order is None else len(self._order)

    @overload
    def __getitem__(self, n: int) -> Encoded: ...
    @overload
    def __getitem__(self, n: slice) -> "EncodedRows": ...
    def __getitem__(self, n: int | slice) -> "Encoded | EncodedRows":
        if isinstance(n, slice):
            return self.selected(range(*n.indices(len(self))))
        if n < 0:
            n += len(self)
        if not 0 <= n < len(self):
            raise IndexError(n)
        place = self._place(n)
        start, end = self._starts[place], self._starts[place + 1]
        return Encoded(
            tuple(self._ids[start:end]),
            tuple(map(bool, self._loss[start:end])),
            bool(self._cut[place]),
        )

    def __iter__(self) -> Iterator[Encoded]:
        return (self[n] for n in range(len(self)))

    def dataset(self) -> "datasets.Dataset":
        """A `datasets.Dataset` with the columns `input_ids` and `labels`, in memory.

        The first token of a sequence carries no loss. Sequences of joined documents have the
        column `seq_lengths` too: the tokens of each document in them.
        """
        import datasets
        import numpy
        import pyarrow

        ids = numpy.frombuffer(self._ids, dtype=numpy.int32) if self._ids else numpy.empty(0, "i4")
        loss = numpy.frombuffer(self._loss, dtype=numpy.bool_) if self._loss else ids.astype(bool)
        kind = pyarrow.list_(pyarrow.int32())
        columns: dict[str, list[pyarrow.Array]] = {"input_ids": [], "labels": []}
        places = list(self._places())
        for first in range(0, len(places), _CHUNK):
            chunk = [(self._starts[p], self._starts[p + 1]) for p in places[first : first + _CHUNK]]
            values = numpy.concatenate([ids[start:end] for start, end in chunk])
            learned = numpy.concatenate([loss[start:end] for start, end in chunk])
            offsets = numpy.cumsum([0, *(end - start for start, end in chunk)], dtype=numpy.int32)
            labels = numpy.where(learned, values, numpy.int32(IGNORED))
            labels[offsets[:-1]] = IGNORED  # nothing stands before the first token to tell it from
            for name, column in (("input_ids", values), ("labels", labels)):
                columns[name].append(pyarrow.ListArray.from_arrays(offsets, column))
        table = pyarrow.table(
            {name: pyarrow.chunked_array(chunks, type=kind) for name, chunks in columns.items()}
        )
        if self._bounds:
            bounds = pyarrow.array(self._bounds, type=kind)
            table = table.append_column("seq_lengths", bounds)
        return datasets.Dataset(datasets.table.InMemoryTable(table))

    def _place(self, n: int) -> int:
        return n if self._order is None else self._order[n]

    def _places(self) -> Iterable[int]:
        return range(len(self._cut)) if self._order is None else self._order


def pack_text(encoded: Sequence[Encoded], max_length: int) -> EncodedRows:
    """Documents one after another, cut into sequences of `max_length` tokens.

    The last sequence is shorter; a last one of a single token has nothing to predict and is left
    out.
    """
    rows = encoded if isinstance(encoded, EncodedRows) else EncodedRows(encoded)
    whole = rows.joined()
    packed = EncodedRows()
    ends = list(accumulate(rows.lengths()))
    for start in range(0, len(whole.input_ids), max_length):
        ids = whole.input_ids[start : start + max_length]
        if len(ids) > 1:
            packed.append(Encoded(ids, whole.loss[start : start + max_length]))
            inner = ends[bisect_right(ends, start) : bisect_left(ends, start + len(ids))]
            edges = [start, *inner, start + len(ids)]
            packed._bounds.append([end - begin for begin, end in pairwise(edges)])
    return packed
