"""Sizes, times and figures in words."""

import datetime

from engine.words import _


def size(count: float | None) -> str:
    """Bytes in binary units: `1.5 GiB`."""
    if count is None:
        return "–"
    for unit in ("B", "KiB", "MiB", "GiB"):
        if abs(count) < 1024:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.3g} {unit}"
        count /= 1024
    return f"{count:.3g} TiB"


def duration(seconds: float | None) -> str:
    """Seconds as `41 s`, `3:05` or `1:02:03`."""
    if seconds is None:
        return "–"
    whole = round(seconds)
    if whole < 60:
        return _("{n} s").format(n=whole)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def loss(value: float | None) -> str:
    """A loss with the digits that matter."""
    return "–" if value is None else f"{value:.4f}"


def short(value: float) -> str:
    """A count in words: `1.24 B`, `950 k`."""
    for limit, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if value >= limit:
            return f"{value / limit:.3g} {letter}"
    return f"{value:.0f}"


def moment(at: float | None) -> str:
    """A Unix time in the person's own clock."""
    try:
        return "–" if at is None else f"{datetime.datetime.fromtimestamp(at):%Y-%m-%d %H:%M}"
    except (OverflowError, OSError, ValueError):
        return "–"
