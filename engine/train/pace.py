"""When to log, evaluate and save; changeable while the run goes on."""

from typing import Any

from engine.errors import BadInput
from engine.recipe import Training
from engine.stages.arguments import every
from engine.words import _


class Pace:
    """Intervals in steps; the last step always logs, evaluates and saves."""

    def __init__(self, training: Training, total_steps: int, evaluates: bool) -> None:
        self.total_steps = total_steps
        self.log_every = training.log_every
        self.eval_every = every(training.eval_every, total_steps) if evaluates else None
        self.save_every = every(training.save_every, total_steps)
        self._evaluates = evaluates

    def logs(self, step: int) -> bool:
        """Whether this step is logged."""
        return step == 1 or step % self.log_every == 0 or step >= self.total_steps

    def evaluates(self, step: int) -> bool:
        """Whether this step is followed by an evaluation."""
        if self.eval_every is None or not self._evaluates:
            return False
        return step % self.eval_every == 0 or step >= self.total_steps

    def saves(self, step: int) -> bool:
        """Whether this step is followed by a checkpoint."""
        if self.save_every is None:
            return False
        return step % self.save_every == 0 or step >= self.total_steps

    def set(self, args: dict[str, Any], trainer: Any) -> dict[str, Any]:
        """Change intervals or the learning rate of a running trainer; answers what holds now.

        A new learning rate is the schedule's new peak: what is left of the schedule is scaled.

        Raises:
            BadInput: for an unknown name or a value out of range.
        """
        known = {"learning_rate", "log_every", "eval_every", "save_every"}
        for name, value in args.items():
            if name not in known:
                raise BadInput(
                    _("{name} cannot be changed while a run goes on.").format(name=name),
                    field=name,
                    advice=_("What can: {names}.").format(names=", ".join(sorted(known))),
                )
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not number or value <= 0 or (name != "learning_rate" and value != int(value)):
                raise BadInput(
                    _("{name} must be above 0, found {value!r}.").format(name=name, value=value),
                    field=name,
                )
        for name, value in args.items():
            if name == "learning_rate":
                _scale_schedule(trainer, float(value))
            else:
                setattr(self, name, int(value))
        return {
            "learning_rate": trainer.lr_scheduler.base_lrs[0],
            "log_every": self.log_every,
            "eval_every": self.eval_every,
            "save_every": self.save_every,
        }


def _scale_schedule(trainer: Any, peak: float) -> None:
    scheduler = trainer.lr_scheduler
    old = scheduler.base_lrs[0]
    factor = peak / old if old else 1.0
    scheduler.base_lrs = [rate * factor for rate in scheduler.base_lrs]
    for group in trainer.optimizer.param_groups:
        group["lr"] = group["lr"] * factor if old else peak
        group["initial_lr"] = group.get("initial_lr", peak) * factor
