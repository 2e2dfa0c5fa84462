"""Thinking blocks in answers: `<think> … </think>`, or what stands before a bare `</think>`."""

import re
from dataclasses import replace
from typing import Literal

from engine.data.rows import Conversation, Message, RowProblem
from engine.words import _

Thinking = Literal["keep", "drop", "mask"]
"""Learned as part of the answer; taken out of it; or shown to the model without loss."""

_BLOCK = re.compile(r"<think>.*?</think>\s*", re.DOTALL)
_OPENED_BEFORE = re.compile(r"(?:(?!<think>).)*?</think>\s*", re.DOTALL)
_CLOSING = "</think>"


def thoughts_in(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Where an answer, which is this part of the text, thinks; spaces behind a block included.

    Some templates open the block in the prompt, so an answer may begin inside of one.
    """
    end = len(text) if end is None else end
    if text.find(_CLOSING, start, end) < 0:
        return []
    found: list[tuple[int, int]] = []
    first = _OPENED_BEFORE.match(text, start, end)
    if first:
        found.append(first.span())
        start = first.end()
    found += [match.span() for match in _BLOCK.finditer(text, start, end)]
    return found


def without_thoughts(row: Conversation) -> Conversation:
    """The conversation whose answers do not think.

    Raises:
        RowProblem: `only_thoughts`, where nothing is left of an answer.
    """
    messages = tuple(_plain(n, message) for n, message in enumerate(row.messages, 1))
    return row if messages == row.messages else replace(row, messages=messages)


def _plain(n: int, message: Message) -> Message:
    if message.role != "assistant" or _CLOSING not in message.content:
        return message
    content, last = "", 0
    for start, end in thoughts_in(message.content):
        content += message.content[last:start]
        last = end
    content += message.content[last:]
    if not content.strip() and not message.tool_calls:
        raise RowProblem(
            "only_thoughts",
            _("The answer (turn {n}) is nothing but a thinking block, which is taken out.").format(
                n=n
            ),
            _("Add the answer, or keep thinking blocks with data.thinking."),
            "dropped",
        )
    return replace(message, content=content)
