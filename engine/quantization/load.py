"""Loading a base the way a recipe stores it: its type, its quantization, its attention."""

from typing import Any

from engine.methods import with_adapter_merged
from engine.models import find, load
from engine.models.adapters import MERGE, find_adapter
from engine.quantization import QUANTIZATIONS
from engine.recipe import Model, Quantization

_COMPUTE = {"bf16": "bfloat16", "fp16": "float16", "fp32": "float32"}


def load_base(model: Model, quantization: Quantization, precision: str = "auto") -> tuple[Any, Any]:
    """The base model on its device, in eval mode, and its tokenizer.

    An adapter that the recipe starts a new one on top of is folded in.

    `precision` is what quantized layers compute in. What is `auto` here, outside of any plan, is
    the device's own: bf16 on a GPU that can, else fp32.
    """
    import torch

    cuda = torch.cuda.is_available()
    native = "bf16" if cuda and torch.cuda.is_bf16_supported() else "fp16" if cuda else "fp32"
    entry = QUANTIZATIONS.get(quantization.name)
    options = QUANTIZATIONS.options(quantization.name, quantization.options)
    compute = _COMPUTE[native if precision == "auto" else precision]
    base, tokenizer = load(
        find(model),
        dtype=native if model.dtype == "auto" else model.dtype,
        attention="sdpa" if model.attention == "auto" else model.attention,
        device="cuda:0" if cuda else "cpu",
        load_arguments=entry.load_arguments(options, compute),
        after_load=entry.after_load,
    )
    if model.adapter is not None and model.adapter_use == MERGE:
        base = with_adapter_merged(base, find_adapter(model.adapter)).eval()
    return base, tokenizer
