"""A played NVML: a module-like object with cards, slices and calls that fail on request."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

GIB = 1 << 30


class NVMLError(Exception):
    """As pynvml's: the number in `value`."""

    def __init__(self, value: int) -> None:
        super().__init__(value)
        self.value = value

    def __str__(self) -> str:
        return f"error {self.value}"


@dataclass
class FakeCard:
    """One card or one slice of it."""

    uuid: str
    name: str = "NVIDIA GeForce RTX 4090"
    total: int = 24 * GIB
    free: int = 24 * GIB
    capability: tuple[int, int] = (8, 9)
    processes: list[tuple[int, int | None]] = field(default_factory=list)
    slices: "list[FakeCard] | None" = None
    """None: not in MIG mode."""
    instance: int = 0


class FakeNvml:
    """What the reader asks of pynvml. `fails` maps a call's name to the error it raises."""

    NVMLError = NVMLError
    NVML_ERROR_NOT_SUPPORTED = 3
    NVML_ERROR_NO_PERMISSION = 4
    NVML_ERROR_DRIVER_NOT_LOADED = 9
    NVML_ERROR_LIBRARY_NOT_FOUND = 12
    NVML_ERROR_GPU_IS_LOST = 15
    NVML_ERROR_LIB_RM_VERSION_MISMATCH = 18
    NVML_TEMPERATURE_GPU = 0

    def __init__(self, *cards: FakeCard, fails: dict[str, int] | None = None) -> None:
        self.cards = list(cards)
        self.fails = fails or {}
        self.open = 0

    def _may_fail(self, name: str) -> None:
        if name in self.fails:
            raise NVMLError(self.fails[name])

    def __getattribute__(self, name: str) -> Any:
        value = object.__getattribute__(self, name)
        if name.startswith("nvml") and callable(value):
            object.__getattribute__(self, "_may_fail")(name)
        return value

    def nvmlInit(self) -> None:
        self.open += 1

    def nvmlShutdown(self) -> None:
        self.open -= 1

    def nvmlDeviceGetCount(self) -> int:
        return len(self.cards)

    def nvmlSystemGetDriverVersion(self) -> str:
        return "570.86.15"

    def nvmlSystemGetCudaDriverVersion_v2(self) -> int:
        return 12080

    def nvmlDeviceGetHandleByIndex(self, index: int) -> FakeCard:
        return self.cards[index]

    def nvmlDeviceGetUUID(self, card: FakeCard) -> str:
        return card.uuid

    def nvmlDeviceGetName(self, card: FakeCard) -> str:
        return card.name

    def nvmlDeviceGetMigMode(self, card: FakeCard) -> list[int]:
        return [int(card.slices is not None)] * 2

    def nvmlDeviceGetMaxMigDeviceCount(self, card: FakeCard) -> int:
        return 7

    def nvmlDeviceGetMigDeviceHandleByIndex(self, card: FakeCard, index: int) -> FakeCard:
        if card.slices is None or index >= len(card.slices):
            raise NVMLError(6)
        return card.slices[index]

    def nvmlDeviceGetGpuInstanceId(self, card: FakeCard) -> int:
        return card.instance

    def nvmlDeviceGetComputeInstanceId(self, card: FakeCard) -> int:
        return 0

    def nvmlDeviceGetMemoryInfo(self, card: FakeCard) -> Any:
        return SimpleNamespace(total=card.total, free=card.free, used=card.total - card.free)

    def nvmlDeviceGetCudaComputeCapability(self, card: FakeCard) -> list[int]:
        return list(card.capability)

    def nvmlDeviceGetTemperature(self, card: FakeCard, sensor: int) -> int:
        return 41

    def nvmlDeviceGetUtilizationRates(self, card: FakeCard) -> Any:
        return SimpleNamespace(gpu=7, memory=3)

    def nvmlDeviceGetComputeRunningProcesses(self, card: FakeCard) -> list[Any]:
        return [SimpleNamespace(pid=p, usedGpuMemory=b) for p, b in card.processes]

    def nvmlDeviceGetGraphicsRunningProcesses(self, card: FakeCard) -> list[Any]:
        return []

    def nvmlSystemGetProcessName(self, pid: int) -> str:
        return f"/usr/bin/other-{pid}"
