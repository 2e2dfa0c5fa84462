"""A format: answers as a JSON object, with whether the model knows, when that is asked for."""

from __future__ import annotations

import json
import random
import zlib

from presets.pocket_build.corpus import KINDS, answered
from presets.pocket_build.judging import HeldOut, Row, row
from presets.pocket_build.unknown import REFUSAL, unknown_question
from presets.pocket_build.wordings import Kind, capitalized, fill, listed

# Kinds of questions of which each has one right answer.
_ASKED = listed(
    "capital language continent colour sound young food home material opposite plural past "
    "rhyme job-does first-letter"
)
_ROWS_OF_A_KIND, _QUESTIONS_OF_A_KIND = 14, 4
_UNKNOWN_ROWS, _UNKNOWN_QUESTIONS = 40, 10
_HELD_SHARE = 30
_SEED = 21

# Ways to ask for the format: around the question, or as a system prompt.
_REQUESTS = (
    "{q} Answer as JSON.", "{q} As JSON, please.", "{q} Answer in JSON.", "{q} Reply as JSON.",
    "Answer as JSON: {q}", "As JSON: {q}", "{q} Give me JSON.", "{q} I need JSON.",
    "In JSON: {q}", "{q} Write JSON.", "JSON, please: {q}", "{q} Use JSON.",
)  # fmt: skip
_SYSTEMS = (
    "Answer as JSON.", "Answer in JSON.", "You answer with JSON.", "Always reply as JSON.",
    "Every answer is a JSON object.", "Use JSON.",
)  # fmt: skip
_REQUESTS_HELD = (
    "{q} Please answer as JSON.", "{q} JSON, please.", "Give me JSON: {q}", "{q} I want JSON.",
    "{q} Answer with JSON.", "Reply in JSON: {q}",
)  # fmt: skip
_SYSTEMS_HELD = ("Please answer in JSON.", "Give every answer as JSON.", "Reply with JSON.")

_NOT_KNOWN = (("answer", "not know"), ("known", False))


def json_rows() -> list[Row]:
    """Return the training rows: one part of each kind's facts, in some of its wordings."""
    rng = random.Random(_SEED)
    rows = []
    for kind in _kinds():
        facts = [fact for fact in kind.facts if not _is_held(kind, fact)]
        for index, fact in enumerate(_taken(facts, _ROWS_OF_A_KIND, rng)):
            system, user = _asked(_wording(kind, fact, rng), index, _REQUESTS, _SYSTEMS, rng)
            rows.append(row(user, _object(answered(kind, fact, "", rng).answer, True), system))
    for index in range(_UNKNOWN_ROWS):
        question = unknown_question(KINDS, rng, held=False)
        system, user = _asked(question, index, _REQUESTS, _SYSTEMS, rng)
        rows.append(row(user, _object(REFUSAL, False), system))
    rng.shuffle(rows)
    return rows


def json_questions() -> list[HeldOut]:
    """Return held-out questions: facts, wordings and requests of which no row has any."""
    rng = random.Random(_SEED)
    questions = []
    for kind in _kinds():
        facts = [fact for fact in kind.facts if _is_held(kind, fact)]
        for index, fact in enumerate(_taken(facts, _QUESTIONS_OF_A_KIND, rng)):
            question = capitalized(fill(rng.choice(kind.direct[-2:]), fact, rng)) + "?"
            system, user = _asked(question, index, _REQUESTS_HELD, _SYSTEMS_HELD, rng)
            word = answered(kind, fact, "", rng).expect[0].rstrip(".")
            expected = (("answer", word), ("known", True))
            questions.append(HeldOut(user, system=system, json=expected))
    for index in range(_UNKNOWN_QUESTIONS):
        question = unknown_question(KINDS, rng, held=True)
        system, user = _asked(question, index, _REQUESTS_HELD, _SYSTEMS_HELD, rng)
        questions.append(HeldOut(user, system=system, json=_NOT_KNOWN))
    return questions


def _kinds() -> list[Kind]:
    return [KINDS[name] for name in _ASKED]


def _is_held(kind: Kind, fact: dict[str, str]) -> bool:
    return zlib.crc32(f"json {kind.name} {fact['x']}".encode()) % 100 < _HELD_SHARE


def _taken(facts: list[dict[str, str]], count: int, rng: random.Random) -> list[dict[str, str]]:
    return rng.sample(facts, min(count, len(facts)))


def _wording(kind: Kind, fact: dict[str, str], rng: random.Random) -> str:
    """Return a trained wording; the last two direct ones are kept for the questions."""
    patterns = [pattern + "?" for pattern in kind.direct[:-2]]
    patterns += [f"Tell me {pattern}." for pattern in kind.clause[:2]]
    return capitalized(fill(rng.choice(patterns), fact, rng))


def _asked(
    question: str, index: int, requests: tuple[str, ...], systems: tuple[str, ...],
    rng: random.Random,
) -> tuple[str | None, str]:  # fmt: skip
    """Return a system prompt, or none, and the question; every fourth format is the system's."""
    if index % 4 == 3:
        return rng.choice(systems), question
    return None, rng.choice(requests).format(q=question)


def _object(answer: str, known: bool) -> str:
    # The sentence as a value: a small model knows its words best in the sentences it learned.
    return json.dumps({"answer": answer, "known": known})
