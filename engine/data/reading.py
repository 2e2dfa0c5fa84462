"""One source, opened and understood: its rows one at a time, those with problems accounted for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from engine.data.hub import evaluation_split
from engine.data.ledger import Cause, Ledger
from engine.data.quoting import shown
from engine.data.recognition import Reading, recognize
from engine.data.rows import Conversation, Kind, Message, Row, RowProblem
from engine.data.sources import is_hub_id, open_rows
from engine.errors import BadInput
from engine.recipe.fields import Data, Source
from engine.words import _, ngettext

HEAD_ROWS = 200
"""By how many first rows a format is recognized."""

Progress = Callable[[int, int | None], None]
"""Told how many rows are done, and of how many where that is known; may raise to cancel."""


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """One row with its number in its source."""

    number: int
    row: Row


@dataclass
class OpenSource:
    """A source whose format is known; `numbered` yields its raw rows once."""

    source: Source
    reading: Reading
    numbered: Iterator[tuple[int, dict[str, Any]]]
    system: str | None = None
    evaluation: bool = False

    @property
    def name(self) -> str:
        """The source as the person named it."""
        return shown(self.source.source, 200)

    def read(self, raw: dict[str, Any]) -> Row:
        """One raw row understood, with the recipe's system prompt where it has none.

        Raises:
            RowProblem: what is wrong with it.
        """
        row = self.reading.format.read(raw, self.reading.columns)
        if (
            self.system
            and isinstance(row, Conversation)
            and not any(message.role == "system" for message in row.messages)
        ):
            return replace(row, messages=(Message("system", self.system), *row.messages))
        return row

    def rows(self, ledger: Ledger) -> Iterator[NumberedRow]:
        """The rows that can be read; the others go into the ledger."""
        for number, raw in self.numbered:
            try:
                yield NumberedRow(number, self.read(raw))
            except RowProblem as problem:
                ledger.refuse(self.name, number, problem)


def open_sources(data: Data, kind: Kind, *, streaming: bool = False) -> Iterator[OpenSource]:
    """The sources of a recipe one after another, that of the evaluation last.

    `data.max_samples` limits each of the sources that are trained on. Sources are opened as they
    come up.

    Raises:
        BadInput: a source cannot be used.
    """
    for source in data.all_sources():
        yield open_source(source, data, kind, data.max_samples, streaming=streaming)
    held = evaluation_source(data)
    if held is not None:
        yield replace(open_source(held, data, kind, None, streaming=streaming), evaluation=True)


def open_source(
    source: Source, data: Data, kind: Kind, limit: int | None, *, streaming: bool = False
) -> OpenSource:
    """One source, its format recognized by its first rows.

    Raises:
        BadInput: it cannot be used.
    """
    numbered = open_rows(source, streaming=streaming or data.streaming)
    if limit is not None:
        numbered = islice(numbered, limit)
    head = list(islice(numbered, HEAD_ROWS))
    reading = recognize(
        [row for _number, row in head],
        where=shown(source.source, 200),
        kind=kind,
        name=data.format,
        columns=source.columns or data.columns,
    )
    return OpenSource(source, reading, chain(head, numbered), data.system)


def evaluation_source(data: Data) -> Source | None:
    """The source that the recipe evaluates on, if it names one."""
    if data.eval_source is None:
        return None
    first = data.all_sources()[0]
    same = first.source == data.eval_source
    source = Source(
        source=data.eval_source,
        config=first.config if same else None,
        revision=first.revision if same else None,
        split="train",
        columns=first.columns or data.columns,
        weight=1.0,
    )
    if is_hub_id(data.eval_source):
        return source.model_copy(update={"split": evaluation_split(source)})
    return source


def nothing_left(data: Data, rows: int, causes: Sequence[Cause]) -> BadInput:
    """That none of so many rows can be learned from, and why."""
    name = shown(data.all_sources()[0].source, 200)
    if not causes:
        return BadInput(
            _("{source}: no row is left to learn from.").format(source=name),
            field="data.source",
            code="no_rows",
        )
    first = causes[0]
    return BadInput(
        ngettext(
            "{source}: its one row cannot be learned from; row {row}: {why}",
            "{source}: none of its {n} rows can be learned from; row {row}: {why}",
            rows,
        ).format(source=first.source or name, n=rows, row=first.rows[0], why=first.message),
        field="data.source",
        advice=first.advice,
        code="no_rows",
    )
