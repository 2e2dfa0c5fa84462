"""The asking side of the protocol, alike for the host's pipes and a trainer's socket."""

import itertools
import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from engine.errors import Problem, TunesmithError, Unreachable
from engine.protocol import Reply, Request, read_reply
from engine.words import _


class Refused(TunesmithError):
    """The other side answered with an error."""

    def __init__(self, problem: Problem, exit_code: int = 1) -> None:
        super().__init__(
            problem.message, field=problem.field, advice=problem.advice, code=problem.code
        )
        self.exit_code = exit_code


class Pending:
    """One question under way. Callbacks run in the connection's reading thread."""

    def __init__(
        self,
        request: Request,
        on_delta: Callable[[Any], None] | None,
        on_end: "Callable[[Pending], None] | None",
    ) -> None:
        self.request = request
        self.value: Any = None
        self.problem: Problem | None = None
        self._on_delta = on_delta
        self._on_end = on_end
        self._done = threading.Event()

    @property
    def done(self) -> bool:
        """Whether the result or the error is there."""
        return self._done.is_set()

    def result(self, timeout: float | None = None) -> Any:
        """Wait for the answer.

        Raises:
            Refused: the other side said no.
            TimeoutError: nothing came in time.
        """
        if not self._done.wait(timeout):
            raise TimeoutError(self.request.command)
        if self.problem is not None:
            raise Refused(self.problem, 2 if self.problem.code.startswith("bad_") else 1)
        return self.value

    def receive(self, reply: Reply) -> None:
        """Take one reply line that carries this question's id."""
        if reply.kind == "delta":
            if self._on_delta:
                _call(self._on_delta, reply.value)
            return
        if reply.kind == "error":
            self.problem = reply.problem
        else:
            self.value = reply.value
        self._done.set()
        if self._on_end:
            _call(self._on_end, self)


def _call(callback: Callable[[Any], None], value: Any) -> None:
    """Call back; a callback that fails must not leave everyone else without an answer."""
    try:
        callback(value)
    except Exception:
        logging.getLogger(__name__).exception("a callback failed")


class Connection:
    """Asks many questions at once over one pair of streams."""

    def __init__(self, reader: IO[bytes], writer: IO[bytes], name: str) -> None:
        self._reader = reader
        self._writer = writer
        self._name = name
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._pending: dict[int | str, Pending] = {}
        self._closed = False
        self._gone = False
        self._on_close: Callable[[], None] | None = None
        self._thread = threading.Thread(target=self._read, name=f"{name}-replies", daemon=True)
        self._thread.start()

    @property
    def closed(self) -> bool:
        """The other side is gone, or we hung up."""
        return self._closed

    @property
    def on_close(self) -> Callable[[], None] | None:
        """Called once when the other side is gone; at once if it is gone already."""
        return self._on_close

    @on_close.setter
    def on_close(self, callback: Callable[[], None] | None) -> None:
        with self._lock:
            self._on_close = callback
            gone = self._gone
        if gone and callback:
            callback()

    def ask(
        self,
        command: str,
        args: dict[str, Any] | None = None,
        on_delta: Callable[[Any], None] | None = None,
        on_end: Callable[[Pending], None] | None = None,
    ) -> Pending:
        """Send a question; the answer comes to the callbacks and to `Pending.result`.

        Raises:
            Unreachable: when the other side is gone.
        """
        request = Request(next(self._ids), command, args or {})
        pending = Pending(request, on_delta, on_end)
        try:
            with self._lock:
                if self._closed:
                    raise BrokenPipeError
                self._pending[request.id] = pending
                self._writer.write(request.to_line())
                self._writer.flush()
        except (OSError, ValueError):
            self._pending.pop(request.id, None)
            raise Unreachable(
                _("The {name} process is gone.").format(name=self._name), code="gone"
            ) from None
        return pending

    def cancel(self, pending: Pending) -> None:
        """Ask the other side to end an answer early; what it has is its result."""
        if not pending.done and not self._closed:
            try:
                self.ask("cancel", {"request": pending.request.id})
            except Unreachable:
                return

    def close(self) -> None:
        """Hang up. The reading thread closes what it reads from, for it may be waiting there."""
        self._closed = True
        with suppress(OSError):
            self._writer.close()

    def _read(self) -> None:
        try:
            for line in self._reader:
                reply = read_reply(line)
                if reply is None or reply.id is None:
                    continue
                pending = self._pending.get(reply.id)
                if pending is None:
                    continue
                if reply.final:
                    self._pending.pop(reply.id, None)
                pending.receive(reply)
        except (OSError, ValueError):
            pass  # the stream broke; below everyone who waits is told
        with self._lock:
            self._closed = self._gone = True
            left, self._pending = list(self._pending.values()), {}
            on_close = self._on_close
        with suppress(OSError):
            self._reader.close()
        gone = Problem("gone", _("The {name} process is gone.").format(name=self._name))
        for pending in left:
            pending.receive(Reply(pending.request.id, "error", gone.to_json()))
        if on_close:
            on_close()


class _SocketConnection(Connection):
    """A connection that must shut its socket down to wake the reading thread."""

    def __init__(self, sock: socket.socket, name: str) -> None:
        self._socket = sock
        super().__init__(sock.makefile("rb"), sock.makefile("wb"), name)

    def close(self) -> None:
        self._closed = True
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        with suppress(OSError):
            self._writer.close()
        self._socket.close()


def connect_socket(path: Path, name: str, timeout: float = 3.0) -> Connection:
    """Open a connection to a local socket.

    Raises:
        Unreachable: when nobody listens there.
    """
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.settimeout(timeout)
    try:
        sock.connect(str(path))
    except OSError as error:
        sock.close()
        raise Unreachable(
            _("The {name} does not answer ({why}).").format(
                name=name, why=error.strerror or type(error).__name__
            ),
            code="gone",
        ) from None
    sock.settimeout(None)
    return _SocketConnection(sock, name)
