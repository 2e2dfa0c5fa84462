"""Rows of JSON and JSON Lines files, read strictly, one row at a time, with the place of errors."""

import json
import re
from pathlib import Path
from typing import Any, NoReturn

from engine.data.compressed import open_bytes
from engine.data.quoting import listed, shown
from engine.data.rows import Raw, RowProblem, Rows
from engine.data.text_files import decoded, numbered_lines, stray_byte
from engine.data.turns import json_kind
from engine.errors import BadInput
from engine.words import _

_SPACE = re.compile(r"[ \t\n\r]*")
_TURN_KEYS = ({"role", "content"}, {"from", "value"}, {"human", "assistant"})
_LARGEST = 2 << 30
"""Bytes of a JSON document, which is held in memory whole."""


def read_json(path: Path, where: str) -> Rows:
    """Rows of a `.json` file: an array of objects, an object with one list of them, or one row.

    A file with one object a line (JSON Lines under the wrong name) is read as such; row numbers
    are then line numbers, else they count the rows from 1.

    Raises:
        BadInput: with the line of what cannot be read.
    """
    text = _text(path, where)
    start = _skip(text, 0)
    if text[start : start + 1] == "[":
        yield from _elements(text, start, where)
        return
    value, end = _value(text, start, where)
    if _skip(text, end) != len(text) and _is_object(text[start:].split("\n", 1)[0]):
        yield from read_jsonl(path, where)
        return
    _must_end(text, end, where)
    if not isinstance(value, dict):
        raise BadInput(
            _("{where} is {found}, not a list of rows.").format(where=where, found=_found(value)),
            field="data.source",
            advice=_("Give a JSON array of objects, or one object a line (.jsonl)."),
        )
    yield from _contained(value, where)


def _text(path: Path, where: str) -> str:
    with open_bytes(path, where) as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise BadInput(
            _("{where}: the JSON is larger than {n} GiB.").format(where=where, n=_LARGEST >> 30),
            field="data.source",
            advice=_("Give it as JSON Lines, one row a line, which is read piece by piece."),
        )
    return decoded(data, where)


def read_jsonl(path: Path, where: str) -> Rows:
    """Rows of a JSON Lines file, numbered by line; blank lines are passed over.

    A line that is no row is told as such and the next ones go on. A JSON document under the
    wrong name is read as such.

    Raises:
        BadInput: as `read_json` where it is JSON.
    """
    first = True
    for number, line in numbered_lines(path, where):
        stripped = line.strip(" \t\r\n")
        if not stripped:
            continue
        if first and (stripped.startswith("[") or stripped == "{"):
            yield from read_json(path, where)
            return
        first = False
        yield number, stray_byte(line) or _row(stripped)


def _row(line: str) -> Raw:
    """The object on one line, or why there is none."""
    try:
        value = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        return _broken_line(_reason(error))
    except RecursionError:
        return _broken_line(_("it is nested too deeply"))
    except ValueError as error:
        return _broken_line(shown(str(error).split(";")[0], 100))
    return value if isinstance(value, dict) else _no_object(value)


def _broken_line(why: str) -> RowProblem:
    return RowProblem(
        "broken_json",
        _("broken JSON, {why}.").format(why=why),
        _("Mend the line, or take it out."),
    )


def _no_object(value: Any) -> RowProblem:
    return RowProblem(
        "not_an_object",
        _("the row is {found}, not an object.").format(found=_found(value)),
        _("Give each row as an object with the columns as keys."),
    )


def _elements(text: str, start: int, where: str) -> Rows:
    """The elements of the array that opens at `start`, which must be all that `text` holds."""
    place = _skip(text, start + 1)
    if text[place : place + 1] == "]":
        _must_end(text, place + 1, where)
        return
    number = 0
    while True:
        number += 1
        value, end = _value(text, place, where)
        yield number, value if isinstance(value, dict) else _no_object(value)
        place = _skip(text, end)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
        elif text[place : place + 1] == "]":
            _must_end(text, place + 1, where)
            return
        else:
            _broken(where, _line_at(text, place), _("a comma or ] is missing"))


def _contained(value: dict[str, Any], where: str) -> Rows:
    """Rows of an object: those of the one list of objects in it, or the object itself as a row."""
    lists = {
        key: rows
        for key, rows in value.items()
        if isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows)
    }
    turns = [rows for rows in lists.values() if any(keys <= rows[0].keys() for keys in _TURN_KEYS)]
    if len(lists) == 1 and not turns:
        yield from enumerate(next(iter(lists.values())), 1)
    elif turns or not lists:
        yield 1, value
    else:
        raise BadInput(
            _("{where} holds several lists ({names}); which one is meant is not clear.").format(
                where=where, names=listed(lists)
            ),
            field="data.source",
            advice=_("Write the list of rows to a file of its own."),
        )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(_("{name} is no number in JSON").format(name=name))


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def _value(text: str, place: int, where: str) -> tuple[Any, int]:
    """The value at `place` and where it ends."""
    try:
        return _DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        _broken(where, error.lineno, _reason(error))
    except RecursionError:
        _broken(where, _line_at(text, place), _("it is nested too deeply"))
    except ValueError as error:
        _broken(where, _line_at(text, place), shown(str(error).split(";")[0], 100))


def _reason(error: json.JSONDecodeError) -> str:
    return _("{why} at column {column}").format(
        why=error.msg[:1].lower() + error.msg[1:], column=error.colno
    )


def _broken(where: str, line: int, why: str) -> NoReturn:
    raise BadInput(
        _("{where}, line {line}: broken JSON, {why}.").format(where=where, line=line, why=why),
        field="data.source",
        advice=_("Mend the line, or take it out."),
        code="broken_json",
    )


def _must_end(text: str, place: int, where: str) -> None:
    place = _skip(text, place)
    if place != len(text):
        _broken(where, _line_at(text, place), _("something follows the end of the rows"))


def _found(value: Any) -> str:
    return "null" if value is None else json_kind(value)


def _is_object(text: str) -> bool:
    try:
        return isinstance(_DECODER.decode(text.strip(" \t\r")), dict)
    except (ValueError, RecursionError):
        return False


def _skip(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _line_at(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
