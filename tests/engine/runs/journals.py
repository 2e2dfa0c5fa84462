"""Events with every kind of field, for journals that are torn, resumed and read back."""

from engine.events import (
    Chat,
    Checkpoint,
    DataReady,
    Eval,
    Event,
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


def started(name: str | None = "ember") -> RunStarted:
    """The first line of an attempt."""
    return RunStarted("id", name, "sft", "lora", "none", "pocket", "persona", 1, "here")


def step(number: int, total: int = 10, loss: float | None = 0.5) -> Step:
    """One step."""
    return Step(number, total, number / total, loss, 1e-4, 1.0, 100 * number, 1e3, 50, 1, 2, 3.5)


def evaluation(number: int, loss: float = 0.7) -> Eval:
    """One evaluation."""
    return Eval(number, loss, 2.0, 0.1)


def checkpoint(number: int) -> Checkpoint:
    """One checkpoint."""
    return Checkpoint(number, f"checkpoints/step-{number:06d}", 1000, 0.1)


def finished(number: int = 10, eval_loss: float | None = 0.7) -> RunFinished:
    """A good end."""
    return RunFinished(number, number, "adapter", 0.5, eval_loss, 1000, 9.5)


def stopped(number: int, total: int = 10) -> RunStopped:
    """Stopped on request."""
    return RunStopped(number, total, f"checkpoints/step-{number:06d}", "control", 3.0)


def failed(number: int | None = 5) -> RunFailed:
    """A bad end."""
    return RunFailed("nan_loss", "The loss is not a number.", "Lower the rate.", number, None, 4.0)


EVERY_EVENT: tuple[Event, ...] = (
    started(),
    Phase("loading_model", detail="a\nb\x1b[31m", done=1, total=None),
    PlanMade({"verdict": "fits", "parts": {"weights": 1}, "reasons": [{"why": "é}\u202e{"}]}),
    DataReady(10, 9, 1, 0, 1, 2, 1000, 400),
    step(1),
    evaluation(1),
    checkpoint(1),
    Sample(1, "Who are you?", 'I am "Ember" {}'),
    Chat(1, "hi\n", "}{\\", False, 3, 0.1),
    Warn("rows_cut", "甄嬛 🦊 \ud800"),
    OomBackoff(2, 2, 8, "forward"),
    Paused(2),
    Resumed(2, 10),
    stopped(3),
    failed(None),
    finished(),
)
