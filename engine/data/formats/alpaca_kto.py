"""Feedback in Alpaca's layout: an instruction, its output, and whether that is wanted."""

from collections.abc import Mapping
from typing import Any

from engine.data.dialogue import feedback, read_answer, truth
from engine.data.formats import Format
from engine.data.formats.alpaca import ENTRY as ALPACA
from engine.data.formats.alpaca import read_instruction
from engine.data.formats.kto import LABEL
from engine.data.rows import AnyRow
from engine.words import _


class AlpacaKto(Format):
    """One instruction and its output with a label, as LLaMA-Factory has them."""

    name = "alpaca-kto"
    summary = _("an instruction, its output, and whether that is wanted")
    order = 220
    kind = "feedback"
    fields = (*ALPACA.fields, LABEL)

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        return ALPACA.recognize(row, columns) and truth(row.get(columns["label"])) is not None

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        answer = read_answer(row.get(columns["output"]), columns["output"])
        asked = read_instruction(row, columns)
        return feedback(asked, answer, row.get(columns["label"]), columns["label"])


ENTRY = AlpacaKto()
