"""Full tuning: every weight of the model is trained."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.methods.base import Method
from engine.models.facts import ModelFacts
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class Full(Method):
    """All weights move; the result is a whole model."""

    name = "full"
    summary = _("Trains every weight: most to gain, most memory; for small models or large cards.")
    order = 20
    result = "model"
    learning_rate = 2e-5
    learning_rate_source = "LoRA Without Regret (2025): full tuning wants a tenth of LoRA's rate"

    def trainable_parameters(self, options: Options, facts: ModelFacts) -> int:
        return facts.parameters

    def apply(self, model: "PreTrainedModel", options: Options) -> "PreTrainedModel":
        model.requires_grad_(True)
        return model

    def save(self, model: Any, folder: Path) -> None:
        model.save_pretrained(folder)


ENTRY = Full()
