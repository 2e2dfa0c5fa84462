"""A row as a person reads it: who says what, which answer is the better, which label it has."""

from collections.abc import Iterable

from engine.data.rows import (
    AnyRow,
    Conversation,
    Feedback,
    Labelled,
    Message,
    Preference,
    Prompt,
    Text,
)

Part = tuple[str, str]
"""What a part of a row is, a role or the name of a field, and its text."""


def parts(row: AnyRow) -> list[Part]:
    """The parts of a row in order; a document of plain text has none, see `document`.

    Answers of a pair stand under `chosen` and `rejected`, a marked one under `wanted` or
    `unwanted`; where an answer is several turns the role follows.
    """
    if isinstance(row, Conversation):
        return _turns(row.messages)
    if isinstance(row, Preference):
        return [
            *_turns(row.prompt), *_named("chosen", row.chosen), *_named("rejected", row.rejected),
        ]  # fmt: skip
    if isinstance(row, Feedback):
        mark = "wanted" if row.desirable else "unwanted"
        return [*_turns(row.prompt), *_named(mark, row.completion)]
    if isinstance(row, Prompt):
        answer = [] if row.answer is None else [("answer", row.answer)]
        return [*_turns(row.messages), *answer]
    if isinstance(row, Labelled):
        second = [] if row.second is None else [("second", row.second)]
        label = "labels" if row.several else "label"
        return [("text", row.text), *second, (label, ", ".join(row.labels))]
    return []


def document(row: AnyRow) -> str:
    """The text of a document; nothing for other rows."""
    return row.text if isinstance(row, Text) else ""


def _turns(messages: Iterable[Message]) -> list[Part]:
    return [(message.role, _said(message)) for message in messages]


def _named(name: str, messages: tuple[Message, ...]) -> list[Part]:
    if len(messages) == 1:
        return [(name, _said(messages[0]))]
    return [(f"{name} {message.role}", _said(message)) for message in messages]


def _said(message: Message) -> str:
    calls = [f"{call.name}({call.arguments})" for call in message.tool_calls]
    return "\n".join(part for part in (message.content, *calls) if part)
