"""Rows once they are understood: what each kind holds, and what can be wrong with one."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["conversation", "text"]
"""What a stage learns from."""

Role = Literal["system", "user", "assistant", "tool"]

Outcome = Literal["dropped", "refused"]
"""Why a row is not used: `dropped`, nothing to learn from it; `refused`, it cannot be read."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One call of a tool that an assistant turn makes; `arguments` is a JSON object."""

    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. `loss` is False where the data set itself asks not to learn this turn."""

    role: Role
    content: str
    loss: bool = True
    tool_calls: tuple[ToolCall, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns of one row, and the tools (JSON schemas) that its assistant may call."""

    messages: tuple[Message, ...]
    tools: tuple[dict[str, Any], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Text:
    """One document of plain text."""

    text: str


Row = Conversation | Text


class RowProblem(Exception):
    """One row cannot be used: the others go on, this one is counted under `code`.

    `message` names the field of the row, `advice` is what to do about it.
    """

    def __init__(
        self, code: str, message: str, advice: str = "", outcome: Outcome = "refused"
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.advice = advice
        self.outcome: Outcome = outcome
