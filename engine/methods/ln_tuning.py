"""LayerNorm tuning (Zhao 2023): only the gains of the norms are trained, through peft."""

from pathlib import Path
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

    def apply(self, model: "PreTrainedModel", options: Options) -> Any:
        wrapped = super().apply(model, options)
        _in_fp32(wrapped, wrapped.active_adapter)
        return wrapped

    def load(self, model: "PreTrainedModel", folder: Path, *, trainable: bool = False) -> Any:
        wrapped = super().load(model, folder, trainable=trainable)
        self._read_exactly(wrapped, folder, wrapped.active_adapter)
        return wrapped

    def add(self, model: Any, folder: Path, name: str) -> None:
        super().add(model, folder, name)
        self._read_exactly(model, folder, name)

    def _read_exactly(self, model: Any, folder: Path, name: str) -> None:
        from peft import set_peft_model_state_dict
        from safetensors.torch import load_file

        _in_fp32(model, name)
        tensors = load_file(folder / "adapter_model.safetensors")
        set_peft_model_state_dict(model, tensors, adapter_name=name)

    def merge(self, model: Any) -> Any:
        """The trained norms in place of the base's, in the base's type."""
        paths = set(model.peft_config[model.active_adapter].target_modules)
        merged = super().merge(model)
        dtype = merged.get_input_embeddings().weight.dtype
        for path, module in merged.named_modules():
            if path in paths:
                module.to(dtype)
        return merged

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


def _in_fp32(model: Any, name: str) -> None:
    """One adapter's norms in fp32, though peft copies them in the base's type.

    In half precision small updates of a gain near one are lost. What comes out has the type of what
    went in, as with the base's own norm.
    """
    for module in model.modules():
        norm = getattr(module, "ln_tuning_layers", {})
        if name in norm:
            norm[name].float().register_forward_hook(
                lambda _norm, given, answer: answer.to(given[0].dtype)
            )


def is_gain(name: str, ndim: int) -> bool:
    """Whether a parameter is a norm's gain: of all weights these alone have one dimension."""
    return ndim == 1 and name.endswith(".weight")


ENTRY = LnTuning()
