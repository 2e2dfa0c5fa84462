"""Lengths in tokens: percentiles and totals."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class TokenStats:
    """Tokens of rows: percentiles (nearest rank) and the longest, then totals over all rows."""

    p50: int = 0
    p95: int = 0
    p99: int = 0
    max: int = 0
    total: int = 0
    with_loss: int = 0


def token_stats(lengths: Sequence[int], with_loss: int, total: int | None = None) -> TokenStats:
    """The figures of these lengths; `total` where the lengths are only a sample."""
    ordered = sorted(lengths)
    return TokenStats(
        p50=percentile(ordered, 50),
        p95=percentile(ordered, 95),
        p99=percentile(ordered, 99),
        max=ordered[-1] if ordered else 0,
        total=sum(ordered) if total is None else total,
        with_loss=with_loss,
    )


def percentile(ordered: Sequence[int], percent: int) -> int:
    """The smallest length that at least so many percent do not exceed; 0 for no rows."""
    if not ordered:
        return 0
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def share_above(ordered: Sequence[int], length: int) -> float:
    """The share of lengths, given in ascending order, that exceed `length`."""
    if not ordered:
        return 0.0
    return 1 - bisect_right(ordered, length) / len(ordered)
