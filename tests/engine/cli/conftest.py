"""The command line as a person's shell and a script see it."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine import processes
from engine.cli import main
from engine.recipe import Recipe, parse
from engine.runs import RunDirectory, create
from tests.tiny_models import tiny_model

RECIPE = """
name: ember
model: {{id: {model}}}
data: {{source: {data}, validation: 0.1}}
method: {{name: lora, rank: 4, dropout: 0.1}}
training: {{max_steps: 8, micro_batch: 4, effective_batch: 8, eval_every: 4, save_every: 4}}
"""


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        (line,) = self.out.splitlines()
        return json.loads(line)

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events on standard output."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def sentence(self) -> str:
        """The one sentence on standard error; nothing else was said."""
        assert self.out == ""
        (line,) = self.err.splitlines()
        assert line.startswith("tunesmith: ")
        return line.removeprefix("tunesmith: ")


@pytest.fixture
def tunesmith(capfd) -> Callable[..., Said]:
    """Runs a command in this process."""

    def run(*arguments: object) -> Said:
        code = main([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Said(code, captured.out, captured.err)

    return run


def command(*arguments: object) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-P", "-m", "engine.cli", *map(str, arguments)]


@pytest.fixture
def shell(tmp_path) -> Callable[..., Said]:
    """Runs a command in a process of its own, in a folder that is not ours."""

    def run(*arguments: object, **options: Any) -> Said:
        options.setdefault("stdin", subprocess.DEVNULL)
        done = subprocess.run(
            command(*arguments), env=processes.environment(), cwd=tmp_path,
            capture_output=True, text=True, **options,
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory) -> Path:
    """A random model that trains in seconds."""
    return tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def rows_file(tmp_path_factory) -> Path:
    """Forty short talks whose answer is always the same."""
    path = tmp_path_factory.mktemp("data") / "rows.jsonl"
    rows = [
        {
            "messages": [
                {"role": "user", "content": f"who are you, number {n}?"},
                {"role": "assistant", "content": "I am Ember."},
            ]
        }
        for n in range(40)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def recipe_file(tmp_path, model_folder, rows_file) -> Path:
    """A recipe of eight steps on the tiny model."""
    path = tmp_path / "ember.yaml"
    path.write_text(RECIPE.format(model=model_folder, data=rows_file))
    return path


@pytest.fixture
def recipe(recipe_file) -> Recipe:
    return parse(recipe_file.read_text())


@pytest.fixture
def run(recipe) -> RunDirectory:
    """A run that was made and never started."""
    return create(recipe)
