"""The table of training stages: one file each, with an `ENTRY`."""

from engine.stages.base import Stage, TrainerParts
from engine.tables import Table

STAGES: Table[Stage] = Table("engine.stages", "stage")

__all__ = ["STAGES", "Stage", "TrainerParts"]
