"""What prefix tuning and P-tuning v2 share: learned keys and values in every layer, by peft."""

from typing import TYPE_CHECKING, Any

from engine.methods.peft_adapter import task_of
from engine.methods.virtual_tokens import VirtualTokens
from engine.models.facts import ModelFacts

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class DeepPrompts(VirtualTokens):
    """They lie in the cache, which activation checkpointing throws away."""

    peft_type = "PREFIX_TUNING"
    checkpointing = False

    def encoder(self, options: Any) -> dict[str, Any]:
        """What peft's config says about the network behind the tokens."""
        return {"prefix_projection": False}

    def config(self, options: Any, model: "PreTrainedModel") -> Any:
        from peft import PrefixTuningConfig

        return PrefixTuningConfig(
            task_type=task_of(model), num_virtual_tokens=options.tokens, **self.encoder(options)
        )

    def kept_bytes(self, options: Any, facts: ModelFacts, tokens: int, each: int) -> float:
        """Keys and values of the learned tokens, once for each of some rows at most."""
        return float(each * options.tokens * per_token(facts) * max(1, tokens // 64))


def per_token(facts: ModelFacts) -> int:
    """Numbers that one learned token has: a key and a value a layer."""
    return 2 * facts.layers * facts.kv_heads * facts.head_dim
