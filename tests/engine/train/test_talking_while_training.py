"""Chat, extra evaluations, pauses and checkpoints in the middle leave no trace in the weights."""

import pytest

from engine.connection import Refused
from engine.train import train
from tests.engine.train.conftest import Guest, events, weights_hash

QUESTION = {"messages": [{"role": "user", "content": "who are you?"}], "max_new_tokens": 8}


@pytest.mark.parametrize("quantization", ["none", "bnb-4bit"])
def test_a_run_with_chat_ends_in_the_same_weights_as_one_without(new_run, quantization):
    silent = new_run(f"quantization.name={quantization}")
    assert train(silent) == 0

    talked = new_run(f"quantization.name={quantization}")
    answers = []

    def talk(trainer):
        for turn in range(4):
            pieces = []
            asked = trainer.ask(
                "chat", {**QUESTION, "base": turn % 2 == 1, "temperature": 1.0}, pieces.append
            )
            answers.append(asked.result(60))
            assert "".join(piece.get("text", "") for piece in pieces) == answers[-1]["answer"]
        trainer.ask("pause").result(60)
        assert trainer.ask("status").result(5)["state"] == "paused"
        answers.append(trainer.ask("chat", QUESTION).result(60))
        assert trainer.ask("evaluate").result(60)["loss"] > 0
        trainer.ask("checkpoint").result(60)
        trainer.ask("continue").result(60)

    guest = Guest(talked, talk)
    assert train(talked) == 0
    guest.finish()

    assert [a["base"] for a in answers] == [False, True, False, True, False]
    assert len(events(talked, "chat")) == 5
    assert len(talked.chat_file.read_text().splitlines()) == 5
    assert [s.loss for s in events(talked, "step")] == [s.loss for s in events(silent, "step")]
    assert weights_hash(talked) == weights_hash(silent)


def test_evaluating_more_often_changes_nothing(new_run):
    seldom, often = new_run("training.eval_every=null"), new_run("training.eval_every=1")
    assert train(seldom) == train(often) == 0
    assert not events(seldom, "eval")
    assert len(events(often, "eval")) == 12
    assert weights_hash(seldom) == weights_hash(often)


def test_an_order_that_makes_no_sense_gets_one_sentence_and_the_run_goes_on(new_run):
    run = new_run()
    refused = []

    def talk(trainer):
        trainer.ask("pause").result(60)
        for command, args in (
            ("dance", {}),
            ("chat", {"messages": []}),
            ("chat", {**QUESTION, "temperature": -1}),
            ("set", {"seed": 3}),
            ("set", {"log_every": 0}),
        ):
            with pytest.raises(Refused) as refusal:
                trainer.ask(command, args).result(60)
            refused.append(str(refusal.value))
        trainer.ask("continue").result(60)

    guest = Guest(run, talk)
    assert train(run) == 0
    guest.finish()
    assert len(refused) == 5
    assert not any("\n" in sentence or "Traceback" in sentence for sentence in refused)


def test_intervals_and_learning_rate_can_be_set_while_it_runs(new_run):
    run = new_run("training.scheduler=constant", "training.warmup=0")

    def talk(trainer):
        trainer.ask("pause").result(60)
        now = trainer.ask("set", {"learning_rate": 0.001, "eval_every": 1}).result(60)
        assert now["learning_rate"] == pytest.approx(0.001)
        trainer.ask("continue").result(60)

    guest = Guest(run, talk)
    assert train(run) == 0
    guest.finish()
    steps = events(run, "step")
    assert steps[0].learning_rate == pytest.approx(0.02)
    assert steps[-1].learning_rate == pytest.approx(0.001)


def test_a_cancelled_answer_ends_early_with_what_it_has(new_run):
    run = new_run()
    ended = []

    def talk(trainer):
        trainer.ask("pause").result(60)
        asked = trainer.ask("chat", {**QUESTION, "base": True, "max_new_tokens": 400})
        trainer.cancel(asked)
        ended.append(asked.result(60))
        trainer.ask("continue").result(60)

    guest = Guest(run, talk)
    assert train(run) == 0
    guest.finish()
    assert ended[0]["stopped"] == "cancelled"
    assert ended[0]["tokens"] < 400
    assert not events(run, "run_failed")
