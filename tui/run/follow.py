"""Following a run from a thread: its trainer, its journal, the line to it.

Knows no widget. What it sees it reduces to a `RunView` and says so with one small message; the
next message waits until the view was taken, so that a stalled terminal piles nothing up, and
nothing here ever waits for the screen.
"""

import signal
import subprocess
import threading
import time
from collections.abc import Callable

from textual.message import Message

from engine.connection import Connection
from engine.errors import Problem, TunesmithError, Unreachable
from engine.runs import JournalTail, RunDirectory, connect, is_owned, start_trainer
from engine.words import _
from tui.run.amounts import brief_path
from tui.run.state import RunHistory, RunView
from tui.safe_text import plain

TICK_SECONDS = 0.1
POST_SECONDS = 1.0
"""Least time between two messages. Each picture makes a key that is pressed just then wait for
the next one, 17 ms later: once a second one key in fifty, and half the bytes of twice a second."""
QUIET_SECONDS = 1.0
"""Between two looks at a run that trains no more."""
STARTING_SECONDS = 30.0
"""How long a trainer that someone else started may take to show a sign of life."""
ANSWER_SECONDS = 5.0
LOG_END_BYTES = 4096
LINE_CHARACTERS = 200
CHUNK_BYTES = 1 << 20
"""How much of a long journal is read before the screen hears of it."""


class RunChanged(Message):
    """There is a newer view to take from the follower."""

    def can_replace(self, message: Message) -> bool:
        """One waiting notice is enough."""
        return isinstance(message, RunChanged)


class TrainerReached(Message):
    """The line to the trainer opened, or is gone (`connection` None)."""

    def __init__(self, connection: Connection | None) -> None:
        self.connection = connection
        super().__init__()


class TrainerRefused(Message):
    """The trainer could not be started."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__()


class RunFollower:
    """One run under observation; `follow` is the body of a thread worker."""

    def __init__(
        self,
        run: RunDirectory,
        post: Callable[[Message], object],
        *,
        start: bool = False,
        resume: bool = False,
        in_process: bool = False,
    ) -> None:
        self.run = run
        self._post = post
        self._start = start
        self._resume = resume
        self.in_process = in_process
        self._tail = JournalTail(run.journal_file)
        self._history = RunHistory()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._connection: Connection | None = None
        self._lock = threading.Lock()
        self._view = RunView()
        self._announced = False
        self._changed = False
        self._posted_at = 0.0
        self._begun_at = 0.0
        self._unowned_looks = 0

    @property
    def view(self) -> RunView:
        """The newest view, without taking it."""
        return self._view

    def take(self) -> RunView:
        """The newest view; from now on changes are announced again."""
        with self._lock:
            self._announced = False
            return self._view

    @property
    def connection(self) -> Connection | None:
        """The open line to the trainer, None while there is none."""
        connection = self._connection
        return connection if connection is not None and not connection.closed else None

    def follow(self, cancelled: Callable[[], bool]) -> None:
        """Start or find the trainer and follow the run until `cancelled` says so."""
        self._begun_at = time.monotonic()
        try:
            if not self._begin():
                return
            while not cancelled():
                busy = self._look()
                self._reach()
                self._announce()
                self._rest(busy, cancelled)
        finally:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _rest(self, busy: bool, cancelled: Callable[[], bool]) -> None:
        """Wait before the next look, in pieces short enough to be cancelled at once."""
        if busy:
            return
        until = time.monotonic() + (QUIET_SECONDS if self._history.ended else TICK_SECONDS * 2)
        while not cancelled() and time.monotonic() < until:
            time.sleep(TICK_SECONDS)

    def _begin(self) -> bool:
        if not self._start:
            return True
        if is_owned(self.run) and not self._release_warm_trainer():
            return True  # it trains: there is nothing to start
        try:
            if self.in_process:
                self._thread = threading.Thread(
                    target=self._train_here, name="trainer", daemon=True
                )
                self._thread.start()
            else:
                self._process = start_trainer(self.run, resume=self._resume, keep_warm=True)
        except OSError as error:
            message = _("The trainer cannot be started: {why}.").format(
                why=error.strerror or type(error).__name__
            )
            self._post(TrainerRefused(Problem("trainer_start", message)))
            return False
        return True

    def _release_warm_trainer(self) -> bool:
        """Let a trainer that ended and only answers chat go; False when it still trains."""
        try:
            line = connect(self.run)
        except Unreachable:
            return False
        try:
            status = line.ask("status").result(ANSWER_SECONDS)
            if not (isinstance(status, dict) and status.get("ended")):
                return False
            line.ask("release").result(ANSWER_SECONDS)
        except (TunesmithError, TimeoutError):
            pass  # it hung up, which is what was asked
        finally:
            line.close()
        until = time.monotonic() + ANSWER_SECONDS
        while is_owned(self.run) and time.monotonic() < until:
            time.sleep(TICK_SECONDS)
        return not is_owned(self.run)

    def _train_here(self) -> None:
        """Train in this process (for debugging only: the screen then shares its interpreter)."""
        from engine.train import train

        try:
            train(self.run, resume=self._resume)
        except TunesmithError:
            return  # the journal has it

    def _look(self) -> bool:
        """Read the journal on; True while there is more of it to read at once."""
        before = self._tail.offset
        entries = self._tail.poll(CHUNK_BYTES)
        for entry in entries:
            self._history.apply(entry)
        if entries:
            self._unowned_looks = 0
            self._changed = True
        elif not self._history.ended:
            self._watch_for_loss()
        return self._tail.offset - before >= CHUNK_BYTES

    def _watch_for_loss(self) -> None:
        """Notice a trainer that is gone and will write no more."""
        if self._process is not None:
            gone = self._process.poll() is not None
        elif self._thread is not None:
            gone = not self._thread.is_alive()
        else:
            young = time.monotonic() - self._begun_at < STARTING_SECONDS
            starting = self._view.started is None and young and self._is_young()
            gone = not is_owned(self.run) and not starting
        # Twice, with a look at the journal between: its last line is written before the lock falls.
        self._unowned_looks = self._unowned_looks + 1 if gone else 0
        if self._unowned_looks >= 2:
            reason, message, advice = self._last_words()
            self._history.lose(reason, message, advice)
            self._changed = True

    def _is_young(self) -> bool:
        try:
            age = time.time() - self.run.recipe_file.stat().st_mtime
        except OSError:
            return False
        return age < STARTING_SECONDS

    def _last_words(self) -> tuple[str, str, str]:
        code = self._process.returncode if self._process is not None else None
        resume = _("Resume goes on from the last checkpoint.")
        log = " ".join(
            (_("Its log is {path}.").format(path=brief_path(self.run.log_file)), self._last_line())
        ).strip()
        if code is None:
            return "lost", _("The trainer is gone and said nothing."), f"{log} {resume}"
        if code < 0:
            name = _signal_name(-code)
            message = _("The trainer was killed by {signal}.").format(signal=name)
            if name == "SIGKILL":
                memory = _("On Linux this is mostly the system running out of memory (see dmesg).")
                return "killed", message, f"{memory} {resume}"
            return "killed", message, f"{log} {resume}"
        message = _("The trainer ended without a word (exit status {code}).").format(code=code)
        return "trainer_died", message, log

    def _last_line(self) -> str:
        """What the trainer printed last: of an error at its start, the error."""
        try:
            with self.run.log_file.open("rb") as file:
                file.seek(max(0, file.seek(0, 2) - LOG_END_BYTES))
                lines = file.read().decode("utf-8", "replace").split("\n")
        except OSError:
            return ""
        said = [line.split("\r")[-1].strip() for line in lines]
        return next((plain(line)[:LINE_CHARACTERS] for line in reversed(said) if line), "")

    def _reach(self) -> None:
        """Open the line to the trainer, or notice that it closed."""
        connection = self._connection
        if connection is not None and connection.closed:
            self._connection = connection = None
            self._post(TrainerReached(None))
        if connection is None and self.run.control_file.exists():
            try:
                self._connection = connect(self.run)
            except Unreachable:
                return
            self._post(TrainerReached(self._connection))

    def _announce(self) -> None:
        now = time.monotonic()
        if not self._changed or now - self._posted_at < POST_SECONDS:
            return
        with self._lock:
            self._view = self._history.view()
            self._changed = False
            if self._announced:
                return
            self._announced = True
        self._posted_at = now
        self._post(RunChanged())


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
