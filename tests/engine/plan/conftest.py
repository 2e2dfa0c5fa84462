"""A tiny model, rows to learn from, and machines that are not here."""

import json
from dataclasses import replace

import pytest

from engine import recipe
from engine.machine import Disk, Gpu, Machine
from tests.engine.memory.test_estimate import LLAMA8
from tests.tiny_models import tiny_model

GIB = 1 << 30


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory):
    """A model that plans in no time."""
    return tiny_model(tmp_path_factory.mktemp("plan") / "tiny")


@pytest.fixture
def rows_file(tmp_path):
    """Writes so many conversations of growing length; returns the file."""

    def write(count=40, name="rows.jsonl"):
        path = tmp_path / name
        lines = []
        for n in range(count):
            answer = "yes " * (1 + n % 20)
            turns = [("user", f"Question {n}?"), ("assistant", answer.strip())]
            lines.append(json.dumps({"messages": [{"role": r, "content": c} for r, c in turns]}))
        path.write_text("\n".join(lines) + "\n")
        return path

    return write


@pytest.fixture
def tiny(tiny_folder, rows_file):
    """Builds a recipe of the tiny model and 40 rows; fields are given by dotted name."""
    source = rows_file()

    def make(fields=None, **sections):
        tree = {"model": {"id": str(tiny_folder)}, "data": {"source": str(source)}, **sections}
        built = recipe.build(tree)
        for field, value in (fields or {}).items():
            built = recipe.with_field(built, field, value)
        return built

    return make


def a_machine(*gpus, ram=32 * GIB, disk=900 * GIB):
    """A machine with these cards."""
    return Machine(
        gpus=gpus, gpu_note=None, gpus_present=len(gpus), driver="570.00", driver_cuda="12.8",
        ram_bytes=ram, ram_free_bytes=ram, cpus=4,
        disks=(Disk("home", "/home", disk, disk), Disk("models", "/models", disk, disk)),
        system="test", python="3.11",
    )  # fmt: skip


def a_card(free, index=0, **changes):
    """An RTX 4090 with so many bytes free."""
    card = Gpu(
        index, f"GPU-{index}", "NVIDIA GeForce RTX 4090", 24 * GIB, free,
        compute_capability=(8, 9), physical_index=index,
    )  # fmt: skip
    return replace(card, **changes)


@pytest.fixture
def cuda_torch(monkeypatch):
    """As if the torch that is installed were built for CUDA."""
    monkeypatch.setattr("engine.plan.devices.torch_build", lambda: ("2.13.0", "12.8"))


@pytest.fixture
def eight_billion():
    """Facts of an 8B, which take no model here."""
    return LLAMA8
