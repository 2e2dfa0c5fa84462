"""The pocket model on the bench: what it knows, what it can be taught, and what that costs it.

`python tests/bench/pocket.py` scores the shipped weights on held-out questions, teaches them a
persona (three seeds of LoRA, full tuning, QLoRA, two other names made on the spot) and the sets of
the other presets, and judges every figure. `--rebuild SEED` first builds a model from nothing with
that seed and compares its score. Exit 0 only when every bar holds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

REBUILD_MINUTES, SAME_SCORE = 60.0, 0.02
OTHERS = (("Juniper", "Doctor Bloom"), ("Captain Rust", "the people of Lake Town"))


@dataclass
class Sheet:
    """Lines of what was measured, and whether each bar held."""

    rows: list[tuple[str, str, str, bool | None]] = field(default_factory=list)

    def add(self, label: str, figure: str, bar: str = "", held: bool | None = None) -> None:
        """Note and print one figure; a figure without a bar is told only."""
        self.rows.append((label, figure, bar, held))
        mark = {True: "ok", False: "MISSED", None: ""}[held]
        print(f"{label:44} {figure:>22} {bar:>16}  {mark}", flush=True)

    def share(self, label: str, right: int, asked: int, bar: float | None = None) -> None:
        """Note a share of right answers, judged by the least it may be."""
        share = right / max(1, asked)
        held = None if bar is None else share >= bar
        self.add(label, f"{right}/{asked} {share:.1%}", f">= {bar:.0%}" if bar else "", held)

    @property
    def held(self) -> bool:
        """Whether no bar was missed."""
        return all(row[3] is not False for row in self.rows)


@dataclass(frozen=True)
class Trial:
    """A preset to train with, settings that differ, held-out questions and the share to reach."""

    label: str
    preset: str
    questions: str
    bar: float
    settings: tuple[str, ...] = ()
    forgets: bool = False
    persona: tuple[str, str] | None = None


PERSONA_SEEDS = tuple(
    Trial(f"persona, LoRA, seed {seed}", "demo", "persona", 0.0, (f"training.seed={seed}",), True)
    for seed in (1, 2, 3)
)
TRIALS = (
    Trial("persona, full", "pocket-full", "persona", 0.85),
    Trial("persona, QLoRA", "pocket-qlora", "persona", 0.85),
    *(Trial(f"persona of {who[0]}", "demo", "persona", 0.8, persona=who) for who in OTHERS),
    Trial("answers as JSON", "pocket-json", "json-answers", 0.8),
    Trial("a sailor's style", "pocket-style", "sailor", 0.8),
    Trial("new facts", "pocket-facts", "alder-bay", 0.8),
)


def knowledge(sheet: Sheet, model: Any, tokenizer: Any) -> float:
    """Ask the held-out questions and judge; return the share of right answers to known things."""
    from presets.pocket_build import corpus
    from presets.pocket_build.scorecard import as_table, score

    result = score(model, tokenizer, corpus.held_questions(20, seed=0, unknowns=100))
    print(as_table(result))
    unknown = result.right["unknown"], result.asked["unknown"]
    known = result.right["all"] - unknown[0], result.asked["all"] - unknown[1]
    sheet.share("held-out questions", *known, 0.85)
    sheet.share("unknown things refused", *unknown, 0.8)
    categories = [name for name in result.asked if name != "all" and not name.startswith("split")]
    weakest = min(categories, key=result.share)
    sheet.share(f"weakest category: {weakest}", result.right[weakest], result.asked[weakest], 0.6)
    endless = result.endless / result.asked["all"]
    sheet.add("endless or repeating answers", f"{endless:.1%}", "< 1%", endless < 0.01)
    return known[0] / known[1]


def general(model: Any, tokenizer: Any) -> float:
    """Share of right answers to what has nothing to do with the model itself."""
    from presets.pocket_build import corpus
    from presets.pocket_build.scorecard import score

    asked = corpus.held_questions(5, seed=1, unknowns=20)
    result = score(model, tokenizer, [one for one in asked if one.category != "identity"])
    return result.share("all")


def trained(trial: Trial, model: Path, home: str) -> tuple[str, float]:
    """Train a trial; its run and the seconds of the whole command."""
    from engine.locations import SHIPPED
    from presets.pocket_build.judging import rows_text
    from presets.pocket_build.persona import persona_rows

    recipe = (SHIPPED / f"{trial.preset}.yaml").read_text(encoding="utf-8")
    if trial.persona:
        rows = Path(home) / "rows.jsonl"
        rows.write_text(rows_text(persona_rows(*trial.persona)), encoding="utf-8")
        recipe = recipe.replace("source: persona", f"source: {rows}")
    file = Path(home) / "recipe.yaml"
    file.write_text(recipe, encoding="utf-8")
    settings = [f"model.id={model}", *trial.settings]
    command = [sys.executable, "-P", "-m", "tui.entry", "train", str(file)]
    command += [part for setting in settings for part in ("--set", setting)]
    runs = Path(home) / "runs"
    known = {one.name for one in runs.iterdir()} if runs.is_dir() else set()
    began = time.monotonic()
    said = subprocess.run(
        command,
        env={**os.environ, "TUNESMITH_HOME": home, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    if said.returncode:
        raise SystemExit(f"{trial.label}: {said.stderr.strip()[-400:]}")
    (run,) = {one.name for one in runs.iterdir()} - known
    return run, time.monotonic() - began


def taught(
    sheet: Sheet, trial: Trial, model: Path, home: str, before: float
) -> tuple[int, int, float]:
    """Train and judge one trial: right answers, questions, and the fall of other skills."""
    from engine.chat.load import talker_for_run
    from presets.pocket_build.judging import held_out, right
    from presets.pocket_build.persona import persona_questions
    from presets.pocket_build.scorecard import answers

    run, seconds = trained(trial, model, home)
    questions = persona_questions(*trial.persona) if trial.persona else held_out(trial.questions)
    talker = talker_for_run(run)
    chats = [question.messages() for question in questions]

    def count(said: list[Any]) -> int:
        return sum(right(q, a.text) for q, a in zip(questions, said, strict=True))

    got = count(answers(talker.model, talker.tokenizer, chats))
    shown: Callable[[], Any] = nullcontext
    if hasattr(talker.model, "disable_adapter"):
        shown = talker.model.disable_adapter
        with shown():
            base = count(answers(talker.model, talker.tokenizer, chats))
        sheet.add(f"{trial.label}: before", f"{base}/{len(questions)}", "0", base == 0)
    sheet.share(trial.label, got, len(questions), trial.bar or None)
    sheet.add(f"{trial.label}: seconds", f"{seconds:.0f}", "< 120", seconds < 120)
    fall = 0.0
    if trial.forgets:
        fall = before - general(talker.model, talker.tokenizer)
        sheet.add(f"{trial.label}: other skills", f"{-fall:+.1%}", "> -10%", fall < 0.1)
    return got, len(questions), fall


def rebuilt(sheet: Sheet, seed: int, folder: Path) -> Path:
    """Build a model from nothing with its one command, and judge the time."""
    began = time.monotonic()
    command = [sys.executable, "-m", "presets.pocket_build", "--out", str(folder)]
    subprocess.run(
        [*command, "--seed", str(seed)],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    minutes = (time.monotonic() - began) / 60
    sheet.add("rebuild, minutes", f"{minutes:.0f}", "<= 60", minutes <= REBUILD_MINUTES)
    return folder


def loaded(folder: Path) -> tuple[Any, Any]:
    """The model in fp32 and its tokenizer."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    return model, AutoTokenizer.from_pretrained(folder)


def main() -> int:
    """Score, teach, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=ROOT / "presets" / "pocket")
    parser.add_argument("--compare", type=Path, help="another build, which must score the same")
    parser.add_argument("--rebuild", type=int, metavar="SEED", help="make that build now")
    parser.add_argument("--only", default="", help="trials whose label has these words")
    arguments = parser.parse_args()
    from engine.processes import adopt_defaults

    adopt_defaults()
    sheet = Sheet()
    model, tokenizer = loaded(arguments.model)
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUNESMITH_HOME"] = home
        if not arguments.only:
            share = knowledge(sheet, model, tokenizer)
            other = arguments.compare
            if arguments.rebuild is not None:
                other = rebuilt(sheet, arguments.rebuild, Path(home) / "rebuilt")
            if other is not None:
                apart = abs(knowledge(Sheet(), *loaded(other)) - share)
                sheet.add("another seed, apart", f"{apart:.1%}", "<= 2%", apart <= SAME_SCORE)
        before = general(model, tokenizer)
        sheet.share("other skills before", round(before * 1000), 1000)
        seeds = [one for one in PERSONA_SEEDS if arguments.only in one.label]
        results = [taught(sheet, one, arguments.model, home, before) for one in seeds]
        if results:
            sheet.share("persona, LoRA, together", sum(r[0] for r in results),
                        sum(r[1] for r in results), 0.9)  # fmt: skip
        for trial in (one for one in TRIALS if arguments.only in one.label):
            taught(sheet, trial, arguments.model, home, before)
    print("every bar holds" if sheet.held else "a bar was missed")
    return 0 if sheet.held else 1


if __name__ == "__main__":
    sys.exit(main())
