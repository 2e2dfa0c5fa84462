"""The launcher as a person meets it: real starts in a small project."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import PYTHON, Project, install_torch


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_first_start_installs_the_tested_versions_and_runs_the_command(installed_once):
    project, said = installed_once
    assert "tinydep" in said
    assert said.rstrip().endswith("ready.")
    answer = project.ask("demo", "--headless")
    assert answer["arguments"] == ["demo", "--headless"]
    assert answer["tinydep"] == "1.0"  # the index has 2.0; 1.0 is the tested one
    assert answer["tinytest"] is None
    assert answer["prefix"] == str(project.venv)


def test_later_starts_say_nothing_and_install_nothing(installed):
    log = (installed.venv / "install.log").read_text()
    done = installed.run("plan", PIP_FIND_LINKS="/nowhere")
    assert done.returncode == 0
    assert done.stderr == ""
    assert (installed.venv / "install.log").read_text() == log


def test_starts_through_a_link_and_from_elsewhere(installed, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = elsewhere / "smith"
    link.symlink_to(installed.folder / "tunesmith")
    answer = installed.ask("runs", launcher=link, cwd=elsewhere)
    assert answer["file"] == str(installed.folder / "tui" / "entry.py")
    assert answer["cwd"] == str(elsewhere)


@pytest.mark.parametrize("module_path", ["", ".", "{cwd}"])
def test_a_persons_own_engine_folder_does_not_shadow_ours(installed, tmp_path, module_path):
    for name in ("engine", "tui"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('the wrong one')")
    changes = {"PYTHONPATH": module_path.format(cwd=tmp_path)} if module_path else {}
    answer = installed.ask("runs", cwd=tmp_path, **changes)
    assert answer["engine"] == str(installed.folder / "engine" / "__init__.py")


def test_a_changed_requirement_is_installed_and_a_changed_tool_table_is_not(installed):
    pyproject = installed.folder / "pyproject.toml"
    pyproject.write_text(pyproject.read_text() + "\n[tool.more]\n")
    assert installed.run().stderr == ""
    (installed.folder / "constraints.txt").write_text("tinydep==2.0\n")
    assert installed.ask()["tinydep"] == "2.0"
    assert installed.run().stderr == ""


def test_changed_requirements_wait_while_a_run_uses_the_environment(installed):
    run = subprocess.Popen([installed.venv / "bin" / "python", "-c", "import time; time.sleep(60)"])
    try:
        (installed.folder / "constraints.txt").write_text("tinydep==2.0\n")
        if not os.path.isdir("/proc"):
            pytest.skip("processes are only looked up where /proc is")
        done = installed.run()
        assert f"process {run.pid}" in done.stderr
        assert '"tinydep": "1.0"' in done.stdout
    finally:
        run.kill()
        run.wait()
    assert installed.ask()["tinydep"] == "2.0"


def test_two_first_starts_at_once_install_once(project):
    first, second = project.start("a"), project.start("b")
    said = [child.communicate(timeout=120)[1] for child in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), said
    assert sum("ready." in text for text in said) == 1
    assert sum("another launch is installing" in text for text in said) == 1


def test_an_installation_that_was_killed_is_made_anew(project):
    child = project.start("demo")
    wait_for(lambda: (project.venv / "pyvenv.cfg").exists())
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    assert not project.stamp.exists()
    assert project.ask("demo")["tinydep"] == "1.0"


def test_an_interrupted_installation_says_so(project):
    child = project.start("demo")
    wait_for(lambda: (project.venv / "pyvenv.cfg").exists())
    os.killpg(child.pid, signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said


def test_a_lost_interpreter_makes_the_environment_anew(installed):
    python = installed.venv / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3.11")
    assert installed.ask()["tinydep"] == "1.0"


def test_an_environment_of_somebody_else_is_kept_aside(project):
    (project.venv / "bin").mkdir(parents=True)
    (project.venv / "precious").write_text("")
    done = project.run("demo")
    assert done.returncode == 0, done.stderr
    (aside,) = project.folder.glob(".venv.old-*")
    assert aside.name in done.stderr
    assert (aside / "precious").exists()


# --- what goes wrong ----------------------------------------------------------------------------


def test_a_failed_installation_tells_the_error_the_way_out_and_the_log(project):
    shutil.rmtree(project.wheels)
    done = project.run("plan", "--json", "recipe.yaml")
    assert done.returncode == 1
    assert "pip could not install: Cannot install tinydep" in done.stderr
    assert str(project.venv / "install.log") in done.stderr
    assert '"code": "install_failed"' in done.stdout  # --json: a program is listening
    assert "Traceback" not in done.stderr
    project.folder.joinpath("wheels").mkdir()
    assert project.run("plan").stdout == ""


def test_no_network_is_called_by_its_name(project):
    done = project.run(
        PIP_NO_INDEX="0",
        PIP_FIND_LINKS="",
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_RETRIES="1",
        PIP_TIMEOUT="1",
    )
    assert done.returncode == 1
    assert "no package index could be reached" in done.stderr
    assert "network" in done.stderr


def test_a_copy_without_its_folder_says_that_it_needs_it(project, tmp_path):
    alone = tmp_path / "tunesmith"
    shutil.copy(project.folder / "tunesmith", alone)
    done = project.run(launcher=alone)
    assert done.returncode == 1
    assert "pyproject.toml is missing" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_folder_that_cannot_be_written_to_is_named(project):
    if os.geteuid() == 0:
        # Root may write anywhere but into a file.
        project.venv.symlink_to(project.folder / "pyproject.toml")
    else:
        project.folder.chmod(0o555)
    done = project.run()
    project.folder.chmod(0o755)
    assert done.returncode == 1
    assert f"cannot write to {project.venv}" in done.stderr


def test_an_old_python_hands_over_to_a_newer_one(project, python_with):
    path = python_with("if __name__ == '__main__': sys.version_info = (3, 8, 18, 'final', 0)")
    (path / "python3.12").write_text("#!/bin/sh\nexit 127\n")  # a stub of a version manager
    (path / "python3.12").chmod(0o755)
    (path / "python3.11").write_text(f'#!/bin/sh\nexec "{PYTHON}" "$@"\n')
    (path / "python3.11").chmod(0o755)
    assert project.ask("demo", python=None, PATH=str(path))["tinydep"] == "1.0"


def test_an_old_python_alone_says_what_is_needed(project, python_with):
    path = python_with("sys.version_info = (3, 8, 18, 'final', 0)")
    done = project.run("demo", python=None, PATH=str(path))
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "is 3.8" in done.stderr
    assert "TUNESMITH_PYTHON" in done.stderr


def test_a_python_that_is_really_old_says_so_too(project):
    old = next((path for n in (6, 7, 8, 9, 10) if (path := working(f"python3.{n}"))), None)
    if old is None:
        pytest.skip("this machine has no Python older than 3.11")
    done = project.run("demo", python=old, PATH=os.defpath.replace("/bin", "/nowhere"))
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "Traceback" not in done.stderr


def working(name: str) -> str | None:
    """The path of a Python that starts, and not only of a version manager's stub."""
    found = shutil.which(name)
    done = found and subprocess.run(
        [found, "-c", "import sys; print(sys.executable)"], capture_output=True, text=True
    )
    return done.stdout.strip() if done and done.returncode == 0 else None


def test_a_python_without_ensurepip_names_the_package_to_install(project, python_with):
    path = python_with(
        "import importlib.util as util\n"
        "known = util.find_spec\n"
        "missing = ('ensurepip', 'pip')\n"
        "util.find_spec = lambda name, *more: None if name in missing else known(name, *more)\n"
    )
    done = project.run("demo", python=None, PATH=str(path))
    assert done.returncode == 1
    assert "module ensurepip is missing" in done.stderr
    assert f"sudo apt install python3.{sys.version_info.minor}-venv" in done.stderr


def test_a_pip_of_the_machine_stands_in_for_ensurepip(project, python_with):
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode:
        pytest.skip("this machine's Python has no pip")
    path = python_with(
        "import importlib.util as util\n"
        "known = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'ensurepip' else known(name, *more)\n"
    )
    paths = f"{path}{os.pathsep}{os.environ['PATH']}"
    assert project.ask("demo", python=None, PATH=paths)["tinydep"] == "1.0"
    (project.folder / "constraints.txt").write_text("tinydep==2.0\n")
    assert project.ask("demo", python=None, PATH=paths)["tinydep"] == "2.0"


@pytest.mark.parametrize("asked", ["/nowhere/python", "sh"])
def test_a_wrong_tunesmith_python_is_named(project, asked):
    done = project.run("demo", TUNESMITH_PYTHON=asked)
    assert done.returncode == 1
    assert f"TUNESMITH_PYTHON names {asked}" in done.stderr


# --- the machine's torch ------------------------------------------------------------------------


class Machine:
    """A Python that holds packages of its own: an environment, as people activate it."""

    def __init__(self, folder: Path) -> None:
        subprocess.run([PYTHON, "-m", "venv", "--without-pip", folder], check=True)
        self.python = str(folder / "bin" / "python")
        (self.site,) = (folder / "lib").glob("python*/site-packages")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine whose Python has no torch yet."""
    return Machine(tmp_path / "machine")


@pytest.fixture
def torch_project(project: Project) -> Project:
    """A project that needs torch."""
    project.require("tinydep>=1", "torch>=2.6,<3")
    return project


def test_a_cuda_torch_of_the_machine_is_used_and_kept(torch_project, machine):
    install_torch(machine.site, "2.8.0", "12.8")
    answer = torch_project.ask(TUNESMITH_PYTHON=machine.python)
    assert answer["torch"] == "2.8.0"
    assert answer["torch_at"] == str(machine.site)
    assert answer["tinydep"] == "1.0"
    # Later, and after an update, it is still that one.
    assert torch_project.run(TUNESMITH_PYTHON=machine.python).stderr == ""
    (torch_project.folder / "constraints.txt").write_text("tinydep==2.0\ntorch==2.13.0\n")
    answer = torch_project.ask(python=machine.python)
    assert (answer["torch"], answer["tinydep"]) == ("2.8.0", "2.0")


def test_a_cuda_torch_of_the_system_is_used(torch_project, tmp_path):
    base = tmp_path / "user"
    lookup = "import site; print(site.getusersitepackages(), site.ENABLE_USER_SITE)"
    said = subprocess.check_output(
        [PYTHON, "-c", lookup], env={**os.environ, "PYTHONUSERBASE": str(base)}, text=True
    )
    site, enabled = said.split()
    if enabled != "True":
        pytest.skip("this Python has no user site")
    install_torch(Path(site), "2.8.0", "12.8")
    answer = torch_project.ask(PYTHONUSERBASE=str(base))
    assert answer["torch_at"] == site
    assert "include-system-site-packages = true" in (torch_project.venv / "pyvenv.cfg").read_text()


def test_a_torch_that_cannot_serve_is_left_alone(torch_project, machine):
    install_torch(machine.site, "2.8.0", cuda=None)
    answer = torch_project.ask(TUNESMITH_PYTHON=machine.python)
    assert answer["torch"] == "2.13.0"
    assert answer["torch_at"].startswith(str(torch_project.venv))


def test_a_torch_that_does_not_start_is_replaced_by_our_own(torch_project, machine):
    install_torch(machine.site, "2.8.0", "12.8", code="raise ImportError('libcudart is missing')")
    done = torch_project.run(TUNESMITH_PYTHON=machine.python)
    assert "libcudart is missing" in done.stderr
    assert '"torch": "2.13.0"' in done.stdout


def test_a_reused_torch_that_is_gone_makes_the_environment_anew(torch_project, machine):
    install_torch(machine.site, "2.8.0", "12.8")
    assert torch_project.ask(TUNESMITH_PYTHON=machine.python)["torch"] == "2.8.0"
    shutil.rmtree(machine.site / "torch")
    shutil.rmtree(machine.site / "torch-2.8.0.dist-info")
    assert torch_project.ask(TUNESMITH_PYTHON=machine.python)["torch"] == "2.13.0"


# --- the tests' own command ---------------------------------------------------------------------


def test_the_test_command_installs_its_tools_and_reports_every_stage(installed):
    done = installed.run("test", "-k", "nothing")
    assert '"tinytest"' not in done.stdout
    # None of the tools is in this small project: each stage fails, and none stops the others.
    assert done.returncode == 1
    for stage in ("style", "types", "imports", "tests"):
        assert f"== {stage}\n" in done.stdout
        assert f"{stage:<8} failed" in done.stdout
    assert installed.ask()["tinytest"] == "1.0"
    assert "tests yes" in installed.stamp.read_text()


def test_the_test_command_explains_itself_without_installing(project):
    done = project.run("test", "--help")
    assert done.returncode == 0
    assert "pytest" in done.stdout
    assert not project.venv.exists()
