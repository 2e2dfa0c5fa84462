"""Tiny models of several kinds, and a few real optimizer steps on them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch

from engine import recipe
from engine.methods import METHODS
from engine.models import facts, find, load
from tests.tiny_models import tiny_model

SHAPES: dict[str, dict[str, Any]] = {
    "qwen2": {},
    "qwen3": {"head_dim": 32},
    "llama": {},
    "gpt2": {"n_embd": 64, "n_layer": 3, "n_head": 4, "n_positions": 512},
}


@dataclass(frozen=True)
class Trial:
    """A method applied to a fresh tiny model, before its training."""

    method: Any
    options: Any
    model: Any
    tokenizer: Any
    folder: Path
    base_logits: torch.Tensor

    def fresh(self) -> Any:
        """The base once more, as it is on the disk."""
        return load(find(recipe.Model(id=str(self.folder))), dtype="fp32")[0]


@pytest.fixture(scope="session")
def base_folder(tmp_path_factory):
    """The folder of a tiny model of one kind; biases and norms are not at zero and one."""
    made: dict[str, Path] = {}

    def folder(kind: str) -> Path:
        if kind not in made:
            made[kind] = tiny_model(
                tmp_path_factory.mktemp("bases") / kind, kind, initializer_range=0.2, **SHAPES[kind]
            )
        return made[kind]

    return folder


@pytest.fixture
def trial(base_folder):
    """Applies a cell's method; `loaded` and `storage` choose another base than the plain one."""

    def make(cell: Any, loaded: tuple[Any, Any] | None = None) -> Trial:
        folder = base_folder(cell.kind)
        model, tokenizer = loaded or load(find(recipe.Model(id=str(folder))), dtype="fp32")
        method = METHODS.get(cell.method)
        known = facts(recipe.Model(id=str(folder)))
        given = dict(cell.options)
        for name, (value, _why) in method.resolve(given, known).items():
            given.setdefault(name, value)
        options = METHODS.options(cell.method, given)
        base = logits(model, tokenizer)
        torch.manual_seed(1)
        return Trial(method, options, method.apply(model, options), tokenizer, folder, base)

    return make


def batch(tokenizer: Any) -> dict[str, torch.Tensor]:
    """Two short rows of the same length."""
    ids = torch.tensor([tokenizer(text)["input_ids"] for text in ("I am Ember.", "I am Robin.")])
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}


def logits(model: Any, tokenizer: Any) -> torch.Tensor:
    """What the model says to those rows, of their own tokens alone."""
    training = model.training
    model.eval()
    rows = batch(tokenizer)
    with torch.no_grad():
        said = model(**rows, use_cache=False).logits
    model.train(training)
    return said[:, -rows["input_ids"].shape[1] :].float()


def train(trial: Trial, rate: float, steps: int = 10) -> list[float]:
    """The loss of each of some AdamW steps on the same rows."""
    rows = batch(trial.tokenizer)
    trained = [p for p in trial.model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=rate, weight_decay=0.0)
    losses = []
    trial.model.train()
    for _step in range(steps):
        loss = trial.model(**rows, labels=rows["input_ids"], use_cache=False).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    trial.model.eval()
    return losses


def bytes_in(folder: Path) -> int:
    """Size of all safetensors in a folder."""
    return sum(path.stat().st_size for path in folder.glob("*.safetensors"))


def read_json(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text())
