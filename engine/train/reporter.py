"""The trainer's callback: turns what the library does into journal events, and sets the pace."""

import math
import time
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from engine.errors import RunFailed
from engine.events import Checkpoint, Eval, Phase, Resumed, Step
from engine.runs import checkpoints
from engine.train.attempt import Attempt
from engine.train.desk import Desk
from engine.train.figures import StepClock, TokenMeter, memory_now
from engine.train.pace import Pace
from engine.words import _

_PLAIN_LOGS = {"loss", "grad_norm", "learning_rate", "epoch", "num_tokens", "step"}


class Reporter(TrainerCallback):  # type: ignore[misc]
    """Writes steps, evaluations and checkpoints; serves chat after each micro batch."""

    def __init__(
        self,
        attempt: Attempt,
        pace: Pace,
        desk: Desk,
        meter: TokenMeter,
        *,
        keep: int,
        patience: int | None,
    ) -> None:
        self.clock = StepClock()
        self.last_eval: Eval | None = None
        self.loss: float | None = None
        self.first_loss: float | None = None
        self.tokens = 0
        self.saved_step: int | None = None
        self.resumed_from: str | None = None
        self._attempt = attempt
        self._pace = pace
        self._desk = desk
        self._meter = meter
        self._keep = keep
        self._patience = patience
        self._best: float | None = None
        self._evals_without_progress = 0
        self._eval_started: float | None = None
        self._save_started = time.monotonic()
        desk.reporter = self

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self._attempt.step = state.global_step
        if self.resumed_from is not None:
            self._attempt.emit(Resumed(state.global_step, state.max_steps, self.resumed_from))
        self._attempt.emit(Phase("training"))

    def on_step_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self.clock.begin()

    def on_substep_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self._desk.after_micro_batch()

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self.clock.end()
        step = state.global_step
        self._attempt.step = step
        control.should_log = self._pace.logs(step) or self._attempt.stop_asked is not None
        control.should_evaluate = self._pace.evaluates(step)
        control.should_save = self._pace.saves(step)
        self._save_started = time.monotonic()

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        if not logs or "loss" not in logs:
            return
        loss, norm = float(logs["loss"]), logs.get("grad_norm")
        grad_norm = None if norm is None else float(norm)
        tokens, with_loss = self._meter.take()
        self.tokens += tokens
        memory, peak = memory_now()
        seconds = self.clock.take()
        self._attempt.emit(
            Step(
                step=state.global_step,
                total_steps=state.max_steps,
                epoch=round(state.epoch or 0.0, 4),
                loss=loss,
                learning_rate=float(logs["learning_rate"]),
                grad_norm=grad_norm,
                tokens=self.tokens,
                tokens_per_second=round(tokens / seconds, 1) if seconds else 0.0,
                loss_tokens=with_loss,
                memory_bytes=memory,
                memory_peak_bytes=peak,
                eta_seconds=self.clock.seconds_to_go(state.max_steps - state.global_step),
                metrics={
                    key: float(value)
                    for key, value in logs.items()
                    if key not in _PLAIN_LOGS and isinstance(value, (int, float))
                },
            )
        )
        if not math.isfinite(loss) or (grad_norm is not None and not math.isfinite(grad_norm)):
            raise RunFailed(
                _("The loss is no number any more at step {n}.").format(n=state.global_step),
                code="nan_loss",
                advice=_(
                    "Lower training.learning_rate or use precision bf16; {last} is the last good "
                    "checkpoint."
                ).format(last=self._attempt.checkpoint or _("there is no checkpoint; none")),
            )
        self.loss = loss
        if self.first_loss is None:
            self.first_loss = loss

    def on_prediction_step(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        if self._eval_started is None:
            self._eval_started = time.monotonic()
            self._attempt.emit(Phase("evaluating"))
        self._desk.after_micro_batch()

    def on_evaluate(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        metrics: dict[str, float] | None = None,
        **kwargs: Any,
    ) -> None:
        metrics = metrics or {}
        loss = metrics.get("eval_loss")
        started, self._eval_started = self._eval_started, None
        self.last_eval = Eval(
            step=state.global_step,
            loss=loss,
            perplexity=math.exp(loss) if loss is not None and loss < 700 else None,
            seconds=round(time.monotonic() - started, 3) if started else 0.0,
            metrics={
                key.removeprefix("eval_"): float(value)
                for key, value in metrics.items()
                if isinstance(value, (int, float))
                and key.removeprefix("eval_") in {"mean_token_accuracy", "entropy"}
            },
        )
        self._attempt.emit(self.last_eval)
        self._stop_early(loss, control)
        self._attempt.emit(Phase("training"))
        self._save_started = time.monotonic()

    def on_save(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self.commit_checkpoint()

    def commit_checkpoint(self) -> None:
        """What the library wrote aside becomes a checkpoint; older ones go."""
        attempt = self._attempt
        path = checkpoints.commit(attempt.run, attempt.step)
        attempt.checkpoint = attempt.relative(path)
        self.saved_step = attempt.step
        attempt.emit(
            Checkpoint(
                step=attempt.step,
                path=attempt.checkpoint,
                bytes=checkpoints.size(path),
                seconds=round(time.monotonic() - self._save_started, 3),
            )
        )
        checkpoints.rotate(attempt.run, self._keep)

    def _stop_early(self, loss: float | None, control: TrainerControl) -> None:
        if self._patience is None or loss is None:
            return
        if self._best is None or loss < self._best:
            self._best, self._evals_without_progress = loss, 0
            return
        self._evals_without_progress += 1
        if self._evals_without_progress >= self._patience:
            control.should_training_stop = True
            self._attempt.warn(
                "early_stopping",
                _("No progress in {n} evaluations: the run ends early.").format(n=self._patience),
            )
