"""Pairs of a prompt and its completion, also called query and response, question and answer."""

from collections.abc import Mapping
from typing import Any

from engine.data.formats import Field, Format
from engine.data.formats.messages import read_messages
from engine.data.rows import Message, Row
from engine.data.turns import conversation, read_optional_text, read_text
from engine.words import _


class PromptCompletion(Format):
    """One question and its answer, each as text or as a list of turns (as TRL writes them)."""

    name = "prompt-completion"
    summary = _("a prompt and its completion, also query and response, question and answer")
    order = 40
    kind = "conversation"
    fields = (
        Field("prompt", _("what is asked"), ("prompt", "query", "question"), weak=("input",)),
        Field(
            "completion",
            _("the answer"),
            ("completion", "response", "answer"),
            weak=("output",),
        ),
        Field("system", _("the system prompt"), ("system",), required=False),
    )

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        prompt, completion = row.get(columns["prompt"]), row.get(columns["completion"])
        if isinstance(prompt, str) and isinstance(completion, str):
            return True
        return _are_turns(prompt) and _are_turns(completion)

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> Row:
        prompt, completion = row.get(columns["prompt"]), row.get(columns["completion"])
        messages: list[Message] = []
        system = read_optional_text(row.get(columns["system"]), columns["system"])
        if system:
            messages.append(Message("system", system))
        if _are_turns(prompt) and _are_turns(completion):
            # What the prompt's own assistant turns say is given, not learned.
            for turn in read_messages(prompt, columns["prompt"]):
                messages.append(Message(turn.role, turn.content, False, turn.tool_calls))
            messages.extend(read_messages(completion, columns["completion"]))
        else:
            messages.append(Message("user", read_text(prompt, columns["prompt"])))
            messages.append(Message("assistant", read_text(completion, columns["completion"])))
        return conversation(messages)


def _are_turns(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(turn, dict) for turn in value)


ENTRY = PromptCompletion()
