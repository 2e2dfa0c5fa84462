"""Prefix tuning (Li and Liang 2021): keys and values in every layer, made by a small network."""

from typing import Annotated, Any, Literal

from pydantic import Field

from engine.methods.deep_prompts import DeepPrompts, per_token
from engine.methods.virtual_tokens import VirtualTokenOptions
from engine.models.facts import ModelFacts
from engine.words import _


class PrefixOptions(VirtualTokenOptions):
    """Options of prefix tuning."""

    network: Literal["auto"] | Annotated[int, Field(ge=1, le=65536)] = Field(
        "auto", description=_("width of the network that makes the prefix; it is not saved")
    )


class Prefix(DeepPrompts):
    """The network steadies training and is dropped when it is done."""

    name = "prefix"
    summary = _("Learns a beginning that every layer sees; for generation tasks with few examples.")
    options = PrefixOptions
    order = 53
    learning_rate = 1e-3
    learning_rate_source = "Li and Liang (2021): 5e-5 over many steps; 1e-3 tried on the pocket model"

    def resolve(self, options: dict[str, Any], facts: ModelFacts) -> dict[str, tuple[Any, str]]:
        if options.get("network", "auto") != "auto":
            return {}
        return {"network": (_width(facts), _("as wide as the keys it makes"))}

    def trainable_parameters(self, options: PrefixOptions, facts: ModelFacts) -> int:
        """Tokens · k, k · n + n, and n · 2Lk + 2Lk for the network of width n."""
        width = _width(facts)
        inner = width if options.network == "auto" else options.network
        made = per_token(facts)
        return options.tokens * width + width * inner + inner + inner * made + made

    def encoder(self, options: PrefixOptions) -> dict[str, Any]:
        inner = None if options.network == "auto" else options.network
        return {"prefix_projection": True, "encoder_hidden_size": inner}


def _width(facts: ModelFacts) -> int:
    return facts.kv_heads * facts.head_dim


ENTRY = Prefix()
