"""`pip install .`: what the built wheel holds, and that its command stands on its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Files that are read at run time; beside them a package may hold notes and sources of builds.
READ_AT_RUN_TIME = {
    ".jinja",
    ".json",
    ".jsonl",
    ".mo",
    ".py",
    ".safetensors",
    ".tcss",
    ".txt",
    ".yaml",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy, so that the build leaves nothing in the tree."""
    folder = tmp_path_factory.mktemp("package")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("engine", "tui", "presets"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    command = [sys.executable, "-P", "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    built = subprocess.run(
        [*command, "--wheel-dir", str(folder), str(source)], capture_output=True, text=True
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = folder.glob("tunesmith-*.whl")
    return made


def test_the_wheel_holds_all_that_is_read_at_run_time(wheel):
    expected = {
        path.relative_to(ROOT).as_posix()
        for package in ("engine", "tui", "presets")
        for path in (ROOT / package).rglob("*")
        if path.suffix in READ_AT_RUN_TIME and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
    assert expected - held == set()
    assert any(name.startswith("presets/pocket/") for name in held)


def test_the_wheel_says_what_it_is(wheel):
    with zipfile.ZipFile(wheel) as opened:
        info = next(name for name in opened.namelist() if name.endswith("/METADATA"))
        metadata = opened.read(info).decode()
        commands = opened.read(info.replace("METADATA", "entry_points.txt")).decode()
    assert "License-Expression: Apache-2.0" in metadata
    assert "Requires-Python: >=3.11" in metadata
    assert "tunesmith = tui.entry:main" in commands


def test_the_installed_command_answers_away_from_the_tree(wheel, tmp_path):
    """Unpacked where nothing else of ours is; the libraries are those that run this test."""
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(site)
    code = "import sys; from tui.entry import main; sys.exit(main(['--version']))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
    )
    with (ROOT / "pyproject.toml").open("rb") as stream:
        version = tomllib.load(stream)["project"]["version"]
    assert done.stdout == f"tunesmith {version}\n"
    assert done.returncode == 0
