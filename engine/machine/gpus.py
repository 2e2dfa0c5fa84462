"""The GPUs that CUDA would see in this process, as NVML describes them.

NVML numbers all cards of the machine, CUDA only those of `CUDA_VISIBLE_DEVICES`; both are matched
by UUID. Nothing here starts CUDA, so that looking takes no memory on any card.
"""

import contextlib
import importlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import psutil

from engine.machine.visible import Found, visible
from engine.plain_text import plain_line
from engine.words import _


@dataclass(frozen=True)
class GpuUser:
    """A process that holds memory on a GPU; what NVML or the system keeps back is None."""

    pid: int
    name: str | None
    bytes: int | None
    mine: bool | None


@dataclass(frozen=True)
class Gpu:
    """One GPU, or one MIG slice of it. `index` is the number that CUDA gives it here."""

    index: int
    uuid: str
    name: str
    total_bytes: int
    free_bytes: int
    users: tuple[GpuUser, ...] = ()
    temperature_celsius: int | None = None
    utilization_percent: int | None = None
    compute_capability: tuple[int, int] | None = None
    physical_index: int | None = None
    """NVML's number, as nvidia-smi shows it; None for a card that is only planned for."""
    mig: bool = False
    unified: bool = False
    """The GPU shares the machine's memory."""

    @property
    def used_bytes(self) -> int:
        """Memory that is taken, whoever holds it."""
        return self.total_bytes - self.free_bytes

    @property
    def unseen_bytes(self) -> int:
        """Taken memory that no listed process accounts for: other containers, the driver."""
        return max(0, self.used_bytes - sum(user.bytes or 0 for user in self.users))

    @property
    def has_bf16(self) -> bool:
        """Whether bf16 runs on its tensor cores (Ampere and later)."""
        return self.compute_capability is not None and self.compute_capability >= (8, 0)


@dataclass(frozen=True)
class GpuReading:
    """What NVML told: the visible GPUs, or one sentence on why there is none."""

    gpus: tuple[Gpu, ...] = ()
    note: str | None = None
    driver: str | None = None
    driver_cuda: str | None = None
    """The newest CUDA version that the driver runs."""
    present: int = 0
    """Cards in the machine, visible or not."""


def gpus(nvml: Any = None, environ: Mapping[str, str] | None = None) -> tuple[Gpu, ...]:
    """The visible GPUs in CUDA's order; empty without a driver or a card."""
    return read_gpus(nvml, environ).gpus


def read_gpus(nvml: Any = None, environ: Mapping[str, str] | None = None) -> GpuReading:
    """Ask NVML once. Never raises: a question that fails leaves its answer out.

    Args:
        nvml: a module like pynvml, for tests.
        environ: where CUDA_VISIBLE_DEVICES is looked up, the process's own by default.
    """
    if nvml is None:
        try:
            nvml = importlib.import_module("pynvml")
        except ImportError:
            return GpuReading(note=_("GPUs cannot be asked: nvidia-ml-py is not installed."))
    environ = os.environ if environ is None else environ
    try:
        nvml.nvmlInit()
    except nvml.NVMLError as error:
        return GpuReading(note=_without_driver(nvml, error))
    except OSError as error:
        return GpuReading(note=_("The NVIDIA driver does not load: {why}.").format(why=error))
    try:
        return _Reader(nvml).read(environ.get("CUDA_VISIBLE_DEVICES"))
    except nvml.NVMLError as error:
        return GpuReading(note=_("The NVIDIA driver does not answer: {why}.").format(why=error))
    finally:
        # The reading is done; nothing depends on a clean goodbye.
        with contextlib.suppress(nvml.NVMLError):
            nvml.nvmlShutdown()


def _without_driver(nvml: Any, error: Any) -> str:
    value = getattr(error, "value", None)
    if value == nvml.NVML_ERROR_LIBRARY_NOT_FOUND:
        return _("No NVIDIA driver is installed, so the processor trains.")
    if value == nvml.NVML_ERROR_DRIVER_NOT_LOADED:
        return _("The NVIDIA driver is installed but not loaded; nvidia-smi tells why.")
    if value == nvml.NVML_ERROR_LIB_RM_VERSION_MISMATCH:
        return _("The NVIDIA driver was updated and waits for a restart of the machine.")
    if value == nvml.NVML_ERROR_NO_PERMISSION:
        return _("The NVIDIA driver may not be used by this account or container.")
    return _("The NVIDIA driver does not start: {why}.").format(why=error)


@dataclass
class _Reader:
    """One look through NVML, between init and shutdown."""

    nvml: Any
    lost: list[str] = field(default_factory=list)

    def ask(self, name: str, *arguments: Any) -> Any:
        """One NVML call; None where this card, driver or account gives no answer."""
        try:
            return getattr(self.nvml, name)(*arguments)
        except (self.nvml.NVMLError, AttributeError, UnicodeDecodeError):
            return None

    def read(self, setting: str | None) -> GpuReading:
        count = self.nvml.nvmlDeviceGetCount()
        driver = self.ask("nvmlSystemGetDriverVersion")
        number = self.ask("nvmlSystemGetCudaDriverVersion_v2")
        found: list[Found] = []
        for index in range(count):
            found.extend(self._devices(index))
        chosen, note = visible(setting, found)
        seen = [gpu for place, one in enumerate(chosen) if (gpu := self._gpu(place, one))]
        if not note and not seen:
            note = self.lost[0] if self.lost else _("The NVIDIA driver finds no GPU.")
        elif not note and self.lost:
            note = self.lost[0]
        return GpuReading(
            gpus=tuple(seen),
            note=note,
            driver=_text(driver),
            driver_cuda=f"{number // 1000}.{number % 1000 // 10}" if number else None,
            present=count,
        )

    def _devices(self, index: int) -> list[Found]:
        """A card, or its slices when it is split by MIG."""
        try:
            handle = self.nvml.nvmlDeviceGetHandleByIndex(index)
        except self.nvml.NVMLError as error:
            self.lost.append(_("GPU {n} does not answer: {why}.").format(n=index, why=error))
            return []
        uuid = _text(self.ask("nvmlDeviceGetUUID", handle)) or ""
        card = Found(index, uuid, handle)
        mode = self.ask("nvmlDeviceGetMigMode", handle)
        if not mode or not mode[0]:
            return [card]
        slices = []
        for number in range(self.ask("nvmlDeviceGetMaxMigDeviceCount", handle) or 0):
            part = self.ask("nvmlDeviceGetMigDeviceHandleByIndex", handle, number)
            if part is None:
                continue
            part_uuid = _text(self.ask("nvmlDeviceGetUUID", part)) or ""
            legacy = "MIG-{}/{}/{}".format(
                uuid,
                self.ask("nvmlDeviceGetGpuInstanceId", part),
                self.ask("nvmlDeviceGetComputeInstanceId", part),
            )
            slices.append(Found(index, part_uuid, part, mig=True, parent=card, legacy=legacy))
        if not slices:
            self.lost.append(
                _(
                    "GPU {n} is in MIG mode but has no instance; nvidia-smi mig -cgi makes one."
                ).format(n=index)
            )
        return slices

    def _gpu(self, place: int, one: Found) -> Gpu | None:
        card = one.parent.handle if one.parent else one.handle
        capability = self.ask("nvmlDeviceGetCudaComputeCapability", card)
        name = _text(self.ask("nvmlDeviceGetName", one.handle)) or _("unknown GPU")
        memory, unified = self._memory(one)
        if memory is None:
            return None
        load = None if one.mig else self.ask("nvmlDeviceGetUtilizationRates", card)
        return Gpu(
            index=place,
            uuid=one.uuid,
            name=name,
            total_bytes=memory[0],
            free_bytes=memory[1],
            users=self._users(one.handle),
            temperature_celsius=self.ask(
                "nvmlDeviceGetTemperature", card, getattr(self.nvml, "NVML_TEMPERATURE_GPU", 0)
            ),
            utilization_percent=None if load is None else int(load.gpu),
            compute_capability=tuple(capability) if capability else None,
            physical_index=one.index,
            mig=one.mig,
            unified=unified,
        )

    def _memory(self, one: Found) -> tuple[tuple[int, int] | None, bool]:
        """(total, free) in bytes; where the GPU has none of its own, the machine's."""
        try:
            memory = self.nvml.nvmlDeviceGetMemoryInfo(one.handle)
        except self.nvml.NVMLError as error:
            if getattr(error, "value", None) == self.nvml.NVML_ERROR_NOT_SUPPORTED:
                shared = psutil.virtual_memory()
                return (shared.total, shared.available), True
            self.lost.append(
                _("GPU {n} does not tell its memory: {why}.").format(n=one.index, why=error)
            )
            return None, False
        return (int(memory.total), int(memory.free)), False

    def _users(self, handle: Any) -> tuple[GpuUser, ...]:
        """Processes on a card, the largest first; a process may both compute and draw."""
        held: dict[int, int | None] = {}
        for call in (
            "nvmlDeviceGetComputeRunningProcesses",
            "nvmlDeviceGetGraphicsRunningProcesses",
        ):
            for process in self.ask(call, handle) or ():
                held[int(process.pid)] = process.usedGpuMemory
        users = [
            GpuUser(pid, *_who(pid, lambda p: self.ask("nvmlSystemGetProcessName", p), taken))
            for pid, taken in held.items()
        ]
        return tuple(sorted(users, key=lambda user: (-(user.bytes or 0), user.pid)))


def _who(pid: int, ask: Any, taken: int | None) -> tuple[str | None, int | None, bool | None]:
    """Name, bytes and whether it is ours; a container sees numbers that name no process here."""
    try:
        process = psutil.Process(pid)
        name: str | None = process.name()
        mine: bool | None = process.uids().real == os.getuid()
    except (psutil.Error, OSError):
        name, mine = None, None
    if name is None:
        path = _text(ask(pid))
        name = path.rsplit("/", 1)[-1] if path else None
    return _text(name), taken, mine


def _text(value: Any) -> str | None:
    """A name as one safe line; other people choose the names of their processes."""
    if value is None:
        return None
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    return plain_line(str(value)).strip()[:120] or None
