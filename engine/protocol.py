"""The one language of host and trainer: JSON lines over a pipe or a local socket.

In:  `{"id": 1, "command": "chat", "args": {…}}`
Out: any number of `{"id": 1, "delta": …}`, then `{"id": 1, "result": …}` or
     `{"id": 1, "error": {code, message, field, advice}}`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.errors import BadInput, Problem

MAX_LINE = 8_000_000


@dataclass(frozen=True)
class Request:
    """A command with its arguments; `id` ties the answers to it."""

    id: int | str
    command: str
    args: dict[str, Any] = field(default_factory=dict)

    def to_line(self) -> bytes:
        """This request as one line."""
        return _line({"id": self.id, "command": self.command, "args": self.args})


@dataclass(frozen=True)
class Reply:
    """One line of an answer: exactly one of delta, result, error is meant by `kind`."""

    id: int | str | None
    kind: str
    value: Any

    @property
    def final(self) -> bool:
        """Nothing more follows for this id."""
        return self.kind != "delta"

    @property
    def problem(self) -> Problem:
        """The failure of an error reply."""
        told = self.value if isinstance(self.value, dict) else {"message": self.value}
        code, message, field, advice = (
            None if told.get(key) is None else str(told[key])
            for key in ("code", "message", "field", "advice")
        )
        return Problem(code or "failed", message or "failed", field, advice)

    def to_line(self) -> bytes:
        """This reply as one line."""
        return _line({"id": self.id, self.kind: self.value})


Send = Callable[[Reply], None]
"""Hands a reply to whoever asked; never blocks on a slow reader."""


def delta(request: Request, value: Any) -> Reply:
    """A part of the answer to `request`."""
    return Reply(request.id, "delta", value)


def result(request: Request, value: Any) -> Reply:
    """The end of the answer to `request`."""
    return Reply(request.id, "result", value)


def error(request: Request | None, problem: Problem) -> Reply:
    """The failure of `request`, or of a line that was none."""
    return Reply(request.id if request else None, "error", problem.to_json())


def read_request(line: bytes) -> Request:
    """Check one line that asks something.

    Raises:
        BadInput: when it is no request.
    """
    try:
        body = json.loads(line)
        identity, command, args = body["id"], body["command"], body.get("args") or {}
        if not isinstance(identity, (int, str)) or not isinstance(command, str):
            raise TypeError
        if not isinstance(args, dict):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadInput("This line is not a request of the form {id, command, args}.") from None
    return Request(identity, command, args)


def read_reply(line: bytes) -> Reply | None:
    """The reply of one line, None when it is none."""
    try:
        body = json.loads(line)
        for kind in ("delta", "result", "error"):
            if kind in body:
                return Reply(body.get("id"), kind, body[kind])
    except (ValueError, AttributeError, TypeError, RecursionError):
        pass
    return None


def _line(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
