"""Following a run to the end of its attempt, and asking its trainer to stop on a signal."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from engine.cli.display import display_for
from engine.cli.output import Output
from engine.cli.signals import Signals, counted
from engine.connection import Connection
from engine.errors import EXIT_DONE, EXIT_FAILED, EXIT_INTERRUPTED, Unreachable
from engine.events import TERMINAL, Entry, RunFailed, RunFinished, RunStarted, RunStopped
from engine.runs import (
    JournalTail,
    RunDirectory,
    connect,
    is_owned,
    last_entry,
    order_by_file,
    summarize,
)
from engine.words import _

LOOK_SECONDS = 0.1
SOCKET_PATIENCE = 5.0
"""How long a trainer may take to listen before it is asked by file."""

Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Ending:
    """How following ended: with the attempt's last word, or because we were told to go."""

    event: RunFinished | RunStopped | RunFailed | None
    signalled: bool

    @property
    def code(self) -> int:
        """The exit code of whoever followed."""
        if isinstance(self.event, RunFinished):
            return EXIT_DONE
        if isinstance(self.event, RunFailed):
            return EXIT_FAILED
        if isinstance(self.event, RunStopped):
            asked_by_signal = self.signalled or self.event.asked_by.startswith("SIG")
            return EXIT_INTERRUPTED if asked_by_signal else EXIT_DONE
        return EXIT_INTERRUPTED


def newest_attempt(run: RunDirectory) -> int:
    """The number of the run's newest attempt, 0 before the first."""
    newest = last_entry(run.journal_file)
    return newest.attempt if newest else 0


def wait_until_taken(run: RunDirectory, process: Process, before: int) -> bool:
    """Wait for the first word of the attempt after number `before`; False if it died before.

    Then whoever looks at the run finds it running.
    """
    tail = JournalTail(run.journal_file)
    while True:
        alive = process.poll() is None
        for entry in tail.poll():
            if entry.attempt > before and isinstance(entry.event, RunStarted):
                return True
        if not alive:
            return False
        time.sleep(0.05)


class Follower:
    """Shows a run's entries until the attempt ends.

    `process` is the trainer where we started it; its owner stops it on a signal, a mere watcher
    goes away and leaves it running. Attempts up to number `after` are history.
    """

    def __init__(
        self,
        run: RunDirectory,
        out: Output,
        *,
        process: Process | None = None,
        after: int = 0,
        history: bool = True,
        on_entry: Callable[[Entry], None] = lambda entry: None,
    ) -> None:
        self._run = run
        self._out = out
        self._process = process
        self._after = after
        self._history = history
        self._on_entry = on_entry
        self._tail = JournalTail(run.journal_file)
        self._last: Entry | None = None
        self._asked: Connection | None = None
        self._stop_since: float | None = None
        self._filed = False

    def follow(self) -> Ending:
        """Show everything to the end."""
        with counted() as signals:
            try:
                with display_for(self._out) as display:
                    event = self._until_end(signals, display.show)
            except BrokenPipeError:
                self._out.note(self._goes_on())
                raise
            finally:
                if self._asked is not None:
                    self._asked.close()
        return Ending(event, signals.stops > 0)

    def _until_end(
        self, signals: Signals, show: Callable[[Entry], None]
    ) -> RunFinished | RunStopped | RunFailed | None:
        while True:
            alive = self._alive()
            entries = self._tail.poll(1_000_000)
            for entry in entries:
                self._last = entry
                if not self._history and entry.attempt <= self._after:
                    continue
                self._on_entry(entry)
                show(entry)
                if entry.attempt > self._after and isinstance(entry.event, TERMINAL):
                    return entry.event  # type: ignore[return-value]
            if signals.hung_up:
                return None
            if entries:
                continue
            if signals.stops and self._leaves(signals):
                self._out.note(self._goes_on())
                return None
            if not alive:
                lost = self._lost()
                show(lost)
                self._on_entry(lost)
                return lost.event  # type: ignore[return-value]
            time.sleep(LOOK_SECONDS)

    def _alive(self) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        return is_owned(self._run) or summarize(self._run).state == "queued"

    def _leaves(self, signals: Signals) -> bool:
        """Whether to go now; the first signal only asks the trainer that is ours to stop."""
        if self._process is None or signals.stops > 1:
            return True
        if self._stop_since is None:
            self._stop_since = time.monotonic()
            self._out.note(_("Stopping: the run is saved first. Once more leaves it running."))
        if self._asked is None and not self._filed:
            try:
                self._asked = connect(self._run)
                self._asked.ask("stop")
            except Unreachable:
                if time.monotonic() - self._stop_since > SOCKET_PATIENCE:
                    order_by_file(self._run, "stop")
                    self._filed = True
        return False

    def _goes_on(self) -> str:
        return _("The run goes on: `tunesmith attach {run}` watches it, `stop` ends it.").format(
            run=self._run.id
        )

    def _lost(self) -> Entry:
        """What to tell of a trainer that is gone and left no word."""
        run, last = self._run, self._last
        event = RunFailed(
            reason="killed",
            message=_("The trainer of run {run} ended without a word{how}.").format(
                run=run.id, how=self._how()
            ),
            advice=_(
                "Its log is {log}; `tunesmith resume {run}` goes on from what it saved."
            ).format(log=run.log_file, run=run.id),
            step=getattr(last.event, "step", None) if last else None,
        )
        seq = last.seq + 1 if last else 1
        return Entry(seq, last.attempt if last else 1, time.time(), event)

    def _how(self) -> str:
        code = self._process.returncode if self._process is not None else None
        if code is None:
            return ""
        if code >= 0:
            return _(" (exit code {code})").format(code=code)
        name = str(-code)
        with contextlib.suppress(ValueError):
            name = signal.Signals(-code).name
        return _(" (killed by {name})").format(name=name)
