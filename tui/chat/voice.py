"""Who answers in a chat: a trainer's live weights, or a model the engine host holds.

Either way the pane that asked gets `Progress` for each piece and one `Answered`.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from textual.message_pump import MessagePump

from engine.connection import Connection, Pending
from engine.errors import Problem, Unreachable
from engine.words import _
from tui.background import post
from tui.host_link import Answered, HostLink, Progress, Ticket


@dataclass(frozen=True)
class ChatSettings:
    """How answers are made; `max_new_tokens` is a count of tokens."""

    system: str = ""
    temperature: float = 0.7
    top_p: float = 0.95
    max_new_tokens: int = 256
    seed: int | None = None


@dataclass(frozen=True)
class Message:
    """One message of a conversation: `role` is system, user or assistant."""

    role: str
    content: str


def arguments(messages: list[Message], settings: ChatSettings, base: bool) -> dict[str, Any]:
    """What the `chat` command takes."""
    system = [Message("system", settings.system)] if settings.system.strip() else []
    return {
        "messages": [{"role": m.role, "content": m.content} for m in system + messages],
        "base": base,
        "temperature": settings.temperature,
        "top_p": settings.top_p,
        "max_new_tokens": settings.max_new_tokens,
        "seed": settings.seed,
    }


class Voice(Protocol):
    """Something that answers."""

    name: str
    """What a person calls it."""
    live: bool
    """Answers with weights that still change, so it may have to wait for a step's end."""
    has_base: bool
    """Can answer as the model it was tuned from."""

    def ask(self, receiver: MessagePump, args: dict[str, Any]) -> Ticket:
        """Ask; the answer comes to `receiver`."""

    def cancel(self, ticket: Ticket) -> None:
        """End an answer early."""


class HostVoice:
    """A model in the engine host: `target` says which (`{"run": id}` or `{"model": {…}}`)."""

    live = False

    def __init__(
        self, link: HostLink, target: dict[str, Any], name: str, *, has_base: bool
    ) -> None:
        self._link = link
        self._target = target
        self.name = name
        self.has_base = has_base

    def ask(self, receiver: MessagePump, args: dict[str, Any]) -> Ticket:
        """Ask the host."""
        return self._link.ask(receiver, "chat", {**self._target, **args})

    def cancel(self, ticket: Ticket) -> None:
        """End an answer early."""
        self._link.cancel(ticket)


class TrainerVoice:
    """The trainer's live weights, over whatever line to it is open when a question is asked."""

    live = True

    def __init__(
        self, connection: Callable[[], Connection | None], name: str, *, has_base: bool
    ) -> None:
        self._connection = connection
        self._numbers = itertools.count(1)
        self._asked: dict[Ticket, tuple[Connection, Pending]] = {}
        self.name = name
        self.has_base = has_base

    def ask(self, receiver: MessagePump, args: dict[str, Any]) -> Ticket:
        """Ask the trainer."""
        ticket = Ticket(next(self._numbers), "chat")

        def ended(pending: Pending) -> None:
            self._asked.pop(ticket, None)
            post(receiver, Answered(ticket, pending.value, pending.problem))

        connection = self._connection()
        if connection is None:
            gone = Problem("gone", _("The trainer is not there any more."))
            post(receiver, Answered(ticket, problem=gone))
            return ticket
        try:
            pending = connection.ask(
                "chat", args, on_delta=lambda v: post(receiver, Progress(ticket, v)), on_end=ended
            )
        except Unreachable as error:
            post(receiver, Answered(ticket, problem=error.problem))
            return ticket
        if not pending.done:
            self._asked[ticket] = (connection, pending)
        return ticket

    def cancel(self, ticket: Ticket) -> None:
        """End an answer early."""
        asked = self._asked.get(ticket)
        if asked is not None:
            asked[0].cancel(asked[1])
