"""What to change when a run does not fit, in the order that costs least."""

from collections.abc import Callable, Iterator
from typing import Any

from engine.memory import Device, estimate
from engine.methods import METHODS, Situation
from engine.models import ModelFacts
from engine.plan.rows import STEP, Sequences
from engine.recipe import Quantization, Recipe
from engine.words import _

Change = tuple[str, Callable[[Recipe], Recipe]]


def advice(
    recipe: Recipe, facts: ModelFacts, device: Device, sequences: Sequences
) -> tuple[str, ...]:
    """Changes one on top of the other until the recipe fits, each with what it then needs.

    The order is that of what they cost: time first (checkpointing, micro batch), then exactness
    (4 bits, 8-bit states), then what is learned (length, rank).
    """
    lines: list[str] = []
    now = estimate(recipe, facts, device, length=sequences.longest).needed_bytes
    for words, change in _changes(recipe, facts, device, sequences):
        changed = change(recipe)
        memory = estimate(changed, facts, device, length=sequences.longest)
        if memory.needed_bytes >= 0.98 * now:
            continue
        recipe, now = changed, memory.needed_bytes
        fits = now <= device.free_bytes * (1 - memory.margin)
        lines.append(
            (_("Set {change}: it then needs {size:.1f} GiB, which fits.") if fits
             else _("Set {change}: it then needs {size:.1f} GiB."))
            .format(change=words, size=now / 2**30)
        )  # fmt: skip
        if fits:
            return tuple(lines)
    lines.append(
        _("Choose a smaller model, or a device with more than {size:.1f} GiB free.").format(
            size=now / 2**30
        )
    )
    return tuple(lines)


def _changes(
    recipe: Recipe, facts: ModelFacts, device: Device, sequences: Sequences
) -> Iterator[Change]:
    method = METHODS.get(recipe.method.name)
    cuda = device.kind == "cuda"
    if method.checkpointing:
        yield (
            "training.activation_checkpointing: true",
            lambda r: _training(r, activation_checkpointing=True),
        )
    rows = int(recipe.training.micro_batch) * int(recipe.training.accumulation)
    yield (
        f"training.micro_batch: 1, training.accumulation: {rows}",
        lambda r: _training(r, micro_batch=1, accumulation=rows),
    )
    if (
        _may_be_quantized(recipe, facts)
        and facts.quantized is None
        and recipe.quantization.name == "none"
    ):
        yield (
            "quantization: bnb-4bit",
            lambda r: r.model_copy(update={"quantization": Quantization(name="bnb-4bit")}),
        )
    if not method.adapter:
        if cuda:
            yield (
                "training.optimizer: adamw_bnb_8bit",
                lambda r: _training(r, optimizer="adamw_bnb_8bit"),
            )
        dtype = "bf16" if device.has_bf16 or not cuda else None
        if dtype is not None and recipe.model.dtype == "fp32":
            yield (
                f"model.dtype: {dtype}",
                lambda r: r.model_copy(
                    update={"model": r.model.model_copy(update={"dtype": dtype})}
                ),
            )
    shorter = max(STEP, sequences.longest // 2 // STEP * STEP)
    if shorter < sequences.longest:
        yield f"data.max_length: {shorter}", lambda r: _length(r, shorter)
    rank = recipe.method.options.get("rank")
    if isinstance(rank, int) and rank > 8:
        yield "method.rank: 8", lambda r: _method(r, rank=8)
    if not method.adapter:
        yield "method: lora", _as_lora


def _may_be_quantized(recipe: Recipe, facts: ModelFacts) -> bool:
    """Whether the method goes on a base in 4 bits, with its options as they are."""
    method = METHODS.get(recipe.method.name)
    options = METHODS.options(method.name, recipe.method.options)
    return method.refusal(options, Situation(recipe.stage.name, "bnb-4bit", facts)) is None


def _training(recipe: Recipe, **values: Any) -> Recipe:
    return recipe.model_copy(update={"training": recipe.training.model_copy(update=values)})


def _length(recipe: Recipe, length: int) -> Recipe:
    data = recipe.data.model_copy(update={"max_length": length})
    return recipe.model_copy(update={"data": data})


def _method(recipe: Recipe, **options: Any) -> Recipe:
    tree = {**recipe.method.model_dump(), **options}
    return recipe.model_copy(update={"method": type(recipe.method).model_validate(tree)})


def _as_lora(recipe: Recipe) -> Recipe:
    dtype = "bf16" if recipe.training.precision == "bf16" else recipe.model.dtype
    model = recipe.model.model_copy(update={"dtype": dtype})
    method = type(recipe.method).model_validate({"name": "lora", "rank": 16, "alpha": 32.0})
    return recipe.model_copy(update={"method": method, "model": model})
