"""LayerNorm tuning (Zhao 2023): only the gains of the norms are trained, through peft."""

from typing import TYPE_CHECKING, Any

from engine.methods.base import BITSANDBYTES
from engine.methods.peft_adapter import PeftMethod, task_of
from engine.models.facts import ModelFacts
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class LnTuning(PeftMethod):
    """A copy of every norm beside it, which is trained in its place."""

    name = "ln-tuning"
    summary = _("Trains the norms alone: a few thousand weights; for a style, hardly for facts.")
    options = Options
    order = 75
    common = False
    quantized = BITSANDBYTES
    merges = True
    peft_type = "LN_TUNING"
    learning_rate = 1e-3
    learning_rate_source = "as BitFit's (Ben Zaken 2021): as few weights, each of its own"
    rate_follows_width = False

    def trainable_parameters(self, options: Options, facts: ModelFacts) -> int:
        """Gains and offsets of all norms."""
        gains = {name for name, _size, ndim in facts.tensors if is_gain(name, ndim)}
        paths = {name.rpartition(".")[0] for name in gains}
        return sum(size for name, size, _ndim in facts.tensors if name.rpartition(".")[0] in paths)

    def config(self, options: Options, model: "PreTrainedModel") -> Any:
        from peft import LNTuningConfig

        paths = {
            name.rpartition(".")[0]
            for name, parameter in model.named_parameters()
            if is_gain(name, parameter.ndim)
        }
        return LNTuningConfig(task_type=task_of(model), target_modules=sorted(paths))


def is_gain(name: str, ndim: int) -> bool:
    """Whether a parameter is a norm's gain: of all weights these alone have one dimension."""
    return ndim == 1 and name.endswith(".weight")


ENTRY = LnTuning()
