"""The trainer's control socket: many watchers, one queue of work for the training thread."""

import json
import logging
import os
import queue
import secrets
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from engine import locations
from engine.connection import Connection, connect_socket
from engine.errors import BadInput, Problem, TunesmithError, Unreachable
from engine.protocol import MAX_LINE, Reply, Request, Send, error, read_request, result
from engine.runs.directory import RunDirectory, write_whole
from engine.words import _

OUTBOX_LINES = 2_000
"""A watcher that falls this far behind is cut off; the journal has all it missed."""


@dataclass(frozen=True)
class Order:
    """A command for the training thread, with the way back to whoever asked."""

    request: Request
    send: Send
    cancelled: threading.Event


class ControlServer:
    """Listens beside the training thread; orders wait in `orders` until it takes them.

    `answer_now` may answer a request in the connection's own thread by returning its result.
    """

    def __init__(self, run: RunDirectory, answer_now: Callable[[Request], object | None]) -> None:
        self.orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._run = run
        self._answer_now = answer_now
        self._closed = False
        self._watchers: set[_Watcher] = set()
        self._lock = threading.Lock()
        self._path = locations.sockets() / f"{secrets.token_hex(6)}.sock"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(str(self._path))
        os.chmod(self._path, 0o600)
        self._socket.listen(16)
        write_whole(run.control_file, json.dumps({"socket": str(self._path), "pid": os.getpid()}))
        threading.Thread(target=self._accept, name="control", daemon=True).start()

    @property
    def watchers(self) -> int:
        """How many are connected."""
        with self._lock:
            return len(self._watchers)

    def close(self) -> None:
        """Stop listening and hang up on everyone."""
        self._closed = True
        self._run.control_file.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes the accepting thread, close does not
        self._socket.close()
        with self._lock:
            watchers = list(self._watchers)
        end = time.monotonic() + 1.0
        for watcher in watchers:
            watcher.finish()
        for watcher in watchers:
            watcher.wait(end - time.monotonic())

    def _accept(self) -> None:
        while not self._closed:
            try:
                connection, _address = self._socket.accept()
            except OSError:
                time.sleep(0.1)  # out of file descriptors, or a caller that hung up again
                continue
            if _peer_user(connection) != os.getuid():
                connection.close()
                continue
            watcher = _Watcher(connection, self)
            with self._lock:
                self._watchers.add(watcher)
            watcher.start()

    def forget(self, watcher: "_Watcher") -> None:
        """A watcher hung up."""
        with self._lock:
            self._watchers.discard(watcher)

    def handle(self, request: Request, watcher: "_Watcher") -> None:
        """Answer at once, or hand the request to the training thread."""
        if request.command == "cancel":
            known = watcher.cancel(request.args.get("request"))
            watcher.send(result(request, {"cancelled": known}))
            return
        try:
            value = self._answer_now(request)
        except TunesmithError as failure:
            watcher.send(error(request, failure.problem))
            return
        except Exception as failure:  # a wrong answer must not cost the others their trainer
            logging.getLogger(__name__).exception("control: %s", request.command)
            watcher.send(error(request, Problem("internal", repr(failure))))
            return
        if value is not None:
            watcher.send(result(request, value))
            return
        self.orders.put(Order(request, watcher.send, watcher.expect(request)))


class _Watcher:
    """One connection: a thread that reads, a thread that writes, never the training thread."""

    def __init__(self, connection: socket.socket, server: ControlServer) -> None:
        self._connection = connection
        self._server = server
        self._outbox: queue.Queue[bytes | None] = queue.Queue(OUTBOX_LINES)
        self._under_way: dict[int | str, threading.Event] = {}
        self._writer = threading.Thread(target=self._write, name="control-write", daemon=True)

    def start(self) -> None:
        """Start both threads."""
        self._writer.start()
        threading.Thread(target=self._read, name="control-read", daemon=True).start()

    def expect(self, request: Request) -> threading.Event:
        """The event that tells the worker to end this request early."""
        return self._under_way.setdefault(request.id, threading.Event())

    def cancel(self, identity: object) -> bool:
        """Set a request's event; False when it is not under way."""
        event = self._under_way.get(identity) if isinstance(identity, (int, str)) else None
        if event is not None:
            event.set()
        return event is not None

    def send(self, reply: Reply) -> None:
        """Queue a line; a watcher that does not read is cut off rather than waited for."""
        if reply.final and reply.id is not None:
            self._under_way.pop(reply.id, None)
        try:
            self._outbox.put_nowait(reply.to_line())
        except queue.Full:
            self._shut()

    def finish(self) -> None:
        """Write what is queued, then hang up."""
        try:
            self._outbox.put_nowait(None)
        except queue.Full:
            self._shut()

    def wait(self, seconds: float) -> None:
        """Give the last lines so long to go out, then hang up."""
        if self._writer.is_alive():
            self._writer.join(max(0.0, seconds))
        self._shut()

    def _shut(self) -> None:
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def _read(self) -> None:
        try:
            with self._connection.makefile("rb") as stream:
                self._read_lines(stream)
        finally:
            for event in list(self._under_way.values()):
                event.set()  # nobody reads the answer any more
            self._server.forget(self)
            self.finish()

    def _read_lines(self, stream: IO[bytes]) -> None:
        while True:
            try:
                line = stream.readline(MAX_LINE)
            except (OSError, ValueError):
                return
            if not line:
                return
            try:
                request = read_request(line)
            except BadInput as problem:
                self.send(error(None, problem.problem))
                continue
            self._server.handle(request, self)

    def _write(self) -> None:
        try:
            while (line := self._outbox.get()) is not None:
                self._connection.sendall(line)
        except OSError:
            pass  # hung up; the reading thread tells the rest
        self._shut()
        self._connection.close()


def _peer_user(connection: socket.socket) -> int:
    """The user id of the process at the other end (Linux; elsewhere the socket's mode guards)."""
    if not hasattr(socket, "SO_PEERCRED"):
        return os.getuid()
    size = struct.calcsize("3i")
    _pid, uid, _gid = struct.unpack(
        "3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    )
    return int(uid)


def connect(run: RunDirectory) -> Connection:
    """A connection to the run's living trainer.

    Raises:
        Unreachable: when there is none, or it does not answer.
    """
    try:
        path = Path(json.loads(run.control_file.read_text())["socket"])
    except (OSError, ValueError, KeyError, TypeError):
        raise Unreachable(
            _("Run {run} has no living trainer.").format(run=run.id),
            code="gone",
            advice=_("`tunesmith resume {run}` goes on from its last checkpoint.").format(
                run=run.id
            ),
        ) from None
    return connect_socket(path, _("trainer"))


def order_by_file(run: RunDirectory, command: str) -> None:
    """Leave `stop` or `checkpoint` for a trainer whose socket cannot be reached."""
    if command not in {"stop", "checkpoint"}:
        raise BadInput(_("Only stop and checkpoint can be asked by file."), field=command)
    write_whole(run.command_file, command)


def take_file_order(run: RunDirectory) -> str | None:
    """The command someone left, taken away so that it is obeyed once."""
    try:
        word = run.command_file.read_text().strip()
        run.command_file.unlink()
    except OSError:
        return None
    return word if word in {"stop", "checkpoint"} else None


NOT_NOW = Problem("ended", "The run has ended; only chat is answered.")
