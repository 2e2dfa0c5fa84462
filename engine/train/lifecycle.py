"""An attempt from its first line in the journal to its last."""

import queue
import sys
import time
import traceback
from typing import TYPE_CHECKING

from engine.errors import EXIT_DONE, EXIT_FAILED, TunesmithError
from engine.events import Phase, RunFailed, RunStopped
from engine.runs import Order, RunDirectory
from engine.train.attempt import Attempt, StopAsked
from engine.words import _

if TYPE_CHECKING:
    from engine.chat.talker import Talker

GRACE_SECONDS = 20.0
"""How long a warm model waits for somebody to connect, or to come back."""


def train(
    run: RunDirectory,
    *,
    resume: bool = False,
    keep_warm: bool = False,
    own_process: bool = False,
) -> int:
    """Do one attempt at a run; every outcome is in its journal. Returns an exit code.

    `own_process` takes over signals; in a thread of the app they are the app's.

    Raises:
        BadInput: when another process owns the run.
    """
    attempt = Attempt(run, own_process=own_process)
    talker: Talker | None = None
    code = EXIT_DONE
    try:
        attempt.emit(Phase("starting"))
        from engine.train.work import work  # torch and all that: after the first event

        try:
            talker = work(attempt, resume=resume)
        except StopAsked:
            attempt.emit(
                RunStopped(
                    step=attempt.step,
                    total_steps=attempt.total_steps,
                    checkpoint=attempt.checkpoint,
                    asked_by=attempt.stop_asked or "control",
                    seconds=attempt.seconds,
                )
            )
    except BaseException as error:
        code = EXIT_FAILED
        traceback.print_exc(file=sys.stderr)
        attempt.emit(_failure(attempt, error))
        if not isinstance(error, Exception):
            raise
    finally:
        attempt.ended = True
        attempt.state = "ended"
        try:
            if talker is not None and keep_warm:
                _answer_on(attempt, talker)
            attempt.refuse_waiting(TunesmithError(_("The run has ended."), code="run_ended"))
            attempt.answer_stops()
        finally:
            attempt.close()
    return code


def _failure(attempt: Attempt, error: BaseException) -> RunFailed:
    from engine.train.failure import explain

    problem = explain(error, attempt.run)
    return RunFailed(
        reason=problem.code,
        message=problem.message,
        advice=problem.advice or "",
        step=attempt.step,
        checkpoint=attempt.checkpoint,
        seconds=attempt.seconds,
    )


def _answer_on(attempt: Attempt, talker: "Talker") -> None:
    """Chat with the finished model for as long as somebody is connected."""
    from engine.train.desk import answer_chat

    attempt.refuse_waiting(TunesmithError(_("The run has ended."), code="run_ended"))
    attempt.answer_stops()
    alone_since = time.monotonic()
    while not attempt.released and attempt.server is not None:
        if attempt.server.watchers:
            alone_since = time.monotonic()
        elif time.monotonic() - alone_since > GRACE_SECONDS:
            return
        try:
            order: Order = attempt.orders.get(timeout=0.25)
        except queue.Empty:
            continue
        answer_chat(attempt, talker, order)
