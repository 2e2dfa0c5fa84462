"""OpenAI's chat format: a list of turns with `role` and `content`."""

from collections.abc import Mapping
from typing import Any

from engine.data.dialogue import listed_turns, read_turns
from engine.data.formats import Field, Format
from engine.data.formats.alpaca import SYSTEM
from engine.data.rows import AnyRow, Message
from engine.data.turns import conversation, read_optional_text, read_tools
from engine.words import _

TOOLS = Field(
    "tools", _("the tools that may be called"), ("tools",), required=False,
    hints=("工具", "functions"),
)  # fmt: skip


class Messages(Format):
    """Turns with role and content, as OpenAI, TRL and ms-swift write them."""

    name = "messages"
    summary = _("turns with role and content, as OpenAI writes them: the usual choice for chats")
    order = 10
    kind = "conversation"
    fields = (
        Field(
            "messages", _("the list of turns"), ("messages", "conversations", "conversation"),
            hints=("对话", "消息", "chat", "dialog", "dialogue", "turns"),
        ),
        SYSTEM,
        TOOLS,
    )  # fmt: skip

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        turns = listed_turns(row.get(columns["messages"]))
        return isinstance(turns, list) and any(
            isinstance(turn, dict) and turn.get("role") is not None for turn in turns
        )

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        column = columns["messages"]
        return chat(read_turns(row.get(column), column), row, columns)


def chat(messages: list[Message], row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
    """The conversation of these turns with the row's own system prompt and tools.

    Raises:
        RowProblem: naming the field of the row.
    """
    tools = read_tools(row.get(columns["tools"]), columns["tools"])
    return conversation(with_system(messages, row, columns), tools)


def with_system(
    messages: list[Message], row: Mapping[str, Any], columns: Mapping[str, str]
) -> list[Message]:
    """The turns after the system prompt of the row's own column, where it has one."""
    column = columns["system"]
    system = read_optional_text(row.get(column), column)
    return [Message("system", system), *messages] if system else messages


ENTRY = Messages()
