"""Supervised fine-tuning on conversations, through TRL's SFTTrainer."""

import logging
from typing import TYPE_CHECKING

from engine.data.packing import packed, row_lengths
from engine.stages.arguments import training_arguments
from engine.stages.base import Stage, TrainerParts
from engine.stages.isolation import keeps_rows_apart
from engine.stages.sampling import group_by_length
from engine.words import _

if TYPE_CHECKING:
    from transformers import Trainer

_log = logging.getLogger(__name__)


class Sft(Stage):
    """The model learns to give the answers of the data."""

    name = "sft"
    summary = _("Teaches answers from conversations or instructions; where most people start.")
    order = 10
    kind = "conversation"

    def build_trainer(self, parts: TrainerParts) -> "Trainer":
        return sft_trainer(parts, packing=bool(parts.recipe.data.packing))


def sft_trainer(parts: TrainerParts, *, packing: bool) -> "Trainer":
    """TRL's trainer on rows that come with their tokens and labels: it only batches them.

    Rows are packed where the model keeps them apart, else those of like length share a batch.
    """
    from trl import SFTConfig, SFTTrainer

    data, training = parts.recipe.data, parts.recipe.training
    length = int(data.max_length)
    if packing and not keeps_rows_apart(parts.model, training.precision):
        _log.warning("packing is off: rows in one sequence would see each other with this model")
        packing = False
    config = SFTConfig(
        **training_arguments(parts),
        max_length=length,
        packing=packing,
        eval_packing=False,
        dataset_kwargs={"skip_prepare_dataset": True},
        loss_type="nll",
    )
    trainer = SFTTrainer(
        model=parts.model,
        args=config,
        train_dataset=packed(parts.train, length) if packing else parts.train,
        eval_dataset=parts.evaluation,
        processing_class=parts.tokenizer,
    )
    if data.group_by_length is True and not packing:
        group_by_length(trainer, row_lengths(parts.train))
    return trainer


ENTRY = Sft()
