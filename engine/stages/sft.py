"""Supervised fine-tuning on conversations, through TRL's SFTTrainer."""

import logging
from typing import TYPE_CHECKING, Any

from engine.data.packing import BOUNDS, packed, row_lengths
from engine.stages.arguments import training_arguments
from engine.stages.base import Stage, TrainerParts
from engine.stages.collation import is_flash, packed_collator
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


def sft_trainer(parts: TrainerParts, *, packing: bool, apart: bool = False) -> "Trainer":
    """TRL's trainer on rows that come with their tokens and labels: it only batches them.

    Rows are packed where the model keeps them apart, else those of like length share a batch.

    Args:
        packing: several rows make one sequence.
        apart: the sequences are of several documents already, none of which may see another.
    """
    from trl import SFTConfig, SFTTrainer

    data, training = parts.recipe.data, parts.recipe.training
    length = int(data.max_length)
    if (packing or apart) and not keeps_rows_apart(parts.model, training.precision):
        _log.warning("rows in one sequence would see each other with this model: they are %s",
                     "not packed" if packing else "joined as they are")  # fmt: skip
        packing = apart = False
    train, evaluation = parts.train, parts.evaluation
    if packing:
        train = packed(train, length)
    if not apart:
        train, evaluation = (_without_bounds(rows, packing) for rows in (train, evaluation))
    several = packing or apart
    flat = several and is_flash(parts.model)
    config = SFTConfig(
        **training_arguments(parts),
        max_length=length,
        packing=flat,
        eval_packing=False,
        dataset_kwargs={"skip_prepare_dataset": True},
        loss_type="nll",
    )
    trainer = SFTTrainer(
        model=parts.model,
        args=config,
        train_dataset=train,
        eval_dataset=evaluation,
        processing_class=parts.tokenizer,
        data_collator=packed_collator(parts.tokenizer) if several and not flat else None,
    )
    if data.group_by_length is True and not several:
        group_by_length(trainer, row_lengths(parts.train))
    return trainer


def _without_bounds(rows: Any, packing: bool) -> Any:
    """The data set without where its documents begin, which joined ones are read across."""
    if packing or rows is None or BOUNDS not in rows.column_names:
        return rows
    return rows.remove_columns(BOUNDS)


ENTRY = Sft()
