"""ShareGPT's format: a list of turns with `from` and `value`."""

from collections.abc import Mapping
from typing import Any

from engine.data.formats import Field, Format
from engine.data.rows import Message, Row, RowProblem
from engine.data.turns import (
    CALLING,
    conversation,
    json_kind,
    read_calls,
    read_content,
    read_loss,
    read_optional_text,
    read_role,
    read_text,
    read_tools,
)
from engine.words import _


class ShareGPT(Format):
    """Turns with from (human, gpt, system …) and value, or pairs of human and assistant."""

    name = "sharegpt"
    summary = _("turns with from and value, as ShareGPT, LLaMA-Factory and axolotl write them")
    order = 20
    kind = "conversation"
    fields = (
        Field("conversations", _("the list of turns"), ("conversations", "conversation")),
        Field("system", _("the system prompt"), ("system",), required=False),
        Field("tools", _("the tools that may be called"), ("tools",), required=False),
    )

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        turns = row.get(columns["conversations"])
        return isinstance(turns, list) and any(
            isinstance(turn, dict) and ("from" in turn or {"human", "assistant"} <= turn.keys())
            for turn in turns
        )

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> Row:
        column = columns["conversations"]
        turns = row.get(column)
        if not isinstance(turns, list) or not turns:
            raise RowProblem(
                "missing_field" if turns is None else "bad_shape",
                _("{field} is {found}, not a list of turns.").format(
                    field=column, found=_("an empty list") if turns == [] else json_kind(turns)
                ),
                _("Give the turns as a list of objects with from and value."),
            )
        messages: list[Message] = []
        system = read_optional_text(row.get(columns["system"]), columns["system"])
        if system:
            messages.append(Message("system", system))
        for n, turn in enumerate(turns):
            messages.extend(_read_turn(turn, f"{column}[{n}]"))
        return conversation(messages, read_tools(row.get(columns["tools"]), columns["tools"]))


def _read_turn(turn: Any, place: str) -> list[Message]:
    if not isinstance(turn, dict):
        raise RowProblem(
            "bad_shape",
            _("{field} is {found}, not a turn.").format(field=place, found=json_kind(turn)),
            _("Give each turn as an object with from and value."),
        )
    if "from" not in turn and {"human", "assistant"} <= turn.keys():
        return [
            Message("user", read_text(turn["human"], f"{place}.human")),
            Message("assistant", read_text(turn["assistant"], f"{place}.assistant")),
        ]
    role = read_role(turn.get("from"), f"{place}.from")
    value = turn.get("value")
    loss = read_loss(turn, place)
    if str(turn["from"]).strip().lower() in CALLING:
        return [Message(role, "", loss, read_calls(read_text(value, f"{place}.value"), place))]
    return [Message(role, read_content(value, f"{place}.value"), loss)]


ENTRY = ShareGPT()
