"""How rows are read: one file a format, each with an `ENTRY`."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.data.rows import AnyRow, Kind
from engine.tables import Choice, Table


@dataclass(frozen=True)
class Field:
    """One field of a format and the column names under which it is found.

    `weak` names are taken only where none of `aliases` is there. `hints` are other names of it,
    in other languages too, by which a mapping is proposed but never made.
    """

    name: str
    help: str
    aliases: tuple[str, ...]
    weak: tuple[str, ...] = ()
    required: bool = True
    hints: tuple[str, ...] = ()


class Format(Choice, ABC):
    """A way to lay out rows; `columns` below maps each field of it to a column."""

    kind: ClassVar[Kind]
    fields: ClassVar[tuple[Field, ...]]

    @abstractmethod
    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        """Whether this row can be meant in this format."""

    @abstractmethod
    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        """The row understood.

        Raises:
            RowProblem: naming the field of the row that cannot be used.
        """


ASKED = (
    "问题", "提问", "问", "题目", "用户", "用户输入", "質問", "질문", "вопрос", "frage", "pregunta",
    "ask", "user", "human", "q", "title",
)  # fmt: skip
"""Hints for what is asked."""

ANSWERED = (
    "回答", "答案", "回复", "答", "答复", "助手", "模型输出", "回答文", "답변", "ответ", "antwort",
    "respuesta", "reply", "assistant", "bot", "gpt", "a", "target", "solution",
)  # fmt: skip
"""Hints for the answer."""

FORMATS: Table[Format] = Table("engine.data.formats", "format")
