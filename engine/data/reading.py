"""One source, opened and understood: its rows one at a time, those with problems accounted for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from engine.data.fingerprints import Seen, fingerprint
from engine.data.ledger import Cause, Ledger
from engine.data.matching import Reading, match
from engine.data.quoting import shown
from engine.data.rows import (
    AnyRow,
    Conversation,
    Feedback,
    Kind,
    Message,
    Preference,
    Prompt,
    Raw,
    RowProblem,
    Rows,
)
from engine.data.sources import held_out_split, open_origin
from engine.errors import BadInput
from engine.recipe.fields import AUTO, Data, Source
from engine.words import _, ngettext

HEAD_ROWS = 200
"""By how many first rows a format is recognized."""

Progress = Callable[[int, int | None], None]
"""Told how many rows are done, and of how many where that is known; may raise to cancel."""


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """One row with its number in its source."""

    number: int
    row: AnyRow


@dataclass
class OpenSource:
    """A source whose format is known; `numbered` yields its raw rows once."""

    source: Source
    reading: Reading
    numbered: Rows
    system: str | None = None
    evaluation: bool = False
    once: "Once | None" = None
    """Where each row is used once, those that came up, in earlier sources too."""

    @property
    def name(self) -> str:
        """The source as the person named it."""
        return shown(self.source.source, 200)

    @property
    def kind(self) -> Kind:
        """What its rows are."""
        return self.reading.format.kind

    def read(self, raw: Raw) -> AnyRow:
        """One raw row understood, with the recipe's system prompt where it has none.

        Raises:
            RowProblem: what is wrong with it.
        """
        if isinstance(raw, RowProblem):
            raise raw
        row = self.reading.format.read(raw, self.reading.columns)
        return with_system(row, self.system) if self.system else row

    def rows(self, ledger: Ledger) -> Iterator[NumberedRow]:
        """The rows that can be read; the others go into the ledger."""
        for number, raw in self.numbered:
            try:
                row = self.read(raw)
                if self.once is not None:
                    self.once.check(row, self.name, number)
                yield NumberedRow(number, row)
            except RowProblem as problem:
                ledger.refuse(self.name, number, problem)


class Once:
    """Refuses rows that came up before, as `data.drop_duplicates` asks."""

    def __init__(self) -> None:
        self._seen = Seen()
        self._names: list[str] = []

    def check(self, row: AnyRow, source: str, number: int) -> None:
        """Raises RowProblem `duplicate` where an earlier row teaches the same."""
        if not self._names or self._names[-1] != source:
            self._names.append(source)
        here = len(self._names) - 1
        earlier = self._seen.add(fingerprint(row), here, number)
        if earlier is not None:
            raise repeated(earlier[1], self._names[earlier[0]] if earlier[0] != here else "")


def repeated(number: int, source: str = "") -> RowProblem:
    """That a row is the same as an earlier one, of another source where one is named."""
    if source:
        said = _("It is the same as row {n} of {source}.").format(n=number, source=source)
    else:
        said = _("It is the same as row {n}.").format(n=number)
    advice = _("Each row is trained on once (data.drop_duplicates).")
    return RowProblem("duplicate", said, advice, "dropped")


def with_system(row: AnyRow, system: str) -> AnyRow:
    """The row with this system prompt, unless it has one or its kind takes none."""
    first = Message("system", system)

    def fitting(messages: tuple[Message, ...]) -> tuple[Message, ...]:
        has_one = any(message.role == "system" for message in messages)
        return messages if has_one else (first, *messages)

    if isinstance(row, (Conversation, Prompt)):
        return replace(row, messages=fitting(row.messages))
    if isinstance(row, (Preference, Feedback)):
        return replace(row, prompt=fitting(row.prompt))
    return row


def open_sources(data: Data, kind: Kind | None, *, streaming: bool = False) -> Iterator[OpenSource]:
    """The sources of a recipe one after another, that of the evaluation last.

    `data.max_samples` limits each of the sources that are trained on. Sources are opened as they
    come up.

    Without a kind the first of them says what all have to be.

    Raises:
        BadInput: a source cannot be used.
    """
    once = Once() if data.drop_duplicates else None
    for source in data.all_sources():
        opened = open_source(source, data, kind, data.max_samples, streaming=streaming)
        kind = kind or opened.kind
        yield replace(opened, once=once)
    held = evaluation_source(data)
    if held is not None:
        opened = open_source(held, data, kind, None, streaming=streaming)
        yield replace(opened, evaluation=True, once=once)


def open_source(
    source: Source, data: Data, kind: Kind | None, limit: int | None, *, streaming: bool = False
) -> OpenSource:
    """One source, its format recognized by its first rows.

    Without a `kind` the format says what the rows are.

    Raises:
        BadInput: it cannot be used.
    """
    origin = open_origin(source, streaming=streaming or data.streaming)
    rows = origin.rows if limit is None else islice(origin.rows, limit)
    head = first_rows(rows)
    columns = source.columns or data.columns
    if data.format in (AUTO, origin.format):
        columns = {**origin.columns, **columns}
    where = shown(source.source, 200)
    reading = match(
        understood(head, where),
        where=where,
        kind=kind,
        name=origin.format if data.format == AUTO else data.format,
        columns=columns,
    )
    return OpenSource(source, reading, chain(head, rows), data.system)


def first_rows(rows: Rows) -> list[tuple[int, Raw]]:
    """The rows by which a format is recognized: so many that one of them can be read."""
    head = list(islice(rows, HEAD_ROWS))
    while head and all(isinstance(raw, RowProblem) for _number, raw in head):
        more = list(islice(rows, HEAD_ROWS))
        if not more:
            break
        head += more
    return head


def understood(head: Sequence[tuple[int, Raw]], where: str) -> list[dict[str, Any]]:
    """The rows among them that are rows.

    Raises:
        BadInput: there is none, with what is wrong with the first.
    """
    rows = [raw for _number, raw in head if not isinstance(raw, RowProblem)]
    for number, raw in head[: not rows]:
        if isinstance(raw, RowProblem):
            raise BadInput(
                _("{where}, row {n}: {why}").format(where=where, n=number, why=raw.message),
                field="data.source",
                advice=raw.advice,
                code=raw.code,
            )
    return rows


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
    return source.model_copy(update={"split": held_out_split(source)})


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
