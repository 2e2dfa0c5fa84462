"""A process in a pseudo terminal of 80x24, and all it sends with the moments it came."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Terminal:
    """A process in a pseudo terminal, and all it sent with the moments it came."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.started = time.monotonic()
        self._chunks: list[tuple[float, bytes]] = []
        self._news = threading.Condition()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("4H", 24, 80, 0, 0))
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                ready, _w, _x = select.select([self._fd], [], [], 0.2)
                data = os.read(self._fd, 65536) if ready else None
            except (OSError, ValueError):
                return
            if data == b"":
                return
            if data:
                with self._news:
                    self._chunks.append((time.monotonic(), data))
                    self._news.notify_all()

    def send(self, text: str) -> float:
        """Type; returns the moment."""
        now = time.monotonic()
        os.write(self._fd, text.encode())
        return now

    def text(self, since: float = 0.0) -> str:
        """What was sent since a moment, without escape sequences."""
        data = b"".join(chunk for at, chunk in self._chunks if at >= since)
        return re.sub(r"\x1b(\[[0-9;?<>=$]*[a-zA-Z]|\][^\x07\x1b]*(\x07|\x1b\\)|.)", "",
                      data.decode(errors="replace"))  # fmt: skip

    def wait_for(self, words: str, timeout: float, since: float = 0.0) -> float:
        """The moment at which words were there, or an error after `timeout` seconds."""
        end = time.monotonic() + timeout
        with self._news:
            while words not in self.text(since):
                if not self._news.wait(max(0.0, end - time.monotonic())):
                    raise TimeoutError(f"{words!r} did not appear in:\n{self.text()[-2000:]}")
            return self._chunks[-1][0]

    def bytes_between(self, start: float, end: float) -> int:
        """Bytes sent in a span of time."""
        return sum(len(chunk) for at, chunk in self._chunks if start <= at < end)

    def end(self, number: int, timeout: float = 20.0) -> float:
        """Send a signal; returns the seconds until the process was gone."""
        start = time.monotonic()
        os.kill(self.pid, number)
        while time.monotonic() - start < timeout:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                seconds = time.monotonic() - start
                os.close(self._fd)
                return seconds
            time.sleep(0.005)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)
        return timeout
