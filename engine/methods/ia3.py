"""IA³ (Liu 2022): learned factors on keys, values and the feed-forward's inside, through peft."""

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from engine.methods.base import BITSANDBYTES, Refusal, Situation
from engine.methods.peft_adapter import PeftMethod, task_of
from engine.models.facts import LinearShape, ModelFacts
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel

SCALED = ("k_proj", "v_proj", "key", "value", "k", "v")
"""Keys and values by the names that architectures give them."""
FUSED = ("c_attn", "query_key_value", "qkv_proj", "Wqkv", "W_pack", "qkv", "in_proj")
"""Queries, keys and values in one; then all three are scaled, as peft does for GPT-2."""
Names = Literal["auto"] | tuple[str, ...]


class Ia3Options(Options):
    """Options of IA³."""

    targets: Names = Field(
        "auto", description=_("layers whose output is scaled; auto takes keys and values")
    )
    feedforward: Names = Field(
        "auto", description=_("layers whose input is scaled; auto takes the feed-forward's last")
    )


class Ia3(PeftMethod):
    """A factor for each output of keys and values and each input of the feed-forward's end."""

    name = "ia3"
    summary = _("Learns scaling factors only: ten times smaller than LoRA; for small, clear tasks.")
    options = Ia3Options
    order = 50
    quantized = BITSANDBYTES
    merges = True
    peft_type = "IA3"
    learning_rate = 3e-3
    learning_rate_source = "IA3 (Liu 2022): 3e-3"
    rate_follows_width = False

    def refusal(self, options: Ia3Options, situation: Situation) -> Refusal | None:
        found = super().refusal(options, situation)
        facts = situation.facts
        if found is None and facts is not None and not self.trainable_parameters(options, facts):
            return Refusal(
                _(
                    "None of {model}'s layers is a key, a value or a feed-forward known by name."
                ).format(model=facts.id),
                _("Name them in method.targets and method.feedforward."),
                "method.targets",
            )
        return found

    def trainable_parameters(self, options: Ia3Options, facts: ModelFacts) -> int:
        """Σ out over scaled outputs, Σ in over scaled inputs."""
        known = [linear for linear in facts.linears if not linear.head]
        outputs = _chosen(options.targets, {linear.name for linear in known})
        total = 0
        for linear in known:
            if _is_feedforward(linear, options, facts):
                total += linear.count * linear.inputs
            elif linear.name in outputs:
                total += linear.count * linear.outputs
        return total

    def config(self, options: Ia3Options, model: "PreTrainedModel") -> Any:
        from peft import IA3Config

        inside = _inside_of(model)
        linears = _linears_of(model)
        outputs = _chosen(options.targets, {name.rsplit(".", 1)[-1] for name, _width in linears})
        if options.feedforward == "auto":
            # The last two parts of the path: GPT-2 calls a part of its attention c_proj too.
            ends = {".".join(name.split(".")[-2:]) for name, width in linears if width in inside}
        else:
            ends = set(options.feedforward)
        return IA3Config(
            task_type=task_of(model),
            target_modules=sorted(outputs | ends),
            feedforward_modules=sorted(ends),
        )


def _chosen(targets: Names, names: set[str]) -> set[str]:
    """Layers whose output is scaled, out of those that the model has."""
    if targets != "auto":
        return set(targets) & names
    return (set(SCALED) & names) or (set(FUSED) & names)


def _is_inside(width: int, facts: ModelFacts) -> bool:
    return width == facts.intermediate and width != facts.hidden


def _is_feedforward(linear: LinearShape, options: Ia3Options, facts: ModelFacts) -> bool:
    if options.feedforward == "auto":
        return _is_inside(linear.inputs, facts)
    return linear.name in options.feedforward


def _inside_of(model: Any) -> set[int]:
    text = model.config.get_text_config()
    hidden = text.hidden_size
    width = getattr(text, "intermediate_size", None) or getattr(text, "n_inner", None)
    return {width or 4 * hidden} - {hidden}


def _linears_of(model: Any) -> list[tuple[str, int]]:
    """Paths of all linear layers with the width of their input, the head left out."""
    import torch
    from transformers.pytorch_utils import Conv1D

    head = model.get_output_embeddings()
    found = []
    for name, module in model.named_modules():
        if module is head:
            continue
        if isinstance(module, Conv1D):
            found.append((name, int(module.weight.shape[0])))
        elif isinstance(module, torch.nn.Linear):
            found.append((name, int(module.in_features)))
    return found


ENTRY = Ia3()
