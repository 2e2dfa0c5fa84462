"""What the columns of raw rows tell: other columns than before, other types, nulls."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.data.doctor.noting import Noted
from engine.data.matching import Reading
from engine.data.quoting import listed, shown
from engine.data.turns import json_kind
from engine.words import _


class ColumnWatch:
    """Compares each raw row with the first ones."""

    def __init__(self, reading: Reading) -> None:
        self._found = frozenset(reading.found)
        self._read = set(reading.columns.values())
        self._kinds: dict[str, type] = {}

    def look(self, raw: Mapping[str, Any]) -> Iterator[Noted]:
        """What is to be known of one row."""
        if raw.keys() != self._found:
            yield from self._columns(raw)
        null: list[str] = []
        nested = mixed = ""
        for column, value in raw.items():
            if value is None:
                null.append(column)
                continue
            kind = _kind(value)
            first = self._kinds.setdefault(column, kind)
            if kind is not first and not mixed:
                mixed = _("{column} is {found}, elsewhere {first}.").format(
                    column=shown(column, 40), found=json_kind(value), first=json_kind(first())
                )
            if not nested and kind in (dict, list):
                place = _nested_null(value)
                nested = f"{column}{place}" if place else ""
        if mixed:
            yield Noted("mixed_types", mixed)
        empty = [column for column in null if column in self._read]
        if empty:
            yield Noted("null_value", _("{columns}: null.").format(columns=listed(empty)))
        if nested:
            yield Noted("nested_null", _("{place} is null.").format(place=shown(nested, 80)))

    def _columns(self, raw: Mapping[str, Any]) -> Iterator[Noted]:
        lacks = [column for column in self._found if column not in raw]
        more = [column for column in raw if column not in self._found]
        if more:
            said = _("It has {columns}, which the first rows do not have.")
            yield Noted("other_columns", said.format(columns=listed(sorted(map(str, more)))))
        elif lacks:
            said = _("It lacks {columns}.")
            yield Noted("other_columns", said.format(columns=listed(sorted(lacks))))


def _kind(value: Any) -> type:
    """The type of a value as JSON tells types apart."""
    if isinstance(value, bool):
        return bool
    if isinstance(value, (int, float)):
        return float
    for kind in (str, list, dict):
        if isinstance(value, kind):
            return kind
    return type(value)


def _nested_null(value: Any, depth: int = 0) -> str:
    """Where the first null inside of a value is, such as `[2].content`; nothing for none."""
    if depth > 20:  # deeper than any data set, and no deeper than Python's own limit
        return ""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in items:
        place = f".{key}" if isinstance(value, dict) else f"[{key}]"
        if one is None:
            return place
        if isinstance(one, (dict, list)):
            inner = _nested_null(one, depth + 1)
            if inner:
                return place + inner
    return ""
