"""Preference pairs in Alpaca's layout: an instruction, an input, the better answer and the worse."""

from collections.abc import Mapping
from typing import Any

from engine.data.formats import Format
from engine.data.formats.alpaca import HISTORY, INPUT, INSTRUCTION, SYSTEM, read_instruction
from engine.data.formats.preference import CHOSEN, REJECTED, are_answers, read_pair
from engine.data.rows import AnyRow
from engine.words import _


class AlpacaPreference(Format):
    """One instruction with two answers, as LLaMA-Factory has them."""

    name = "alpaca-preference"
    summary = _("an instruction, perhaps an input to it, a better and a worse answer")
    order = 120
    kind = "preference"
    fields = (INSTRUCTION, INPUT, CHOSEN, REJECTED, SYSTEM, HISTORY)

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        return isinstance(row.get(columns["instruction"]), str) and are_answers(
            row.get(columns["chosen"]), row.get(columns["rejected"])
        )

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        return read_pair(read_instruction(row, columns), row, columns)


ENTRY = AlpacaPreference()
