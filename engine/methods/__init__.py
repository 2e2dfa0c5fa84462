"""The table of tuning methods: one file each, with an `ENTRY`."""

from engine.methods.base import AdapterMethod, Method, Refusal, Situation
from engine.methods.saved import load_adapter, method_of_folder, with_adapter_merged
from engine.methods.table import METHODS

__all__ = [
    "METHODS",
    "AdapterMethod",
    "Method",
    "Refusal",
    "Situation",
    "load_adapter",
    "method_of_folder",
    "with_adapter_merged",
]
