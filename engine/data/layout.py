"""Which rows stand in which of the trainer's sequences, and where."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from engine.data.packing import best_fit

if TYPE_CHECKING:
    from engine.data.prepare import Prepared


@dataclass(frozen=True)
class Origins:
    """Where the rows of a prepared data set come from.

    Usable rows are numbered through all sources; `numbers` are their row numbers in their source,
    `sources` the sources by name and `firsts` the first row of each. `train` and `held_out` are
    the rows in the order of an epoch (repeats by weight included), `lengths` the tokens of those
    in `train`, before anything is packed.
    """

    numbers: Sequence[int]
    sources: tuple[str, ...]
    firsts: tuple[int, ...]
    train: Sequence[int]
    held_out: Sequence[int]
    lengths: Sequence[int]

    def named(self, row: int) -> tuple[str, int]:
        """The source and the row number of a usable row."""
        return self.sources[bisect_right(self.firsts, row) - 1], self.numbers[row]


@dataclass(frozen=True, slots=True)
class Part:
    """A row, or `tokens` of it from `row_start` on, that begins at `start` in a sequence."""

    source: str
    number: int
    start: int
    tokens: int
    row_start: int = 0


class Layout:
    """The trainer's sequences as parts of rows.

    Sequences are numbered from 0 in the order of the trainer's data set, which it then shuffles.
    """

    def __init__(
        self, prepared: "Prepared", max_length: int, *, packing: bool, joined: bool = False
    ) -> None:
        self._origins = prepared.origins
        self._ends = list(accumulate(self._origins.lengths)) if joined else []
        self._length = max_length
        if joined:
            self._packs: list[list[int]] = []
            self._count = len(prepared.train)
        elif packing:
            self._packs = best_fit(self._origins.lengths, max_length)
            self._count = len(self._packs)
        else:
            self._packs = [[n] for n in range(len(self._origins.lengths))]
            self._count = len(self._packs)

    def __len__(self) -> int:
        return self._count

    def parts(self, sequence: int) -> tuple[Part, ...]:
        """The rows in one sequence, in order."""
        return self._slice(sequence) if self._ends else self._whole(sequence)

    def sequences_of(self, source: str, number: int) -> tuple[int, ...]:
        """The sequences in which a row stands; none where it is held out or unusable."""
        places = [
            place
            for place, row in enumerate(self._origins.train)
            if self._origins.numbers[row] == number and self._origins.named(row)[0] == source
        ]
        if self._ends:
            found = {
                sequence
                for place in places
                for sequence in range(
                    (self._ends[place] - self._origins.lengths[place]) // self._length,
                    (self._ends[place] - 1) // self._length + 1,
                )
            }
            # A last sequence of a single token is left out.
            return tuple(sorted(sequence for sequence in found if sequence < self._count))
        wanted = set(places)
        return tuple(n for n, pack in enumerate(self._packs) if not wanted.isdisjoint(pack))

    def is_held_out(self, source: str, number: int) -> bool:
        """Whether a row is kept for evaluation."""
        return any(
            self._origins.numbers[row] == number and self._origins.named(row)[0] == source
            for row in self._origins.held_out
        )

    def _whole(self, sequence: int) -> tuple[Part, ...]:
        parts: list[Part] = []
        start = 0
        for place in self._packs[sequence]:
            source, number = self._origins.named(self._origins.train[place])
            tokens = self._origins.lengths[place]
            parts.append(Part(source, number, start, tokens))
            start += tokens
        return tuple(parts)

    def _slice(self, sequence: int) -> tuple[Part, ...]:
        first, behind = sequence * self._length, (sequence + 1) * self._length
        parts: list[Part] = []
        for place in range(bisect_right(self._ends, first), len(self._ends)):
            begin = self._ends[place] - self._origins.lengths[place]
            if begin >= behind:
                break
            start, end = max(begin, first), min(self._ends[place], behind)
            source, number = self._origins.named(self._origins.train[place])
            parts.append(Part(source, number, start - first, end - start, start - begin))
        return tuple(parts)
