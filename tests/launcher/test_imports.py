"""What the app and the quick commands load, seen from outside: processes of their own.

The import contracts in pyproject.toml cannot tell an import inside a function, which runs in a
child process if at all, from one that happens at start. Here nothing is left to reading: modules
are imported, and what came along is counted.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

HEAVY = {
    "accelerate",
    "bitsandbytes",
    "datasets",
    "matplotlib",
    "numpy",
    "pandas",
    "peft",
    "pyarrow",
    "tokenizers",
    "torch",
    "transformers",
    "trl",
}

# The floors whose modules may hold heavy libraries at their top: they run in the trainer and in
# the engine host. Everything else is read by the app or by commands that answer at once.
HEAVY_FLOORS = {"chat", "evaluate", "export", "train"}


def modules_of(package: str) -> list[str]:
    """Every module of a package, `__main__` aside, without importing any."""
    folder = ROOT / package
    found = []
    for path in sorted(folder.rglob("*.py")):
        parts = list(path.relative_to(ROOT).with_suffix("").parts)
        if parts[-1] == "__init__":
            parts.pop()
        if parts[-1] != "__main__":
            found.append(".".join(parts))
    return found


def loaded_after(*modules: str) -> set[str]:
    """The top-level packages that a fresh interpreter holds after importing modules."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    code += "".join(f"import {module}\n" for module in modules)
    code += "print('\\n'.join({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_whole_app_loads_no_heavy_library():
    modules = modules_of("tui")
    assert modules
    assert loaded_after(*modules) & HEAVY == set()


def test_the_console_entry_loads_neither_the_app_nor_the_command_line():
    loaded = loaded_after("tui.entry")
    assert loaded & {*HEAVY, "textual", "pydantic", "rich", "argparse"} == set()


def floors() -> list[str]:
    """The engine's modules and packages that promise to be light."""
    names = {module.split(".")[1] for module in modules_of("engine") if "." in module}
    return sorted(names - HEAVY_FLOORS)


@pytest.mark.parametrize("floor", floors())
def test_a_light_floor_of_the_engine_stays_light(floor):
    modules = [name for name in modules_of("engine") if name.split(".")[1:2] == [floor]]
    assert loaded_after(*modules) & HEAVY == set()


def test_our_packages_are_packages():
    """A person's own `engine/__init__.py` further down the path would win over a bare folder."""
    for package in ("engine", "tui", "presets"):
        spec = importlib.util.find_spec(package)
        assert spec is not None
        assert spec.origin == str(ROOT / package / "__init__.py")
    bare = {
        path.parent
        for package in ("engine", "tui", "presets")
        for path in (ROOT / package).rglob("*.py")
        if not (path.parent / "__init__.py").exists()
    }
    assert bare == set()
