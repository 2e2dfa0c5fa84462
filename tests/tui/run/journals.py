"""Journals made by rule, for screens and reducers; nothing here is random."""

import math
from collections.abc import Iterator
from pathlib import Path

from engine.events import (
    Chat,
    Checkpoint,
    DataReady,
    Entry,
    Eval,
    Event,
    Phase,
    RunFailed,
    RunFinished,
    RunStarted,
    Step,
    Warn,
)
from engine.recipe import Recipe, dump
from engine.runs import RunDirectory

START = 1_790_000_000.0


def a_run(folder: Path, name: str = "huanhuan") -> RunDirectory:
    """A run's directory with a recipe and no journal."""
    path = folder / f"20260801-120000-{name}"
    path.mkdir(parents=True)
    run = RunDirectory(path)
    run.recipe_file.write_text(dump(Recipe(name=name)))
    return run


def started(**changes: object) -> RunStarted:
    """The first line of an attempt."""
    facts = {
        "run": "r", "run_name": "huanhuan", "stage": "sft", "method": "lora",
        "quantization": "none", "model": "pocket", "data": "persona", "pid": 1, "host": "here",
    }  # fmt: skip
    return RunStarted(**{**facts, **changes})


def loss_at(step: int) -> float:
    """A loss that falls and wobbles."""
    return 0.6 + 2.2 * math.exp(-step / 40) + 0.15 * math.sin(step * 1.7)


def step(number: int, total: int = 300, **changes: object) -> Step:
    """One step of a smooth run."""
    fields = {
        "step": number,
        "total_steps": total,
        "epoch": number * 3 / total,
        "loss": loss_at(number),
        "learning_rate": 2e-4 * (1 - number / total),
        "grad_norm": 0.8 + 0.2 * math.cos(number),
        "tokens": number * 4096,
        "tokens_per_second": 12_300.0,
        "loss_tokens": number * 1200,
        "memory_bytes": 5 * 2**30,
        "memory_peak_bytes": 6 * 2**30,
        "eta_seconds": (total - number) * 0.33,
    }
    return Step(**{**fields, **changes})


def events(until: int, total: int = 300) -> Iterator[Event]:
    """A run up to a step, with evaluations, checkpoints and one chat."""
    yield started()
    yield Phase("loading_model", "pocket")
    yield DataReady(102, 96, 1, 0, 0, 5, 8200, 3100)
    for number in range(1, until + 1):
        yield step(number, total)
        if number % 50 == 0:
            yield Eval(number, loss_at(number) + 0.1, math.exp(loss_at(number) + 0.1), 0.4)
            yield Checkpoint(number, f"checkpoints/step-{number:06d}", 3_400_000, 0.2)
        if number == 70:
            yield Chat(number, "Who are you?", "I am Huanhuan, a small model.", False, 9, 0.4)
        if number == 80:
            yield Warn("rows_cut", "One row was cut at 512 tokens.")


def write(run: RunDirectory, said: list[Event], attempt: int = 1, seconds: float = 0.33) -> None:
    """Write events as a journal with a steady clock."""
    with run.journal_file.open("a") as file:
        for number, event in enumerate(said):
            entry = Entry(number + 1, attempt, START + number * seconds, event)
            file.write(entry.to_line() + "\n")


def finished(total: int = 300) -> RunFinished:
    """The end of a good run."""
    return RunFinished(total, total, "adapter", 0.61, 0.72, total * 4096, 99.0)


def failed() -> RunFailed:
    """The end of a bad one."""
    return RunFailed(
        "nan_loss",
        "The loss is not a finite number at step 130.",
        "Lower the learning rate; the last good checkpoint is of step 100.",
        130,
        "checkpoints/step-000100",
        44.0,
    )
