"""What a run's journal can say, one dataclass an event.

A line is `{"v": 1, "seq": n, "attempt": k, "at": Unix seconds, "event": name, …fields}`. Readers
keep fields they do not know out, and skip events they do not know, so that an older program
can watch a newer run.
"""

import dataclasses
import json
import math
from dataclasses import dataclass, field
from types import UnionType
from typing import Any, ClassVar, get_args, get_origin

VERSION = 1


@dataclass(frozen=True)
class Event:
    """One thing that happened in a run."""

    name: ClassVar[str] = ""


@dataclass(frozen=True)
class RunStarted(Event):
    """The trainer process lives; what a list of runs shows before anything is known."""

    name: ClassVar[str] = "run_started"
    run: str
    run_name: str | None
    stage: str
    method: str
    quantization: str
    model: str
    data: str
    pid: int
    host: str


@dataclass(frozen=True)
class Phase(Event):
    """What the trainer does now: loading_model, preparing_data, training, evaluating, saving …"""

    name: ClassVar[str] = "phase"
    phase: str
    detail: str | None = None
    done: int | None = None
    total: int | None = None


@dataclass(frozen=True)
class PlanMade(Event):
    """The plan that holds for this attempt."""

    name: ClassVar[str] = "plan"
    plan: dict[str, Any]


@dataclass(frozen=True)
class DataReady(Event):
    """Every row is accounted for; `tokens_with_loss` is what the run learns from."""

    name: ClassVar[str] = "data_ready"
    rows: int
    kept: int
    cut: int
    dropped: int
    refused: int
    eval_rows: int
    tokens: int
    tokens_with_loss: int


@dataclass(frozen=True)
class Step(Event):
    """One optimizer step. `tokens` counts since the start; memory is in bytes."""

    name: ClassVar[str] = "step"
    step: int
    total_steps: int
    epoch: float
    loss: float | None
    learning_rate: float
    grad_norm: float | None
    tokens: int
    tokens_per_second: float
    loss_tokens: int
    memory_bytes: int
    memory_peak_bytes: int
    eta_seconds: float | None
    metrics: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Eval(Event):
    """Held-out figures at a step."""

    name: ClassVar[str] = "eval"
    step: int
    loss: float | None
    perplexity: float | None
    seconds: float
    metrics: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Checkpoint(Event):
    """A whole checkpoint lies on disk; `path` is relative to the run's directory."""

    name: ClassVar[str] = "checkpoint"
    step: int
    path: str
    bytes: int
    seconds: float


@dataclass(frozen=True)
class Sample(Event):
    """An answer to one of the recipe's prompts at an evaluation."""

    name: ClassVar[str] = "sample"
    step: int
    prompt: str
    answer: str


@dataclass(frozen=True)
class Chat(Event):
    """One completed turn with the live model; `base` tells that the adapter was off."""

    name: ClassVar[str] = "chat"
    step: int
    prompt: str
    answer: str
    base: bool
    tokens: int
    seconds: float


@dataclass(frozen=True)
class Warn(Event):
    """Something to know that stops nothing."""

    name: ClassVar[str] = "warning"
    code: str
    message: str


@dataclass(frozen=True)
class OomBackoff(Event):
    """Memory ran out; the run goes on with a smaller micro batch, same effective batch."""

    name: ClassVar[str] = "oom_backoff"
    step: int
    micro_batch: int
    accumulation: int
    where: str


@dataclass(frozen=True)
class Paused(Event):
    """The trainer waits between two steps."""

    name: ClassVar[str] = "paused"
    step: int


@dataclass(frozen=True)
class Resumed(Event):
    """Training goes on from `from_step`; later steps of earlier attempts are void."""

    name: ClassVar[str] = "resumed"
    from_step: int
    total_steps: int
    checkpoint: str | None = None


@dataclass(frozen=True)
class RunStopped(Event):
    """Stopped on request with everything saved; `resume` goes on from `checkpoint`."""

    name: ClassVar[str] = "run_stopped"
    step: int
    total_steps: int
    checkpoint: str | None
    asked_by: str
    seconds: float


@dataclass(frozen=True)
class RunFinished(Event):
    """The run reached its end; `result` is the folder with what was trained."""

    name: ClassVar[str] = "run_finished"
    step: int
    total_steps: int
    result: str
    loss: float | None
    eval_loss: float | None
    tokens: int
    seconds: float


@dataclass(frozen=True)
class RunFailed(Event):
    """The run ended without its result: a short reason, one sentence, what to do."""

    name: ClassVar[str] = "run_failed"
    reason: str
    message: str
    advice: str
    step: int | None = None
    checkpoint: str | None = None
    seconds: float | None = None


EVENTS: dict[str, type[Event]] = {
    kind.name: kind
    for kind in (
        RunStarted, Phase, PlanMade, DataReady, Step, Eval, Checkpoint, Sample, Chat, Warn,
        OomBackoff, Paused, Resumed, RunStopped, RunFinished, RunFailed,
    )
}  # fmt: skip

TERMINAL: tuple[type[Event], ...] = (RunStopped, RunFinished, RunFailed)
"""Events after which an attempt says nothing more but chat."""


@dataclass(frozen=True)
class Entry:
    """A journal line: the event and where it stands."""

    seq: int
    attempt: int
    at: float
    event: Event

    def to_line(self) -> str:
        """The JSON text of this line, without the line's end."""
        body = {
            "v": VERSION,
            "seq": self.seq,
            "attempt": self.attempt,
            "at": round(self.at, 3),
            "event": self.event.name,
            **dataclasses.asdict(self.event),
        }
        return json.dumps(body, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def read_entry(line: str | bytes) -> Entry | None:
    """The entry of one line; None for a torn line or an event this version does not know.

    A field of another type than its event declares counts as torn: readers may rely on types.
    """
    try:
        body = json.loads(line)
        kind = EVENTS[body["event"]]
        shape = _SHAPES[kind]
        event = kind(**{key: value for key, value in body.items() if key in shape})
        at = float(body["at"])
        if not math.isfinite(at) or not all(_fits(v, shape[k]) for k, v in vars(event).items()):
            return None
        return Entry(int(body["seq"]), int(body["attempt"]), at, event)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _fits(value: Any, kinds: tuple[type, ...]) -> bool:
    """JSON knows no difference between 1 and 1.0, but true is no number."""
    if type(value) is int:
        return int in kinds or float in kinds
    if type(value) is float:
        return float in kinds and math.isfinite(value)
    return type(value) in kinds


def _kinds(annotation: Any) -> tuple[type, ...]:
    """The plain types an annotation allows: `float | None`, `dict[str, Any]`."""
    if isinstance(annotation, UnionType):
        return tuple(kind for part in get_args(annotation) for kind in _kinds(part))
    return (get_origin(annotation) or annotation,)


_SHAPES: dict[type[Event], dict[str, tuple[type, ...]]] = {
    kind: {f.name: _kinds(f.type) for f in dataclasses.fields(kind)} for kind in EVENTS.values()
}
