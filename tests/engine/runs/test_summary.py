"""What a list of runs tells of each."""

import os

import pytest

from engine.events import Chat, Paused, Resumed
from engine.recipe import Recipe
from engine.runs import Owner, create, list_runs, summarize
from tests.engine.runs.journals import (
    checkpoint,
    evaluation,
    failed,
    finished,
    started,
    step,
    stopped,
)

CHAT = Chat(3, "hi", "hello", False, 2, 0.1)


@pytest.fixture
def owner(run):
    held = Owner(run)
    yield held
    held.release()


def test_a_finished_run_tells_its_last_figures(run, say):
    say(run, started(), step(9, loss=0.3), evaluation(9, 0.7), checkpoint(9), finished(10), CHAT)
    summary = summarize(run)
    assert summary.state == "done"
    assert (summary.step, summary.total_steps) == (10, 10)
    assert (summary.loss, summary.eval_loss) == (0.3, 0.7)
    assert (summary.name, summary.stage, summary.method, summary.model) == (
        "ember", "sft", "lora", "pocket",
    )  # fmt: skip
    assert summary.seconds == 9.5
    assert set(summary.to_json()) == {
        "id", "name", "state", "stage", "method", "model", "step", "total_steps", "loss",
        "eval_loss", "started", "seconds", "directory",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ending", "state"), [(stopped(3), "stopped"), (failed(3), "failed"), (finished(3), "done")]
)
def test_the_last_word_of_the_newest_attempt_is_the_state(run, say, ending, state):
    say(run, started(), step(3), ending)
    assert summarize(run).state == state


def test_a_run_whose_trainer_is_gone_without_a_word_is_lost(run, say):
    say(run, started(), step(3))
    assert summarize(run).state == "lost"


def test_a_run_whose_trainer_lives_is_running_or_paused(run, say, owner):
    say(run, started(), step(3))
    assert summarize(run).state == "running"
    say(run, started(), step(3), Paused(3), CHAT)
    assert summarize(run).state == "paused"
    say(run, started(), Paused(3), Resumed(3, 10))
    assert summarize(run).state == "running"


def test_a_pause_ends_with_its_attempt(run, say, owner):
    say(run, started(), step(3), Paused(3))
    say(run, started())
    assert summarize(run).state == "running"


def test_a_resumed_run_is_no_longer_what_it_was(run, say, owner):
    say(run, started(), step(3), stopped(3))
    assert summarize(run).state == "stopped"
    say(run, started())
    assert summarize(run).state == "running"


def test_a_warm_trainer_of_a_finished_run_leaves_it_done(run, say, owner):
    say(run, started(), step(10), finished(), CHAT)
    assert summarize(run).state == "done"


def test_void_steps_are_not_told(run, say):
    say(run, started(), step(4, loss=0.4), evaluation(4, 0.44), step(9, loss=0.9),
        evaluation(9, 0.99))  # fmt: skip
    say(run, started(), Resumed(4, 10))
    summary = summarize(run)
    assert (summary.step, summary.loss, summary.eval_loss) == (4, 0.4, 0.44)


def test_an_evaluation_long_ago_is_still_told(run, say):
    say(run, started(), step(1), evaluation(1, 0.33), *(step(n, 5000) for n in range(2, 2500)))
    summary = summarize(run)
    assert (summary.step, summary.eval_loss) == (2499, 0.33)


def test_an_attempts_own_time_is_told(run, say, owner):
    say(run, started(), step(1), stopped(1))
    before = summarize(run).started
    say(run, started(), Resumed(1, 10), step(2))
    summary = summarize(run)
    assert summary.started == before
    assert 0 <= summary.seconds < 60


def test_a_run_just_made_is_queued_and_one_never_started_is_lost(run):
    assert summarize(run).state == "queued"
    os.utime(run.recipe_file, (1, 1))
    assert summarize(run).state == "lost"


def test_a_run_with_a_spoiled_recipe_is_still_listed(run):
    run.recipe_file.write_text("{ spoiled")
    (summary,) = list_runs()
    assert (summary.id, summary.stage) == (run.id, "?")


def test_runs_are_listed_newest_first(say):
    runs = [create(Recipe(name=name)) for name in ("a", "b", "c")]
    assert [summary.id for summary in list_runs()] == sorted((r.id for r in runs), reverse=True)
