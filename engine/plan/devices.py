"""What a run would train on: the first GPU that CUDA sees, else the processor."""

from dataclasses import dataclass

from engine.machine import Gpu, Machine
from engine.machine.installed import torch_build
from engine.memory import Device
from engine.words import _


@dataclass(frozen=True)
class Target:
    """The device, how many of them, and what to know about the choice."""

    device: Device
    processes: int = 1
    here: bool = True
    warnings: tuple[str, ...] = ()


def target(machine: Machine) -> Target:
    """The device of a run on this machine, or on one that is only planned for."""
    if not machine.here:
        gpu = machine.gpus[0]
        return Target(_device(gpu), processes=len(machine.gpus), here=False)
    if not machine.gpus:
        return Target(_processor(machine), warnings=_why_no_gpu(machine))
    version, cuda = torch_build()
    if cuda is None:
        return Target(
            _processor(machine),
            warnings=(
                _("There is a GPU, but torch {v} knows the processor only; install one for CUDA.")
                .format(v=version),
            ),
        )  # fmt: skip
    first = machine.gpus[0]
    return Target(_device(first), warnings=tuple(_about_gpus(machine.gpus)))


def _device(gpu: Gpu) -> Device:
    return Device("cuda", gpu.name, gpu.total_bytes, gpu.free_bytes, gpu.compute_capability)


def _processor(machine: Machine) -> Device:
    return Device("cpu", "cpu", machine.ram_bytes, machine.ram_free_bytes)


def _why_no_gpu(machine: Machine) -> tuple[str, ...]:
    """Worth a line only where a GPU is there and cannot be used."""
    return (machine.gpu_note,) if machine.gpus_present and machine.gpu_note else ()


def _about_gpus(gpus: tuple[Gpu, ...]) -> list[str]:
    first, warnings = gpus[0], []
    others = [user for user in first.users if user.bytes]
    if others:
        user = others[0]
        warnings.append(
            _("GPU {n}: {name} (pid {pid}) holds {size:.1f} GiB of it.").format(
                n=first.index, name=user.name or "?", pid=user.pid, size=(user.bytes or 0) / 2**30
            )
        )
    best = max(gpus, key=lambda gpu: gpu.free_bytes)
    if best.free_bytes > 1.25 * first.free_bytes:
        warnings.append(
            _("GPU {n} has more free memory: CUDA_VISIBLE_DEVICES={uuid} trains there.").format(
                n=best.index, uuid=best.uuid
            )
        )
    return warnings
