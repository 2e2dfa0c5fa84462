"""Preference pairs in ShareGPT's layout: the turns so far, the better next one and the worse."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.data.dialogue import are_turns, asks, listed_turns, read_prompt
from engine.data.formats import Format
from engine.data.formats.alpaca import SYSTEM
from engine.data.formats.messages import TOOLS, with_system
from engine.data.formats.preference import CHOSEN, REJECTED, are_answers, read_pair
from engine.data.formats.sharegpt import TURNS
from engine.data.rows import AnyRow
from engine.words import _

SO_FAR = replace(TURNS, aliases=(*TURNS.aliases, *TURNS.weak), weak=())
"""The turns before both answers; `messages` beside two answers is nothing else."""


class ShareGPTPreference(Format):
    """A conversation so far with two last turns, as LLaMA-Factory has them."""

    name = "sharegpt-preference"
    summary = _("a conversation so far, a better and a worse last turn")
    order = 130
    kind = "preference"
    fields = (SO_FAR, CHOSEN, REJECTED, SYSTEM, TOOLS)

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        turns = listed_turns(row.get(columns["conversations"]))
        chosen, rejected = row.get(columns["chosen"]), row.get(columns["rejected"])
        # Whole conversations beside another list of turns are pairs of their own.
        return are_turns(turns) and are_answers(chosen, rejected) and not asks(chosen)

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        column = columns["conversations"]
        prompt = read_prompt(listed_turns(row.get(column)) or [], column)
        return read_pair(with_system(prompt, row, columns), row, columns)


ENTRY = ShareGPTPreference()
