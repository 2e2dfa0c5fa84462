"""A run stops with everything saved and goes on as if it never had."""

import json
import signal
import subprocess

from engine.runs import checkpoints, is_owned, read_journal, start_trainer, summarize, valid
from engine.train import train
from tests.engine.train.conftest import Guest, events, reach, wait_for, weights_hash


def test_a_stopped_run_resumes_to_the_same_weights(new_run):
    whole = new_run()
    assert train(whole) == 0

    parted = new_run()
    stops = []

    def talk(trainer):
        trainer.ask("pause").result(60)
        stops.append(trainer.ask("stop").result(60))

    guest = Guest(parted, talk)
    assert train(parted) == 0
    guest.finish()
    (stop,) = stops
    assert stop["state"] == "stopped"
    assert 0 < stop["step"] < 12
    assert (parted.path / stop["checkpoint"]).is_dir()
    assert summarize(parted).state == "stopped"

    assert train(parted, resume=True) == 0
    (resumed,) = events(parted, "resumed")
    assert (resumed.from_step, resumed.total_steps) == (stop["step"], 12)
    history = valid(read_journal(parted.journal_file))
    steps = [entry.event for entry in history if entry.event.name == "step"]
    assert [s.loss for s in steps] == [s.loss for s in events(whole, "step")]
    assert weights_hash(parted) == weights_hash(whole)
    assert summarize(parted).state == "done"


def test_a_damaged_checkpoint_is_passed_over_with_one_line(new_run):
    run = new_run("training.save_every=3")
    assert train(run) == 0
    newest = checkpoints.listed(run)[-1]
    optimizer = newest / "optimizer.pt"
    data = bytearray(optimizer.read_bytes())
    data[len(data) // 2] ^= 1
    optimizer.write_bytes(bytes(data))

    whole, notes = checkpoints.newest_whole(run)
    assert whole is not None
    assert whole.name == "step-000009"
    assert notes == ["step-000012: optimizer.pt is damaged"]
    assert train(run, resume=True) == 0
    assert events(run, "resumed")[-1].from_step == 9


def test_a_finished_run_resumes_to_nothing(new_run):
    run = new_run()
    assert train(run) == 0
    before = weights_hash(run)
    assert train(run, resume=True) == 0
    assert weights_hash(run) == before
    assert len(events(run, "step")) == 12


def test_a_signal_at_the_trainer_process_saves_and_stops(new_run):
    run = new_run("training.max_steps=4000", "training.save_every=null")
    process = start_trainer(run)
    try:
        wait_for(lambda: len(events(run, "step")) > 2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    finally:
        process.kill()
    (stopped,) = events(run, "run_stopped")
    assert stopped.asked_by == "SIGTERM"
    assert stopped.checkpoint == f"checkpoints/step-{stopped.step:06d}"
    assert checkpoints.damage(run.path / stopped.checkpoint) is None
    assert not is_owned(run)


def test_a_killed_trainer_is_seen_as_lost_and_resumes(new_run):
    run = new_run("training.save_every=2", "training.max_steps=4000")
    process = start_trainer(run)
    wait_for(lambda: events(run, "checkpoint"))
    process.kill()
    process.wait()
    assert summarize(run).state == "lost"
    again = start_trainer(run, resume=True)
    try:
        wait_for(lambda: events(run, "resumed"))
        trainer = reach(run)
        trainer.ask("stop").result(60)
        assert again.wait(60) == 0
    finally:
        again.kill()
    assert summarize(run).state == "stopped"


def test_a_warm_trainer_answers_after_the_end_and_goes_when_released(new_run):
    run = new_run("training.max_steps=2")
    process = start_trainer(run, keep_warm=True)
    try:
        trainer = reach(run)
        wait_for(lambda: events(run, "run_finished"))
        question = {"messages": [{"role": "user", "content": "who are you?"}], "max_new_tokens": 4}
        assert trainer.ask("chat", question).result(60)["tokens"] <= 4
        assert summarize(run).state == "done"
        trainer.ask("release").result(10)
        assert process.wait(30) == 0
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    finally:
        process.kill()


def test_only_one_process_owns_a_run(new_run):
    run = new_run("training.max_steps=4000")
    first = start_trainer(run)
    try:
        trainer = reach(run)
        second = start_trainer(run)
        assert second.wait(60) == 2
        trainer.ask("stop").result(60)
        assert first.wait(60) == 0
    finally:
        first.kill()
    assert len(events(run, "run_started")) == 1


def test_a_run_grouped_by_length_resumes_in_a_later_epoch_to_the_same_weights(new_run, tmp_path):
    source = tmp_path / "uneven.jsonl"
    lines = [
        json.dumps({"prompt": f"number {n}?", "completion": "I am Ember. " * (1 + n * 7 % 10)})
        for n in range(54)
    ]
    source.write_text("\n".join(lines))
    settings = (f"data.source={source}", "data.group_by_length=true", "data.validation=0")
    whole = new_run(*settings)
    assert train(whole) == 0
    parted = new_run(*settings)

    def stop(trainer):
        wait_for(lambda: any(s.step >= 9 for s in events(parted, "step")))
        trainer.ask("stop").result(60)

    guest = Guest(parted, stop)
    assert train(parted) == 0
    guest.finish()
    assert train(parted, resume=True) == 0
    (resumed,) = events(parted, "resumed")
    assert 7 < resumed.from_step < 12, "the second epoch, which has seven steps"
    history = valid(read_journal(parted.journal_file))
    steps = [entry.event for entry in history if entry.event.name == "step"]
    assert [s.loss for s in steps] == [s.loss for s in events(whole, "step")]
    assert weights_hash(parted) == weights_hash(whole)
