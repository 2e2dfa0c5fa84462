"""What a finished run leaves: the trained weights, figures, a picture of the loss."""

import contextlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from engine.events import Eval, Step
from engine.methods import Method
from engine.runs import RunDirectory, read_journal, valid
from engine.runs.directory import write_whole
from engine.words import _


def save_result(run: RunDirectory, method: Method, model: Any, tokenizer: Any) -> Path:
    """The trained weights with their tokenizer, written aside and renamed when whole."""
    target = run.result(method.result)
    aside = target.with_name(target.name + ".partial")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    method.save(model, aside)
    tokenizer.save_pretrained(aside)
    for path in aside.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    old = target.with_name(target.name + ".old")
    if target.exists():
        target.rename(old)
    aside.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return target


def save_figures(run: RunDirectory, figures: dict[str, Any]) -> None:
    """`metrics.json` and `loss.png`; a missing plotting library costs only the picture."""
    write_whole(run.metrics_file, json.dumps(figures, indent=1))
    with contextlib.suppress(ImportError):
        draw_loss(run)


def draw_loss(run: RunDirectory) -> None:
    """Draw loss, its running mean and the evaluations over the steps."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    events = [entry.event for entry in valid(read_journal(run.journal_file))]
    steps = [(e.step, e.loss) for e in events if isinstance(e, Step) and e.loss is not None]
    evals = [(e.step, e.loss) for e in events if isinstance(e, Eval) and e.loss is not None]
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.add_subplot()
    if steps:
        xs, ys = zip(*steps, strict=True)
        axes.plot(xs, ys, color="#9fb4c8", linewidth=1, label=_("loss"))
        axes.plot(xs, smoothed(list(ys)), color="#1f5f99", linewidth=2, label=_("smoothed"))
    if evals:
        xs, ys = zip(*evals, strict=True)
        axes.plot(xs, ys, "o-", color="#c8641e", label=_("held out"))
    axes.set_xlabel(_("step"))
    axes.set_ylabel(_("loss"))
    axes.set_title(run.id)
    if steps or evals:
        axes.legend()
    axes.grid(alpha=0.3)
    aside = run.loss_picture.with_suffix(".partial.png")
    figure.savefig(aside, dpi=110)
    aside.chmod(0o600)
    aside.replace(run.loss_picture)


def smoothed(values: list[float], weight: float = 0.9) -> list[float]:
    """Exponential running mean, with the start's bias taken out (as in Adam, Kingma 2015)."""
    mean, result = 0.0, []
    for count, value in enumerate(values, 1):
        mean = weight * mean + (1 - weight) * value
        result.append(mean / (1 - weight**count))
    return result
