"""bitsandbytes 4 bit: NF4 or FP4 with double quantization (Dettmers 2023)."""

import importlib.util
from typing import Any, Literal

from pydantic import Field

from engine.models.facts import ModelFacts
from engine.quantization.base import Quantization
from engine.tables import Options
from engine.words import _

BYTES_SINGLE = 0.5625
"""4 bits, and one fp32 scale for each block of 64."""
BYTES_DOUBLE = 0.5159
"""4 bits, and scales that are themselves stored in 8 bits (blocks of 256)."""

_COMPUTE = {"bf16": "bfloat16", "fp16": "float16", "fp32": "float32"}


class Bnb4BitOptions(Options):
    """Options of bitsandbytes' 4-bit storage."""

    kind: Literal["nf4", "fp4"] = Field(
        "nf4", description=_("nf4 fits normally distributed weights; fp4 is a plain 4-bit float")
    )
    compute: Literal["auto", "bf16", "fp16", "fp32"] = Field(
        "auto", description=_("type that a layer's weights are unpacked to; auto is the precision")
    )
    double: bool = Field(
        True, description=_("store the scales in 8 bits too; saves 0.05 B a weight")
    )


class Bnb4Bit(Quantization):
    """Linear layers in 4 bits; embeddings, head and norms keep their type."""

    name = "bnb-4bit"
    summary = _(
        "Stores the frozen base in 4 bits (QLoRA): a quarter of the memory, slightly slower."
    )
    options = Bnb4BitOptions
    order = 20
    bits = 4

    def unavailable(self) -> str | None:
        return bitsandbytes_missing()

    def weight_bytes(self, options: Bnb4BitOptions, facts: ModelFacts, dtype_bytes: int) -> int:
        quantized = linear_weights(facts)
        each = BYTES_DOUBLE if options.double else BYTES_SINGLE
        return int(quantized * each) + (facts.parameters - quantized) * dtype_bytes

    def load_arguments(self, options: Bnb4BitOptions, compute_dtype: str) -> dict[str, Any]:
        import torch
        from transformers import BitsAndBytesConfig

        return {
            "quantization_config": BitsAndBytesConfig(
                load_in_4bit=True,
                bnb_4bit_quant_type=options.kind,
                bnb_4bit_use_double_quant=options.double,
                bnb_4bit_compute_dtype=getattr(torch, _COMPUTE.get(options.compute, compute_dtype)),
            )
        }

    def after_load(self, model: Any) -> None:
        """Switch off a CPU path that repacks the weights at the first answer.

        On processors with AVX512-BF16 one eval-mode forward turns the 4-bit weights into another
        layout, after which training crashes or gets wrong gradients.
        """
        from bitsandbytes.nn import Linear4bit

        for module in model.modules():
            if isinstance(module, Linear4bit):
                module.support_avx512bf16_for_cpu = False


def bitsandbytes_missing() -> str | None:
    """Why no base can be stored by bitsandbytes here, None where it can."""
    if importlib.util.find_spec("bitsandbytes") is None:
        return _("bitsandbytes is not installed; pip install bitsandbytes")
    return None


def linear_weights(facts: ModelFacts) -> int:
    """Weights that are quantized: those of all linear layers but the head."""
    return sum(
        linear.count * linear.inputs * linear.outputs for linear in facts.linears if not linear.head
    )


ENTRY = Bnb4Bit()
