"""Signals while a command follows a run: counted, never obeyed in the middle of something."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType


@dataclass
class Signals:
    """What came so far."""

    stops: int = 0
    """How often SIGINT or SIGTERM came."""
    hung_up: bool = False
    """The terminal is gone."""

    def receive(self, number: int, _frame: FrameType | None = None) -> None:
        """Count one signal."""
        if number == signal.SIGHUP:
            self.hung_up = True
        else:
            self.stops += 1


@contextmanager
def counted() -> Iterator[Signals]:
    """Count SIGINT, SIGTERM and SIGHUP instead of dying of them; as before afterwards.

    A hang-up that was ignored before (`nohup`) stays ignored.
    """
    signals = Signals()
    if threading.current_thread() is not threading.main_thread():
        yield signals
        return
    before = {}
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number == signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
            continue
        before[number] = signal.signal(number, signals.receive)
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
