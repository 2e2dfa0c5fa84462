"""The world the pocket model is built from keeps its held-out part apart."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from presets.pocket_build import corpus, unknown
from presets.pocket_build.wordings import (
    TRAINED_FRAMES,
    Kind,
    article,
    capitalized,
    casual,
    choose,
    fill,
    framed,
    slots,
    thinned,
)


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


def _questions(kind: Kind, fact: dict[str, str]) -> Iterator[str]:
    """Yield a fact's question in all wordings, bare and in two frames, without case and stops."""
    rng = random.Random(0)
    for family, core in [*kind.cores(), *(("whole", held) for held in kind.held)]:
        for frame in TRAINED_FRAMES.get(family, ("",))[:3]:
            asked = framed(family, fill(core, fact, rng), frame).lower()
            yield " ".join(asked.translate(str.maketrans("", "", "?.!,:\"")).split())


def test_no_question_of_the_world_has_two_answers() -> None:
    answers: dict[str, tuple[str, set[str]]] = {}
    rng = random.Random(0)
    clashes = []
    for kind in corpus.KINDS.values():
        for fact in kind.facts:
            said = {capitalized(fill(answer, fact, rng)) for answer in kind.answers}
            for question in _questions(kind, fact):
                other, known = answers.setdefault(question, (kind.name, said))
                if known != said:
                    clashes.append((question, other, kind.name, sorted(known | said)))
    assert not clashes, clashes[:10]


def test_no_two_kinds_share_a_name() -> None:
    names = [kind.name for module in corpus.MODULES for kind in module.KINDS]
    assert len(names) == len(set(names)), {name for name in names if names.count(name) > 1}


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


def test_more_than_a_hundred_unknown_questions_are_held_out() -> None:
    def asked(held: bool) -> set[str]:
        rng = random.Random(f"unknown {held}")
        return {
            corpus.normalized(unknown.unknown_question(corpus.KINDS, rng, held))
            for _ in range(3_000)
        }

    held, trained = asked(True), asked(False)
    assert len(held) > 500
    assert len(held & trained) <= 0.01 * len(held)


def test_what_is_refused_is_taught_nowhere() -> None:
    rng = random.Random(4)
    taught = {
        corpus.normalized(fill(core, fact, rng))
        for kind in corpus.KINDS.values()
        for _, core in kind.cores()
        for fact in kind.facts
    }
    refused = {
        corpus.normalized(unknown.unknown_question(corpus.KINDS, rng, held))
        for held in (False, True)
        for _ in range(2_000)
    }
    assert not taught & refused


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
