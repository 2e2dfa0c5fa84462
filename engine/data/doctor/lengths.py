"""Lengths of rows in tokens, counted: little memory for any number of rows."""

from dataclasses import dataclass, field

from engine.data.token_stats import TokenStats

_STEP = 64
"""Lengths are proposed in steps of so many tokens, which kernels like."""

_SHARE_CUT = 0.01
"""A proposed length cuts at most this share of the rows."""


@dataclass(frozen=True)
class LengthCut:
    """What `data.max_length` at so many tokens would cut."""

    max_length: int
    rows_cut: int
    tokens_cut: int


@dataclass
class Lengths:
    """How many rows have how many tokens."""

    counts: dict[int, int] = field(default_factory=dict)
    rows: int = 0

    def add(self, length: int) -> None:
        """One more row."""
        self.counts[length] = self.counts.get(length, 0) + 1
        self.rows += 1

    def stats(self, total: int, with_loss: int, max_length: int | None = None) -> TokenStats:
        """Percentiles (nearest rank) of the lengths, cut at `max_length`, with these totals."""
        ordered = sorted(self.counts.items())
        wanted = {share: -(-self.rows * share // 100) for share in (50, 95, 99, 100)}
        found = dict.fromkeys(wanted, 0)
        seen = 0
        for length, count in ordered:
            for share, rank in wanted.items():
                if seen < rank <= seen + count:
                    found[share] = length
            seen += count
        if max_length is not None:
            found = {share: min(length, max_length) for share, length in found.items()}
        return TokenStats(found[50], found[95], found[99], found[100], total, with_loss)

    def cut_at(self, max_length: int) -> LengthCut:
        """What this length would cut."""
        longer = [(length, count) for length, count in self.counts.items() if length > max_length]
        return LengthCut(
            max_length,
            sum(count for _length, count in longer),
            sum((length - max_length) * count for length, count in longer),
        )

    def table(self) -> tuple[LengthCut, ...]:
        """What each usual length would cut, from the first that keeps half of the rows whole."""
        if not self.rows:
            return ()
        longest = max(self.counts)
        found: list[LengthCut] = []
        length = 128
        while length < 2 * longest and length <= 1 << 24:
            cut = self.cut_at(length)
            if 2 * cut.rows_cut <= self.rows:
                found.append(cut)
            length *= 2
        return tuple(found)

    def proposed(self, limit: int | None = None) -> LengthCut | None:
        """The least length, in steps of 64, that cuts at most one row in a hundred.

        It is `limit` where that is less.
        """
        if not self.rows:
            return None
        allowed, longer = int(self.rows * _SHARE_CUT), 0
        least = 0
        for length, count in sorted(self.counts.items(), reverse=True):
            if longer + count > allowed:
                least = length
                break
            longer += count
        length = max(_STEP, -(-least // _STEP) * _STEP)
        return self.cut_at(length if limit is None else min(length, limit))

    def packed(self, max_length: int) -> float:
        """The share of a sequence that a row fills on average, cut at this length."""
        if not self.rows:
            return 0.0
        tokens = sum(min(length, max_length) * count for length, count in self.counts.items())
        return tokens / (self.rows * max_length)
