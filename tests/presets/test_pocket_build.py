"""The pocket model is made by recipes of this program out of rows that keep what is asked later."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.recipe import load
from presets.pocket_build import card, corpus, manners, material, reading, scorecard, training
from presets.pocket_build.scorecard import Score
from presets.pocket_build.training import Trained

BUILD = Path(training.__file__).parent


@pytest.mark.parametrize(
    ("name", "stage"), [("pretrain", "pretrain"), ("sft", "sft"), ("polish", "sft")]
)
def test_every_part_of_the_making_is_a_recipe_of_this_program(name: str, stage: str) -> None:
    recipe = load(BUILD / f"{name}.yaml")
    assert recipe.stage.name == stage
    assert recipe.method.name == "full"
    assert recipe.training.optimizer == "muon"


@pytest.mark.parametrize("draw", [corpus.conversation, corpus.hard_conversation])
def test_no_talk_asks_what_the_presets_ask_after_tuning(
    draw: Callable[[random.Random], list[corpus.Message]], tmp_path: Path
) -> None:
    material.write_talks(tmp_path / "talks.jsonl", 3_000, 4, draw)
    rows = [json.loads(line) for line in (tmp_path / "talks.jsonl").read_text().splitlines()]
    asked = {
        corpus.normalized(message["content"])
        for row in rows
        for message in row["messages"]
        if message["role"] == "user"
    }
    kept_back = material.kept_back()
    assert len(rows) == 3_000
    assert len(kept_back) > 100
    assert not asked & kept_back


def test_the_same_seed_writes_the_same_text(tmp_path: Path) -> None:
    for name in ("one", "two"):
        material.write_text(tmp_path / name, 20_000, seed=5)
    material.write_text(tmp_path / "other", 20_000, seed=6)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").read_bytes() != (tmp_path / "other").read_bytes()


@pytest.mark.parametrize("held", [False, True])
def test_what_is_asked_after_reading_stands_in_the_text(held: bool) -> None:
    rng = random.Random(0)
    for _ in range(300):
        turns, expect = reading.reading(rng, held)
        assert expect[0] in turns[0][0]
        assert expect[0] in turns[-1][1]


@pytest.mark.parametrize("manner", manners.MANNERS, ids=lambda manner: manner.name)
def test_a_manner_is_kept_by_what_it_makes_and_by_nothing_else(manner: manners.Manner) -> None:
    full, brief = "The capital of France is Paris.", "Paris."
    assert manner.kept(manner.change(full, brief), brief)
    assert not manner.kept(full, brief)


@pytest.mark.parametrize("manner", manners.MANNERS, ids=lambda manner: manner.name)
def test_a_manner_asked_for_in_held_out_words_was_never_trained_in_them(
    manner: manners.Manner,
) -> None:
    assert manner.held
    assert not set(manner.held) & set(manner.prompts)


def test_an_answer_in_the_right_manner_needs_the_right_fact_too() -> None:
    question = corpus.Question("manners", "wording", [], ["Paris"], "pirate", "Paris.")
    assert scorecard.is_right(question, "Arr! The capital of France is Paris.")
    assert not scorecard.is_right(question, "Arr! The capital of France is Rome.")
    assert not scorecard.is_right(question, "The capital of France is Paris.")


def test_the_card_tells_data_recipe_scores_and_limits(tmp_path: Path) -> None:
    made = Trained(tmp_path, steps=10, tokens=1234, seconds=1.0, loss=1.0, eval_loss=1.0)
    result = Score()
    result.asked["all"], result.right["all"] = 4, 3
    card.write_card(tmp_path, result, (made, made, made), minutes=30, seed=7)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "license: apache-2.0" in text
    assert "1,234 tokens" in text
    assert "| all | 3 | 4 | 75% |" in text
    assert "--seed 7" in text
    assert "What it cannot do" in text
