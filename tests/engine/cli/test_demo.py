"""The demo without a screen: train the shipped preset, ask the tuned model and its base."""

import pytest

from engine.cli.verbs.demo import questions
from engine.runs import find, is_owned, summarize
from tests.engine.waiting import wait_for


def test_the_questions_are_held_out_and_ask_for_different_things():
    asked = questions(3)
    assert len(set(asked)) == 3
    assert questions(1) == asked[:1]


@pytest.mark.slow
def test_the_demo_trains_and_asks_both(tunesmith):
    words = ("demo", "--headless", "--set", "training.max_steps=3", "--set", "data.max_samples=20",
             "--set", "evaluation.prompts=[]")  # fmt: skip
    said = tunesmith(*words, "--json")
    assert said.code == 0, said.err
    document = said.document
    assert set(document) == {"run", "seconds", "steps", "loss_first", "loss_last", "answers"}
    assert document["steps"] == 3
    assert document["loss_first"] > 0
    assert [answer["prompt"] for answer in document["answers"]] == questions(3)
    for answer in document["answers"]:
        assert set(answer) == {"prompt", "base", "tuned"}
        assert answer["base"]
    run = find(document["run"])
    assert summarize(run).state == "done"
    wait_for(lambda: not is_owned(run))  # the warm trainer was let go

    shown = tunesmith(*words, "--set", "training.learning_rate=1e-3", "--name", "mine")
    assert shown.code == 0
    assert "Trained 3 steps" in shown.out
    assert "  tuned  " in shown.out
    assert "tunesmith chat" in shown.out


def test_a_demo_that_cannot_start_is_one_sentence(tunesmith):
    said = tunesmith("demo", "--headless", "--set", "training.epoch=1", "--json")
    assert said.code == 2
    assert "Did you mean training.epochs?" in said.document["error"]["advice"]
