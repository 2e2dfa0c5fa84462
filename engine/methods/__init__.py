"""The table of tuning methods: one file each, with an `ENTRY`."""

from engine.methods.base import Method
from engine.tables import Table

METHODS: Table[Method] = Table("engine.methods", "method")

__all__ = ["METHODS", "Method"]
