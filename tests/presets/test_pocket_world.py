"""The world the pocket model is built from keeps its held-out part apart."""

from __future__ import annotations

import random

import pytest

from presets.pocket_build import corpus
from presets.pocket_build.wordings import Kind, article, casual, choose, fill, slots, thinned


@pytest.mark.parametrize("kind", corpus.KINDS.values(), ids=lambda kind: kind.name)
def test_every_wording_of_a_kind_can_be_filled_with_every_fact(kind: Kind) -> None:
    rng = random.Random(0)
    patterns = [core for _, core in kind.cores()] + [*kind.held, *kind.answers, *kind.follow]
    for fact in kind.facts:
        for pattern in patterns:
            assert "{" not in fill(pattern, fact, rng)


@pytest.mark.parametrize("kind", corpus.KINDS.values(), ids=lambda kind: kind.name)
def test_an_answer_contains_what_is_expected_of_it(kind: Kind) -> None:
    rng = random.Random(0)
    for fact in kind.facts:
        answer = corpus.answered(kind, fact, "", rng)
        assert any(expected.lower() in answer.answer.lower() for expected in answer.expect)


def test_no_held_out_wording_is_among_the_trained_ones() -> None:
    for kind in corpus.KINDS.values():
        trained = {core for _, core in kind.cores()}
        assert not trained & set(kind.held), kind.name


def test_training_never_asks_a_held_out_question() -> None:
    held = {
        corpus.normalized(question.messages[-1]["content"])
        for question in corpus.held_questions(12, seed=0)
        if question.split in ("wording", "fact") and len(question.messages) == 1
    }
    rng = random.Random(1)
    trained = {
        corpus.normalized(message["content"])
        for _ in range(5_000)
        for message in corpus.conversation(rng)
        if message["role"] == "user"
    }
    assert len(held & trained) <= 0.01 * len(held)


def test_a_held_out_sum_is_trained_in_no_wording() -> None:
    kind = corpus.KINDS["plus"]
    held = [fact for fact in kind.facts if corpus.fact_is_held(kind, fact)]
    assert held
    fact = held[0]
    assert all(corpus.combination_is_held(kind, fact, core) for _, core in kind.cores())


def test_the_same_seed_gives_the_same_conversations() -> None:
    first, second = random.Random(3), random.Random(3)
    assert [corpus.conversation(first) for _ in range(50)] == [
        corpus.conversation(second) for _ in range(50)
    ]


def test_articles_follow_the_sound() -> None:
    assert [article(noun) for noun in ("owl", "dog", "hour", "uncle", "unit")] == [
        "an owl", "a dog", "an hour", "an uncle", "a unit",
    ]  # fmt: skip


def test_a_fact_gives_slots_with_capitals_and_articles() -> None:
    assert slots({"x": "owl"}) == {"x": "owl", "X": "Owl", "ax": "an owl", "Ax": "An owl"}


def test_choices_may_be_nested() -> None:
    assert choose("[a|a[b|b]]", random.Random(0)) in {"a", "ab"}


def test_hurried_writing_keeps_the_words() -> None:
    rng = random.Random(0)
    for _ in range(20):
        words = corpus.normalized(casual("What is the capital of France?", rng))
        assert words.endswith("the capital of france")


def test_thinning_drops_small_words_only() -> None:
    rng = random.Random(0)
    for _ in range(20):
        left = thinned("What is the capital of France?", rng).split()
        assert {"capital", "France?"} <= set(left)
        assert 4 <= len(left) < 6
