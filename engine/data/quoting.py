"""Pieces of a person's data as they may stand in a sentence: short, and without control codes."""

from collections.abc import Iterable

from engine.plain_text import plain_line
from engine.words import _


def shown(text: object, limit: int = 60) -> str:
    """`text` on one line, cut to `limit` characters, control codes as signs."""
    words = str(text)
    return plain_line(words[:limit]) + ("…" if len(words) > limit else "")


def listed(names: Iterable[object], limit: int = 12) -> str:
    """Names with commas between them, the first `limit` of them."""
    every = [shown(name, 40) for name in names]
    if not every:
        return _("none")
    words = ", ".join(every[:limit])
    if len(every) > limit:
        return _("{names} and {n} more").format(names=words, n=len(every) - limit)
    return words
