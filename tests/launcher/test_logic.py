"""The launcher's decisions, one by one."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from .conftest import LAUNCHER, ROOT, install_torch

ROOM = 50 * 1024**3


def test_old_pythons_can_read_it():
    ast.parse(LAUNCHER.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_it_is_executable_and_asks_for_python_3():
    assert LAUNCHER.stat().st_mode & 0o111
    assert LAUNCHER.read_text(encoding="utf-8").startswith("#!/usr/bin/env python3\n")


def test_a_ready_start_imports_little():
    """What the short way needs at import time: what every Python has loaded anyhow."""
    tree = ast.parse(LAUNCHER.read_text(encoding="utf-8"))
    imported = [
        alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names
    ]
    assert imported == ["os", "sys"]


# --- the machine's torch ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "cuda", "usable"),
    [
        ("2.11.0", "13.0", True),
        ("2.6.0", "12.4", True),
        ("2.7.0a0+ecf3bae40a.nv25.1", "12.8", True),
        ("2.5.1", "12.4", False),
        ("3.0.0", "13.0", False),
        ("2.13.0", None, False),
    ],
)
def test_which_torch_is_reused(launcher, tmp_path, version, cuda, usable):
    install_torch(tmp_path / "site", version, cuda)
    torch = launcher.find_torch(["/nowhere", str(tmp_path / "site")])
    assert torch.version == version
    assert torch.folder == str(tmp_path / "site")
    assert torch.is_usable() is usable


def test_no_torch_is_found_where_there_is_none(launcher, tmp_path):
    assert launcher.find_torch([str(tmp_path)]) is None


def test_a_torch_without_its_files_is_not_one(launcher, tmp_path):
    install_torch(tmp_path / "site", "2.8.0", "12.8")
    (tmp_path / "site" / "torch" / "version.py").unlink()
    assert launcher.find_torch([str(tmp_path / "site")]) is None


def test_the_machines_torch_takes_its_needs_out_of_the_tested_versions(launcher):
    torch = launcher.Torch("2.6.0+cu124", "12.4", "/machine", ["sympy", "typing-extensions"])
    tested = "# why\nnumpy==2.4.6\nsympy==1.14.0\ntorch==2.13.0\ntyping_extensions==4.16.0\n"
    assert launcher.constraints(tested, torch) == "# why\nnumpy==2.4.6\ntorch==2.6.0+cu124\n"
    assert launcher.constraints(tested, None) == tested


# --- room ---------------------------------------------------------------------------------------


def test_a_small_disk_is_refused_before_anything_is_downloaded(launcher, tmp_path, monkeypatch):
    free = [ROOM]
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": free[0]}))
    launcher.check_room(str(tmp_path), None)
    free[0] = 1024**3
    with pytest.raises(launcher.Problem, match=r"1\.0 GiB are free"):
        launcher.check_room(str(tmp_path), None)


def test_a_reused_torch_needs_less_room(launcher):
    torch = launcher.Torch("2.8.0", "12.8", "/machine", [])
    assert launcher.room_needed(torch)[0] < launcher.room_needed(None)[0]


# --- what pip says ------------------------------------------------------------------------------

OFFLINE = """\
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after \
connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at \
0x7f>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': \
/simple/textual/
ERROR: Could not find a version that satisfies the requirement textual==8.2.8 (from versions: none)
ERROR: No matching distribution found for textual==8.2.8
"""
CUT = """\
ERROR: Exception:
Traceback (most recent call last):
  File "response.py", line 438, in _error_catcher
pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='x'): Read timed out.
"""
FULL = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
ABSENT = "ERROR: No matching distribution found for torch==2.13.0\n"
BROKEN = "error: subprocess-exited-with-error\n\nerror: metadata-generation-failed\nhint: above\n"


@pytest.mark.parametrize(
    ("said", "code", "message", "advice"),
    [
        (OFFLINE, "no_network", "Temporary failure in name resolution", "PIP_INDEX_URL"),
        (CUT, "no_network", "Read timed out", "PIP_INDEX_URL"),
        (FULL, "disk_full", "No space left on device", "TMPDIR"),
        (ABSENT, "install_failed", "torch==2.13.0", "TUNESMITH_PYTHON"),
        (BROKEN, "install_failed", "metadata-generation-failed", "log"),
        ("Killed\n", "install_failed", "Killed", "log"),
        ("", "install_failed", "no reason", "log"),
    ],
)
def test_pips_failures_are_told_with_a_way_out(launcher, said, code, message, advice):
    problem = launcher.diagnose(said.splitlines(), "/the/log")
    assert problem.code == code
    assert message in problem.message
    assert advice in problem.advice
    assert problem.log == "/the/log"


def test_progress_tells_a_line_per_package_where_no_terminal_is(launcher, capsys, tmp_path):
    progress = launcher.Progress(str(tmp_path), 3)
    for line in (
        "Looking in links: /wheels",
        "Collecting torch==2.13.0 (from -r requirements.txt (line 2))",
        "  Downloading torch-2.13.0-cp311-none-linux_x86_64.whl.metadata (29 kB)",
        "  Downloading torch-2.13.0-cp311-none-linux_x86_64.whl (888.1 MB)",
        "Requirement already satisfied: typing_extensions>=4 in /somewhere (from torch) (4.16.0)",
        "Collecting typing-extensions>=4.10",
        "  Downloading idna-3.20-py3-none-any.whl (70 kB)",
        "Installing collected packages: torch, idna",
    ):
        progress.hear(line)
    progress.end()
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "tunesmith: [1/3] torch",
        "tunesmith: downloading torch (888.1 MB)",
        "tunesmith: [2/3] typing-extensions",
        "tunesmith: installing torch, idna",
    ]


# --- the files it reads -------------------------------------------------------------------------


def test_every_requirement_has_a_tested_version(launcher):
    tested = {
        launcher.canonical(line.split("==")[0])
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if not line.startswith("#")
    }
    for need in launcher.requirements(str(ROOT), testing=True):
        name = next(need[:i] for i in range(1, len(need) + 1) if need[i : i + 1] in "=<>~! ;[")
        assert launcher.canonical(name) in tested


def test_what_comes_with_cuda_is_left_to_torch():
    names = (ROOT / "constraints.txt").read_text().lower()
    assert "\ntriton" not in names
    assert "\nnvidia-c" not in names
    assert "+cpu" not in names


def test_the_limits_of_torch_are_those_of_the_project(launcher):
    with (ROOT / "pyproject.toml").open("rb") as stream:
        needs = tomllib.load(stream)["project"]["dependencies"]
    (torch,) = [need for need in needs if need.startswith("torch")]
    floor = "{}.{}".format(*launcher.TORCH_FLOOR)
    ceiling = launcher.TORCH_CEILING[0]
    assert torch == f"torch>={floor},<{ceiling}"


def test_the_guide_names_files_that_exist():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:engine|tui|presets|tests)/[\w./]*)`", guide))
    assert len(named) > 8
    generic = {name for name in named if "NAME" in name}
    assert {name for name in named - generic if not (ROOT / name).exists()} == set()
    assert {name for name in generic if not (ROOT / name).parent.is_dir()} == set()
