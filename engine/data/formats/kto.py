"""Feedback as KTO learns from it: a prompt, one answer, and whether it is wanted."""

from collections.abc import Mapping
from typing import Any

from engine.data.dialogue import feedback, read_answer, read_prompt, truth
from engine.data.formats import Field, Format
from engine.data.formats.alpaca import SYSTEM
from engine.data.formats.messages import TOOLS, with_system
from engine.data.formats.prompt_completion import COMPLETION, PROMPT, is_pair
from engine.data.rows import AnyRow
from engine.data.turns import read_tools
from engine.words import _

LABEL = Field(
    "label", _("whether the answer is wanted: true or false, 1 or 0"),
    ("kto_tag", "label", "desirable", "is_desirable"),
    hints=("标签", "是否满意", "thumbs_up", "good", "liked"),
)  # fmt: skip


class Kto(Format):
    """A prompt and its answer, as text or as turns, with a label."""

    name = "kto"
    summary = _("a prompt, an answer, and whether it is wanted, as TRL writes them for KTO")
    order = 210
    kind = "feedback"
    fields = (PROMPT, COMPLETION, LABEL, SYSTEM, TOOLS)

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        pair = is_pair(row.get(columns["prompt"]), row.get(columns["completion"]))
        return pair and truth(row.get(columns["label"])) is not None

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        prompt = read_prompt(row.get(columns["prompt"]), columns["prompt"])
        answer = read_answer(row.get(columns["completion"]), columns["completion"])
        return feedback(
            with_system(prompt, row, columns),
            answer,
            row.get(columns["label"]),
            columns["label"],
            read_tools(row.get(columns["tools"]), columns["tools"]),
        )


ENTRY = Kto()
