"""Continued pretraining on plain text: every token carries loss."""

from typing import TYPE_CHECKING

from pydantic import Field

from engine.stages.base import Stage, TrainerParts
from engine.stages.sft import sft_trainer
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import Trainer


class PretrainOptions(Options):
    """What only this stage asks."""

    apart: bool = Field(
        False, description="no document sees the one before it in its sequence; for unlike ones"
    )


class Pretrain(Stage):
    """The model reads on: documents joined and cut to full sequences."""

    name = "pretrain"
    summary = _("Reads plain text on: for a language, a field or a style before teaching answers.")
    order = 20
    kind = "text"
    packs_text = True
    options = PretrainOptions

    def build_trainer(self, parts: TrainerParts) -> "Trainer":
        # Documents are joined to full sequences already; packed again they would lose their order.
        return sft_trainer(parts, packing=False, apart=parts.options.apart)


ENTRY = Pretrain()
