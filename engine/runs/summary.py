"""What a list of runs shows of each, read from the ends of its journal."""

import time
from dataclasses import asdict, dataclass
from itertools import islice
from math import inf
from typing import Any

from engine.errors import TunesmithError
from engine.events import (
    TERMINAL,
    Entry,
    Eval,
    Event,
    Paused,
    Resumed,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    Step,
)
from engine.runs.directory import RunDirectory, all_runs
from engine.runs.journal import first_entry, reversed_entries
from engine.runs.owner import is_owned

STARTING_SECONDS = 30
"""A run without a journal this young is about to start; an older one never did."""


@dataclass(frozen=True)
class RunSummary:
    """One line of a list of runs; times in Unix seconds and seconds."""

    id: str
    name: str | None
    state: str
    stage: str
    method: str
    model: str
    step: int
    total_steps: int
    loss: float | None
    eval_loss: float | None
    started: float | None
    seconds: float | None
    directory: str

    def to_json(self) -> dict[str, Any]:
        """As `tunesmith runs --json` lists it."""
        return asdict(self)


def summarize(run: RunDirectory) -> RunSummary:
    """State, progress and last figures of one run, from the ends of its journal."""
    step: Step | None = None
    void_after: float = inf
    end: Entry | None = None
    paused: bool | None = None
    newest: Entry | None = None
    first = first_entry(run.journal_file)
    for entry in islice(reversed_entries(run.journal_file), 2000):
        event = entry.event
        newest = newest or entry
        here = entry.attempt == newest.attempt
        if end is None and here and isinstance(event, TERMINAL):
            end = entry
        if isinstance(event, Resumed):
            void_after = min(void_after, event.from_step)
        if paused is None and here and isinstance(event, (Paused, Resumed, Step)):
            paused = isinstance(event, Paused)
        if isinstance(event, Step) and event.step <= void_after:
            step = event
            break
    finished = end.event if end else None
    return RunSummary(
        id=run.id,
        state=_state(run, newest, end, bool(paused)),
        # Not every step is logged: the end knows the last one.
        step=getattr(finished, "step", None) or (step.step if step else 0),
        total_steps=getattr(finished, "total_steps", None) or (step.total_steps if step else 0),
        loss=step.loss if step else None,
        eval_loss=_held_out(run, finished),
        started=first.at if first else None,
        seconds=_seconds(run, first, newest, finished),
        directory=str(run.path),
        **_facts(run, first),
    )


def _held_out(run: RunDirectory, finished: Event | None) -> float | None:
    """The newest held-out loss that holds."""
    if isinstance(finished, RunFinished) and finished.eval_loss is not None:
        return finished.eval_loss
    void_after: float = inf
    for entry in reversed_entries(run.journal_file, kinds=(Eval, Resumed)):
        event = entry.event
        if isinstance(event, Resumed):
            void_after = min(void_after, event.from_step)
        elif isinstance(event, Eval) and event.step <= void_after:
            return event.loss
    return None


def _seconds(
    run: RunDirectory, first: Entry | None, newest: Entry | None, finished: Event | None
) -> float | None:
    """How long the newest attempt took, or has been going."""
    told: float | None = getattr(finished, "seconds", None)
    if told is not None or first is None or newest is None:
        return told
    started: Entry | None = first
    if first.attempt != newest.attempt:
        started = next(reversed_entries(run.journal_file, kinds=(RunStarted,)), None)
    return newest.at - started.at if started else None


def list_runs() -> list[RunSummary]:
    """Every run, newest first."""
    return [summarize(run) for run in all_runs()]


def _state(run: RunDirectory, newest: Entry | None, end: Entry | None, paused: bool) -> str:
    if end is not None:
        return {RunFinished: "done", RunStopped: "stopped", RunFailed: "failed"}[type(end.event)]
    if is_owned(run):
        return "paused" if paused else "running"
    if newest is None and _age(run) < STARTING_SECONDS:
        return "queued"
    return "lost"


def _age(run: RunDirectory) -> float:
    try:
        return time.time() - run.recipe_file.stat().st_mtime
    except OSError:
        return float("inf")


def _facts(run: RunDirectory, first: Entry | None) -> dict[str, Any]:
    """Name, stage, method and model: from the journal's head, else from the recipe."""
    if first is not None and isinstance(first.event, RunStarted):
        event = first.event
        return {
            "name": event.run_name,
            "stage": event.stage,
            "method": event.method,
            "model": event.model,
        }
    try:
        recipe = run.recipe()
    except TunesmithError:
        return {"name": None, "stage": "?", "method": "?", "model": "?"}
    return {
        "name": recipe.name,
        "stage": recipe.stage.name,
        "method": recipe.method.name,
        "model": recipe.model.id,
    }
