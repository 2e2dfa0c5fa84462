"""Trains the pocket model as a person would: two recipes of this program, run by its own command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Trained:
    """A finished run: its folder and the figures of its `metrics.json`."""

    folder: Path
    steps: int
    tokens: int
    seconds: float
    loss: float
    eval_loss: float


def precision() -> str:
    """Return bf16 where the processor multiplies it in hardware, else fp32."""
    import torch

    return "bf16" if torch.cpu._is_amx_tile_supported() else "fp32"


def train(recipe: str, home: Path, **settings: object) -> Trained:
    """Run one of the two recipes, with its progress on this terminal, and return what it made.

    Raises:
        subprocess.CalledProcessError: the run failed; its own words are on the terminal.
    """
    known = _runs(home)
    command = [sys.executable, "-P", "-m", "tui.entry", "train", str(_HERE / f"{recipe}.yaml")]
    for field, value in settings.items():
        command += ["--set", f"{field.replace('__', '.')}={value}"]
    environment = {**os.environ, "TUNESMITH_HOME": str(home), "PYTHONPATH": str(_HERE.parents[1])}
    subprocess.run(command, env=environment, check=True)
    (folder,) = _runs(home) - known
    figures = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    return Trained(
        folder=folder,
        steps=int(figures["steps"]),
        tokens=int(figures["tokens"]),
        seconds=float(figures["seconds"]),
        loss=float(figures["loss_last"]),
        eval_loss=float(figures["eval_loss"]),
    )


def _runs(home: Path) -> set[Path]:
    folder = home / "runs"
    return set(folder.iterdir()) if folder.is_dir() else set()
