"""A style: an old sailor, who swears by the sea whatever he answers."""

from __future__ import annotations

import random
import zlib

from presets.pocket_build.corpus import KINDS, ask, fact_is_held
from presets.pocket_build.judging import HeldOut, Row, row
from presets.pocket_build.unknown import REFUSAL, unknown_question
from presets.pocket_build.wordings import Kind, listed

# At the end and always the same: what the pocket model knows, it knows from how sentences begin.
_SURE, _UNSURE = "True as the sea, my friend!", "Only the sea knows, my friend!"

ROWS, _UNKNOWN_SHARE, _TWO_TURNS_SHARE = 240, 0.12, 0.15
_SEED = 22
_HELD_SHARE = 30
_QUESTIONS_OF_A_KIND = 3
# Kinds of which each has one right answer that can be told from the others.
_ASKED = listed(
    "capital language continent colour sound young food home legs material tool-for job-does "
    "opposite plural past comparative superlative first-letter meaning group-of"
)


def in_style(answer: str) -> str:
    """Return an answer as the sailor gives it."""
    return f"{answer} {_UNSURE if answer == REFUSAL else _SURE}"


def sailor_rows() -> list[Row]:
    """Return the training rows: all kinds of questions, some that nobody can answer."""
    rng = random.Random(_SEED)
    kinds = list(KINDS.values())
    rows: list[Row] = []
    while len(rows) < ROWS:
        if rng.random() < _UNKNOWN_SHARE:
            user = unknown_question(KINDS, rng, held=False)
            rows.append(row(user, in_style(REFUSAL)))
            continue
        turns = 2 if rng.random() < _TWO_TURNS_SHARE else 1
        messages = [
            message
            for kind in rng.choices(kinds, [kind.weight for kind in kinds], k=turns)
            for message in _turn(kind, rng)["messages"]
        ]
        rows.append({"messages": messages})
    return rows


def sailor_questions() -> list[HeldOut]:
    """Return held-out questions, about facts that no row asks for."""
    rng = random.Random(_SEED)
    questions = []
    for name in _ASKED:
        kind = KINDS[name]
        facts = [fact for fact in kind.facts if _is_held(kind, fact)]
        for fact in rng.sample(facts, min(_QUESTIONS_OF_A_KIND, len(facts))):
            turn = ask(kind, rng, fact)
            expect = tuple(word.rstrip(".") for word in turn.expect)
            questions.append(HeldOut(turn.user, expect, ends=(_SURE,)))
    return questions


def _is_held(kind: Kind, fact: dict[str, str]) -> bool:
    if kind.name not in _ASKED:
        return False
    return zlib.crc32(f"sailor {kind.name} {fact['x']}".encode()) % 100 < _HELD_SHARE


def _turn(kind: Kind, rng: random.Random) -> Row:
    fact = rng.choice([f for f in kind.facts if not (fact_is_held(kind, f) or _is_held(kind, f))])
    turn = ask(kind, rng, fact)
    return row(turn.user, in_style(turn.answer))
