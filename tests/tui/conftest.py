"""How the app is driven in tests: waiting for what is seen, a fixed machine, a played host."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from engine.errors import Problem
from engine.machine import Disk, Gpu, Machine
from engine.machine.gpus import GpuUser
from tui.app import AppSettings, TunesmithApp
from tui.host_link import Answered, HostLink, Progress, Ticket

GIB = 1 << 30
PATIENCE = 60.0
"""Seconds until a test gives up; a wait ends as soon as what it waits for is there."""


async def wait_until(pilot: Pilot, predicate: Callable[[], Any], seconds: float = PATIENCE) -> None:
    """Let the app work until `predicate` holds."""
    end = time.monotonic() + seconds
    while True:
        await pilot.pause()
        if predicate():
            return
        if time.monotonic() > end:
            raise AssertionError(
                f"waited in vain on a screen that shows:\n{screen_text(pilot.app)}"
            )
        await asyncio.sleep(0.02)


def screen_text(app: Any) -> str:
    """What a person sees, line by line."""
    _width, height = app.size
    return "\n".join(
        "".join(segment.text for segment in line)
        for line in app.screen._compositor.render_strips()[:height]
    )


def a_machine(**changes: Any) -> Machine:
    """One RTX 4090 of which somebody uses a part, the same in every test."""
    gpu = Gpu(
        index=0,
        uuid="GPU-0",
        name="NVIDIA GeForce RTX 4090",
        total_bytes=24 * GIB,
        free_bytes=20 * GIB,
        users=(GpuUser(4711, "python", 3 * GIB, False),),
        temperature_celsius=41,
        utilization_percent=7,
        compute_capability=(8, 9),
        physical_index=0,
    )
    given: dict[str, Any] = {
        "gpus": (gpu,),
        "gpu_note": None,
        "gpus_present": 1,
        "driver": "570.00",
        "driver_cuda": "12.8",
        "ram_bytes": 64 * GIB,
        "ram_free_bytes": 48 * GIB,
        "cpus": 16,
        "disks": (Disk("home", "/home/you/.local/share/tunesmith", 900 * GIB, 400 * GIB),),
        "system": "Debian",
        "python": "3.11.7",
    }
    return Machine(**{**given, **changes})


@pytest.fixture
def fixed_machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Every screen sees the same machine."""
    machine = a_machine()
    monkeypatch.setattr("tui.home.machine_facts.read_machine", lambda: machine)
    return machine


class PlayedLink(HostLink):
    """Answers at once what a test laid down for a command: a value, a problem or a function."""

    def __init__(self, answers: dict[str, Any]) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self.answers = answers
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.held: list[tuple[Ticket, Any, Any]] = []
        self.hold: set[str] = set()
        """Commands whose answers wait for `release`."""
        self.cancelled: list[Ticket] = []
        self.state = "running"

    def start(self) -> None:
        """There is nothing to start."""

    def close(self) -> None:
        """There is nothing to end."""

    def ask(self, receiver: Any, command: str, args: dict[str, Any] | None = None) -> Ticket:
        ticket = Ticket(next(self._numbers), command)
        self.asked.append((command, args or {}))
        answer = self.answers.get(command, Problem("bad_command", f"no answer to {command}"))
        if callable(answer):
            answer = answer(args or {})
        if command in self.hold:
            self.held.append((ticket, receiver, answer))
        else:
            self.reply(ticket, receiver, answer)
        return ticket

    def release(self) -> None:
        """Send the answers that were held."""
        held, self.held = self.held, []
        for ticket, receiver, answer in held:
            self.reply(ticket, receiver, answer)

    def progress(self, ticket: Ticket, receiver: Any, value: Any) -> None:
        """Send a part of an answer."""
        receiver.post_message(Progress(ticket, value))

    def reply(self, ticket: Ticket, receiver: Any, answer: Any) -> None:
        """Send an answer."""
        if isinstance(answer, Problem):
            receiver.post_message(Answered(ticket, problem=answer))
        else:
            receiver.post_message(Answered(ticket, answer))

    def cancel(self, ticket: Ticket | None) -> None:
        if ticket is not None:
            self.cancelled.append(ticket)


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same colours wherever tests run."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def shared_host() -> Any:
    """One real engine host for all tests that need one."""
    import tempfile

    from textual.message_pump import MessagePump

    class Shared(HostLink):
        def close(self) -> None:
            self._dropped = True

        def end(self) -> None:
            super().close()

    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as home:
        patch.setenv("TUNESMITH_HOME", home)
        link = Shared(MessagePump())
        link.start()
        yield link
        link.end()


def make_app(link: HostLink, **settings: Any) -> TunesmithApp:
    """The real app on a given line to a host."""
    return TunesmithApp(AppSettings(**settings), link)
