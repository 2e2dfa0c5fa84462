"""Runs as they lie on disk: listed, followed to their end, stopped, compared."""

import contextlib
import json
import os
import pty
import threading

import pytest

from engine.events import Chat, Event, Resumed, Sample
from engine.recipe import Recipe, with_field
from engine.runs import JournalWriter, Owner, RunDirectory, create, read_journal
from tests.engine.cli.conftest import command
from tests.engine.runs.journals import (
    EVERY_EVENT,
    checkpoint,
    evaluation,
    failed,
    finished,
    started,
    step,
    stopped,
)


def say(run: RunDirectory, *events: Event) -> None:
    """One attempt's events."""
    journal = JournalWriter(run.journal_file)
    for event in events:
        journal.write(event)
    journal.close()


def made(name: str, *fields: tuple[str, object]) -> RunDirectory:
    recipe = Recipe(name=name)
    for field, value in fields:
        recipe = with_field(recipe, field, value)
    return create(recipe)


@pytest.fixture
def done() -> RunDirectory:
    run = made("ember")
    say(run, started(), *(step(n, loss=1 / n) for n in range(1, 11)), evaluation(10, 0.2),
        checkpoint(10), finished())  # fmt: skip
    return run


def test_without_runs_the_list_is_empty(tunesmith):
    assert tunesmith("runs", "--json").document == []
    assert "tunesmith demo" in tunesmith("runs").out


def test_runs_are_listed_with_the_fields_of_the_contract(tunesmith, done):
    other = made("ash")
    say(other, started("ash"), step(3), failed(3))
    rows = {row["name"]: row for row in tunesmith("runs", "--json").document}
    assert set(rows["ember"]) == {
        "id", "name", "state", "stage", "method", "model", "step", "total_steps", "loss",
        "eval_loss", "started", "seconds", "directory",
    }  # fmt: skip
    assert (rows["ember"]["state"], rows["ash"]["state"]) == ("done", "failed")
    assert rows["ember"]["directory"] == str(done.path)
    shown = tunesmith("runs").out
    assert done.id in shown
    assert "10/10" in shown


def test_a_hostile_run_is_listed_harmlessly(tunesmith, tunesmith_home):
    run = made("ember")
    path = run.path.with_name("20260101-000000-\x1b]0;owned\x07\u202e")
    os.rename(run.path, path)
    say(RunDirectory(path), started("\x1b[31m"), step(1))
    out = tunesmith("runs").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "␛]0;owned␇" in out


def test_attach_tells_a_finished_run_from_its_start(tunesmith, done):
    said = tunesmith("attach", "last", "--json")
    assert said.code == 0
    assert said.events == [json.loads(line) for line in done.journal_file.read_text().splitlines()]
    assert said.events[-1]["event"] == "run_finished"
    shown = tunesmith("attach", "ember")
    assert shown.code == 0
    assert done.id in shown.out
    assert "step 10/10" in shown.err


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        (finished(), 0),
        (stopped(3), 0),
        (failed(3), 1),
    ],
)
def test_the_exit_code_tells_how_the_run_ended(tunesmith, ending, code):
    run = made("ember")
    say(run, started(), step(3), ending)
    said = tunesmith("attach", run.id, "--json")
    assert said.code == code
    assert said.events[-1]["event"] == ending.name


def test_a_run_that_a_signal_stopped_is_exit_130(tunesmith):
    import dataclasses

    run = made("ember")
    say(run, started(), dataclasses.replace(stopped(3), asked_by="SIGTERM"))
    assert tunesmith("attach", run.id, "--json").code == 130


def test_a_trainer_that_left_no_word_is_told_as_a_failure(tunesmith):
    run = made("ember")
    say(run, started(), step(3))
    said = tunesmith("attach", run.id, "--json")
    assert said.code == 1
    last = said.events[-1]
    assert (last["event"], last["reason"], last["step"]) == ("run_failed", "killed", 3)
    assert last["seq"] == 3
    assert run.id in last["message"]
    assert str(run.log_file) in last["advice"]
    assert len(read_journal(run.journal_file)) == 2  # the journal is the trainer's alone
    assert str(run.log_file) in tunesmith("attach", run.id).err


def test_only_the_newest_attempts_end_is_the_end(tunesmith):
    run = made("ember")
    say(run, started(), step(3), stopped(3))
    say(run, started(), Resumed(3, 10), step(4), finished())
    said = tunesmith("attach", run.id, "--json")
    assert [event["event"] for event in said.events].count("run_started") == 2
    assert said.events[-1]["event"] == "run_finished"


def test_attach_goes_on_live_until_the_end(tunesmith):
    run = made("ember")
    owner = Owner(run)
    journal = JournalWriter(run.journal_file)
    journal.write(started())

    def train():
        for number in range(1, 11):
            journal.write(step(number))
        journal.write(finished())

    later = threading.Timer(0.5, train)
    later.start()
    said = tunesmith("attach", run.id, "--json")
    later.join()
    owner.release()
    assert said.code == 0
    assert [event["step"] for event in said.events if event["event"] == "step"] == [*range(1, 11)]


def test_every_kind_of_event_is_told_harmlessly(tunesmith):
    run = made("ember")
    say(run, *EVERY_EVENT[:-3], Sample(1, "\x1b[2J", "\u202eanswer"), finished())
    said = tunesmith("attach", run.id)
    assert said.code == 0
    assert "\x1b" not in said.err
    assert "\u202e" not in said.err
    for words in ("9 of 10 rows kept", "held-out loss 0.7", "checkpoint", "Memory ran out",
                  "Paused at step 2", "Goes on from step 2", "Done in"):  # fmt: skip
        assert words in said.err


def test_a_moving_line_in_a_terminal_is_harmless_too(done, shell):
    say(done, Chat(3, "a", "b", False, 1, 0.1))
    other = made("ash")
    say(other, started(), Sample(1, "\x1b]52;c;evil\x07", "[/INST] [bold]x[/bold]"), finished())
    master, slave = pty.openpty()
    from subprocess import Popen

    from engine import processes

    env = {**processes.environment(), "TERM": "xterm-256color", "COLUMNS": "80"}
    process = Popen(command("attach", other.id), stdin=slave, stdout=slave, stderr=slave, env=env)
    os.close(slave)
    heard = b""
    with contextlib.suppress(OSError):  # the end of a terminal
        while piece := os.read(master, 65536):
            heard += piece
    os.close(master)
    assert process.wait() == 0
    assert b"\x1b]52" not in heard
    assert "␛]52;c;evil␇ → [/INST] [bold]x[/bold]".encode() in heard


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("nothing", "There is no run 'nothing'."),
        ("/tmp", "/tmp is not a run's directory."),
        ("2", "means 2 runs"),
        ("x" * 5000, "There is no run"),
        ("", "There is no run"),
    ],
)
@pytest.mark.parametrize("verb", ["attach", "stop", "resume", "compare"])
def test_a_run_that_is_not_there_is_one_sentence(tunesmith, verb, reference, words, done):
    made("ash")
    said = tunesmith(verb, reference)
    assert said.code == 2
    assert words in said.sentence


def test_stopping_what_does_not_run_tells_how_it_is(tunesmith, done):
    said = tunesmith("stop", done.id, "--json")
    assert said.code == 0
    assert said.document == {
        "run": done.id, "state": "done", "step": 10, "checkpoint": "checkpoints/step-000010",
    }  # fmt: skip
    assert "was not running" in tunesmith("stop", done.id).out


def test_a_run_that_is_done_has_nothing_to_resume(tunesmith, done):
    said = tunesmith("resume", done.id)
    assert said.code == 2
    assert "nothing is left to train" in said.sentence
    assert "replay" in said.sentence


def test_a_run_whose_trainer_lives_is_not_resumed(tunesmith):
    run = made("ember")
    say(run, started(), step(3))
    owner = Owner(run)
    said = tunesmith("resume", run.id, "--json")
    owner.release()
    assert said.code == 2
    assert said.document["error"]["code"] == "run_is_owned"


def test_a_run_with_a_spoiled_recipe_is_not_resumed(tunesmith):
    run = made("ember")
    say(run, started(), stopped(3))
    run.recipe_file.write_text("trainning: {}")
    said = tunesmith("resume", run.id)
    assert said.code == 2
    assert "Did you mean training?" in said.sentence


def test_compare_shows_differences_curves_and_who_did_best(tunesmith):
    one = made("a", ("method.rank", 8))
    two = made("b", ("training.epochs", 1))
    say(one, started(), step(1, loss=0.9), step(2, loss=0.5), evaluation(2, 0.6), finished(2, 0.6))
    say(two, started(), step(1, loss=0.8), step(3, loss=0.4), evaluation(3, 0.3), stopped(3))
    say(two, started(), Resumed(1, 10), step(2, loss=0.45), evaluation(2, 0.5), finished(2, None))
    said = tunesmith("compare", one.id, two.id, "--json")
    assert said.code == 0
    document = said.document
    assert document["runs"] == [one.id, two.id]
    assert {"field": "training.epochs", "values": [3.0, 1.0]} in document["differences"]
    assert {"field": "method.rank", "values": [8, None]} in document["differences"]
    assert document["curves"]["loss"] == [[1, [0.9, 0.8]], [2, [0.5, 0.45]]]
    assert document["curves"]["eval_loss"] == [[2, [0.6, 0.5]]]
    assert [row["run"] for row in document["ranking"]] == [two.id, one.id]
    assert document["ranking"][0] == {"run": two.id, "metric": "eval_loss", "value": 0.5}
    shown = tunesmith("compare", one.id, two.id).out
    assert "training.epochs" in shown


def test_compare_wants_two_runs(tunesmith, done):
    for references in ([done.id], [done.id, "last"]):
        said = tunesmith("compare", *references)
        assert said.code == 2
        assert "at least two different runs" in said.sentence


def test_a_run_without_figures_compares_without_a_place(tunesmith, done):
    other = made("ash")
    document = tunesmith("compare", done.id, other.id, "--json").document
    assert [row["run"] for row in document["ranking"]] == [done.id]
