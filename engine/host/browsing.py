"""Looking through a data set row by row: where a text stands, and with which rows one is packed."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.data.reading import open_sources
from engine.data.row_text import document, parts
from engine.data.rows import AnyRow, Kind, RowProblem
from engine.errors import BadInput
from engine.recipe import AUTO, Recipe
from engine.recipe.fields import Data
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from engine.data.layout import Layout

TELL_SECONDS = 0.3
"""How often a search says how far it is."""

Looked = Callable[[int], None]
"""Told the number of the row that is looked at; may raise to end the search."""


@dataclass(frozen=True)
class Neighbour:
    """A row of a sequence: `tokens` of it, from its token `row_start` on, begin at `start`."""

    source: str
    row: int
    start: int
    tokens: int
    row_start: int


@dataclass(frozen=True)
class Sequence:
    """One of the trainer's `of` sequences, numbered from 1, with the rows in it."""

    number: int
    of: int
    rows: tuple[Neighbour, ...]


@dataclass(frozen=True)
class Neighbours:
    """The sequences in which a row stands; none where it is held out or not used."""

    held_out: bool
    packed: bool
    sequences: tuple[Sequence, ...]


def find_row(
    data: Data, kind: Kind, text: str, start: int, *, backwards: bool, looked: Looked
) -> int | None:
    """The number of the first row from `start` on, or the last one up to it, that has a text.

    Capitals and small letters are alike. Without a text every row that can be used has it, so
    that from the end backwards this is the last one.

    Args:
        data: the recipe's section; its first source is searched.
        kind: what the stage learns from.
        start: a row number; 0 backwards means from the end.
        looked: see `Looked`.

    Raises:
        BadInput: the source cannot be opened or read to its end.
    """
    wanted = text.casefold()
    last: int | None = None
    told = time.monotonic()
    for number, row in _readable(data, kind):
        if time.monotonic() - told >= TELL_SECONDS:
            looked(number)
            told = time.monotonic()
        if backwards and start and number > start:
            break
        if (not backwards and number < start) or not _has(row, wanted):
            continue
        last = number
        if not backwards:
            break
    return last


def _readable(data: Data, kind: Kind) -> Iterator[tuple[int, AnyRow]]:
    opened = next(open_sources(data, kind, streaming=True))
    for number, raw in opened.numbered:
        try:
            yield number, opened.read(raw)
        except RowProblem:
            continue


def _has(row: AnyRow, wanted: str) -> bool:
    if not wanted:
        return True
    said = (document(row), *(content for _role, content in parts(row)))
    return any(wanted in one.casefold() for one in said)


class Layouts:
    """Keeps the last recipe's layout, so that going from row to row reads the data once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key = ""
        self._layout: Layout | None = None

    def neighbours(
        self,
        recipe: Recipe,
        kind: Kind,
        tokenizer: "PreTrainedTokenizerBase",
        source: str,
        row: int,
        looked: Looked,
    ) -> Neighbours:
        """Which rows share a sequence with this one; the first question reads all rows.

        Raises:
            BadInput: the longest length is not known yet, or the data cannot be used.
        """
        data = recipe.data
        if data.max_length == AUTO:
            raise BadInput(
                _("data.max_length is not known yet, and so is not which rows share a sequence."),
                field="data.max_length",
                advice=_("Wait for the plan, or set it."),
            )
        tree = recipe.model_dump(mode="json", include={"model", "data", "stage"})
        key = json.dumps([tree, recipe.training.seed], sort_keys=True)
        with self._lock:
            if self._key != key or self._layout is None:
                self._layout = _layout(recipe, kind, tokenizer, looked)
                self._key = key
            layout = self._layout
        packed = data.packing is True or (kind == "text" and data.packing is not False)
        return Neighbours(
            held_out=layout.is_held_out(source, row),
            packed=packed,
            sequences=tuple(
                Sequence(
                    sequence + 1,
                    len(layout),
                    tuple(
                        Neighbour(part.source, part.number, part.start, part.tokens, part.row_start)
                        for part in layout.parts(sequence)
                    ),
                )
                for sequence in layout.sequences_of(source, row)
            ),
        )


def _layout(
    recipe: Recipe, kind: Kind, tokenizer: "PreTrainedTokenizerBase", looked: Looked
) -> "Layout":
    from engine.data import prepare
    from engine.data.layout import Layout

    data = recipe.data
    length = int(data.max_length)
    prepared = prepare(
        data, kind, tokenizer, max_length=length, seed=recipe.training.seed,
        progress=lambda done, _total: looked(done),
    )  # fmt: skip
    joined = kind == "text" and data.packing is not False
    return Layout(prepared, length, packing=data.packing is True, joined=joined)
