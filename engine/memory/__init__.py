"""How much memory a run takes, part by part, before anything is spent."""

from engine.memory.device import CPU, Device
from engine.memory.estimate import PARTS, Memory, estimate
from engine.memory.optimizers import OPTIMIZERS, state_bytes

__all__ = ["CPU", "OPTIMIZERS", "PARTS", "Device", "Memory", "estimate", "state_bytes"]
