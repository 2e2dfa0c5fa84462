"""P-tuning v2 (Liu 2022): learned keys and values in every layer, trained as they are."""

from engine.methods.deep_prompts import DeepPrompts, per_token
from engine.methods.virtual_tokens import VirtualTokenOptions
from engine.models.facts import ModelFacts
from engine.words import _


class PTuningV2(DeepPrompts):
    """Prefix tuning without a network behind it."""

    name = "p-tuning-v2"
    summary = _("A learned beginning in every layer, without a network: can be trained on later.")
    options = VirtualTokenOptions
    order = 55
    learning_rate = 1e-2
    learning_rate_source = "P-Tuning v2 (Liu 2022): 5e-3 to 2e-2"

    def trainable_parameters(self, options: VirtualTokenOptions, facts: ModelFacts) -> int:
        """Tokens · 2 · layers · k."""
        return options.tokens * per_token(facts)


ENTRY = PTuningV2()
