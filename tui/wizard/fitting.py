"""Which choices go together, and in one sentence why others do not."""

from engine.methods import METHODS, Method
from engine.models.facts import ModelFacts
from engine.quantization import QUANTIZATIONS, Quantization
from engine.recipe import Recipe
from engine.words import _


def method_hindrance(method: Method, recipe: Recipe, facts: ModelFacts | None) -> str | None:
    """Why this method cannot be chosen with the rest of the recipe, None when it can."""
    stored = recipe.quantization.name
    if not method.quantized_base and stored in QUANTIZATIONS and QUANTIZATIONS.get(stored).bits:
        return _("not on a base in {bits} bits; set Quantization to none first").format(
            bits=QUANTIZATIONS.get(stored).bits
        )
    if not method.quantized_base and facts is not None and facts.quantized:
        return _("not on a checkpoint that is stored as {kind}").format(kind=facts.quantized)
    return None


def quantization_hindrance(
    quantization: Quantization, recipe: Recipe, facts: ModelFacts | None
) -> str | None:
    """Why the base cannot be stored this way, None when it can."""
    if not quantization.bits:
        return None
    missing = quantization.unavailable()
    if missing:
        return missing
    if facts is not None and facts.quantized:
        return _("the checkpoint is stored as {kind} already").format(kind=facts.quantized)
    name = recipe.method.name
    if name in METHODS and not METHODS.get(name).quantized_base:
        return _("{method} trains the base itself, which {bits} bits cannot hold").format(
            method=name, bits=quantization.bits
        )
    return None
