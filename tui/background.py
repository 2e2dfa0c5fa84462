"""Work off the event loop in a thread that never holds up the app's end.

A finished task posts one `Done` to whoever asked. Textual's own thread workers are waited for at
exit, even while a driver or a network hangs; these threads are not.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.message import Message
from textual.message_pump import MessagePump

from engine.errors import Problem, TunesmithError
from engine.words import _


@dataclass
class Done(Message):
    """A background task ended: `value`, or the `problem` that ended it."""

    task: str
    value: Any = None
    problem: Problem | None = None


def background(receiver: MessagePump, task: str, work: Callable[[], Any]) -> None:
    """Run `work` in a thread; its end arrives at `receiver` as `Done` with that task's name."""

    def run() -> None:
        try:
            message = Done(task, work())
        except TunesmithError as error:
            message = Done(task, problem=error.problem)
        except Exception as error:
            message = Done(
                task,
                problem=Problem(
                    "internal", _("{task}: {error}").format(task=task, error=error or type(error))
                ),
            )
        post(receiver, message)

    threading.Thread(target=run, name=task, daemon=True).start()


def post(receiver: MessagePump, message: Message) -> None:
    """Hand a message over from any thread; nothing happens when the receiver is gone."""
    try:
        receiver.post_message(message)
    except RuntimeError:  # the event loop is closed already
        return
