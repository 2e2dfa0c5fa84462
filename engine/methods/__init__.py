"""The table of tuning methods: one file each, with an `ENTRY`."""

from engine.methods.base import AdapterMethod, Method
from engine.tables import Table

METHODS: Table[Method] = Table("engine.methods", "method")

__all__ = ["METHODS", "AdapterMethod", "Method"]
