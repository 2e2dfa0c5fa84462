"""Following a run from a thread, without a screen."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.message import Message

from engine.events import RunFailed
from engine.runs import RunDirectory
from tests.tui.run import journals
from tests.tui.run.trainers import ScriptedTrainer
from tui.run import follow
from tui.run.follow import RunChanged, RunFollower, TrainerReached, TrainerRefused


class Watch:
    """A follower in a thread of its own, and what it posted."""

    def __init__(self, run: RunDirectory, **options: bool) -> None:
        self.posted: list[Message] = []
        self.follower = RunFollower(run, self.posted.append, **options)
        self._end = threading.Event()
        self._thread = threading.Thread(
            target=self.follower.follow, args=(self._end.is_set,), daemon=True
        )
        self._thread.start()

    def stop(self) -> float:
        """End it; returns how long that took."""
        start = time.monotonic()
        self._end.set()
        self._thread.join(10)
        assert not self._thread.is_alive()
        return time.monotonic() - start

    def until(self, true: Callable[[], object]) -> None:
        """Wait for something, taking views as a screen does."""
        end = time.monotonic() + 15
        while not true():
            self.follower.take()
            assert time.monotonic() < end, "it did not happen"
            time.sleep(0.02)


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    return journals.a_run(tmp_path)


@pytest.fixture
def watch(run: RunDirectory) -> Iterator[Callable[..., Watch]]:
    begun: list[Watch] = []

    def begin(**options: bool) -> Watch:
        begun.append(Watch(run, **options))
        return begun[-1]

    yield begin
    for one in begun:
        one.stop()


def test_it_shows_the_history_and_goes_on_live(run: RunDirectory, watch: Callable) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(40))
    seen = watch()
    seen.until(lambda: seen.follower.view.step == 40)
    trainer.say(journals.step(41))
    seen.until(lambda: seen.follower.view.step == 41)
    assert seen.follower.connection is not None
    assert any(isinstance(m, TrainerReached) for m in seen.posted)


def test_a_screen_that_takes_nothing_is_told_once(run: RunDirectory, watch: Callable) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(5))
    seen = watch()
    deadline = time.monotonic() + 2.5
    for number in range(6, 40):
        trainer.say(journals.step(number))
        time.sleep(max(0.0, (deadline - time.monotonic()) / 40))
    time.sleep(1.2)
    assert sum(isinstance(m, RunChanged) for m in seen.posted) == 1
    assert seen.follower.take().step == 39


def test_a_journal_longer_than_one_portion_is_read_whole(
    run: RunDirectory, watch: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "CHUNK_BYTES", 4096)
    journals.write(run, [*journals.events(300), journals.finished()])
    seen = watch()
    seen.until(lambda: seen.follower.view.state == "done")
    assert seen.follower.view.curve("loss").length == 300


def test_a_trainer_that_is_gone_without_a_word_is_noticed(
    run: RunDirectory, watch: Callable
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(60))
    seen = watch()
    seen.until(lambda: seen.follower.view.step == 60)
    trainer.die()
    seen.until(lambda: seen.follower.view.state == "lost")
    ending = seen.follower.view.ending
    assert ending is not None
    assert isinstance(ending.what, RunFailed)
    assert ending.what.checkpoint == "checkpoints/step-000050"
    seen.until(lambda: seen.follower.connection is None)


def test_a_killed_trainer_of_ours_is_named_with_its_signal(
    run: RunDirectory, watch: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(*_args: object, **_options: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(["sh", "-c", "kill -9 $$"])

    monkeypatch.setattr(follow, "start_trainer", start)
    seen = watch(start=True)
    seen.until(lambda: seen.follower.view.state == "lost")
    ending = seen.follower.view.ending
    assert ending is not None
    assert "SIGKILL" in ending.what.message
    assert "out of memory" in ending.what.advice


def test_a_trainer_that_dies_at_its_start_says_where_its_log_is(
    run: RunDirectory, watch: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.log_file.write_bytes(
        b"Traceback:\nloading 10%\rloading 90%\nImportError: no \x1b[31mtorch\n\n"
    )
    monkeypatch.setattr(follow, "start_trainer", lambda *a, **k: subprocess.Popen(["false"]))
    seen = watch(start=True)
    seen.until(lambda: seen.follower.view.state == "lost")
    ending = seen.follower.view.ending
    assert ending is not None
    assert "exit status 1" in ending.what.message
    assert "engine.log" in ending.what.advice
    assert "ImportError: no " in ending.what.advice
    assert "\x1b" not in ending.what.advice


def test_a_trainer_that_cannot_be_started_is_told(
    run: RunDirectory, watch: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(follow, "start_trainer", refuse)
    seen = watch(start=True)
    seen.until(lambda: any(isinstance(m, TrainerRefused) for m in seen.posted))
    (refused,) = [m for m in seen.posted if isinstance(m, TrainerRefused)]
    assert "Cannot allocate memory" in refused.problem.message


def test_a_broken_line_is_opened_again(run: RunDirectory, watch: Callable) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(3))
    seen = watch()
    seen.until(lambda: seen.follower.connection is not None)
    first = seen.follower.connection
    trainer.hang_up()
    seen.until(lambda: seen.follower.connection not in (None, first))
    assert seen.follower.connection.ask("pause").result(5) == {}


def test_ending_it_takes_a_moment_even_in_the_middle_of_waiting(
    run: RunDirectory, watch: Callable
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(3))
    seen = watch()
    seen.until(lambda: seen.follower.connection is not None)
    assert seen.stop() < 2.0  # ten times what is promised: this machine may be busy
    assert seen.follower.connection is None


def test_resuming_lets_a_warm_trainer_go_first(
    run: RunDirectory, watch: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(3))
    trainer.reply("status", {"state": "ended", "ended": True})
    trainer.on("release", lambda order: trainer.die())
    started: list[bool] = []

    def start(_run: RunDirectory, *, resume: bool, keep_warm: bool) -> subprocess.Popen[bytes]:
        started.append(resume)
        return subprocess.Popen(["sleep", "30"])

    monkeypatch.setattr(follow, "start_trainer", start)
    seen = watch(start=True, resume=True)
    seen.until(lambda: started)
    assert started == [True]
    seen.follower._process.kill()  # type: ignore[union-attr]


def test_a_run_that_trains_is_not_started_twice(
    run: RunDirectory, watch: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(3))
    trainer.reply("status", {"state": "running", "ended": False})
    monkeypatch.setattr(follow, "start_trainer", lambda *a, **k: pytest.fail("started"))
    seen = watch(start=True)
    seen.until(lambda: seen.follower.view.step == 3)
