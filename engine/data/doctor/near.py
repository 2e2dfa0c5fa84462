"""Rows that are nearly alike, found by MinHash: as many bytes for each row, long or short.

A row is the set of its pieces of five characters, which serves languages with and without spaces.
The share of equal values in two signatures estimates the Jaccard likeness of two sets (Broder
1997), of each value eight bits are kept (Li and König 2010). Rows that agree in one band of
values are compared; of pairs as alike as `ALIKE` the bands miss one in 130, and the estimate is off by
0.05 on average, so that the border is a soft one.
"""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

ALIKE = 0.8
"""From this likeness on two rows are called near duplicates."""

MOST_ROWS = 2_000_000
"""Rows that are compared at most: 60 bytes each."""

_PIECE = 5
_MOST_PIECES = 256
_BANDS, _VALUES = 12, 5
_SIZE = _BANDS * _VALUES
_CHUNK = 1 << 16


class NearRows:
    """Signatures of rows as they come in, and the pairs among them at the end."""

    def __init__(self, most: int = MOST_ROWS) -> None:
        self._most = most
        self._signatures = bytearray()
        self._places = array("q")
        self.left_out = 0
        """Rows that came after the most that are compared."""

    def __len__(self) -> int:
        return len(self._places)

    def add(self, texts: Sequence[str], places: Sequence[int]) -> None:
        """More rows: their texts, and by which number each is known to the caller."""
        room = self._most - len(self._places)
        self.left_out += max(0, len(texts) - room)
        if room > 0 and texts:
            self._signatures += signatures(texts[:room]).tobytes()
            self._places.extend(places[:room])

    def pairs(self) -> list[tuple[int, int]]:
        """(row, earlier row that it is nearly alike to) in order; each row at most once."""
        import numpy

        count = len(self._places)
        if count < 2:
            return []
        table = numpy.frombuffer(self._signatures, dtype=numpy.uint8).reshape(count, _SIZE)
        first: Any = numpy.full(count, count, dtype=numpy.int64)
        for band in range(_BANDS):
            key: Any = numpy.zeros(count, dtype=numpy.uint64)
            for n in range(band * _VALUES, (band + 1) * _VALUES):
                key = key << numpy.uint64(8) | table[:, n]
            order = numpy.argsort(key, kind="stable")
            ordered = key[order]
            same: Any = numpy.flatnonzero(ordered[1:] == ordered[:-1]) + 1
            begins = numpy.concatenate(([True], ordered[1:] != ordered[:-1]))
            heads = numpy.maximum.accumulate(numpy.where(begins, numpy.arange(count), 0))
            # Against the first of its band, and against the one before it: the work stays linear.
            for other in (order[heads[same]], order[same - 1]):
                _note(table, order[same], other, first)
        found: Any = numpy.flatnonzero(first < count)
        return [(self._places[int(n)], self._places[int(first[n])]) for n in found]


def _note(table: Any, rows: Any, others: Any, first: Any) -> None:
    """Write down for each later row of a pair the earliest one that it is nearly alike to."""
    import numpy

    # Eight bits agree by chance once in 256 times.
    least = round(_SIZE * (ALIKE + (1 - ALIKE) / 256))
    for start in range(0, len(rows), _CHUNK):
        one, other = rows[start : start + _CHUNK], others[start : start + _CHUNK]
        equal = (table[one] == table[other]).sum(axis=1)
        close = equal >= least
        later = numpy.maximum(one[close], other[close])
        numpy.minimum.at(first, later, numpy.minimum(one[close], other[close]))


def signatures(texts: Sequence[str]) -> "numpy.ndarray":
    """One row of 60 bytes for each text; capitals and spaces make no difference."""
    import numpy

    plain = [" ".join(text.casefold().split()) or " " for text in texts]
    gap = "\0" * (_PIECE - 1)
    joined = gap.join(plain) + gap
    codes = numpy.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=numpy.uint32)
    codes = codes.astype(numpy.uint64)
    pieces: Any = numpy.zeros(len(codes) - _PIECE + 1, dtype=numpy.uint64)
    for n in range(_PIECE):
        pieces = pieces * numpy.uint64(0x100000001B3) + codes[n : len(pieces) + n]
    pieces ^= pieces >> numpy.uint64(31)
    pieces *= numpy.uint64(0x9E3779B97F4A7C15)
    pieces >>= numpy.uint64(32)
    hashes: Any = pieces.astype(numpy.uint32)
    parts: list[Any] = []
    starts: Any = numpy.empty(len(plain), dtype=numpy.int64)
    place = total = 0
    for n, text in enumerate(plain):
        part = hashes[place : place + max(1, len(text) - _PIECE + 1)]
        place += len(text) + _PIECE - 1
        if len(part) > _MOST_PIECES:
            # The smallest hashes are a sample that does not depend on the rest of the row.
            part = numpy.partition(part, _MOST_PIECES)[:_MOST_PIECES]
        parts.append(part)
        starts[n] = total
        total += len(part)
    every = numpy.concatenate(parts)
    found: Any = numpy.empty((len(plain), _SIZE), dtype=numpy.uint8)
    multipliers = numpy.random.default_rng(0).integers(0, 2**31, _SIZE, dtype=numpy.uint32)
    for n, multiplier in enumerate(multipliers):
        values = every * (multiplier * numpy.uint32(2) + numpy.uint32(1))
        values ^= values >> numpy.uint32(15)
        values *= numpy.uint32(0x2C1B3C6D)
        least = numpy.minimum.reduceat(values, starts)
        found[:, n] = (least * numpy.uint32(0x297A2D39)) >> numpy.uint32(24)
    return found
