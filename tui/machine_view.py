"""This machine in words: one line for the first screen, a few for the plan."""

from textual.content import Content

from engine.machine.gpus import Gpu, GpuUser
from engine.machine.system import Machine
from engine.words import _
from tui.run.amounts import brief_bytes
from tui.safe_text import plain

USERS = 3
"""Processes named for each GPU; the rest is counted."""


def short_gpu_name(name: str) -> str:
    """A card's name without its maker."""
    for maker in ("NVIDIA GeForce ", "NVIDIA "):
        name = name.removeprefix(maker)
    return plain(name)


def machine_line(machine: Machine) -> str:
    """GPU and free memory, or that the processor trains."""
    ram = _("{free} of {total} memory free").format(
        free=brief_bytes(machine.ram_free_bytes), total=brief_bytes(machine.ram_bytes)
    )
    if not machine.gpus:
        cpus = _("no GPU: trains on {n} CPU cores").format(n=machine.cpus)
        return f"{cpus} · {ram}"
    first = machine.gpus[0]
    gpu = _("{name} · {free} of {total} free").format(
        name=short_gpu_name(first.name),
        free=brief_bytes(first.free_bytes),
        total=brief_bytes(first.total_bytes),
    )
    if len(machine.gpus) > 1:
        gpu = _("{n} × {gpu}").format(n=len(machine.gpus), gpu=gpu)
    return gpu


def machine_lines(machine: Machine) -> Content:
    """Each GPU with who uses it, then memory and disks."""
    lines: list[Content] = []
    for gpu in machine.gpus:
        lines += gpu_lines(gpu)
    if machine.gpu_note:
        lines.append(Content.styled(plain(machine.gpu_note), "$text-muted"))
    if machine.driver:
        lines.append(
            label_row(_("driver"), _("{driver}, CUDA up to {cuda}").format(
                driver=plain(machine.driver), cuda=plain(machine.driver_cuda or "?")))
        )  # fmt: skip
    lines.append(
        label_row(
            _("memory"),
            _("{free} of {total} free, {n} CPU cores").format(
                free=brief_bytes(machine.ram_free_bytes),
                total=brief_bytes(machine.ram_bytes),
                n=machine.cpus,
            ),
        )
    )
    uses = {"home": _("disk, runs"), "models": _("disk, models")}
    for disk in machine.disks:
        lines.append(
            label_row(
                uses.get(disk.use, disk.use),
                _("{free} free at {path}").format(
                    free=brief_bytes(disk.free_bytes), path=plain(disk.path)
                ),
            )
        )
    return Content("\n").join(lines)


def gpu_lines(gpu: Gpu) -> list[Content]:
    """One card: name, memory, heat, and who uses it."""
    words = [
        _("{free} of {total} free").format(
            free=brief_bytes(gpu.free_bytes), total=brief_bytes(gpu.total_bytes)
        )
    ]
    if gpu.temperature_celsius is not None:
        words.append(f"{gpu.temperature_celsius} °C")
    if gpu.utilization_percent is not None:
        words.append(_("{n} % busy").format(n=gpu.utilization_percent))
    lines = [
        label_row(_("GPU {n}").format(n=gpu.index), short_gpu_name(gpu.name)),
        label_row("", " · ".join(words)),
    ]
    users = [_user(user) for user in gpu.users[:USERS]]
    if len(gpu.users) > USERS:
        users.append(_("{n} more").format(n=len(gpu.users) - USERS))
    lines.append(label_row("", _("used by {users}").format(users=", ".join(users)) if users
                      else _("nobody else uses it")))  # fmt: skip
    return lines


def _user(user: GpuUser) -> str:
    name = plain(user.name or _("process {pid}").format(pid=user.pid))
    return f"{name} {brief_bytes(user.bytes)}" if user.bytes is not None else name


def label_row(label: str, text: "str | Content", width: int = 14) -> Content:
    """A label in its column, then what belongs to it."""
    return Content.assemble("  ", (label.ljust(width), "$text-muted"), text)
