"""Feedback on the last answer of a conversation, as LLaMA-Factory writes it."""

from collections.abc import Mapping
from typing import Any

from engine.data.dialogue import are_turns, feedback, listed_turns, read_turns, truth
from engine.data.formats import Field, Format
from engine.data.formats.alpaca import SYSTEM
from engine.data.formats.kto import LABEL
from engine.data.formats.messages import TOOLS, with_system
from engine.data.rows import AnyRow
from engine.data.turns import read_tools
from engine.words import _


class ShareGPTKto(Format):
    """A conversation with a label for its last answer; turns of either layout."""

    name = "sharegpt-kto"
    summary = _("a conversation, and whether its last answer is wanted")
    order = 230
    kind = "feedback"
    fields = (
        Field("conversations", _("the list of turns"),
              ("conversations", "conversation", "messages"), weak=("completion",),
              hints=("对话", "消息")),
        LABEL,
        SYSTEM,
        TOOLS,
    )  # fmt: skip

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        turns = listed_turns(row.get(columns["conversations"]))
        return are_turns(turns) and truth(row.get(columns["label"])) is not None

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        column = columns["conversations"]
        turns = with_system(read_turns(row.get(column), column), row, columns)
        tools = read_tools(row.get(columns["tools"]), columns["tools"])
        return feedback(turns, (), row.get(columns["label"]), columns["label"], tools)


ENTRY = ShareGPTKto()
