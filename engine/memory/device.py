"""What a run's memory and speed depend on of the device, be it here or only planned for."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Device:
    """A GPU or the processor. `free_bytes` is what a run may take of `total_bytes`."""

    kind: Literal["cuda", "cpu"]
    name: str
    total_bytes: int
    free_bytes: int
    compute_capability: tuple[int, int] | None = None

    @property
    def has_bf16(self) -> bool:
        """Whether half precision means bf16 here (Ampere and later); older cards do fp16."""
        return self.compute_capability is not None and self.compute_capability >= (8, 0)


CPU = Device("cpu", "cpu", 0, 0)
"""A processor of unknown memory, for estimates that ask for no more than the kind."""
