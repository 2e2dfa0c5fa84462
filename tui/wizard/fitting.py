"""Which choices go together, and in one sentence why others do not."""

from engine.errors import BadInput
from engine.methods import METHODS, Method, Situation
from engine.models.facts import ModelFacts
from engine.quantization import QUANTIZATIONS, Quantization
from engine.recipe import Recipe
from engine.words import _

QLORA = "qlora"


def is_qlora(recipe: Recipe) -> bool:
    """Whether a recipe is what the choice qlora stands for."""
    return recipe.method.name == "lora" and recipe.quantization.name == "bnb-4bit"


def method_hindrance(method: Method, recipe: Recipe, facts: ModelFacts | None) -> str | None:
    """Why this method cannot be chosen with the rest of the recipe, None when it can."""
    options = recipe.method.options if method.name == recipe.method.name else {}
    stored = _stored(recipe)
    if method.name == QLORA:
        stored = "bnb-4bit"
        hindrance = quantization_hindrance(QUANTIZATIONS.get(stored), _with_lora(recipe), facts)
        if hindrance:
            return hindrance
    elif is_qlora(recipe):
        stored = None  # who leaves qlora leaves its 4 bits too
    return _against(method, options, stored, recipe, facts)


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
    if name not in METHODS:
        return None
    return _against(METHODS.get(name), recipe.method.options, quantization.name, recipe, facts)


def _with_lora(recipe: Recipe) -> Recipe:
    return recipe.model_copy(update={"method": type(recipe.method)(name="lora")})


def _stored(recipe: Recipe) -> str | None:
    name = recipe.quantization.name
    return name if name in QUANTIZATIONS and QUANTIZATIONS.get(name).bits else None


def _against(
    method: Method, given: dict[str, object], stored: str | None, recipe: Recipe,
    facts: ModelFacts | None,
) -> str | None:  # fmt: skip
    """What the method says against it, with the options it has or those it begins with."""
    try:
        options = METHODS.options(method.name, given)
    except BadInput:  # being typed; told beside its field
        options = METHODS.options(method.name, {})
    if facts is not None and facts.quantized:
        stored = facts.quantized
    refusal = method.refusal(options, Situation(recipe.stage.name, stored, facts))
    return None if refusal is None else refusal.why
