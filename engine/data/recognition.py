"""Which format the rows of a source are in, and which column holds which field."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.data.formats import FORMATS, Field, Format
from engine.data.quoting import listed, shown
from engine.data.rows import Kind
from engine.errors import BadInput
from engine.recipe.fields import AUTO
from engine.words import _

PREFERENCE = frozenset({"chosen", "rejected", "chosen_messages", "rejected_messages"})
"""Columns of preference pairs, which no format here reads."""


@dataclass(frozen=True)
class Reading:
    """How rows of one source are read; `columns` maps each field of the format to a column."""

    format: Format
    columns: dict[str, str]
    found: tuple[str, ...]
    """The columns that the first rows have."""

    @property
    def present(self) -> dict[str, str]:
        """The part of `columns` that the first rows have."""
        return {field: column for field, column in self.columns.items() if column in self.found}


def recognize(
    head: Sequence[Mapping[str, Any]],
    *,
    where: str,
    kind: Kind,
    name: str = AUTO,
    columns: Mapping[str, str] | None = None,
) -> Reading:
    """How the rows of which `head` are the first are to be read.

    Args:
        head: some first rows, at least one.
        where: the source as the person named it, for sentences.
        kind: what the stage learns from.
        name: `data.format`.
        columns: `data.columns`, the person's own field → column.

    Raises:
        BadInput: where no format fits, or two fit equally well.
    """
    given = dict(columns or {})
    found = tuple(dict.fromkeys(column for row in head for column in row))
    candidates = list(FORMATS) if name == AUTO else [_named(name)]
    _check_fields(candidates, given)
    for field, column in given.items():
        if column not in found:
            raise _no_column(where, field, column, found)
    if not found:
        raise BadInput(
            _("{where}: its rows are empty.").format(where=where),
            field="data.source",
            advice=_("Choose another data set."),
        )
    if PREFERENCE.intersection(found) and not given and name == AUTO:
        raise _preference(where, found)
    fits = [fit for fit in (_fit(entry, head, found, given) for entry in candidates) if fit]
    usable = [fit for fit in fits if fit.reading.format.kind == kind]
    if not usable:
        if fits:
            raise _other_kind(where, kind, fits[0].reading)
        raise _no_format(where, found, candidates, kind)
    best = max(fit.rank for fit in usable)
    equal = [fit.reading for fit in usable if fit.rank == best]
    if len(equal) > 1:
        raise _ambiguous(where, equal)
    return equal[0]


@dataclass(frozen=True)
class _Fit:
    reading: Reading
    rank: tuple[bool, bool]
    """Found under its own names rather than weak ones; fits at least half as often as any."""


def _fit(
    entry: Format, head: Sequence[Mapping[str, Any]], found: tuple[str, ...], given: dict[str, str]
) -> _Fit | None:
    columns: dict[str, str] = {}
    strong = True
    for field in entry.fields:
        options = _options(field, found)
        if field.name in given:
            columns[field.name] = given[field.name]
        elif options:
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
    return _Fit(Reading(entry, columns, found), (strong, 2 * often >= len(head)))


def _options(field: Field, found: tuple[str, ...]) -> list[str]:
    """Columns that can be this field: exact names first, then other capitals, then weak names."""
    options: list[str] = []
    for names in (field.aliases, field.weak):
        options += [name for name in names if name in found]
        options += [c for c in found if c.lower() in names and c not in options]
    return options


def _named(name: str) -> Format:
    if name in FORMATS:
        return FORMATS.get(name)
    near = difflib.get_close_matches(name, FORMATS.names(), 1, 0.5)
    raise BadInput(
        _("data.format: there is no format called {name}.").format(name=repr(shown(name))),
        field="data.format",
        advice=_("Did you mean {near}?").format(near=near[0])
        if near
        else _("Choose one of {names}.").format(names=", ".join(["auto", *FORMATS.names()])),
    )


def _check_fields(candidates: list[Format], given: dict[str, str]) -> None:
    """Leave only the formats that have all fields that the person named."""
    known = list(dict.fromkeys(field.name for entry in candidates for field in entry.fields))
    for field in given:
        if field not in known:
            near = difflib.get_close_matches(field, known, 1, 0.5)
            raise BadInput(
                _("data.columns: no format has a field {field}.").format(field=repr(shown(field)))
                if len(candidates) > 1
                else _("data.columns: the format {format} has no field {field}.").format(
                    format=candidates[0].name, field=repr(shown(field))
                ),
                field="data.columns",
                advice=_("Did you mean {near}?").format(near=near[0])
                if near
                else _("Fields are {names}.").format(names=", ".join(known)),
            )
    whole = [c for c in candidates if given.keys() <= {field.name for field in c.fields}]
    if not whole:
        raise BadInput(
            _("data.columns: no one format has all the fields {fields}.").format(
                fields=listed(given)
            ),
            field="data.columns",
            advice=_("Give the fields of one format: {formats}.").format(
                formats="; ".join(_fields_of(entry) for entry in candidates)
            ),
        )
    candidates[:] = whole


def _fields_of(entry: Format) -> str:
    return f"{entry.name}: " + ", ".join(
        field.name if field.required else f"({field.name})" for field in entry.fields
    )


def _no_column(where: str, field: str, column: str, found: tuple[str, ...]) -> BadInput:
    near = difflib.get_close_matches(column, found, 1, 0.5)
    return BadInput(
        _("{where} has no column {column} (data.columns.{field}); it has {found}.").format(
            where=where, column=repr(shown(column)), field=field, found=listed(found)
        ),
        field="data.columns",
        advice=_("Did you mean {near}?").format(near=shown(near[0])) if near else None,
    )


def _preference(where: str, found: tuple[str, ...]) -> BadInput:
    return BadInput(
        _("{where} holds preference pairs (columns {found}), not answers to learn from.").format(
            where=where, found=listed(found)
        ),
        field="data.source",
        advice=_(
            "Choose a stage that learns from preferences, or say with data.format or data.columns "
            "what is the answer."
        ),
    )


def _other_kind(where: str, kind: Kind, reading: Reading) -> BadInput:
    if kind == "conversation":
        message = _("{where} holds plain text (column {column}); this stage learns from answers.")
        advice = _("Choose stage pretrain, or a data set with questions and answers.")
    else:
        message = _("{where} holds conversations ({format}); this stage learns from plain text.")
        advice = _("Choose stage sft, or name a column of text with data.columns: {text: …}.")
    return BadInput(
        message.format(
            where=where,
            format=reading.format.name,
            column=shown(next(iter(reading.columns.values()))),
        ),
        field="data.source",
        advice=advice,
    )


def _no_format(
    where: str, found: tuple[str, ...], candidates: list[Format], kind: Kind
) -> BadInput:
    expected = [entry for entry in candidates if entry.kind == kind] or candidates
    if len(candidates) == 1:
        message = _("{where} has no row that the format {format} reads; its columns are {found}.")
    else:
        message = _("{where}: no format reads its rows; its columns are {found}.")
    first = expected[0]
    return BadInput(
        message.format(where=where, format=candidates[0].name, found=listed(found)),
        field="data.columns" if len(candidates) == 1 else "data.format",
        advice=_("Formats and their fields: {formats}. Say with data.columns: {example}.").format(
            formats="; ".join(_fields_of(entry) for entry in expected),
            example=f"{{{first.fields[0].name}: …}}",
        ),
    )


def _ambiguous(where: str, readings: list[Reading]) -> BadInput:
    ways = [
        f"{reading.format.name} ({', '.join(shown(c, 40) for c in reading.present.values())})"
        for reading in readings
    ]
    return BadInput(
        _("{where} can be read in two ways: {ways}.").format(
            where=where, ways=_(" or ").join(ways)
        ),
        field="data.format",
        advice=_("Choose one with data.format: {names}.").format(
            names=_(" or ").join(reading.format.name for reading in readings)
        ),
    )
