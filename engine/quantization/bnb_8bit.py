"""bitsandbytes 8 bit: LLM.int8 (Dettmers 2022), which keeps outlying features in half precision."""

import logging
from typing import Annotated, Any

from pydantic import Field

from engine.models.facts import ModelFacts
from engine.quantization.base import Quantization
from engine.quantization.bnb_4bit import bitsandbytes_missing, linear_weights
from engine.tables import Options
from engine.words import _


class Bnb8BitOptions(Options):
    """Options of bitsandbytes' 8-bit storage."""

    threshold: Annotated[float, Field(ge=0, le=1000)] = Field(
        6.0, description=_("features beyond this are computed in half precision; 0 never does")
    )


class Bnb8Bit(Quantization):
    """Linear layers in 8 bits with a scale a row; embeddings, head and norms keep their type."""

    name = "bnb-8bit"
    summary = _("Stores the frozen base in 8 bits: half the memory, nearly exact, the slowest.")
    options = Bnb8BitOptions
    order = 30
    bits = 8

    def unavailable(self) -> str | None:
        return bitsandbytes_missing()

    def weight_bytes(self, options: Bnb8BitOptions, facts: ModelFacts, dtype_bytes: int) -> int:
        rows = sum(linear.count * linear.outputs for linear in facts.linears if not linear.head)
        quantized = linear_weights(facts)
        return quantized + 4 * rows + (facts.parameters - quantized) * dtype_bytes

    def load_arguments(self, options: Bnb8BitOptions, compute_dtype: str) -> dict[str, Any]:
        from transformers import BitsAndBytesConfig

        return {
            "quantization_config": BitsAndBytesConfig(
                load_in_8bit=True, llm_int8_threshold=options.threshold
            )
        }

    def after_load(self, model: Any) -> None:
        """Take a line out of the log that bitsandbytes would write for every layer at every step.

        It says that int8 products are made of half-precision inputs, as they always are.
        """
        logging.getLogger("bitsandbytes.autograd._functions").setLevel(logging.ERROR)


ENTRY = Bnb8Bit()
