"""Alpaca's format: an instruction, perhaps an input to it, and the output."""

from collections.abc import Mapping
from typing import Any

from engine.data.dialogue import listed_turns
from engine.data.formats import ANSWERED, Field, Format
from engine.data.rows import AnyRow, Message, RowProblem
from engine.data.turns import conversation, json_kind, read_text
from engine.words import _

INSTRUCTION = Field(
    "instruction", _("what is asked"), ("instruction",), hints=("指令", "指示", "任务", "task")
)
INPUT = Field(
    "input", _("what it is asked about"), ("input", "context"), required=False,
    hints=("输入", "上下文"),
)  # fmt: skip
SYSTEM = Field(
    "system", _("the system prompt"), ("system", "system_prompt"), required=False,
    hints=("系统", "系统提示"),
)  # fmt: skip
HISTORY = Field(
    "history", _("earlier pairs of question and answer"), ("history",), required=False,
    hints=("历史",),
)  # fmt: skip


class Alpaca(Format):
    """One instruction and its output, with the turns before it in `history`."""

    name = "alpaca"
    summary = _("an instruction, perhaps an input to it, and the output, as Stanford Alpaca has it")
    order = 30
    kind = "conversation"
    fields = (
        INSTRUCTION,
        INPUT,
        Field(
            "output", _("the answer"), ("output", "response"), weak=("completion", "answer"),
            hints=("输出", *ANSWERED),
        ),
        SYSTEM,
        HISTORY,
    )  # fmt: skip

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        return isinstance(row.get(columns["instruction"]), str) and isinstance(
            row.get(columns["output"]), str
        )

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        messages = read_instruction(row, columns)
        answer = read_text(row.get(columns["output"]), columns["output"])
        messages.append(Message("assistant", answer))
        return conversation(messages)


def read_instruction(row: Mapping[str, Any], columns: Mapping[str, str]) -> list[Message]:
    """All that stands before the answer: system prompt, history, instruction and input.

    Raises:
        RowProblem: naming the field of the row.
    """

    def optional(field: str) -> str:
        column = columns[field]
        value = row.get(column)
        return read_text(value, column) if value is not None else ""

    messages: list[Message] = []
    system = optional("system")
    if system:
        messages.append(Message("system", system))
    messages.extend(read_history(row.get(columns["history"]), columns["history"]))
    instruction, given = optional("instruction"), optional("input")
    question = f"{instruction}\n{given}" if instruction and given else instruction or given
    messages.append(Message("user", question))
    return messages


def read_history(value: Any, where: str) -> list[Message]:
    """Earlier turns, given as pairs of question and answer.

    Raises:
        RowProblem: naming the pair, counted from 0 as in the data.
    """
    value = listed_turns(value)
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
