"""What every stage answers: which data it eats and which trainer it builds."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.data.rows import Kind
from engine.recipe import Recipe
from engine.tables import Choice

if TYPE_CHECKING:
    from datasets import Dataset
    from transformers import PreTrainedTokenizerBase, Trainer


@dataclass(frozen=True)
class TrainerParts:
    """All that a stage puts together into a trainer; the recipe has no `auto` left."""

    recipe: Recipe
    options: Any
    model: Any
    tokenizer: "PreTrainedTokenizerBase"
    train: "Dataset"
    evaluation: "Dataset | None"
    folder: Path
    """Where checkpoints are written."""


class Stage(Choice, ABC):
    """One kind of training."""

    kind: Kind = "conversation"
    """What its rows are: `conversation` or `text`."""
    packs_text: bool = False
    """Documents are joined and cut into sequences of full length."""

    @abstractmethod
    def build_trainer(self, parts: TrainerParts) -> "Trainer":
        """The library's trainer for this stage, ready to run."""
