"""The app in a real terminal: how it ends when it is told to, and what it sends."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60.0


class Terminal:
    """A terminal of 80 columns and 24 rows with a program in it."""

    def __init__(self, *arguments: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui.entry", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self.sent = b""

    def read(self, seconds: float) -> bytes:
        """What the program sends within some time."""
        end = time.monotonic() + seconds
        got = b""
        while (left := end - time.monotonic()) > 0:
            ready, _w, _x = select.select([self._master], [], [], left)
            if not ready:
                break
            try:
                data = os.read(self._master, 65536)
            except OSError:
                break
            if not data:
                break
            got += data
        self.sent += got
        return got

    def read_until(self, words: bytes) -> None:
        """Read until the program has sent these words."""
        end = time.monotonic() + SECONDS
        while words not in self.sent:
            assert time.monotonic() < end, self.sent[-2000:]
            self.read(0.05)

    def wait(self) -> int:
        """The program's exit code, read to its end."""
        end = time.monotonic() + SECONDS
        while self.process.poll() is None:
            assert time.monotonic() < end
            self.read(0.05)
        return self.process.returncode

    def press(self, keys: bytes) -> None:
        """Type into the terminal."""
        os.write(self._master, keys)

    def hang_up(self) -> None:
        """Close the terminal as a dropped connection does."""
        os.close(self._master)

    def host(self) -> psutil.Process:
        """The engine host that the program started."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            for child in psutil.Process(self.process.pid).children():
                if "engine.host" in " ".join(child.cmdline()):
                    return child
            self.read(0.05)
        raise AssertionError("there is no engine host")


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    shown = Terminal()
    shown.read_until(b"Sessions")
    yield shown
    if shown.process.poll() is None:
        shown.process.kill()
        shown.process.wait()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_the_app_in_order_and_its_host_with_it(
    terminal: Terminal, number: int, code: int
) -> None:
    host = terminal.host()
    terminal.process.send_signal(number)
    assert terminal.wait() == code
    assert b"\x1b[?1049l" in terminal.sent, "the terminal was not given back"
    psutil.wait_procs([host], SECONDS)
    assert not host.is_running()


def test_a_closed_terminal_ends_the_app_and_its_host(terminal: Terminal) -> None:
    host = terminal.host()
    terminal.hang_up()
    assert terminal.process.wait(SECONDS) in (129, 1)
    psutil.wait_procs([host], SECONDS)
    assert not host.is_running()


def test_going_on_without_having_stopped_changes_nothing(terminal: Terminal) -> None:
    """Keys would be lost to a second reader, and a hang-up would hang the app."""
    threads = psutil.Process(terminal.process.pid).num_threads()
    terminal.read(0.5)
    terminal.process.send_signal(signal.SIGCONT)
    terminal.read(0.5)
    assert terminal.sent.count(b"\x1b[?1049h") == 1
    assert psutil.Process(terminal.process.pid).num_threads() <= threads + 1
    terminal.press(b"n")
    terminal.read_until(b"Quantization")


def test_a_killed_app_leaves_no_host_behind(terminal: Terminal) -> None:
    host = terminal.host()
    terminal.process.kill()
    terminal.process.wait(SECONDS)
    psutil.wait_procs([host], SECONDS)
    assert not host.is_running()


def test_an_idle_screen_sends_nothing(terminal: Terminal) -> None:
    terminal.read_until(b"CPU cores") if b"GPU" not in terminal.sent else None
    quiet = time.monotonic() + SECONDS
    while terminal.read(0.7):
        assert time.monotonic() < quiet, "it never falls silent"
    assert terminal.read(1.5) == b""


def test_no_colour_codes_where_none_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = Terminal("--no-mouse")
    try:
        shown.read_until(b"Sessions")
        assert b"\x1b[38" not in shown.sent
        assert b"\x1b[48" not in shown.sent
        assert b"\x1b[?1000h" not in shown.sent, "the mouse was asked for"
        shown.process.send_signal(signal.SIGTERM)
        assert shown.wait() == 143
    finally:
        if shown.process.poll() is None:
            shown.process.kill()
