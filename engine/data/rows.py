"""Rows once they are understood: what each kind holds, and what can be wrong with one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["conversation", "text", "preference", "feedback", "prompt", "labelled"]
"""What a stage learns from: answers in conversations, plain text, the better of two answers,
single answers marked good or bad, prompts alone (the answers are sampled), labelled texts."""

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
"""Rows that are tokenized one by one, each to one sequence."""


@dataclass(frozen=True, slots=True)
class Preference:
    """Two ways to go on from one prompt; `chosen` is the better.

    `prompt` ends where the two part; each answer is the turns from there on and has at least one
    of the assistant.
    """

    prompt: tuple[Message, ...]
    chosen: tuple[Message, ...]
    rejected: tuple[Message, ...]
    tools: tuple[dict[str, Any], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Feedback:
    """One answer to a prompt, and whether it is wanted."""

    prompt: tuple[Message, ...]
    completion: tuple[Message, ...]
    desirable: bool
    tools: tuple[dict[str, Any], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model is to answer by itself, and the right answer where the data set has it."""

    messages: tuple[Message, ...]
    answer: str | None = None
    tools: tuple[dict[str, Any], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, or a pair of texts, and the names of its labels.

    `labels` has one name where each row is of one class; with `several` any number of them.
    """

    text: str
    second: str | None
    labels: tuple[str, ...]
    several: bool = False


AnyRow = Row | Preference | Feedback | Prompt | Labelled


def one_sequence(row: AnyRow) -> Row:
    """A row of a kind that is tokenized one by one.

    Raises:
        TypeError: it is of another kind, whose stage tokenizes it itself.
    """
    if isinstance(row, (Conversation, Text)):
        return row
    raise TypeError(f"rows of {type(row).__name__} are no single sequence")


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


Raw = dict[str, Any] | RowProblem
"""A row as its file has it, or why there is none at that place."""

Rows = Iterator[tuple[int, Raw]]
"""Rows one at a time with their numbers from 1: of lines where a file is lines of text."""
