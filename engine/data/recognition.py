"""What a source is: every way to read it, each with its mapping and its first rows read so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.data.formats import FORMATS
from engine.data.matching import Reading, columns_of, guess, match, readings
from engine.data.preview import PreviewProblem, PreviewRow, problem_of, row_as_read
from engine.data.quoting import shown
from engine.data.reading import first_rows, understood
from engine.data.rows import Kind, Raw, RowProblem
from engine.data.sources import open_origin
from engine.errors import BadInput, Problem
from engine.recipe.fields import AUTO, Data, Source

PREVIEWED = 3
"""Rows that are shown under each reading."""


@dataclass(frozen=True)
class Candidate:
    """One way to read a source.

    `columns` is the mapping as `data.columns` has it, `unread` the columns it leaves out; `rows`
    and `problems` are the first rows under it; `usable` of `looked_at` rows can be used.
    `guessed`: the columns bear none of the format's names, a person has to confirm it.
    """

    format: str
    kind: Kind
    summary: str
    columns: dict[str, str]
    unread: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    problems: tuple[PreviewProblem, ...]
    usable: int
    looked_at: int
    guessed: bool = False

    def fields(self) -> dict[str, Any]:
        """The recipe's fields that choose this reading, by their names under `data`."""
        return {"format": self.format, "columns": dict(self.columns)}


@dataclass(frozen=True)
class Recognition:
    """What is known of a source by its first rows.

    `chosen` is the reading that is taken by itself; where that is None, `question` is the
    sentence that says why, and one of `candidates` (best first) has to be chosen.
    """

    source: str
    found: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    chosen: Candidate | None
    question: Problem | None = None


def recognize(
    source: Source | Data | str,
    kind: Kind | None = None,
    *,
    format: str = AUTO,
    columns: Mapping[str, str] | None = None,
    rows: int = PREVIEWED,
) -> Recognition:
    """How a source can be read.

    Args:
        source: a source, a recipe's data (its first source), or what `data.source` would be.
        kind: what the stage learns from; None where no stage is chosen yet.
        format: `data.format`; of a recipe its own.
        columns: `data.columns`, field → column; of a recipe its own.
        rows: how many are shown under each reading.

    Raises:
        BadInput: the source cannot be opened, or has no row at all. That its format is not
            recognized or not clear is no error here: see `Recognition.question`.
    """
    one = _source(source)
    if isinstance(source, Data):
        format, columns = source.format, columns or source.columns
    origin = open_origin(one, streaming=True)
    given = {**(origin.columns if format in (AUTO, origin.format) else {})}
    given.update(columns or one.columns)
    where = shown(one.source, 200)
    head = first_rows(origin.rows)
    raws = understood(head, where)
    name = origin.format if format == AUTO else format
    chosen: Reading | None = None
    question: Problem | None = None
    try:
        chosen = match(raws, where=where, kind=kind, name=name, columns=given)
    except BadInput as error:
        question = error.problem
    entries = [e for e in FORMATS if name in (AUTO, e.name)]
    fields = [e for e in entries if given.keys() <= {field.name for field in e.fields}]
    known = given if all(column in columns_of(raws) for column in given.values()) else {}
    fits = readings(raws, fields, known)
    taken = None if chosen is None else chosen.format.name
    fits.sort(key=lambda fit: (fit.format.name != taken, kind not in (None, fit.format.kind)))
    nearest = None
    if not fits:
        wanted = [e for e in fields if kind is None or e.kind == kind] or fields
        nearest = guess(raws, wanted, known)
    candidates = [_candidate(fit, one, head, rows, guessed=False) for fit in fits]
    if any(one.usable for one in candidates):
        candidates = [one for one in candidates if one.usable or one.format == taken]
    if nearest is not None:
        candidates.append(_candidate(nearest, one, head, rows, guessed=True))
    return Recognition(
        source=where,
        found=columns_of(raws),
        candidates=tuple(candidates),
        chosen=candidates[0] if chosen is not None else None,
        question=question,
    )


def _source(source: Source | Data | str) -> Source:
    if isinstance(source, Data):
        return source.all_sources()[0]
    return Source(source=source) if isinstance(source, str) else source


def _candidate(
    reading: Reading,
    source: Source,
    head: Sequence[tuple[int, Raw]],
    most: int,
    *,
    guessed: bool,
) -> Candidate:
    name = shown(source.source, 200)
    rows: list[PreviewRow] = []
    problems: list[PreviewProblem] = []
    usable = 0
    for number, raw in head:
        try:
            if isinstance(raw, RowProblem):
                raise raw
            row = reading.format.read(raw, reading.columns)
        except RowProblem as problem:
            if len(problems) < most:
                problems.append(problem_of(name, number, problem))
            continue
        usable += 1
        if len(rows) < most:
            rows.append(row_as_read(name, number, row))
    return Candidate(
        format=reading.format.name,
        kind=reading.format.kind,
        summary=reading.format.summary,
        columns=reading.present,
        unread=reading.unread,
        rows=tuple(rows),
        problems=tuple(problems),
        usable=usable,
        looked_at=len(head),
        guessed=guessed,
    )
