"""The console entry: quick, and clear about what it cannot do."""

import subprocess
import sys
from pathlib import Path

import pytest

from tui import entry

ROOT = Path(__file__).resolve().parents[2]


def run_entry(*arguments: str, code: str = "", **environment: str) -> subprocess.CompletedProcess:
    import os

    program = code or "import sys; from tui.entry import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def test_the_version_is_told_on_standard_output() -> None:
    done = run_entry("--version")
    assert (done.returncode, done.stdout) == (0, "tunesmith 0.1.0\n")


def test_the_version_loads_nothing_that_takes_time() -> None:
    code = (
        "import sys; from tui.entry import main; main(['--version']); "
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'textual', 'pydantic', 'rich', "
        "'ruamel', 'psutil', 'platformdirs', 'torch'}))"
    )
    assert run_entry(code=code).stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("arguments", [(), ("demo",), ("--ascii",), ("demo", "--no-mouse")])
def test_without_a_terminal_the_app_names_the_way_without_one(arguments: tuple[str, ...]) -> None:
    done = run_entry(*arguments)
    assert done.returncode == 2
    assert "--headless" in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_dumb_terminal_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(getattr(sys, name), "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    assert not entry._has_terminal()
    monkeypatch.setenv("TERM", "xterm-256color")
    assert entry._has_terminal()


@pytest.mark.parametrize(
    ("arguments", "app"),
    [
        ([], True),
        (["demo"], True),
        (["--ascii", "--no-mouse"], True),
        (["attach", "last"], True),
        (["attach", "last", "--in-process"], True),
        (["demo", "--headless"], False),
        (["demo", "--json"], False),
        (["attach", "last", "--json"], False),
        (["attach", "--help"], False),
        (["attach"], False),
        (["runs"], False),
        (["--help"], False),
        (["nonsense"], False),
    ],
)
def test_only_screens_open_the_app_and_every_other_verb_goes_to_the_command_line(
    arguments: list[str], app: bool
) -> None:
    assert entry._is_for_the_app(arguments) is app


def test_verbs_reach_the_command_line_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(entry, "_command_line", lambda arguments: seen.append(arguments) or 7)
    assert entry.main(["train", "x.yaml", "--json"]) == 7
    assert seen == [["train", "x.yaml", "--json"]]


def test_attach_without_a_terminal_follows_on_the_command_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entry, "_has_terminal", lambda: False)
    monkeypatch.setattr(entry, "_command_line", lambda arguments: 0 if arguments else 9)
    assert entry.main(["attach", "last"]) == 0
