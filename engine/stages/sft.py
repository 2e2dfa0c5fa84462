"""Supervised fine-tuning on conversations, through TRL's SFTTrainer."""

from typing import TYPE_CHECKING

from engine.stages.arguments import training_arguments
from engine.stages.base import Stage, TrainerParts
from engine.words import _

if TYPE_CHECKING:
    from transformers import Trainer


class Sft(Stage):
    """The model learns to give the answers of the data."""

    name = "sft"
    summary = _("Teaches answers from conversations or instructions; where most people start.")
    order = 10
    kind = "conversation"

    def build_trainer(self, parts: TrainerParts) -> "Trainer":
        return sft_trainer(parts, packing=bool(parts.recipe.data.packing))


def sft_trainer(parts: TrainerParts, *, packing: bool) -> "Trainer":
    """TRL's trainer on rows that come with their tokens and labels: it only packs and batches."""
    from trl import SFTConfig, SFTTrainer

    config = SFTConfig(
        **training_arguments(parts),
        max_length=parts.recipe.data.max_length,  # type: ignore[arg-type]
        packing=packing,
        eval_packing=False,
        loss_type="nll",
    )
    return SFTTrainer(
        model=parts.model,
        args=config,
        train_dataset=parts.train,
        eval_dataset=parts.evaluation,
        processing_class=parts.tokenizer,
    )


ENTRY = Sft()
