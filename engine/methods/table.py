"""The table itself, apart from the package's front door, so that its own modules can use it."""

from engine.methods.base import Method
from engine.tables import Table

METHODS: Table[Method] = Table("engine.methods", "method")
