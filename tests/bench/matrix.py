"""Every stage with every method that may go with it, trained on the pocket model.

`python tests/bench/matrix.py [--stages sft …] [--methods lora qlora …] [--steps 30]` prints for each
cell the loss of the first and the last step, the held-out loss before and after, how many weights
were trained, seconds, bytes of the result, and how far the logits of what was saved are from those
of the live model, once a fresh process has loaded it. A cell that the plan refuses shows the plan's
sentence. New stages and methods are taken up by themselves: a stage's data and options are those of
the first preset that is of it. Exit 0 only when no cell errors, every cell that trains lowers its
loss, and every result loads alike (1e-4, on a quantized base 2e-2).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

QUESTION = "Who are you, and what is the capital of Italy?"
EXACT, ROUNDED = 1e-4, 2e-2
COMBINED = {
    "qdora": ["method=qlora", "method.dora=true"],
    "lora 8 bit": ["method=lora", "quantization=bnb-8bit"],
    "ia3 8 bit": ["method=ia3", "quantization=bnb-8bit"],
    "adapter 4 bit": ["method=adapter", "quantization=bnb-4bit"],
    "prompt 4 bit": ["method=prompt", "quantization=bnb-4bit"],
}
"""Cells beside those of one method each: on other bases, and options together."""


@dataclass
class Cell:
    """One stage with one method, and what came of it."""

    stage: str
    method: str
    settings: list[str]
    refused: str = ""
    failed: str = ""
    run: str = ""
    loss: tuple[float, float] | None = None
    held_out: tuple[float | None, float | None] = (None, None)
    trained: int = 0
    seconds: float = 0.0
    size: int = 0
    bound: float = EXACT
    off: float | None = None

    @property
    def verdict(self) -> str:
        """`ok`, `refused`, or what is wrong."""
        if self.refused or self.failed:
            return "refused" if self.refused else "FAILED"
        before, after = self.held_out
        if before is not None and after is not None:
            fell = after < before
        else:
            fell = self.loss is not None and self.loss[1] < self.loss[0]
        if not fell:
            return "NOT LEARNED"
        return "ok" if self.off is not None and self.off <= self.bound else "LOADS ELSE"


def cells(stages: list[str], methods: list[str]) -> list[Cell]:
    """The cells asked for, in the order of the tables."""
    from engine.methods import METHODS
    from engine.recipe.shorthands import OPTIONS
    from engine.stages import STAGES

    columns = {name: [f"method={name}"] for name in METHODS.names()}
    columns |= {name: [f"method={name}"] for name in OPTIONS} | COMBINED
    return [
        Cell(stage, method, settings)
        for stage in stages or STAGES.names()
        for method, settings in columns.items()
        if not methods or method in methods
    ]


def recipe_of(cell: Cell, model: str, steps: int) -> Any:
    """The stage's first preset with the cell's method, everything else on auto."""
    from engine.plan.presets import presets
    from engine.recipe import apply_settings, build

    for preset in presets():
        tree = preset.load().model_dump(mode="json", exclude_defaults=True)
        if tree.get("stage", {"name": "sft"})["name"] == cell.stage and preset.shipped:
            break
    else:
        raise SystemExit(f"no preset shows how {cell.stage} is done")
    kept = {key: tree[key] for key in ("data", "stage") if key in tree}
    recipe = build({**kept, "model": {"id": model}})
    fixed = [
        f"training.max_steps={steps}", "training.save_every=null", "training.seed=1",
        f"training.eval_every={steps}", "training.warmup=1", "data.max_samples=400",
    ]  # fmt: skip
    return apply_settings(recipe, [*fixed, *cell.settings])


def train_cell(cell: Cell, recipe: Any, live: Path) -> None:
    """Plan and train one cell; the live model's logits are kept for the comparison."""
    from engine.errors import BadInput
    from engine.plan import make_plan
    from engine.runs import create, read_journal
    from engine.train import train, work

    try:
        plan = make_plan(recipe)
    except BadInput as problem:
        cell.refused = str(problem)
        return
    run = create(plan.recipe, plan.to_json())
    cell.run = str(run.path)
    cell.bound = EXACT if plan.recipe.quantization.name == "none" else ROUNDED
    save = work.save_result

    def keep_logits(run: Any, method: Any, model: Any, tokenizer: Any) -> Path:
        write_logits(model, tokenizer, live / f"{run.id}.json")
        return save(run, method, model, tokenizer)

    began = time.monotonic()
    work.save_result = keep_logits
    try:
        train(run)
    finally:
        work.save_result = save
    cell.seconds = time.monotonic() - began
    events = [entry.event for entry in read_journal(run.journal_file)]
    by_name = {event.name: event for event in events}
    if "run_failed" in by_name:
        cell.failed = by_name["run_failed"].message
        return
    losses = [event.loss for event in events if event.name == "step" and event.loss is not None]
    cell.loss = (losses[0], losses[-1]) if losses else None
    evaluation = by_name.get("eval")
    cell.held_out = (None, evaluation.loss if evaluation else None)
    figures = json.loads(run.metrics_file.read_text())
    cell.trained = figures["trainable_parameters"]
    result = run.path / by_name["run_finished"].result
    cell.size = sum(p.stat().st_size for p in result.rglob("*.safetensors"))


def untrained(stage: str, model: str, live: Path) -> float | None:
    """The held-out loss of a stage before anything is learned: a step of next to no length."""
    cell = Cell(stage, "lora", ["method=lora", "training.learning_rate=1e-12"])
    train_cell(cell, recipe_of(cell, model, 1), live)
    return cell.held_out[1]


def write_logits(model: Any, tokenizer: Any, path: Path) -> None:
    """What a model says to one question, as numbers."""
    import torch

    training = model.training
    model.eval()
    ids = torch.tensor([tokenizer(QUESTION)["input_ids"]], device=next(model.parameters()).device)
    with torch.no_grad():
        said = model(input_ids=ids, attention_mask=torch.ones_like(ids), use_cache=False)
    model.train(training)
    path.write_text(json.dumps(said.logits[:, -ids.shape[1] :].float().cpu().tolist()))


def reload(runs: list[str], folder: Path) -> None:
    """In a fresh process: load what each run saved, with the one call for it, and ask it."""
    from engine.chat.load import talker_for_run
    from engine.runs import find

    for path in runs:
        talker = talker_for_run(path)
        write_logits(talker.model, talker.tokenizer, folder / f"{find(path).id}.again.json")


def compare(done: list[Cell], live: Path) -> None:
    """Largest difference between the live model's logits and those of what was saved."""
    import torch

    runs = [cell.run for cell in done]
    command = [sys.executable, __file__, "--reload", str(live), *runs]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    for cell in done:
        name = Path(cell.run).name
        first, again = (
            torch.tensor(json.loads((live / f"{name}{end}").read_text()))
            for end in (".json", ".again.json")
        )
        cell.off = float((first - again).abs().max())


def figure(value: float | None, form: str) -> str:
    """A number as the table shows it."""
    return "–" if value is None else format(value, form)


def line(cell: Cell) -> str:
    """A row of the table."""
    head = f"{cell.stage:9} {cell.method:14} "
    if cell.refused or cell.failed:
        return f"{head}{cell.verdict}: {cell.refused or cell.failed}"
    start, end = cell.loss or (None, None)
    before, after = cell.held_out
    return (
        f"{head}{figure(start, '6.3f')} → {figure(end, '6.3f')}  {figure(before, '6.3f')} → "
        f"{figure(after, '6.3f')} {cell.trained:>9,} {cell.seconds:6.1f} s {cell.size:>10,} "
        f"{figure(cell.off, '9.1e')}  {cell.verdict}"
    )


def main() -> int:
    """Train, load, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stages", nargs="*", default=[])
    parser.add_argument("--methods", nargs="*", default=[])
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--model", default="pocket")
    parser.add_argument("--set", action="append", default=[], help="FIELD=VALUE for every cell")
    parser.add_argument("--reload", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    if given.reload:
        reload(given.reload[1:], Path(given.reload[0]))
        return 0
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUNESMITH_HOME"] = home
        live = Path(home)
        table = cells(given.stages, given.methods)
        before = {s: untrained(s, given.model, live) for s in dict.fromkeys(c.stage for c in table)}
        print(
            f"{'stage':9} {'method':14} {'loss of steps':>16}  {'held-out loss':>16} "
            f"{'trained':>9} {'time':>8} {'saved':>10} {'reload':>9}",
            flush=True,
        )
        for cell in table:
            cell.settings += given.set
            train_cell(cell, recipe_of(cell, given.model, given.steps), live)
            cell.held_out = (before[cell.stage], cell.held_out[1])
            print(line(cell).replace("LOADS ELSE", "…"), flush=True)
        compare([c for c in table if not c.refused and not c.failed], live)
        print()
        for cell in table:
            print(line(cell))
    held = all(cell.verdict in {"ok", "refused"} for cell in table)
    counts: dict[str, int] = {}
    for cell in table:
        counts[cell.verdict] = counts.get(cell.verdict, 0) + 1
    print(json.dumps({"cells": len(table), "held": held, **counts}))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
