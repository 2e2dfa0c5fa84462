"""What the columns of raw rows tell: other columns than before, other types, nulls."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.data.doctor.findings import FINDINGS
from engine.data.doctor.noting import Noted
from engine.data.ledger import SHOWN_ROWS, Cause
from engine.data.matching import Reading
from engine.data.quoting import listed, shown
from engine.data.turns import json_kind
from engine.words import _

_MOST_SETS = 64
"""Sets of columns that are told apart."""


@dataclass
class _Rows:
    """How many rows have one set of columns, and the first of them."""

    count: int = 0
    first: list[int] = field(default_factory=list)


class ColumnWatch:
    """Compares the raw rows of one source with each other."""

    def __init__(self, reading: Reading) -> None:
        self._sets: dict[frozenset[str], _Rows] = {}
        self._read = set(reading.columns.values())
        self._kinds: dict[str, type] = {}

    def look(self, number: int, raw: Mapping[str, Any]) -> Iterator[Noted]:
        """What is to be known of one row."""
        self._count(number, raw)
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

    def cause(self, source: str) -> Cause | None:
        """The rows whose columns differ from those that most rows have."""
        if len(self._sets) < 2 or not any(self._sets):
            return None
        told_apart = [columns for columns in self._sets if columns]
        usual = max(told_apart, key=lambda columns: self._sets[columns].count)
        others = {columns: rows for columns, rows in self._sets.items() if columns != usual}
        numbers = sorted(number for rows in others.values() for number in rows.first)
        example = min(others, key=lambda columns: others[columns].first[:1])
        parts = [_("Most rows have {columns}.").format(columns=listed(sorted(map(str, usual))))]
        if lacking := sorted(map(str, usual - example)):
            parts.append(_("It lacks {columns}.").format(columns=listed(lacking)))
        if more := sorted(map(str, example - usual)):
            parts.append(_("It also has {columns}.").format(columns=listed(more)))
        return Cause(
            "other_columns",
            sum(rows.count for rows in others.values()),
            tuple(numbers[:SHOWN_ROWS]),
            FINDINGS["other_columns"].advice,
            " ".join(parts),
            "kept",
            source,
        )

    def _count(self, number: int, raw: Mapping[str, Any]) -> None:
        columns = frozenset(raw)
        if columns not in self._sets and len(self._sets) >= _MOST_SETS:
            columns = frozenset()  # rows without any order: their number is all there is to tell
        rows = self._sets.setdefault(columns, _Rows())
        rows.count += 1
        if len(rows.first) < SHOWN_ROWS:
            rows.first.append(number)


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
