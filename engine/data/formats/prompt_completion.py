"""Pairs of a prompt and its completion, also called query and response, question and answer."""

from collections.abc import Mapping
from typing import Any

from engine.data.dialogue import are_turns, read_prompt, read_turns
from engine.data.formats import ANSWERED, ASKED, Field, Format
from engine.data.formats.alpaca import HISTORY, SYSTEM, read_history
from engine.data.formats.messages import TOOLS, chat
from engine.data.rows import AnyRow, Message
from engine.data.turns import read_text
from engine.words import _

PROMPT = Field(
    "prompt", _("what is asked"), ("prompt", "query", "question"), weak=("input",),
    hints=("输入", *ASKED),
)  # fmt: skip
COMPLETION = Field(
    "completion", _("the answer"), ("completion", "response", "answer"), weak=("output",),
    hints=("输出", *ANSWERED),
)  # fmt: skip


class PromptCompletion(Format):
    """One question and its answer, each as text or as a list of turns (as TRL writes them)."""

    name = "prompt-completion"
    summary = _("a prompt and its completion, also query and response, question and answer")
    order = 40
    kind = "conversation"
    fields = (PROMPT, COMPLETION, SYSTEM, TOOLS, HISTORY)

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        return is_pair(row.get(columns["prompt"]), row.get(columns["completion"]))

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        prompt, completion = row.get(columns["prompt"]), row.get(columns["completion"])
        if are_turns(prompt) and are_turns(completion):
            # What the prompt's own assistant turns say is given, not learned.
            messages = read_prompt(prompt, columns["prompt"])
            messages.extend(read_turns(completion, columns["completion"]))
        else:
            messages = [
                *read_history(row.get(columns["history"]), columns["history"]),
                Message("user", read_text(prompt, columns["prompt"])),
                Message("assistant", read_text(completion, columns["completion"])),
            ]
        return chat(messages, row, columns)


def is_pair(prompt: Any, completion: Any) -> bool:
    """Whether the values are meant as a prompt and its answer."""
    texts = isinstance(prompt, str) and isinstance(completion, str)
    return texts or (are_turns(prompt) and are_turns(completion))


ENTRY = PromptCompletion()
