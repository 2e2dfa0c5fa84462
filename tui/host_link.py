"""The app's line to the engine host: started behind the first frame, asked by any widget.

Answers arrive at the widget that asked, as messages. Questions asked before the host is there
wait for it. `post_message` never blocks, so a slow terminal stops nobody.
"""

import itertools
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.message_pump import MessagePump

from engine.errors import Problem
from engine.words import _
from tui.background import post

if TYPE_CHECKING:
    from engine.connection import Connection, Pending
    from engine.host.client import Host


@dataclass(frozen=True)
class Ticket:
    """One question; compare it with what an answer carries."""

    number: int
    command: str


@dataclass
class Progress(Message):
    """A part of an answer."""

    ticket: Ticket
    value: Any


@dataclass
class Answered(Message):
    """The end of an answer: `value`, or the `problem`."""

    ticket: Ticket
    value: Any = None
    problem: Problem | None = None


@dataclass
class HostChanged(Message):
    """The host's state: `starting`, `running` or `lost`; sent to the app."""

    state: str
    reason: str = ""


class HostLink:
    """Starts, asks and ends the host."""

    def __init__(self, app: MessagePump) -> None:
        self._app = app
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._waiting: list[tuple[Ticket, MessagePump, dict[str, Any]]] = []
        self._asked: dict[Ticket, Pending] = {}
        self._host: Host | None = None
        self._ended = False
        self.state = "off"

    @property
    def connection(self) -> "Connection | None":
        """The bare line, None while there is no host."""
        return self._host.connection if self._host else None

    def start(self) -> None:
        """Start the host in a thread; a lost one is replaced."""
        with self._lock:
            if self.state in {"starting", "running"} or self._ended:
                return
            self.state = "starting"
        post(self._app, HostChanged("starting"))
        threading.Thread(target=self._start, name="host-start", daemon=True).start()

    def ask(
        self, receiver: MessagePump, command: str, args: dict[str, Any] | None = None
    ) -> Ticket:
        """Ask; `Progress` and one `Answered` with this ticket come to `receiver`."""
        ticket = Ticket(next(self._numbers), command)
        with self._lock:
            if self.state in {"off", "starting"}:
                self._waiting.append((ticket, receiver, args or {}))
                return ticket
        self._send(ticket, receiver, args or {})
        return ticket

    def cancel(self, ticket: Ticket | None) -> None:
        """End an answer early; a question that still waits is dropped."""
        if ticket is None:
            return
        with self._lock:
            self._waiting = [item for item in self._waiting if item[0] != ticket]
            pending = self._asked.get(ticket)
            connection = self.connection
        if pending is not None and connection is not None:
            connection.cancel(pending)

    def close(self) -> None:
        """End the host without waiting: nothing it does is worth a delay of the app's end."""
        with self._lock:
            self._ended = True
            host, self._host = self._host, None
        if host is not None:
            host.process.kill()
            threading.Thread(target=host.close, name="host-end", daemon=True).start()

    def _start(self) -> None:
        from engine.host.client import start_host

        try:
            host = start_host()
        except OSError as error:
            self._lost(_("it cannot be started: {why}").format(why=error.strerror or error))
            return
        with self._lock:
            if self._ended:
                host.close(0)
                return
            self._host = host
            self.state = "running"
            waiting, self._waiting = self._waiting, []
        host.connection.on_close = lambda: self._closed(host)
        post(self._app, HostChanged("running"))
        for ticket, receiver, args in waiting:
            self._send(ticket, receiver, args)
        if host.connection.closed:
            self._closed(host)

    def _send(self, ticket: Ticket, receiver: MessagePump, args: dict[str, Any]) -> None:
        from engine.errors import Unreachable

        def ended(pending: "Pending") -> None:
            with self._lock:
                self._asked.pop(ticket, None)
            post(receiver, Answered(ticket, pending.value, pending.problem))

        connection = self.connection
        try:
            if connection is None:
                raise Unreachable(_("The engine host is not running."), code="gone")
            pending = connection.ask(
                ticket.command,
                args,
                on_delta=lambda value: post(receiver, Progress(ticket, value)),
                on_end=ended,
            )
        except Unreachable as error:
            post(receiver, Answered(ticket, problem=error.problem))
            return
        with self._lock:
            if not pending.done:
                self._asked[ticket] = pending

    def _closed(self, host: "Host") -> None:
        with self._lock:
            if self._ended or self._host is not host:
                return
            self._host = None
        code = host.process.poll()
        self._lost(
            _("it ended with exit code {code}").format(code=code)
            if code is not None
            else _("its line broke")
        )

    def _lost(self, reason: str) -> None:
        with self._lock:
            self.state = "lost"
            waiting, self._waiting = self._waiting, []
        problem = Problem("gone", _("The engine host is not running: {why}.").format(why=reason))
        for ticket, receiver, _args in waiting:
            post(receiver, Answered(ticket, problem=problem))
        post(self._app, HostChanged("lost", reason))
