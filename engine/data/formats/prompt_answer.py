"""Prompts for reinforcement learning, with the right answer where there is one to compare with."""

from collections.abc import Mapping
from typing import Any

from engine.data.dialogue import are_turns, prompt_row, read_prompt
from engine.data.formats import ANSWERED, ASKED, Field, Format
from engine.data.formats.alpaca import SYSTEM
from engine.data.formats.messages import TOOLS, with_system
from engine.data.rows import AnyRow, RowProblem
from engine.data.turns import json_kind, read_text, read_tools
from engine.words import _


class PromptAnswer(Format):
    """A prompt as text or turns; its answer as text, a number, or verl's `reward_model`."""

    name = "prompt-answer"
    summary = _("prompts that the model answers itself, with the right answer where there is one")
    order = 310
    kind = "prompt"
    fields = (
        Field("prompt", _("what is asked"), ("prompt", "question", "query", "problem"),
              weak=("instruction", "input", "messages"), hints=ASKED),
        Field("answer", _("the right answer"),
              ("answer", "solution", "ground_truth", "reference_answer", "expected_answer",
               "target", "reward_model"),
              weak=("completion", "response", "output"), required=False, hints=ANSWERED),
        SYSTEM,
        TOOLS,
    )  # fmt: skip

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        prompt = row.get(columns["prompt"])
        return isinstance(prompt, str) or are_turns(prompt)

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        prompt = read_prompt(row.get(columns["prompt"]), columns["prompt"])
        answer = _read_reference(row.get(columns["answer"]), columns["answer"])
        tools = read_tools(row.get(columns["tools"]), columns["tools"])
        return prompt_row(with_system(prompt, row, columns), answer, tools)


def _read_reference(value: Any, where: str) -> str | None:
    if isinstance(value, dict) and "ground_truth" in value:
        return _read_reference(value["ground_truth"], f"{where}.ground_truth")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, (dict, list)):
        raise RowProblem(
            "not_text",
            _("{field} is {found}, not an answer to compare with.").format(
                field=where, found=json_kind(value)
            ),
            _("Give the answer as text or as a number."),
        )
    return None if value is None else read_text(value, where)


ENTRY = PromptAnswer()
