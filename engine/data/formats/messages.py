"""OpenAI's chat format: a list of turns with `role` and `content`."""

from collections.abc import Mapping
from typing import Any

from engine.data.formats import Field, Format
from engine.data.rows import Message, Row, RowProblem
from engine.data.turns import (
    conversation,
    json_kind,
    read_calls,
    read_content,
    read_loss,
    read_role,
    read_tools,
)
from engine.words import _


class Messages(Format):
    """Turns with role and content, as OpenAI, TRL and ms-swift write them."""

    name = "messages"
    summary = _("turns with role and content, as OpenAI writes them: the usual choice for chats")
    order = 10
    kind = "conversation"
    fields = (
        Field("messages", _("the list of turns"), ("messages", "conversations", "conversation")),
        Field("tools", _("the tools that may be called"), ("tools",), required=False),
    )

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        turns = row.get(columns["messages"])
        return (
            isinstance(turns, list)
            and any(isinstance(turn, dict) for turn in turns)
            and any(isinstance(turn, dict) and "role" in turn for turn in turns)
        )

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> Row:
        column = columns["messages"]
        tools = read_tools(row.get(columns["tools"]), columns["tools"])
        return conversation(read_messages(row.get(column), column), tools)


def read_messages(turns: Any, where: str) -> list[Message]:
    """Turns with role and content.

    Raises:
        RowProblem: naming the turn, counted from 0 as in the data.
    """
    if not isinstance(turns, list) or not turns:
        raise RowProblem(
            "missing_field" if turns is None else "bad_shape",
            _("{field} is {found}, not a list of turns.").format(
                field=where, found=_("an empty list") if turns == [] else json_kind(turns)
            ),
            _("Give the turns as a list of objects with role and content."),
        )
    found: list[Message] = []
    for n, turn in enumerate(turns):
        place = f"{where}[{n}]"
        if not isinstance(turn, dict):
            raise RowProblem(
                "bad_shape",
                _("{field} is {found}, not a turn.").format(field=place, found=json_kind(turn)),
                _("Give each turn as an object with role and content."),
            )
        role = read_role(turn.get("role"), f"{place}.role")
        calls = read_calls(turn.get("tool_calls") or None, f"{place}.tool_calls")
        content = turn.get("content")
        if str(turn.get("role")).lower() == "tool_call":
            calls, content = read_calls(content, f"{place}.content"), ""
        text = "" if content is None and calls else read_content(content, f"{place}.content")
        found.append(Message(role, text, read_loss(turn, place), calls))
    return found


ENTRY = Messages()
