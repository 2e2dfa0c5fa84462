"""Loading a base the way a recipe stores it: its type, its quantization, its attention."""

from typing import TYPE_CHECKING

from engine.quantization import QUANTIZATIONS
from engine.recipe import Model, Quantization

if TYPE_CHECKING:
    from engine.models import LoadedModel

_COMPUTE = {"bf16": "bfloat16", "fp16": "float16"}


def load_base(model: Model, quantization: Quantization, precision: str = "auto") -> "LoadedModel":
    """The base model with its tokenizer; `precision` is what quantized layers compute in."""
    from engine.models import find, load

    entry = QUANTIZATIONS.get(quantization.name)
    options = QUANTIZATIONS.options(quantization.name, quantization.options)
    return load(
        find(model),
        dtype=model.dtype,
        attention=model.attention,
        load_arguments=entry.load_arguments(options, _COMPUTE.get(precision, "float32")),
        after_load=entry.after_load,
        trust_remote_code=model.trust_remote_code,
    )
