"""QLoRA (Dettmers 2023): LoRA on a base stored in 4 bits, as one choice.

A recipe's `method: qlora` reads as `method: lora` with `quantization: bnb-4bit`, so this entry is
what people choose, and the two others are what a run has.
"""

from engine.methods.base import BNB_4BIT
from engine.methods.lora import Lora
from engine.words import _


class QLora(Lora):
    """LoRA and 4 bits in one."""

    name = "qlora"
    summary = _("LoRA on a base in 4 bits: a quarter of the memory; for models that barely fit.")
    order = 12
    quantized = frozenset({BNB_4BIT})


ENTRY = QLora()
