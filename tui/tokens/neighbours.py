"""With which rows a row shares a sequence, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from engine.words import _
from tui.safe_text import plain

SHOWN = 3
"""Sequences of one row that are shown."""


@dataclass(frozen=True)
class Neighbour:
    """A row of a sequence; `start` is where in the sequence it begins."""

    source: str
    row: int
    start: int
    tokens: int
    row_start: int


@dataclass(frozen=True)
class Neighbours:
    """Whether the row is held out, whether rows are packed, and the sequences it stands in."""

    held_out: bool
    packed: bool
    sequences: tuple[tuple[int, int, tuple[Neighbour, ...]], ...]
    """Number from 1, how many there are, and the rows."""


def read_neighbours(answer: Mapping[str, Any]) -> Neighbours:
    """The host's answer as a value."""
    return Neighbours(
        bool(answer["held_out"]),
        bool(answer["packed"]),
        tuple(
            (int(one["number"]), int(one["of"]), tuple(Neighbour(**row) for row in one["rows"]))
            for one in answer["sequences"]
        ),
    )


def neighbour_words(found: Neighbours, source: str, row: int) -> Content:
    """One line a sequence; the row itself stands out."""
    parts: list[Content] = []
    if found.held_out:
        parts.append(Content(_("Held out: it is evaluated on, not trained on.")))
    elif not found.sequences:
        parts.append(Content(_("It is in no sequence of the trainer.")))
    for number, of, rows in found.sequences[:SHOWN]:
        head = _("sequence {n} of {m}: ").format(n=f"{number:,}", m=f"{of:,}")
        if len(rows) == 1 and not found.packed:
            parts.append(Content(head + _("this row alone; rows are not packed.")))
            continue
        several = len({one.source for one in rows}) > 1
        parts.append(
            Content.assemble(head, Content(" │ ").join(_one(n, source, row, several) for n in rows))
        )
    left = len(found.sequences) - SHOWN
    if left > 0:
        parts.append(Content(_("… and {n} more sequences.").format(n=left)))
    return Content("\n").join(parts)


def _one(one: Neighbour, source: str, row: int, several: bool) -> Content:
    here = (one.source, one.row) == (source, row)
    where = f"{plain(one.source)} " if several else ""
    part = _(" from its token {n}").format(n=one.row_start + 1) if one.row_start else ""
    words = _("{where}row {row}{part}, {n} tokens").format(
        where=where, row=f"{one.row:,}", part=part, n=one.tokens
    )
    return Content.styled(f"▸ {words}" if here else words, "bold $accent" if here else "")
