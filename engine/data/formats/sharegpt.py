"""ShareGPT's format: a list of turns with `from` and `value`."""

from collections.abc import Mapping
from typing import Any

from engine.data.dialogue import listed_turns, read_turns
from engine.data.formats import Field, Format
from engine.data.formats.alpaca import SYSTEM
from engine.data.formats.messages import TOOLS, chat
from engine.data.rows import AnyRow
from engine.words import _

TURNS = Field(
    "conversations", _("the list of turns"), ("conversations", "conversation"), weak=("messages",),
    hints=("对话", "消息", "chat", "dialog", "dialogue", "turns"),
)  # fmt: skip
KEYS = "from and value"


class ShareGPT(Format):
    """Turns with from (human, gpt, system …) and value, pairs of both, or their texts alone."""

    name = "sharegpt"
    summary = _("turns with from and value, as ShareGPT, LLaMA-Factory and axolotl write them")
    order = 20
    kind = "conversation"
    fields = (TURNS, SYSTEM, TOOLS)

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        turns = listed_turns(row.get(columns["conversations"]))
        return _alternate(turns) or (
            isinstance(turns, list)
            and any(
                isinstance(turn, dict)
                and (turn.get("from") is not None or {"human", "assistant"} <= turn.keys())
                for turn in turns
            )
        )

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        column = columns["conversations"]
        turns = listed_turns(row.get(column))
        if _alternate(turns):
            roles = ("human", "gpt")
            turns = [{"from": roles[n % 2], "value": text} for n, text in enumerate(turns)]
        return chat(read_turns(turns, column, KEYS), row, columns)


def _alternate(turns: Any) -> bool:
    """Whether the turns are texts alone, of both speakers by turns, as LIMA has them."""
    return (
        isinstance(turns, list) and len(turns) > 1 and all(isinstance(turn, str) for turn in turns)
    )


ENTRY = ShareGPT()
