"""Preference pairs: a prompt, the better answer and the worse, as text or as turns."""

from collections.abc import Mapping
from typing import Any

from engine.data.dialogue import are_turns, asks, preference, read_answer, read_prompt
from engine.data.formats import ASKED, Field, Format
from engine.data.formats.alpaca import SYSTEM
from engine.data.formats.hh_preference import is_transcript
from engine.data.formats.messages import TOOLS, with_system
from engine.data.rows import AnyRow, Message
from engine.data.turns import read_tools
from engine.words import _

CHOSEN = Field(
    "chosen", _("the better answer"), ("chosen", "chosen_messages", "chosen_response"),
    weak=("response", "completion"),
    hints=("优选", "好的回答", "better", "preferred", "accepted", "win", "positive"),
)  # fmt: skip
REJECTED = Field(
    "rejected", _("the worse answer"), ("rejected", "rejected_messages", "rejected_response"),
    hints=("劣选", "差的回答", "worse", "dispreferred", "lose", "negative"),
)  # fmt: skip


class PreferencePairs(Format):
    """A prompt with two answers, or two whole conversations that part at some turn."""

    name = "preference"
    summary = _("a better and a worse answer to one prompt, as text or turns, as TRL writes them")
    order = 110
    kind = "preference"
    fields = (
        Field("prompt", _("what is asked"), ("prompt", "question", "query"), weak=("input",),
              required=False, hints=ASKED),
        CHOSEN,
        REJECTED,
        SYSTEM,
        TOOLS,
    )  # fmt: skip

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        prompt = row.get(columns["prompt"])
        if columns["prompt"] == "input" and "instruction" in row:
            return False  # what stands in `input` is only what the instruction is about
        chosen, rejected = row.get(columns["chosen"]), row.get(columns["rejected"])
        if asks(chosen) and asks(rejected):
            return True
        asked = are_turns(prompt) or isinstance(prompt, str)
        return asked and are_answers(chosen, rejected) and not is_transcript(prompt)

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        column = columns["prompt"]
        given = row.get(column)
        prompt: list[Message] = [] if given is None else read_prompt(given, column)
        return read_pair(with_system(prompt, row, columns), row, columns)


def are_answers(chosen: Any, rejected: Any) -> bool:
    """Whether two values are answers of one shape: texts, turns, or lists of turns."""
    return (
        (isinstance(chosen, str) and isinstance(rejected, str))
        or (isinstance(chosen, dict) and isinstance(rejected, dict))
        or (are_turns(chosen) and are_turns(rejected))
    )


def read_pair(prompt: list[Message], row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
    """The preference of a row whose prompt is read.

    Raises:
        RowProblem: naming the field of the row.
    """
    chosen = read_answer(row.get(columns["chosen"]), columns["chosen"])
    rejected = read_answer(row.get(columns["rejected"]), columns["rejected"])
    tools = columns.get("tools")
    found = read_tools(row.get(tools), tools) if tools else ()
    return preference(prompt, chosen, rejected, found)


ENTRY = PreferencePairs()
