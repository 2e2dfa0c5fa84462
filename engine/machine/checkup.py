"""`tunesmith doctor`: what this machine has, what is missing, and why."""

import dataclasses
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import locations
from engine.machine import installed
from engine.machine.gpus import Gpu
from engine.machine.system import Machine, machine
from engine.words import _

HUB_TIMEOUT = 3.0
"""Seconds to wait for the hub; the rest of the answer does not depend on it."""
LOW_DISK_BYTES = 5_000_000_000


@dataclass(frozen=True)
class Backend:
    """One thing that may be there or not; `reason` tells the version or what to do."""

    name: str
    available: bool
    reason: str


@dataclass(frozen=True)
class Doctor:
    """The whole answer. `ok` is False when tunesmith itself cannot run."""

    ok: bool
    python: str
    torch: str | None
    cuda: str | None
    """CUDA version torch was built for, None for a torch that only knows the processor."""
    driver: str | None
    driver_cuda: str | None
    gpus: tuple[Gpu, ...]
    ram_bytes: int
    ram_free_bytes: int
    disk_free_bytes: int | None
    cpus: int
    system: str
    container: str | None
    libraries: dict[str, str | None]
    backends: tuple[Backend, ...]
    warnings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The document of `doctor --json`."""
        return dataclasses.asdict(self)


_OPTIONAL: tuple[tuple[str, str, str, str], ...] = (
    # name, module, distribution, what it is for
    ("bitsandbytes", "bitsandbytes", "bitsandbytes", _("4-bit and 8-bit bases and optimizers")),
    ("flash-attn", "flash_attn", "flash-attn", _("faster attention and packing on GPUs")),
    ("gptqmodel", "gptqmodel", "gptqmodel", _("GPTQ and AWQ checkpoints and exports")),
    ("gguf", "gguf", "gguf", _("GGUF exports")),
    ("lm-eval", "lm_eval", "lm-eval", _("standard benchmarks in `tunesmith eval`")),
)


def doctor(here: Machine | None = None, *, network: bool = True) -> Doctor:
    """Look at everything once. Takes up to some seconds when the hub does not answer."""
    here = machine() if here is None else here
    torch, cuda = installed.torch_build()
    libraries = {r.name: installed.version(r.name) for r in installed.requirements()}
    missing = [name for name, found in libraries.items() if found is None]
    home = _home_problem()
    warnings = [
        *([home] if home else []),
        *_library_warnings(libraries),
        *_gpu_warnings(here, torch, cuda),
        *_disk_warnings(here),
    ]
    disk = here.disk("home")
    return Doctor(
        ok=not missing and torch is not None and home is None,
        python=here.python,
        torch=torch,
        cuda=cuda,
        driver=here.driver,
        driver_cuda=here.driver_cuda,
        gpus=here.gpus,
        ram_bytes=here.ram_bytes,
        ram_free_bytes=here.ram_free_bytes,
        disk_free_bytes=disk.free_bytes if disk else None,
        cpus=here.cpus,
        system=here.system,
        container=here.container,
        libraries=libraries,
        backends=(_cuda(here, torch, cuda), *map(_optional, _OPTIONAL), hub(network)),
        warnings=tuple(warnings),
    )


def hub(network: bool = True, timeout: float = HUB_TIMEOUT) -> Backend:
    """Whether models can be fetched; `HF_ENDPOINT`, proxies and `HF_HUB_OFFLINE` are honoured."""
    import urllib.error
    import urllib.request

    endpoint = (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}:
        return Backend("hub", False, _("switched off by HF_HUB_OFFLINE; local models still work"))
    if not network:
        return Backend("hub", False, _("not asked"))
    if not endpoint.startswith(("http://", "https://")):
        return Backend("hub", False, _("HF_ENDPOINT is no web address"))
    request = urllib.request.Request(f"{endpoint}/", method="HEAD")
    shown = re.sub(r"//[^/@]*@", "//", endpoint)  # a mirror's address may carry a password
    try:
        with urllib.request.urlopen(request, timeout=timeout):
            pass
    except urllib.error.HTTPError:
        pass  # any answer shows that the hub is in reach
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        return Backend(
            "hub",
            False,
            _("{endpoint} is out of reach ({why}); local models still work").format(
                endpoint=shown, why=reason
            ),
        )
    return Backend("hub", True, shown)


def _cuda(here: Machine, torch: str | None, cuda: str | None) -> Backend:
    if torch is None:
        return Backend("cuda", False, _("torch is not installed"))
    if cuda is None:
        return Backend("cuda", False, _("torch {v} knows the processor only").format(v=torch))
    if not here.gpus:
        return Backend("cuda", False, here.gpu_note or _("no GPU is visible"))
    return Backend(
        "cuda",
        True,
        _("torch for CUDA {cuda}, driver {driver}").format(cuda=cuda, driver=here.driver or "?"),
    )


def _optional(entry: tuple[str, str, str, str]) -> Backend:
    name, module, distribution, use = entry
    found = installed.version(distribution)
    if found is None or not installed.importable(module):
        return Backend(
            name,
            False,
            _("not installed; pip install {name} adds {use}").format(name=distribution, use=use),
        )
    return Backend(name, True, found)


def _home_problem() -> str | None:
    """Whether runs can be written; nothing is made to find out."""
    home = locations.home()
    place = next(p for p in (home, *home.parents) if p.exists())
    if place.is_dir() and os.access(place, os.W_OK | os.X_OK):
        return None
    return _("{place} cannot be written, so no run can be kept; set TUNESMITH_HOME.").format(
        place=place
    )


def _library_warnings(libraries: dict[str, str | None]) -> list[str]:
    warnings = []
    for requirement in installed.requirements():
        found = libraries[requirement.name]
        if found is None:
            warnings.append(
                _("{name} is missing; pip install {wanted!r}").format(
                    name=requirement.name, wanted=str(requirement)
                )
            )
        elif not requirement.specifier.contains(found, prereleases=True):
            warnings.append(
                _("{name} {found} is not what was tested ({wanted}).").format(
                    name=requirement.name, found=found, wanted=requirement.specifier
                )
            )
    if installed.version("kernels"):
        warnings.append(
            _("The package kernels is installed: libraries fetch and run compiled code through it.")
        )
    return warnings


def _gpu_warnings(here: Machine, torch: str | None, cuda: str | None) -> list[str]:
    warnings = [here.gpu_note] if here.gpu_note else []
    if here.gpus and torch and cuda is None:
        warnings.append(
            _("There is a GPU, but torch {v} cannot use it; install a torch for CUDA.").format(
                v=torch
            )
        )
    if here.gpus and cuda and here.driver_cuda:
        wanted, runs = (int(v.split(".")[0]) for v in (cuda, here.driver_cuda))
        if wanted > runs:
            warnings.append(
                _(
                    "torch wants CUDA {cuda}, the driver runs up to {driver}: update the driver."
                ).format(cuda=cuda, driver=here.driver_cuda)
            )
    for gpu in here.gpus:
        if gpu.free_bytes < gpu.total_bytes // 2 and not gpu.unified:
            warnings.append(
                _(
                    "GPU {n} is half taken by others; {free:.1f} of {total:.1f} GiB are free."
                ).format(n=gpu.index, free=gpu.free_bytes / 2**30, total=gpu.total_bytes / 2**30)
            )
    return warnings


def _disk_warnings(here: Machine) -> list[str]:
    return [
        _("{path} has {free:.1f} GB left, which a model or a run soon fills.").format(
            path=Path(disk.path), free=disk.free_bytes / 1e9
        )
        for disk in here.disks
        if disk.free_bytes < LOW_DISK_BYTES
    ]
