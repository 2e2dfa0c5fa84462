"""A small project around the real launcher, with a package index made of hand-written wheels."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = ROOT / "tunesmith"

# What the launcher would be started with on the machine: never the environment that runs the tests.
PYTHON = getattr(sys, "_base_executable", sys.executable)

PYPROJECT = """
[project]
name = "small"
version = "1"
dependencies = ["tinydep>=1"]

[project.optional-dependencies]
test = ["tinytest>=1"]

[tool.anything]
"""

ENTRY = """
import importlib.metadata as metadata, json, os, sys

def version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None

print(json.dumps({
    "arguments": sys.argv[1:],
    "file": __file__,
    "cwd": os.getcwd(),
    "prefix": sys.prefix,
    "tinydep": version("tinydep"),
    "tinytest": version("tinytest"),
    "torch": version("torch"),
    "torch_at": str(metadata.distribution("torch").locate_file("")) if version("torch") else None,
    "engine": __import__("engine").__file__,
}))
"""


def write_wheel(
    folder: Path, name: str, version: str, files: dict[str, str], requires: tuple[str, ...] = ()
) -> None:
    """A pure wheel, just complete enough for pip."""
    folder.mkdir(parents=True, exist_ok=True)
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {need}\n" for need in requires)
    content = {
        **files,
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*content, f"{info}/RECORD"])
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, text in {**content, f"{info}/RECORD": record}.items():
            wheel.writestr(path, text)


def torch_files(version: str, cuda: str | None, code: str = "") -> dict[str, str]:
    """The files of a torch that were worth faking."""
    said = f"__version__ = {version!r}\ncuda: Optional[str] = {cuda!r}\nhip: Optional[str] = None\n"
    return {"torch/__init__.py": code, "torch/version.py": "from typing import Optional\n" + said}


def install_torch(site: Path, version: str, cuda: str | None, code: str = "") -> None:
    """Puts a torch into a folder of packages, as an installation would have left it."""
    wheels = site.parent / "torch-wheels"
    write_wheel(wheels, "torch", version, torch_files(version, cuda, code))
    with zipfile.ZipFile(wheels / f"torch-{version}-py3-none-any.whl") as wheel:
        wheel.extractall(site)


class Project:
    """A folder with the launcher, an `engine`, a `tui` that tells how it was started, wheels."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wheels = folder / "wheels"
        self.venv = folder / ".venv"
        self.stamp = self.venv / "tunesmith.stamp"

    def write(self) -> None:
        """Lays down everything but `.venv`."""
        self.folder.mkdir(parents=True)
        shutil.copy(LAUNCHER, self.folder / "tunesmith")
        (self.folder / "pyproject.toml").write_text(PYPROJECT)
        (self.folder / "constraints.txt").write_text("tinydep==1.0\ntinytest==1.0\ntorch==2.13.0\n")
        for package in ("engine", "tui"):
            (self.folder / package).mkdir()
            (self.folder / package / "__init__.py").write_text("")
        (self.folder / "tui" / "entry.py").write_text(ENTRY)
        for version in ("1.0", "2.0"):
            write_wheel(self.wheels, "tinydep", version, {"tinydep.py": ""})
        write_wheel(self.wheels, "tinytest", "1.0", {"tinytest.py": ""})
        write_wheel(self.wheels, "torch", "2.13.0", torch_files("2.13.0", None))

    def environment(self, **changes: str) -> dict[str, str]:
        """An environment in which pip knows our wheels alone."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "PYTHON", "TUNESMITH_", "VIRTUAL_ENV"))
        }
        return {
            **kept,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            **changes,
        }

    def start(
        self,
        *arguments: str,
        python: str | None = PYTHON,
        launcher: Path | None = None,
        cwd: Path | None = None,
        **environment: str,
    ) -> subprocess.Popen[str]:
        """Starts the launcher; with no Python named, as its first line says."""
        command = [str(launcher or self.folder / "tunesmith"), *arguments]
        return subprocess.Popen(
            [python, *command] if python else command,
            cwd=cwd or self.folder,
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        """Runs the launcher to its end."""
        child = self.start(*arguments, **options)  # type: ignore[arg-type]
        out, err = child.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, child.returncode, out, err)

    def ask(self, *arguments: str, **options: object) -> dict[str, object]:
        """Runs the launcher and reads what the command in it said of itself."""
        done = self.run(*arguments, **options)
        assert done.returncode == 0, done.stderr
        answer: dict[str, object] = json.loads(done.stdout)
        return answer

    def require(self, *needs: str) -> None:
        """Changes what pyproject.toml asks for."""
        text = PYPROJECT.replace('["tinydep>=1"]', json.dumps(list(needs)))
        (self.folder / "pyproject.toml").write_text(text)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that was never started."""
    made = Project(tmp_path / "project")
    made.write()
    return made


@pytest.fixture(scope="session")
def installed_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, str]:
    """A project that was started once, and what that start told."""
    made = Project(tmp_path_factory.mktemp("installed") / "project")
    made.write()
    done = made.run("hello")
    assert done.returncode == 0, done.stderr
    return made, done.stderr


@pytest.fixture
def installed(installed_once: tuple[Project, str], tmp_path: Path) -> Project:
    """A copy of the started project: a moved folder has to work like the first one."""
    copy = Project(tmp_path / "project")
    shutil.copytree(installed_once[0].folder, copy.folder, symlinks=True)
    return copy


@pytest.fixture
def launcher() -> ModuleType:
    """The launcher as a module, for its logic."""
    loader = importlib.machinery.SourceFileLoader("tunesmith_launcher", str(LAUNCHER))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def python_with(tmp_path: Path) -> Callable[[str], Path]:
    """Makes a folder for the PATH whose python3 runs some code before the launcher."""

    def make(code: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        start = tmp_path / "start.py"
        start.write_text(
            "import runpy, sys\n"
            f"{code}\n"
            "sys.argv = sys.argv[1:]\n"
            "runpy.run_path(sys.argv[0], run_name='__main__')\n"
        )
        stub = folder / "python3"
        stub.write_text(f'#!/bin/sh\nexec "{PYTHON}" "{start}" "$@"\n')
        stub.chmod(0o755)
        for tool in ("sh", "env"):
            (folder / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
        return folder

    return make
