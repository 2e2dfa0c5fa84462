"""What a run's journal says so far, reduced to what a screen shows of it.

Knows no file, no clock and no widget: entries go in, a `RunView` comes out.
"""

import math
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from engine.events import (
    Chat,
    Checkpoint,
    DataReady,
    Entry,
    Eval,
    OomBackoff,
    Paused,
    Phase,
    PlanMade,
    Resumed,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    Sample,
    Step,
    Warn,
)
from tui.run.story import LogLine, tell

SMOOTHING = 0.9
"""Weight of the past in the smoothed loss (exponential moving average, bias corrected)."""
LOG_LINES = 500
STEP_FIGURES = ("loss", "smoothed", "learning_rate", "grad_norm", "tokens_per_second", "memory")
ENDED = frozenset({"done", "failed", "stopped", "lost"})
"""States in which no training goes on any more."""


@dataclass(frozen=True)
class Curve:
    """The first `length` points of one figure; what is not known at a step is NaN."""

    steps: array
    values: array
    length: int

    @property
    def last(self) -> float | None:
        """The newest value, None when there is none."""
        value = self.values[self.length - 1] if self.length else math.nan
        return value if math.isfinite(value) else None

    def between(self, after: float, until: float) -> array:
        """Values of the steps in `(after, until]`."""
        low = bisect_right(self.steps, after, 0, self.length)
        high = bisect_right(self.steps, until, low, self.length)
        return self.values[low:high]

    def before(self, step: float) -> float | None:
        """The newest value at or before a step."""
        place = bisect_right(self.steps, step, 0, self.length)
        value = self.values[place - 1] if place else math.nan
        return value if math.isfinite(value) else None


NO_CURVE = Curve(array("q"), array("d"), 0)


@dataclass(frozen=True)
class Ending:
    """How a run ended. `what` is the terminal event; a lost run has a made-up failure."""

    what: RunFinished | RunStopped | RunFailed


@dataclass(frozen=True)
class RunView:
    """A run at one moment. Times are Unix seconds, memory bytes; None is not known yet."""

    state: str = "queued"
    phase: str = "starting"
    phase_detail: str | None = None
    phase_done: int | None = None
    phase_total: int | None = None
    facts: RunStarted | None = None
    data: DataReady | None = None
    step: int = 0
    total_steps: int = 0
    newest: Step | None = None
    evaluation: Eval | None = None
    best_evaluation: Eval | None = None
    checkpoint: Checkpoint | None = None
    memory_total: int | None = None
    started: float | None = None
    at: float | None = None
    earlier_seconds: float = 0.0
    ending: Ending | None = None
    warnings: int = 0
    attempt: int = 0
    curves: dict[str, Curve] = field(default_factory=dict)
    log: tuple[LogLine, ...] = ()
    chat: tuple[Chat, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether training is over."""
        return self.state in ENDED

    def curve(self, name: str) -> Curve:
        """One figure over the steps; empty when it has no points."""
        return self.curves.get(name, NO_CURVE)

    def elapsed(self, now: float) -> float | None:
        """Seconds of training so far, over all attempts; stands still once the run ended."""
        if self.started is None:
            return None
        end = now if not self.ended and self.state != "paused" else (self.at or now)
        return self.earlier_seconds + max(0.0, end - self.started)


class RunHistory:
    """Takes a journal entry by entry and knows the run's state after each."""

    def __init__(self) -> None:
        self._view = RunView()
        self._steps = array("q")
        self._values = {name: array("d") for name in STEP_FIGURES}
        self._eval_steps = array("q")
        self._eval_losses = array("d")
        self._evals: list[Eval] = []
        self._checkpoints: list[Checkpoint] = []
        self._log: list[LogLine] = []
        self._log_number = 0
        self._chat: list[Chat] = []
        self._step_attempt = 0

    @property
    def ended(self) -> bool:
        """Whether training is over, as far as is known."""
        return self._view.ended

    def view(self) -> RunView:
        """The run as it stands; cheap, since curves share their points."""
        count = len(self._steps)
        curves = {name: Curve(self._steps, v, count) for name, v in self._values.items()}
        curves["eval"] = Curve(self._eval_steps, self._eval_losses, len(self._eval_steps))
        return replace(self._view, curves=curves, log=tuple(self._log), chat=tuple(self._chat))

    def apply(self, entry: Entry) -> None:
        """Take one entry, in the journal's order."""
        event = entry.event
        if entry.attempt != self._view.attempt:
            self._begin_attempt(entry)
        self._set(at=entry.at)
        for line in tell(entry):
            self._log_number += 1
            self._log.append(replace(line, number=self._log_number))
        del self._log[:-LOG_LINES]
        match event:
            case RunStarted():
                self._set(state="running", facts=event, started=entry.at)
            case Phase():
                self._set(
                    state="running" if self._view.state != "paused" else "paused",
                    phase=event.phase,
                    phase_detail=event.detail,
                    phase_done=event.done,
                    phase_total=event.total,
                )
            case PlanMade():
                self._take_plan(event)
            case DataReady():
                self._set(data=event)
            case Step():
                self._take_step(event, entry.attempt)
            case Eval():
                self._take_eval(event)
            case Checkpoint():
                self._checkpoints.append(event)
                self._set(checkpoint=event)
            case Chat():
                self._chat.append(event)
            case Warn() | OomBackoff():
                self._set(warnings=self._view.warnings + 1)
            case Paused():
                self._set(state="paused", step=event.step)
            case Resumed():
                self._resume(event, entry.attempt)
            case RunFinished() | RunStopped() | RunFailed():
                self._end(event)
            case Sample():
                pass  # told in the log
            case _:
                pass  # an event of a newer version

    def lose(self, reason: str, message: str, advice: str, at: float | None = None) -> None:
        """The trainer is gone without a word; what is known of it becomes the ending."""
        failure = RunFailed(
            reason=reason,
            message=message,
            advice=advice,
            step=self._view.step or None,
            checkpoint=self._view.checkpoint.path if self._view.checkpoint else None,
        )
        self._log_number += 1
        moment = at if at is not None else self._view.at
        self._log.append(LogLine(self._log_number, moment or 0.0, "error", message))
        self._set(state="lost", ending=Ending(failure))

    def _set(self, **changes: object) -> None:
        self._view = replace(self._view, **changes)  # type: ignore[arg-type]

    def _begin_attempt(self, entry: Entry) -> None:
        view = self._view
        earlier = view.earlier_seconds
        if view.started is not None and view.at is not None:
            earlier += max(0.0, view.at - view.started)
        self._set(
            attempt=entry.attempt,
            state="running",
            phase="starting",
            phase_detail=None,
            earlier_seconds=earlier,
            started=entry.at,
            ending=None,
        )

    def _take_plan(self, event: PlanMade) -> None:
        steps = event.plan.get("steps")
        total = event.plan.get("total_bytes") or event.plan.get("device_bytes")
        device = event.plan.get("device")
        if not total and isinstance(device, dict):
            total = device.get("total_bytes")
        if isinstance(steps, int) and not self._view.total_steps:
            self._set(total_steps=steps)
        if isinstance(total, int) and total > 0:
            self._set(memory_total=total)

    def _take_step(self, event: Step, attempt: int) -> None:
        past = self._values["smoothed"]
        self._step_attempt = attempt
        self._steps.append(event.step)
        loss = _figure(event.loss)
        self._values["loss"].append(loss)
        past.append(_smooth(past, loss))
        self._values["learning_rate"].append(event.learning_rate)
        self._values["grad_norm"].append(_figure(event.grad_norm))
        self._values["tokens_per_second"].append(event.tokens_per_second)
        self._values["memory"].append(float(event.memory_bytes))
        self._set(
            state="running",
            phase="training",
            phase_detail=None,
            phase_done=None,
            phase_total=None,
            step=event.step,
            total_steps=event.total_steps,
            newest=event,
        )

    def _take_eval(self, event: Eval) -> None:
        self._evals.append(event)
        if event.loss is not None:
            self._eval_steps.append(event.step)
            self._eval_losses.append(event.loss)
        self._choose_best()

    def _choose_best(self) -> None:
        with_loss = [e for e in self._evals if e.loss is not None]
        self._set(
            evaluation=self._evals[-1] if self._evals else None,
            best_evaluation=min(with_loss, key=lambda e: e.loss or 0.0, default=None),
        )

    def _resume(self, event: Resumed, attempt: int) -> None:
        """Void what earlier attempts did after the point this one goes on from."""
        since = event.from_step
        if self._step_attempt < attempt:
            # New arrays, never cut in place: views that were handed out keep theirs.
            keep = bisect_right(self._steps, since)
            self._steps = self._steps[:keep]
            self._values = {name: values[:keep] for name, values in self._values.items()}
            keep = bisect_right(self._eval_steps, since)
            self._eval_steps = self._eval_steps[:keep]
            self._eval_losses = self._eval_losses[:keep]
            self._evals = [e for e in self._evals if e.step <= since]
            self._choose_best()
            self._checkpoints = [c for c in self._checkpoints if c.step <= since]
            self._set(
                newest=None,
                checkpoint=self._checkpoints[-1] if self._checkpoints else None,
            )
        self._set(
            state="running",
            phase="training",
            step=since,
            total_steps=event.total_steps or self._view.total_steps,
        )

    def _end(self, event: RunFinished | RunStopped | RunFailed) -> None:
        state = {RunFinished: "done", RunStopped: "stopped", RunFailed: "failed"}[type(event)]
        step = event.step if event.step is not None else self._view.step
        total = getattr(event, "total_steps", 0) or self._view.total_steps
        self._set(state=state, ending=Ending(event), step=step, total_steps=total)


def _figure(value: float | None) -> float:
    return math.nan if value is None else value


def _smooth(past: array, value: float) -> float:
    """The next value of a bias-corrected exponential moving average (as in Adam's moments).

    Only the corrected values are kept: the sum is `corrected * (1 - decay**n)`.
    """
    count = len(past)
    before = past[-1] if count else 0.0
    if not math.isfinite(value):
        return before if count else math.nan
    if not math.isfinite(before):
        return value
    total = before * (1 - SMOOTHING**count)
    return (SMOOTHING * total + (1 - SMOOTHING) * value) / (1 - SMOOTHING ** (count + 1))
