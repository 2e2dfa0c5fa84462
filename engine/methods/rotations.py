"""What OFT and BOFT share: they turn a layer's inputs, and take plain linear layers only."""

from typing import Any

from engine.methods.base import Refusal, Situation
from engine.methods.targets import shapes
from engine.models.facts import ModelFacts
from engine.words import _


def plain_layers_only(method: str, targets: Any, situation: Situation) -> Refusal | None:
    """Refuse GPT-2's transposed layers, which peft has no such adapter for."""
    facts = situation.facts
    if facts is None or not any(linear.transposed for linear in shapes(facts, targets)):
        return None
    return Refusal(
        _("{model} is built of Conv1D layers, for which peft has no {method} layer.").format(
            model=facts.id, method=method
        ),
        _("Set method: lora."),
    )


def rotated_inputs(facts: ModelFacts, targets: Any, tokens: int, each: int) -> float:
    """Bytes of every target's turned input, which the layer behind it keeps."""
    return float(
        each * tokens * sum(linear.count * linear.inputs for linear in shapes(facts, targets))
    )
