"""What is said where rows cannot be read, or can be read in more ways than one."""

import difflib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.data.formats import FORMATS, Format
from engine.data.quoting import listed, shown
from engine.data.rows import Kind
from engine.errors import BadInput
from engine.words import _

if TYPE_CHECKING:
    from engine.data.matching import Reading


def kind_words(kind: Kind) -> str:
    """What rows of a kind are called."""
    return {
        "conversation": _("conversations"),
        "text": _("plain text"),
        "preference": _("preference pairs"),
        "feedback": _("answers marked good or bad"),
        "prompt": _("prompts"),
        "labelled": _("labelled texts"),
    }[kind]


def named(name: str) -> Format:
    """The format of that name.

    Raises:
        BadInput: with the nearest known name.
    """
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


def check_fields(candidates: Sequence[Format], given: Mapping[str, str]) -> None:
    """Refuse fields in `data.columns` that no format has, or no one format has together.

    Raises:
        BadInput: with the nearest known field.
    """
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
    if not any(given.keys() <= {field.name for field in c.fields} for c in candidates):
        raise BadInput(
            _("data.columns: no one format has all the fields {fields}.").format(
                fields=listed(given)
            ),
            field="data.columns",
            advice=_("Give the fields of one format: {formats}.").format(
                formats="; ".join(_fields_of(entry) for entry in candidates)
            ),
        )


def no_column(where: str, field: str, column: str, found: tuple[str, ...]) -> BadInput:
    """`data.columns` names a column that is not there."""
    near = difflib.get_close_matches(column, found, 1, 0.5)
    return BadInput(
        _("{where} has no column {column} (data.columns.{field}); it has {found}.").format(
            where=where, column=repr(shown(column)), field=field, found=listed(found)
        ),
        field="data.columns",
        advice=_("Did you mean {near}?").format(near=shown(near[0])) if near else None,
        code="no_column",
    )


def other_kind(where: str, kind: Kind, reading: "Reading") -> BadInput:
    """Rows can be read, but not as what the stage learns from."""
    found = reading.format.kind
    if kind == "conversation" and found == "text":
        advice = _("Choose stage pretrain, or a data set with questions and answers.")
    elif kind == "text":
        advice = _("Choose stage sft, or name a column of text with data.columns: {text: …}.")
    else:
        advice = _("Choose a stage that learns from {kind}, or say with data.columns what is what.")
    return BadInput(
        _("{where} holds {found} ({format}: {columns}); this stage learns from {kind}.").format(
            where=where,
            found=kind_words(found),
            format=reading.format.name,
            columns=listed(reading.present.values()),
            kind=kind_words(kind),
        ),
        field="data.source",
        advice=advice.replace("{kind}", kind_words(found)),
        code="other_kind",
    )


def hidden(where: str, reading: "Reading", usable: Sequence["Reading"]) -> BadInput:
    """Rows have answers that are not to be learned, and the stage would learn them all."""
    names = list(dict.fromkeys(one.format.name for one in usable))
    return BadInput(
        _("{where} holds {found} (columns {columns}), not only answers to learn from.").format(
            where=where,
            found=kind_words(reading.format.kind),
            columns=listed(reading.present.values()),
        ),
        field="data.format",
        advice=(
            _(
                "Choose a stage that learns from {kind}, or say with data.format: {names} that "
                "they are to be read so all the same."
            )
            if names
            else _("Choose a stage that learns from {kind}, or another data set.")
        ).format(kind=kind_words(reading.format.kind), names=_(" or ").join(names)),
        code="ambiguous",
    )


def no_format(
    where: str,
    found: tuple[str, ...],
    expected: Sequence[Format],
    nearest: "Reading | None",
) -> BadInput:
    """No format reads the rows."""
    if len(expected) == 1:
        message = _("{where} has no row that the format {format} reads; its columns are {found}.")
    else:
        message = _("{where}: no format reads its rows; its columns are {found}.")
    if nearest is not None:
        advice = _("Did you mean data.columns: {mapping} ({format})?").format(
            mapping=mapping(nearest), format=nearest.format.name
        )
    else:
        advice = _("Formats and their fields: {formats}. Say with data.columns: {example}.").format(
            formats="; ".join(_fields_of(entry) for entry in expected[:6]),
            example=f"{{{expected[0].fields[0].name}: …}}",
        )
    return BadInput(
        message.format(where=where, format=expected[0].name, found=listed(found)),
        field="data.columns",
        advice=advice,
        code="no_format",
    )


def ambiguous(where: str, readings: Sequence["Reading"]) -> BadInput:
    """Several readings fit equally well."""
    ways = [
        f"{reading.format.name} ({', '.join(shown(c, 40) for c in reading.present.values())})"
        for reading in readings
    ]
    return BadInput(
        _("{where} can be read in {n} ways: {ways}.").format(
            where=where, n=len(ways), ways=_(" or ").join(ways)
        ),
        field="data.format",
        advice=_("Choose one with data.format: {names}.").format(
            names=_(" or ").join(reading.format.name for reading in readings)
        ),
        code="ambiguous",
    )


def mapping(reading: "Reading") -> str:
    """A reading's columns as `data.columns` has them."""
    return "{" + ", ".join(f"{f}: {shown(c, 40)}" for f, c in reading.present.items()) + "}"


def _fields_of(entry: Format) -> str:
    return f"{entry.name}: " + ", ".join(
        field.name if field.required else f"({field.name})" for field in entry.fields
    )
