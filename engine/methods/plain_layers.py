"""What OFT, BOFT, LoHa and LoKr share: peft has them for plain linear layers only."""

from typing import Any

from engine.methods.base import Refusal, Situation
from engine.methods.targets import shapes
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
