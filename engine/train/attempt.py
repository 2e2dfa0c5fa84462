"""One attempt at a run: who owns it, its journal, its control socket, what was asked of it."""

import os
import platform
import queue
import signal
import time
from pathlib import Path
from types import FrameType
from typing import Any

from engine.errors import BadInput, TunesmithError
from engine.events import Event, RunStarted, Warn
from engine.protocol import Request, error, result
from engine.recipe import Recipe
from engine.runs import ControlServer, JournalWriter, Order, Owner, RunDirectory
from engine.words import _

COMMANDS = ("pause", "continue", "stop", "checkpoint", "evaluate", "chat", "set", "release")


class StopAsked(Exception):
    """Somebody wants the run to stop before training has begun."""


class Attempt:
    """Everything an attempt holds besides the model: it exists before any heavy import."""

    def __init__(self, run: RunDirectory, *, own_process: bool) -> None:
        """Take the run over.

        Raises:
            BadInput: when another process owns it.
        """
        self.run = run
        self.owner = Owner(run)
        self.started = time.monotonic()
        self.recipe: Recipe = run.recipe()
        self.journal = JournalWriter(run.journal_file)
        self.step = 0
        self.total_steps = 0
        self.checkpoint: str | None = None
        self.state = "running"
        self.outcome = "stopped"
        self.stop_asked: str | None = None
        self.released = False
        self.ended = False
        self._stop_orders: list[Order] = []
        if own_process:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, self._on_signal)
        self.emit(
            RunStarted(
                run=run.id,
                run_name=self.recipe.name,
                stage=self.recipe.stage.name,
                method=self.recipe.method.name,
                quantization=self.recipe.quantization.name,
                model=self.recipe.model.id,
                data=", ".join(source.source for source in self.recipe.data.all_sources()),
                pid=os.getpid(),
                host=platform.node(),
            )
        )
        self.orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self.server: ControlServer | None = None
        try:
            self.server = ControlServer(run, self._answer_now)
            self.orders = self.server.orders
        except OSError as problem:
            self.warn(
                "no_socket",
                _("No control socket here ({why}); stop and checkpoint work by file.").format(
                    why=problem.strerror
                ),
            )

    @property
    def seconds(self) -> float:
        """Wall time of this attempt."""
        return time.monotonic() - self.started

    def emit(self, event: Event) -> None:
        """Write an event to the journal."""
        self.journal.write(event)

    def warn(self, code: str, message: str) -> None:
        """Tell something that stops nothing."""
        self.emit(Warn(code, message))

    def relative(self, path: Path) -> str:
        """A path as the journal writes it, relative to the run."""
        return str(path.relative_to(self.run.path))

    def between_phases(self) -> None:
        """A place where a stop asked during loading is obeyed.

        Raises:
            StopAsked: when one was.
        """
        if self.stop_asked:
            raise StopAsked

    def defer_stop(self, order: Order) -> None:
        """Answer this stop once everything is saved."""
        self._stop_orders.append(order)

    def answer_stops(self) -> None:
        """Tell everyone who asked for a stop that it is done."""
        value = {
            "run": self.run.id,
            "state": self.outcome,
            "step": self.step,
            "checkpoint": self.checkpoint,
        }
        for order in self._stop_orders:
            order.send(result(order.request, value))
        self._stop_orders.clear()

    def refuse_waiting(self, problem: TunesmithError) -> None:
        """Answer whoever still waits when nothing more will be done."""
        while True:
            try:
                order = self.orders.get_nowait()
            except queue.Empty:
                return
            if order.request.command == "stop":
                self.defer_stop(order)
            else:
                order.send(error(order.request, problem.problem))

    def close(self) -> None:
        """Let the run go."""
        if self.server is not None:
            self.server.close()
        self.journal.close()
        self.owner.release()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        # Only a flag: the training thread reads it at the end of the step, where all is exact.
        self.stop_asked = signal.Signals(number).name
        self.released = True

    def _answer_now(self, request: Request) -> dict[str, Any] | None:
        """Answer in the connection's thread what needs no model; None leaves it to training."""
        if request.command == "status":
            return {
                "state": self.state,
                "step": self.step,
                "total_steps": self.total_steps,
                "ended": self.ended,
            }
        if request.command not in COMMANDS:
            raise BadInput(
                _("There is no command {name!r}.").format(name=request.command),
                field="command",
                advice=_("The trainer knows {names}.").format(names=", ".join(COMMANDS)),
            )
        if request.command == "release":
            self.released = True
            return {}
        if self.ended and request.command != "chat":
            raise TunesmithError(
                _("The run has ended; only chat is answered now."), code="run_ended"
            )
        if request.command == "stop":
            self.stop_asked = "control"  # seen even while the model still loads
        return None
