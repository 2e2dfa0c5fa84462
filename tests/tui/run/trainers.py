"""A trainer that does as a test says: owns the run, writes its journal, answers its socket."""

import threading
from collections.abc import Callable
from typing import Any

from engine.events import Event
from engine.protocol import Request, delta, error, result
from engine.runs import ControlServer, JournalWriter, Order, Owner, RunDirectory


class ScriptedTrainer:
    """Lives in the test's own process."""

    def __init__(self, run: RunDirectory) -> None:
        self.run = run
        self.asked: list[Request] = []
        self.pieces = ["I am ", "Huanhuan", "."]
        self.before_answer = threading.Event()
        self.before_answer.set()
        self._owner = Owner(run)
        self._journal = JournalWriter(run.journal_file)
        self._server = ControlServer(run, lambda request: None)
        self._replies: dict[str, Callable[[Order], None]] = {"chat": self._chat}
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def say(self, *events: Event) -> None:
        """Write to the journal."""
        for event in events:
            self._journal.write(event)

    def reply(self, command: str, value: Any) -> None:
        """What a command is answered with."""
        self._replies[command] = lambda order: order.send(result(order.request, value))

    def refuse(self, command: str, problem: Any) -> None:
        """What a command fails with."""
        self._replies[command] = lambda order: order.send(error(order.request, problem))

    def on(self, command: str, do: Callable[[Order], None]) -> None:
        """What a command does."""
        self._replies[command] = do

    def die(self) -> None:
        """Be gone without a word."""
        self._server.close()
        self._owner.release()

    def hang_up(self) -> None:
        """Lose everyone who is connected, and listen anew."""
        self._server.close()
        self._server = ControlServer(self.run, lambda request: None)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        server = self._server
        while True:
            order = server.orders.get()
            self.asked.append(order.request)
            reply = self._replies.get(order.request.command)
            if reply is None:
                order.send(result(order.request, {}))
            else:
                reply(order)

    def _chat(self, order: Order) -> None:
        self.before_answer.wait(10)
        base = bool(order.request.args.get("base"))
        said = ""
        for piece in ["As the base: ", *self.pieces] if base else self.pieces:
            if order.cancelled.is_set():
                break
            said += piece
            order.send(delta(order.request, {"text": piece}))
        stopped = "cancelled" if order.cancelled.is_set() else "eos"
        order.send(
            result(
                order.request,
                {"answer": said, "tokens": 5, "seconds": 0.5, "base": base, "stopped": stopped},
            )
        )
