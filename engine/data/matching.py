"""Which formats rows can be read in, and which column then holds which field."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.data import misfits
from engine.data.formats import FORMATS, Field, Format
from engine.data.rows import Kind, RowProblem
from engine.errors import BadInput
from engine.recipe.fields import AUTO
from engine.words import _

OUTDONE: dict[Kind, tuple[Kind, ...]] = {
    "text": ("conversation", "preference", "feedback", "labelled"),
    "prompt": ("conversation", "preference", "feedback", "labelled"),
    "conversation": ("preference", "feedback"),
}
"""Where no stage is chosen: kinds that say more of rows, a second answer or a label for one."""

HIDDEN: dict[Kind, tuple[Kind, ...]] = {"conversation": ("preference", "feedback")}
"""Kinds that are not read as the other one without a word: their bad answers would be learned."""


@dataclass(frozen=True)
class Reading:
    """How rows of one source are read; `columns` maps each field of the format to a column.

    `strong`: all columns bear the field's own names. `often`: it fits at least half of the rows.
    """

    format: Format
    columns: dict[str, str]
    found: tuple[str, ...]
    """The columns that the first rows have."""
    strong: bool = True
    often: bool = True
    others: tuple[str, ...] = ()
    """Formats of other kinds that fit as well, where no stage said which kind is meant."""

    @property
    def present(self) -> dict[str, str]:
        """The part of `columns` that the first rows have."""
        return {field: column for field, column in self.columns.items() if column in self.found}

    @property
    def unread(self) -> tuple[str, ...]:
        """Columns of the first rows that this reading leaves out."""
        read = set(self.columns.values())
        return tuple(column for column in self.found if column not in read)


def match(
    head: Sequence[Mapping[str, Any]],
    *,
    where: str,
    kind: Kind | None,
    name: str = AUTO,
    columns: Mapping[str, str] | None = None,
) -> Reading:
    """How the rows of which `head` are the first are to be read.

    Args:
        head: some first rows, at least one.
        where: the source as the person named it, for sentences.
        kind: what the stage learns from; None where no stage is chosen yet.
        name: `data.format`.
        columns: `data.columns`, the person's own field → column.

    Raises:
        BadInput: where no format fits (`no_format`), only those of another kind (`other_kind`),
            or several fit equally well (`ambiguous`).
    """
    given = dict(columns or {})
    found = columns_of(head)
    candidates = _candidates(where, found, name, given)
    fits = readings(head, candidates, given)
    usable = [fit for fit in fits if kind is None or fit.format.kind == kind]
    if not usable:
        if fits:
            raise misfits.other_kind(where, kind or "conversation", fits[0])
        expected = [entry for entry in candidates if entry.kind == kind] or candidates
        raise misfits.no_format(where, found, expected, guess(head, expected, given))
    if name == AUTO and not given and kind is not None:
        hides = [fit for fit in fits if fit.format.kind in HIDDEN.get(kind, ()) and fit.strong]
        if hides:
            raise misfits.hidden(where, hides[0], [fit for fit in usable if reads(fit, head)])
    best = max(_rank(fit) for fit in usable)
    equal = [fit for fit in usable if _rank(fit) == best]
    if kind is None:
        kinds = {fit.format.kind for fit in equal}
        equal = [fit for fit in equal if kinds.isdisjoint(OUTDONE.get(fit.format.kind, ()))]
    if len(equal) > 1:
        raise misfits.ambiguous(where, equal)
    taken = equal[0].format.kind
    others = [
        fit.format.name
        for fit in usable
        if fit.format.kind != taken
        and taken not in HIDDEN.get(fit.format.kind, ())
        and (fit.strong and fit.often and reads(fit, head))
    ]
    return replace(equal[0], others=tuple(others))


def reads(reading: Reading, head: Sequence[Mapping[str, Any]]) -> bool:
    """Whether at least one of these rows can be used under the reading."""
    for row in head:
        try:
            reading.format.read(row, reading.columns)
        except RowProblem:
            continue
        return True
    return False


def readings(
    head: Sequence[Mapping[str, Any]],
    candidates: Sequence[Format] | None = None,
    given: Mapping[str, str] | None = None,
) -> list[Reading]:
    """Every way to read these rows, best first."""
    found = columns_of(head)
    entries = list(FORMATS) if candidates is None else candidates
    fits = [fit for entry in entries if (fit := _fit(entry, head, found, given or {}))]
    return sorted(fits, key=_rank, reverse=True)


def columns_of(head: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """All columns of these rows in the order they come up."""
    return tuple(dict.fromkeys(str(column) for row in head for column in row))


def guess(
    head: Sequence[Mapping[str, Any]],
    candidates: Sequence[Format],
    given: Mapping[str, str],
) -> Reading | None:
    """The nearest reading where none fits by name: for a person to confirm, never used unasked.

    Columns are taken for fields by their names in other languages, by likeness of names, and
    where there are two columns of text, the first for the prompt and the second for the answer.
    """
    found = columns_of(head)
    best: tuple[float, Reading] | None = None
    for entry in candidates:
        columns, score = _guessed(entry, found, given)
        if columns is None or not any(entry.recognize(row, columns) for row in head):
            continue
        if best is None or score > best[0]:
            best = score, Reading(entry, columns, found, strong=False)
    if best is not None:
        return best[1]
    texts = [c for c in found if all(isinstance(row.get(c), (str, type(None))) for row in head)]
    pair = next((entry for entry in candidates if entry.name == "prompt-completion"), None)
    if pair is None or len(texts) != 2 or len(found) != 2 or given:
        return None
    columns = {field.name: field.name for field in pair.fields}
    columns.update(prompt=texts[0], completion=texts[1])
    return Reading(pair, columns, found, strong=False)


def _rank(fit: Reading) -> tuple[bool, bool]:
    return fit.often, fit.strong


def _candidates(
    where: str, found: tuple[str, ...], name: str, given: dict[str, str]
) -> list[Format]:
    """The formats that may be meant by what the person said."""
    candidates = list(FORMATS) if name == AUTO else [misfits.named(name)]
    misfits.check_fields(candidates, given)
    for field, column in given.items():
        if column not in found:
            raise misfits.no_column(where, field, column, found)
    if not found:
        raise BadInput(
            _("{where}: its rows are empty.").format(where=where),
            field="data.source",
            advice=_("Choose another data set."),
        )
    return [entry for entry in candidates if given.keys() <= {field.name for field in entry.fields}]


def _fit(
    entry: Format,
    head: Sequence[Mapping[str, Any]],
    found: tuple[str, ...],
    given: Mapping[str, str],
) -> Reading | None:
    columns = dict(given)
    strong = True
    for field in entry.fields:
        if field.name in given:
            continue
        options = [c for c in _options(field, found) if c not in columns.values()]
        if options:
            columns[field.name] = options[0]
            strong = strong and not (field.required and options[0].lower() in field.weak)
        elif field.required:
            sole = entry.kind == "text" and len(found) == 1
            if not sole:
                return None
            columns[field.name], strong = found[0], False
        else:
            # A column that only later rows have is still found under the field's own name.
            columns[field.name] = field.name
    often = sum(entry.recognize(row, columns) for row in head)
    if not often:
        return None
    ordered = {field.name: columns[field.name] for field in entry.fields}
    return Reading(entry, ordered, found, strong, 2 * often >= len(head))


def _options(field: Field, found: tuple[str, ...]) -> list[str]:
    """Columns that can be this field: exact names first, then other capitals, then weak names."""
    options: list[str] = []
    for names in (field.aliases, field.weak):
        options += [name for name in names if name in found]
        options += [c for c in found if c.lower() in names and c not in options]
    return options


def _guessed(
    entry: Format, found: tuple[str, ...], given: Mapping[str, str]
) -> tuple[dict[str, str] | None, float]:
    """Columns by likeness of names, and how alike they are together."""
    columns = dict(given)
    score = 0.0
    for field in entry.fields:
        if field.name in columns:
            continue
        left = [column for column in found if column not in columns.values()]
        column, likeness = _likeliest(field, left)
        if column is not None and (likeness >= 1 or field.required):
            columns[field.name] = column
            score += likeness
        elif field.required:
            return None, 0
        else:
            columns[field.name] = field.name
    return columns, score


def _likeliest(field: Field, columns: list[str]) -> tuple[str | None, float]:
    names = (*field.aliases, *field.weak, *field.hints)
    best: tuple[str | None, float] = (None, 0.7)
    for column in columns:
        lower = column.strip().lower()
        if lower in names:
            return column, 1.0
        likeness = max(difflib.SequenceMatcher(None, lower, name).ratio() for name in names)
        if likeness > best[1]:
            best = column, likeness
    return best
