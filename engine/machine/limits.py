"""What this process may use of the machine: control groups bound a container or a batch job.

Read from the files of Linux' cgroup versions 1 and 2 (kernel documentation, cgroup-v1/memory and
cgroup-v2); elsewhere nothing is bounded.
"""

import math
import os
from collections.abc import Iterator
from pathlib import Path

UNLIMITED = 1 << 60
"""Version 1 writes "no limit" as a number near 2^63."""


def memory_limit(root: Path = Path("/")) -> tuple[int, int] | None:
    """(limit, used) in bytes of the tightest group above this process; None without a limit.

    Pages of files that can be dropped at once do not count as used.
    """
    tightest: tuple[int, int] | None = None
    for folder, version in _groups("memory", root):
        limit = _number(folder / ("memory.max" if version == 2 else "memory.limit_in_bytes"))
        if limit is None or limit >= UNLIMITED:
            continue
        used = (
            _number(folder / ("memory.current" if version == 2 else "memory.usage_in_bytes")) or 0
        )
        used -= _field(
            folder / "memory.stat", "inactive_file" if version == 2 else "total_inactive_file"
        )
        used = max(0, used)
        if tightest is None or limit - used < tightest[0] - tightest[1]:
            tightest = (limit, used)
    return tightest


def processors(root: Path = Path("/")) -> int:
    """Processors this process may run on: affinity and the groups' quotas, at least one."""
    try:
        count = len(os.sched_getaffinity(0))
    except AttributeError:  # macOS has no affinity
        count = os.cpu_count() or 1
    for folder, version in _groups("cpu", root):
        if version == 2:
            words = _text(folder / "cpu.max").split()
            quota = int(words[0]) if words and words[0].isdigit() else None
            period = int(words[1]) if len(words) > 1 and words[1].isdigit() else 100_000
        else:
            quota = _number(folder / "cpu.cfs_quota_us")
            period = _number(folder / "cpu.cfs_period_us") or 100_000
        if quota is not None and quota > 0:
            count = min(count, max(1, math.ceil(quota / period)))
    return max(1, count)


def container(root: Path = Path("/")) -> str | None:
    """What kind of container this is, None outside of one."""
    if os.environ.get("KUBERNETES_SERVICE_HOST"):
        return "kubernetes"
    if (root / ".dockerenv").exists():
        return "docker"
    if (root / "run/.containerenv").exists():
        return "podman"
    if os.environ.get("container"):
        return os.environ["container"][:40]
    groups = _text(root / "proc/1/cgroup")
    for name in ("kubepods", "docker", "lxc", "containerd"):
        if name in groups:
            return {"kubepods": "kubernetes"}.get(name, name)
    return None


def _groups(controller: str, root: Path) -> Iterator[tuple[Path, int]]:
    """Folders of this process's group and of those above it that are in sight, with the version."""
    base = root / "sys/fs/cgroup"
    for line in _text(root / "proc/self/cgroup").splitlines():
        number, _colon, rest = line.partition(":")
        names, _colon, path = rest.partition(":")
        if number == "0" and not names:
            mount, version = (base / "unified" if (base / "unified").is_dir() else base), 2
        elif controller in names.split(","):
            mount = base / controller if (base / controller).is_dir() else base / names
            version = 1
        else:
            continue
        folder = mount / path.lstrip("/")
        # Inside a container the path is told as the outside sees it, while the mount is the group.
        inside = [folder, *folder.parents]
        yield from ((f, version) for f in inside if f.is_dir() and f.is_relative_to(mount))


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def _number(path: Path) -> int | None:
    word = _text(path).strip()
    try:
        return int(word)
    except ValueError:  # "max", or no such file
        return None


def _field(path: Path, name: str) -> int:
    for line in _text(path).splitlines():
        key, _space, value = line.partition(" ")
        if key == name and value.strip().isdigit():
            return int(value)
    return 0
