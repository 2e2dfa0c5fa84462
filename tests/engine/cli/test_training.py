"""Runs that are really trained: in the foreground, detached, stopped, resumed, replayed."""

import json
import os
import signal
import subprocess

import pytest

from engine import processes
from engine.runs import RunDirectory, find, is_owned, read_journal, summarize, valid
from tests.engine.cli.conftest import Said, command
from tests.engine.waiting import wait_for

pytestmark = pytest.mark.slow  # a trainer takes some seconds to start

LONG = ("--set", "training.max_steps=100000", "--set", "training.eval_every=null",
        "--set", "training.save_every=null")  # fmt: skip


def losses(run: RunDirectory) -> list[float]:
    """The losses that hold, step by step."""
    history = valid(read_journal(run.journal_file))
    return [entry.event.loss for entry in history if entry.event.name == "step"]


def steps(run: RunDirectory) -> int:
    return summarize(run).step


class Foreground:
    """`tunesmith train` in a process of its own."""

    def __init__(self, *arguments: object) -> None:
        self.process = subprocess.Popen(
            command("train", *arguments, "--json"),
            env=processes.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.run = wait_for(self._newest)
        wait_for(lambda: steps(self.run) >= 2)

    def _newest(self) -> RunDirectory | None:
        from engine.runs import all_runs

        assert self.process.poll() is None, self.process.communicate()
        return next(iter(all_runs()), None)

    def end(self) -> Said:
        out, err = self.process.communicate(timeout=120)
        return Said(self.process.returncode, out, err)

    def kill_trainer(self) -> None:
        os.kill(int(self.run.lock_file.read_text()), signal.SIGKILL)


@pytest.fixture
def foreground(recipe_file):
    started: list[Foreground] = []

    def start(*arguments: object) -> Foreground:
        started.append(Foreground(recipe_file, *arguments))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.communicate()
        if is_owned(each.run):
            each.kill_trainer()


def test_a_run_is_trained_and_replayed_to_the_same_losses(tunesmith, recipe_file, shell):
    said = tunesmith("train", recipe_file, "--json")
    assert said.code == 0
    assert said.err == ""
    run = find("last")
    assert said.events == [json.loads(line) for line in run.journal_file.read_text().splitlines()]
    names = [event["event"] for event in said.events]
    assert names[0] == "run_started"
    assert names[-1] == "run_finished"
    assert names.count("step") == 8
    assert {"phase", "plan", "data_ready", "eval", "checkpoint"} <= set(names)
    assert (run.path / "adapter" / "adapter_model.safetensors").is_file()
    assert run.loss_picture.is_file()
    assert run.path.stat().st_mode & 0o777 == 0o700
    assert run.recipe().name == "ember"
    assert run.plan()["verdict"] in {"fits", "tight"}
    (row,) = tunesmith("runs", "--json").document
    assert (row["state"], row["step"], row["id"]) == ("done", 8, run.id)

    again = tunesmith("replay", "ember")
    assert again.code == 0
    assert "step 8/8" in again.err
    assert "Done in" in again.err
    replayed = find(again.out.split()[0])
    assert replayed.id != run.id
    assert losses(replayed) == losses(run)
    assert replayed.recipe() == run.recipe()

    # In a process of its own here, so that this one stays free of signal handlers.
    inside = shell("replay", run.id, "--in-process", "--json")
    assert inside.code == 0
    assert inside.events[-1]["event"] == "run_finished"
    assert losses(find(inside.events[0]["run"])) == losses(run)

    document = tunesmith("compare", run.id, replayed.id, "--json").document
    assert document["differences"] == []
    assert all(one == other for _step, (one, other) in document["curves"]["loss"])

    answered = tunesmith("chat", run.id, "--prompt", "who are you?", "--base", "--json",
                         "--max-tokens", "12", "--temperature", "0")  # fmt: skip
    assert answered.code == 0
    assert set(answered.document) == {"prompt", "answer", "base", "tokens", "seconds"}
    alone = tunesmith("chat", run.id, "--prompt", "who are you?", "--json", "--max-tokens", "12",
                      "--temperature", "0")  # fmt: skip
    assert set(alone.document) == {"prompt", "answer", "tokens", "seconds"}
    assert alone.document["answer"] == answered.document["answer"]


def test_a_detached_run_is_attached_to_stopped_and_resumed(tunesmith, recipe_file):
    whole = tunesmith("train", recipe_file, "--set", "training.max_steps=40", "--json")
    assert whole.code == 0
    first = find("last")

    said = tunesmith("train", recipe_file, "--set", "training.max_steps=40", "--detach", "--json")
    assert said.code == 0
    run = find(said.document["run"])
    assert said.document == {"run": run.id, "directory": str(run.path)}
    assert is_owned(run)

    watcher = subprocess.Popen(
        command("attach", run.id, "--json"), env=processes.environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    wait_for(lambda: steps(run) >= 3)
    stopped = tunesmith("stop", run.id, "--json")
    assert stopped.code == 0
    document = stopped.document
    assert (document["run"], document["state"]) == (run.id, "stopped")
    assert 3 <= document["step"] < 40
    assert (run.path / document["checkpoint"]).is_dir()
    out, _err = watcher.communicate(timeout=120)
    assert watcher.returncode == 0
    last = json.loads(out.splitlines()[-1])
    assert (last["event"], last["step"]) == ("run_stopped", document["step"])

    resumed = tunesmith("resume", run.id, "--json")
    assert resumed.code == 0, resumed.events[-1]
    assert {event["attempt"] for event in resumed.events} == {2}
    names = [event["event"] for event in resumed.events]
    assert names[-1] == "run_finished"
    (point,) = (event for event in resumed.events if event["event"] == "resumed")
    assert point["from_step"] == document["step"]
    assert losses(run) == losses(first)
    assert tunesmith("attach", run.id, "--json").code == 0


def test_a_closed_terminal_detaches_and_the_run_goes_on(foreground):
    shown = foreground(*LONG)
    shown.process.send_signal(signal.SIGHUP)
    said = shown.end()
    assert said.code == 130
    before = steps(shown.run)
    wait_for(lambda: steps(shown.run) > before)
    assert summarize(shown.run).state == "running"

    watcher = subprocess.Popen(
        command("attach", shown.run.id), env=processes.environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    wait_for(lambda: "step" in watcher.stderr.readline())
    watcher.send_signal(signal.SIGINT)
    _out, err = watcher.communicate(timeout=120)
    assert watcher.returncode == 130
    assert "The run goes on" in err
    assert is_owned(shown.run)


def test_one_signal_saves_and_stops(foreground):
    shown = foreground(*LONG)
    shown.process.send_signal(signal.SIGTERM)
    said = shown.end()
    assert said.code == 130
    last = said.events[-1]
    assert last["event"] == "run_stopped"
    assert (shown.run.path / last["checkpoint"]).is_dir()
    assert "Stopping" in said.err
    assert summarize(shown.run).state == "stopped"
    wait_for(lambda: not is_owned(shown.run))


def test_a_second_signal_leaves_the_run_to_itself(foreground):
    shown = foreground(*LONG)
    # Both at once: the first must not have had its answer yet.
    os.kill(int(shown.run.lock_file.read_text()), signal.SIGSTOP)
    shown.process.send_signal(signal.SIGINT)
    wait_for(lambda: "Stopping" in shown.process.stderr.readline())
    shown.process.send_signal(signal.SIGINT)
    said = shown.end()
    assert said.code == 130
    assert "The run goes on" in said.err
    assert is_owned(shown.run)


def test_a_killed_trainer_is_named_with_its_log(foreground):
    shown = foreground(*LONG)
    shown.kill_trainer()
    said = shown.end()
    assert said.code == 1
    last = said.events[-1]
    assert (last["event"], last["reason"]) == ("run_failed", "killed")
    assert "SIGKILL" in last["message"]
    assert str(shown.run.log_file) in last["advice"]
    assert summarize(shown.run).state == "lost"


def test_a_killed_shell_costs_the_run_nothing(foreground, tunesmith):
    shown = foreground(*LONG)
    shown.process.kill()
    shown.process.wait()
    before = steps(shown.run)
    wait_for(lambda: steps(shown.run) > before + 1)
    assert tunesmith("stop", shown.run.id, "--json").document["state"] == "stopped"


def test_a_run_whose_reader_went_away_trains_on_and_can_be_talked_to(tunesmith, recipe_file):
    words = " ".join(command("train", recipe_file, *LONG, "--json"))
    done = subprocess.run(
        ["bash", "-c", f"{words} | head -2"], env=processes.environment(),
        capture_output=True, text=True,
    )  # fmt: skip
    assert len(done.stdout.splitlines()) == 2
    assert "The run goes on" in done.stderr
    run = find("last")
    wait_for(lambda: steps(run) >= 2)

    said = tunesmith("chat", run.id, "--prompt", "who are you?", "--base", "--json",
                     "--max-tokens", "8", "--seed", "1")  # fmt: skip
    assert said.code == 0
    assert set(said.document) == {"prompt", "answer", "base", "tokens", "seconds"}
    spoken = [entry.event for entry in read_journal(run.journal_file) if entry.event.name == "chat"]
    assert sorted(chat.base for chat in spoken) == [False, True]
    shown = tunesmith("chat", run.id, "--prompt", "who are you?", "--max-tokens", "8",
                      "--seed", "1", "--system", "Be short.")  # fmt: skip
    assert shown.code == 0
    assert shown.out.strip()
    before = steps(run)
    wait_for(lambda: steps(run) > before)

    refused = tunesmith("resume", run.id)
    assert refused.code == 2
    assert "its trainer lives" in refused.sentence
    assert tunesmith("stop", run.id, "--json").document["state"] == "stopped"
    assert not is_owned(run) or wait_for(lambda: not is_owned(run))


def test_a_run_that_fails_is_exit_1_with_its_reason(tunesmith, recipe_file):
    said = tunesmith("train", recipe_file, "--set", "training.learning_rate=1e30", "--set",
                     "training.max_grad_norm=0", "--json")  # fmt: skip
    assert said.code == 1
    last = said.events[-1]
    assert last["event"] == "run_failed"
    assert last["reason"] == "nan_loss"
    assert last["message"]
    assert last["advice"]


def test_a_trainer_that_cannot_start_is_named_at_once(tunesmith, recipe_file, monkeypatch):
    from engine.runs import launch

    monkeypatch.setattr(launch, "TRAINER", "engine.no_such_module")
    said = tunesmith("train", recipe_file, "--detach", "--json")
    assert said.code == 1
    assert said.document["error"]["code"] == "trainer_start"
    assert "engine.log" in said.document["error"]["advice"]
    followed = tunesmith("train", recipe_file, "--json")
    assert followed.code == 1
    assert followed.events[-1]["event"] == "run_failed"
