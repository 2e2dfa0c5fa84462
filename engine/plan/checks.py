"""Whether a recipe's choices exist, are available and go together, before anything is looked at."""

import importlib.util
from dataclasses import dataclass
from typing import Any

from engine.errors import BadInput
from engine.memory import Device, state_bytes
from engine.methods import METHODS, AdapterMethod, Method, Situation
from engine.models import ModelFacts
from engine.quantization import QUANTIZATIONS, Quantization
from engine.recipe import AUTO, Recipe
from engine.stages import STAGES, Stage
from engine.words import _


@dataclass(frozen=True)
class CheckedRecipe:
    """A recipe with the table entries it names and their checked options."""

    recipe: Recipe
    stage: Stage
    stage_options: Any
    method: Method
    method_options: Any
    quantization: Quantization
    quantization_options: Any


def check(recipe: Recipe) -> CheckedRecipe:
    """Look every choice up in its table.

    Raises:
        BadInput: naming the field, what is wrong and what to do.
    """
    stage = STAGES.get(recipe.stage.name)
    method = METHODS.get(recipe.method.name)
    quantization = QUANTIZATIONS.get(recipe.quantization.name)
    checked = CheckedRecipe(
        recipe,
        stage,
        STAGES.options(stage.name, recipe.stage.options),
        method,
        METHODS.options(method.name, recipe.method.options),
        quantization,
        QUANTIZATIONS.options(quantization.name, recipe.quantization.options),
    )
    missing = quantization.unavailable()
    if missing:
        raise BadInput(
            _("quantization.name: {name} cannot be used here: {why}.").format(
                name=quantization.name, why=missing.rstrip(".")
            ),
            field="quantization.name",
            code="unavailable",
        )
    _refuse_method(checked, Situation(stage.name, _stored(quantization)))
    if recipe.training.optimizer != AUTO:
        state_bytes(recipe.training.optimizer, 0, 4)
    _refuse_what_is_not_built(recipe)
    _refuse_contradictions(checked)
    return checked


def check_with_facts(checked: CheckedRecipe, facts: ModelFacts) -> None:
    """Refuse what this model cannot do.

    Raises:
        BadInput: naming the field and what to do.
    """
    if facts.quantized is None:
        stored = _stored(checked.quantization)
        _refuse_method(checked, Situation(checked.stage.name, stored, facts))
        return
    if checked.quantization.bits is not None:
        raise BadInput(
            _("quantization.name: {model} is stored as {kind} already.").format(
                model=facts.id, kind=facts.quantized
            ),
            field="quantization.name",
            advice=_("Set quantization: none, or choose the original model."),
        )
    _refuse_method(checked, Situation(checked.stage.name, facts.quantized, facts))
    needed = {"gptq": "gptqmodel", "awq": "gptqmodel", "bitsandbytes": "bitsandbytes"}
    module = needed.get(facts.quantized)
    if module and importlib.util.find_spec(module) is None:
        raise BadInput(
            _("model.id: {model} is stored as {kind}, which needs {module}.").format(
                model=facts.id, kind=facts.quantized, module=module
            ),
            field="model.id",
            code="unavailable",
            advice=_("pip install {module}, or choose the original model.").format(module=module),
        )


def check_with_device(recipe: Recipe, device: Device, *, here: bool) -> None:
    """Refuse what this device cannot do.

    Args:
        here: False for a device that is only planned for, whose libraries nobody knows.

    Raises:
        BadInput: naming the field and what to do.
    """
    precision, attention = recipe.training.precision, recipe.model.attention
    if device.kind == "cpu" and precision == "fp16":
        raise BadInput(
            _("training.precision: fp16 needs a GPU."),
            field="training.precision",
            advice=_("Use fp32 or bf16 on a processor."),
        )
    if device.kind == "cuda" and precision == "bf16" and not device.has_bf16:
        raise BadInput(
            _("training.precision: {device} does not compute in bf16.").format(device=device.name),
            field="training.precision",
            advice=_("Use fp16, or leave it on auto."),
        )
    if attention in {"flash_attention_2", "flex_attention"} and device.kind == "cpu":
        raise BadInput(
            _("model.attention: {name} needs a GPU.").format(name=attention),
            field="model.attention",
            advice=_("Use sdpa, or leave it on auto."),
        )
    if attention == "flash_attention_2" and here and not has_flash_attention():
        raise BadInput(
            _("model.attention: flash_attention_2 needs the package flash-attn."),
            field="model.attention",
            code="unavailable",
            advice=_("pip install flash-attn, or use sdpa."),
        )


def has_flash_attention() -> bool:
    """Whether the package is installed; it is not imported."""
    return importlib.util.find_spec("flash_attn") is not None


def _stored(quantization: Quantization) -> str | None:
    return None if quantization.bits is None else quantization.name


def _refuse_method(checked: CheckedRecipe, situation: Situation) -> None:
    """What the method itself says against being used so."""
    refusal = checked.method.refusal(checked.method_options, situation)
    if refusal is not None:
        raise BadInput(
            f"{refusal.field}: {refusal.why}",
            field=refusal.field,
            code="combination",
            advice=refusal.advice,
        )


def _refuse_what_is_not_built(recipe: Recipe) -> None:
    """Fields of the format that this version does not act on are refused, never ignored."""
    asked: tuple[tuple[bool, str, str], ...] = (
        (recipe.model.rope_scaling != "none", "model.rope_scaling", "none"),
        (recipe.training.kernels not in {AUTO, "none"}, "training.kernels", "none"),
        (recipe.launch.nodes > 1, "launch.nodes", "1"),
        (recipe.launch.strategy not in {AUTO, "none", "ddp"}, "launch.strategy", "none"),
        (bool(recipe.evaluation.metrics), "evaluation.metrics", "[]"),
        (recipe.output.push_to is not None, "output.push_to", "null"),
        (bool(recipe.output.report_to), "output.report_to", "[]"),
    )
    for is_asked, field, default in asked:
        if is_asked:
            raise BadInput(
                _("{field}: this version of tunesmith does not do that yet.").format(field=field),
                field=field,
                code="not_built",
                advice=_("Leave it at {default}.").format(default=default),
            )


def _refuse_contradictions(checked: CheckedRecipe) -> None:
    """Values that cannot hold at the same time."""
    recipe, training = checked.recipe, checked.recipe.training
    if recipe.data.streaming and recipe.data.max_samples is None:
        raise BadInput(
            _("data.streaming: a stream has no known end."),
            field="data.max_samples",
            advice=_("Set data.max_samples to how many rows to take."),
        )
    evaluates = bool(recipe.data.validation) or recipe.data.eval_source is not None
    if training.early_stopping is not None and not (evaluates and training.eval_every is not None):
        raise BadInput(
            _("training.early_stopping: nothing is held out, so progress cannot be judged."),
            field="training.early_stopping",
            advice=_("Set data.validation to a share such as 0.05, and training.eval_every."),
        )
    method = checked.method
    continues = recipe.model.adapter is not None and recipe.model.adapter_use == "continue"
    if continues and getattr(checked.method_options, "pissa", False):
        raise BadInput(
            _("method.pissa: an adapter that is trained on has its start already."),
            field="method.pissa",
            code="combination",
            advice=_("Take method.pissa out."),
        )
    exact = method.exact_base(checked.method_options)
    if exact is not None and recipe.model.dtype in {"bf16", "fp16"}:
        raise BadInput(
            f"model.dtype: {exact}.",
            field="model.dtype",
            code="combination",
            advice=_("Leave it on auto, or set fp32."),
        )
    if continues and not isinstance(method, AdapterMethod):
        raise BadInput(
            _("model.adapter: {method} trains no adapter, so none can be gone on with.").format(
                method=method.name
            ),
            field="model.adapter",
            code="combination",
            advice=_("Set model.adapter_use: merge to fold it into the base first."),
        )
    if training.activation_checkpointing is True and not method.checkpointing:
        raise BadInput(
            _(
                "training.activation_checkpointing: {method} keeps what it learns in the cache, "
                'which recomputing drops (peft: "does not work with gradient checkpointing").'
            ).format(method=method.name),
            field="training.activation_checkpointing",
            code="combination",
            advice=_("Leave it on auto, or set it to false."),
        )
    if recipe.data.packing is True and not method.packing and not checked.stage.packs_text:
        raise BadInput(
            _(
                "data.packing: {method} puts its tokens in front of a sequence, so the second row "
                "in one would see the first."
            ).format(method=method.name),
            field="data.packing",
            code="combination",
            advice=_("Leave it on auto, or set it to false."),
        )
    if getattr(checked.method_options, "loraplus", None) and training.optimizer == "muon":
        raise BadInput(
            _("method.loraplus: muon sets the size of each step itself, so A and B get one rate."),
            field="method.loraplus",
            code="combination",
            advice=_("Leave training.optimizer on auto, or take method.loraplus out."),
        )
    half = "fp16" in {recipe.model.dtype, training.precision} and recipe.model.dtype == "fp16"
    if half and not checked.method.adapter:
        raise BadInput(
            _("model.dtype: weights that are trained cannot be kept in fp16."),
            field="model.dtype",
            code="combination",
            advice=_("Use fp32 (training.precision may be fp16) or bf16."),
        )
