"""A tiny model, a few rows and runs that are trained for real, in seconds."""

import hashlib
import json
import threading
import time
from pathlib import Path

import pytest

from engine.connection import Connection
from engine.errors import Unreachable
from engine.recipe import Recipe, apply_settings, parse
from engine.runs import RunDirectory, connect, create, read_journal
from tests.tiny_models import tiny_model

RECIPE = """
model: {{id: {model}, dtype: fp32, attention: sdpa}}
data: {{source: {data}, max_length: 128, packing: false, validation: 0.1}}
method: {{name: lora, rank: 8, alpha: 16, dropout: 0.1}}
training:
  max_steps: 12
  learning_rate: 0.02
  micro_batch: 4
  accumulation: 2
  optimizer: adamw_torch
  precision: fp32
  activation_checkpointing: false
  kernels: none
  eval_every: 4
  save_every: 6
"""


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory) -> Path:
    """Wide random weights: an adapter can move what the frozen head says."""
    return tiny_model(tmp_path_factory.mktemp("models") / "tiny", initializer_range=0.2)


@pytest.fixture(scope="session")
def rows_file(tmp_path_factory) -> Path:
    """Sixty short talks whose answer is always the same."""
    path = tmp_path_factory.mktemp("data") / "rows.jsonl"
    rows = [
        {
            "messages": [
                {"role": "user", "content": f"who are you, number {n}?"},
                {"role": "assistant", "content": "I am Ember."},
            ]
        }
        for n in range(60)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def recipe(model_folder, rows_file) -> Recipe:
    return parse(RECIPE.format(model=model_folder, data=rows_file))


@pytest.fixture
def new_run(recipe):
    """Makes the directory of a run, with some fields set otherwise."""

    def make(*settings: str) -> RunDirectory:
        return create(apply_settings(recipe, list(settings)))

    return make


def events(run: RunDirectory, name: str) -> list:
    """The run's events of one kind."""
    return [entry.event for entry in read_journal(run.journal_file) if entry.event.name == name]


def weights_hash(run: RunDirectory) -> str:
    """A fingerprint of the adapter a run made."""
    data = (run.path / "adapter" / "adapter_model.safetensors").read_bytes()
    return hashlib.sha256(data).hexdigest()


def wait_for(predicate, seconds: float = 120.0):
    """The first true answer of `predicate`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = predicate()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"nothing came in {seconds} s")


def reach(run: RunDirectory) -> Connection:
    """A connection to a trainer that is just starting."""

    def try_it():
        try:
            return connect(run)
        except Unreachable:
            return None

    return wait_for(try_it)


class Guest(threading.Thread):
    """Talks to a trainer from another thread while the test's own thread trains."""

    def __init__(self, run: RunDirectory, do) -> None:
        super().__init__(daemon=True)
        self._run_directory = run
        self._do = do
        self.failure: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self._do(reach(self._run_directory))
        except BaseException as error:
            self.failure = error

    def finish(self) -> None:
        self.join(120)
        assert not self.is_alive()
        if self.failure is not None:
            raise self.failure
