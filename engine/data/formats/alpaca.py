"""Alpaca's format: an instruction, perhaps an input to it, and the output."""

from collections.abc import Mapping
from typing import Any

from engine.data.formats import Field, Format
from engine.data.rows import Message, Row, RowProblem
from engine.data.turns import conversation, json_kind, read_optional_text, read_text
from engine.words import _


class Alpaca(Format):
    """One instruction and its output, with the turns before it in `history`."""

    name = "alpaca"
    summary = _("an instruction, perhaps an input to it, and the output, as Stanford Alpaca has it")
    order = 30
    kind = "conversation"
    fields = (
        Field("instruction", _("what is asked"), ("instruction",)),
        Field("input", _("what it is asked about"), ("input", "context"), required=False),
        Field("output", _("the answer"), ("output", "response"), weak=("completion", "answer")),
        Field("system", _("the system prompt"), ("system",), required=False),
        Field("history", _("earlier pairs of question and answer"), ("history",), required=False),
    )

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        return isinstance(row.get(columns["instruction"]), str) and isinstance(
            row.get(columns["output"]), str
        )

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> Row:
        def optional(field: str) -> str:
            return read_optional_text(row.get(columns[field]), columns[field])

        messages: list[Message] = []
        system = optional("system")
        if system:
            messages.append(Message("system", system))
        messages.extend(_read_history(row.get(columns["history"]), columns["history"]))
        instruction, given = optional("instruction"), optional("input")
        question = f"{instruction}\n{given}" if instruction and given else instruction or given
        messages.append(Message("user", question))
        answer = read_text(row.get(columns["output"]), columns["output"])
        messages.append(Message("assistant", answer))
        return conversation(messages)


def _read_history(value: Any, where: str) -> list[Message]:
    if value is None or value == "":
        return []
    if not isinstance(value, list):
        raise RowProblem(
            "bad_shape",
            _("{field} is {found}, not a list of pairs.").format(
                field=where, found=json_kind(value)
            ),
            _("Give earlier turns as a list of [question, answer]."),
        )
    messages: list[Message] = []
    for n, pair in enumerate(value):
        place = f"{where}[{n}]"
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise RowProblem(
                "bad_shape",
                _("{field} is no pair of question and answer.").format(field=place),
                _("Give earlier turns as a list of [question, answer]."),
            )
        messages.append(Message("user", read_text(pair[0], f"{place}[0]")))
        messages.append(Message("assistant", read_text(pair[1], f"{place}[1]")))
    return messages


ENTRY = Alpaca()
