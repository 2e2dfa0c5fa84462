"""The table of quantizations of the base: one file each, with an `ENTRY`."""

from engine.quantization.base import Quantization
from engine.tables import Table

QUANTIZATIONS: Table[Quantization] = Table("engine.quantization", "quantization")

__all__ = ["QUANTIZATIONS", "Quantization"]
