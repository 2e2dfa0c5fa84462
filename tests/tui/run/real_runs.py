"""Runs that are really trained, on a tiny model made on the spot."""

from pathlib import Path
from typing import Any

from engine.recipe import Recipe, build
from engine.runs import RunDirectory, create
from tests.tiny_models import tiny_model


def tiny_recipe(model: Path, **training: Any) -> Recipe:
    """A resolved recipe: LoRA on a random model of two layers, over the shipped persona rows."""
    return build(
        {
            "name": "tiny",
            "model": {"id": str(model), "dtype": "fp32", "attention": "sdpa"},
            "data": {"source": "persona", "max_length": 96, "packing": False, "max_samples": 40},
            "stage": {"name": "sft"},
            "method": {"name": "lora", "rank": 4, "alpha": 8},
            "training": {
                "epochs": 1,
                "max_steps": 12,
                "learning_rate": 1e-3,
                "micro_batch": 4,
                "accumulation": 1,
                "effective_batch": 4,
                "optimizer": "adamw_torch",
                "precision": "fp32",
                "activation_checkpointing": False,
                "kernels": "none",
                "eval_every": 6,
                "save_every": 6,
                **training,
            },
            "launch": {"processes": 1, "strategy": "none"},
        }
    )


def tiny_run(folder: Path, **training: Any) -> RunDirectory:
    """A run that was made and not started."""
    model = tiny_model(folder / "tiny-model")
    return create(tiny_recipe(model, **training))
