"""How rows are read: one file a format, each with an `ENTRY`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.data.rows import Kind, Row
from engine.tables import Choice, Table


@dataclass(frozen=True)
class Field:
    """One field of a format and the column names under which it is found.

    `weak` names are taken only where none of `aliases` is there.
    """

    name: str
    help: str
    aliases: tuple[str, ...]
    weak: tuple[str, ...] = ()
    required: bool = True


class Format(Choice):
    """A way to lay out rows; `columns` below maps each field of it to a column."""

    kind: ClassVar[Kind]
    fields: ClassVar[tuple[Field, ...]]

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        """Whether this row can be meant in this format."""
        raise NotImplementedError

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> Row:
        """The row understood.

        Raises:
            RowProblem: naming the field of the row that cannot be used.
        """
        raise NotImplementedError


FORMATS: Table[Format] = Table("engine.data.formats", "format")
