"""Obeying orders between two steps: chat, pause, checkpoint, evaluate, set, stop."""

import json
import os
import queue
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from engine.chat.request import ChatRequest
from engine.errors import BadInput, TunesmithError
from engine.events import Chat, Paused, Resumed
from engine.protocol import delta, error, result
from engine.runs import Order, take_file_order
from engine.train.attempt import Attempt
from engine.words import _

if TYPE_CHECKING:
    from engine.chat.talker import Talker
    from engine.train.pace import Pace
    from engine.train.reporter import Reporter


class Desk:
    """Where the training thread looks for orders. Nothing here runs while a step computes."""

    def __init__(self, attempt: Attempt, talker: "Talker", pace: "Pace") -> None:
        self._attempt = attempt
        self._talker = talker
        self._pace = pace
        self._waiting: deque[Order] = deque()
        self.reporter: Reporter | None = None
        self.trainer: Any = None

    def after_micro_batch(self) -> None:
        """Answer chat only: gradients of the step are half gathered."""
        self._take()
        others: deque[Order] = deque()
        started = time.monotonic()
        while self._waiting:
            order = self._waiting.popleft()
            if order.request.command == "chat":
                answer_chat(self._attempt, self._talker, order)
            else:
                others.append(order)
        self._waiting = others
        if self.reporter is not None:
            self.reporter.clock.hold(time.monotonic() - started)

    def after_step(self) -> None:
        """Obey everything; while paused, wait here."""
        attempt = self._attempt
        paused = False
        while True:
            self._take()
            while self._waiting:
                order = self._waiting.popleft()
                try:
                    paused = self._obey(order, paused)
                except TunesmithError as problem:
                    order.send(error(order.request, problem.problem))
            filed = take_file_order(attempt.run)
            if filed == "checkpoint":
                self._save()
            elif filed == "stop":
                attempt.stop_asked = "file"
            if attempt.stop_asked and attempt.step < attempt.total_steps:
                self._save()
                self.trainer.control.should_training_stop = True
                return
            if not paused or attempt.stop_asked:
                return
            try:
                self._waiting.append(attempt.orders.get(timeout=0.2))
            except queue.Empty:
                continue

    def _take(self) -> None:
        while True:
            try:
                self._waiting.append(self._attempt.orders.get_nowait())
            except queue.Empty:
                return

    def _obey(self, order: Order, paused: bool) -> bool:
        """One order; returns whether the run is paused afterwards."""
        attempt, command = self._attempt, order.request.command
        if command == "chat":
            answer_chat(attempt, self._talker, order)
        elif command == "pause":
            if not paused:
                attempt.state = "paused"
                attempt.emit(Paused(attempt.step))
            order.send(result(order.request, {"step": attempt.step}))
            return True
        elif command == "continue":
            if paused:
                attempt.state = "running"
                attempt.emit(Resumed(attempt.step, attempt.total_steps))
            order.send(result(order.request, {"step": attempt.step}))
            return False
        elif command == "checkpoint":
            path = self._save()
            order.send(result(order.request, {"step": attempt.step, "path": path}))
        elif command == "evaluate":
            order.send(result(order.request, self._evaluate()))
        elif command == "set":
            order.send(result(order.request, self._pace.set(order.request.args, self.trainer)))
        elif command == "stop":
            attempt.stop_asked = "control"
            attempt.defer_stop(order)
        return paused

    def _save(self) -> str | None:
        """Save now unless this step is saved already."""
        assert self.reporter is not None
        if self.reporter.saved_step != self._attempt.step:
            self.trainer._save_checkpoint(self.trainer.model, trial=None)
            self.reporter.commit_checkpoint()
        return self._attempt.checkpoint

    def _evaluate(self) -> dict[str, Any]:
        if self.trainer.eval_dataset is None:
            raise BadInput(
                _("There is nothing to evaluate on."),
                field="data.validation",
                advice=_("Set data.validation above 0 or name data.eval_source."),
            )
        self.trainer.evaluate()
        assert self.reporter is not None
        last = self.reporter.last_eval
        return {
            "step": self._attempt.step,
            "loss": last.loss if last else None,
            "perplexity": last.perplexity if last else None,
        }


def answer_chat(attempt: Attempt, talker: "Talker", order: Order) -> None:
    """Answer one chat order with the live weights, and keep the completed turn."""
    if order.request.command != "chat":
        problem = TunesmithError(_("The run has ended; only chat is answered."), code="run_ended")
        order.send(error(order.request, problem.problem))
        return
    try:
        request = ChatRequest.read(order.request.args)
        said = talker.respond(
            request, lambda piece: order.send(delta(order.request, piece)), order.cancelled.is_set
        )
    except TunesmithError as problem:
        order.send(error(order.request, problem.problem))
        return
    except Exception as failure:  # an answer that fails must never end a run
        from engine.train.failure import explain

        order.send(error(order.request, explain(failure, attempt.run)))
        return
    attempt.emit(
        Chat(
            step=attempt.step,
            prompt=request.messages[-1].content,
            answer=said.answer,
            base=said.base,
            tokens=said.tokens,
            seconds=round(said.seconds, 3),
        )
    )
    line = {
        "step": attempt.step,
        "base": said.base,
        "messages": [m.model_dump() for m in request.messages]
        + [{"role": "assistant", "content": said.answer}],
    }
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    with os.fdopen(os.open(attempt.run.chat_file, flags, 0o600), "w") as file:
        file.write(json.dumps(line) + "\n")
    order.send(result(order.request, said.to_json()))
