"""The whole machine in one reading: GPUs, memory, processors, disks, system."""

import os
import platform
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil

from engine import locations
from engine.machine.gpus import Gpu, read_gpus
from engine.machine.limits import container, memory_limit, processors


@dataclass(frozen=True)
class Disk:
    """Room where something of ours is written; `use` is `home` or `models`."""

    use: str
    path: str
    total_bytes: int
    free_bytes: int


@dataclass(frozen=True)
class Machine:
    """What can be used now. Bytes are bytes; memory is what this process may take of it."""

    gpus: tuple[Gpu, ...]
    gpu_note: str | None
    """Why there is no GPU, or what is odd about those that are seen."""
    gpus_present: int
    driver: str | None
    driver_cuda: str | None
    ram_bytes: int
    ram_free_bytes: int
    cpus: int
    disks: tuple[Disk, ...]
    system: str
    python: str
    container: str | None = None
    here: bool = True
    """False for a machine that is only planned for."""

    def disk(self, use: str) -> Disk | None:
        """The disk of `home` (runs, presets) or `models` (downloads)."""
        return next((disk for disk in self.disks if disk.use == use), None)

    def with_gpus(self, gpus: tuple[Gpu, ...], note: str | None = None) -> "Machine":
        """This machine as if it had these GPUs."""
        return replace(self, gpus=gpus, gpu_note=note, gpus_present=len(gpus), here=False)


def machine(nvml: Any = None, root: Path = Path("/")) -> Machine:
    """Read everything once; some 30 ms with a GPU, so callers may ask again and again."""
    reading = read_gpus(nvml)
    memory = psutil.virtual_memory()
    total, free = int(memory.total), int(memory.available)
    limit = memory_limit(root)
    if limit is not None:
        total = min(total, limit[0])
        free = min(free, max(0, limit[0] - limit[1]))
    places = (("home", locations.home()), ("models", models_cache()))
    disks = tuple(disk for use, path in places if (disk := _disk(use, path)) is not None)
    return Machine(
        gpus=reading.gpus,
        gpu_note=reading.note,
        gpus_present=reading.present,
        driver=reading.driver,
        driver_cuda=reading.driver_cuda,
        ram_bytes=total,
        ram_free_bytes=free,
        cpus=processors(root),
        disks=disks,
        system=_system(),
        python=platform.python_version(),
        container=container(root),
    )


def models_cache() -> Path:
    """Where hub downloads lie, by the hub library's own rules (huggingface_hub.constants)."""
    chosen = os.environ.get("HF_HUB_CACHE")
    if chosen:
        return Path(os.path.expandvars(chosen)).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    home = os.environ.get("HF_HOME") or os.path.join(cache, "huggingface")
    return Path(os.path.expandvars(home)).expanduser() / "hub"


def _disk(use: str, path: Path) -> Disk | None:
    """Room at a path that need not exist yet."""
    for place in (path, *path.parents):
        try:
            usage = shutil.disk_usage(place)
        except OSError:
            continue
        return Disk(use, str(path), usage.total, usage.free)
    return None


def _system() -> str:
    words = f"{platform.system()} {platform.release()} {platform.machine()}"
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {words}"
    except (OSError, KeyError):
        return words
