"""Questions that cannot be answered: made-up words, private things, the future, hard facts."""

from __future__ import annotations

import random

from presets.pocket_build.small_talk import HELD_NAMES, NAMES
from presets.pocket_build.unanswerable import (
    FUTURE,
    FUTURE_HELD,
    HARD,
    HARD_HELD,
    HELD_REAL,
    PRIVATE,
    PRIVATE_HELD,
    REAL_BUT_UNKNOWN,
)
from presets.pocket_build.wordings import (
    HELD_FRAMES,
    TRAINED_FRAMES,
    Kind,
    article,
    choose,
    fill,
    framed,
    listed,
)

REFUSAL = "I am sorry, I do not know that."
BRIEF_REFUSAL = "I do not know."

_STARTS = listed(
    "b bl br c cl d dr f fl g gl gr h j k kl l m n p pl qu r s sk sn st t tr v w y z zh"
)
_MIDDLES = listed("a e i o u oo ee ai or ar al en")
_ENDS = listed(
    "b d f g k l m n p r s t x nd lk mp rn bble zzle ggo ppa dor mia land ria stan ville"
)

_NAMED = listed(
    "capital continent language capital-of currency flag nation city-country river-town"
)


def made_up_word(rng: random.Random) -> str:
    """Return a word that does not exist."""
    word = rng.choice(_STARTS) + rng.choice(_MIDDLES)
    if rng.random() < 0.6:
        word += rng.choice(_STARTS) + rng.choice(_MIDDLES)
    return word + rng.choice(_ENDS)


def _strange_subject(kind: Kind, rng: random.Random, held: bool) -> dict[str, str]:
    """Return a fact whose subject nobody has heard of."""
    names = (HELD_REAL if held else REAL_BUT_UNKNOWN).get(kind.topic)
    word = rng.choice(names) if names and rng.random() < 0.4 else made_up_word(rng)
    if kind.name in _NAMED:
        return {"x": word[:1].upper() + word[1:]}
    if kind.name == "group-name":
        return {"x": word + "s"}
    if kind.name == "colour":
        word = article(word)
    return {"x": word, "xs": word + "s"}


STRANGE_KINDS = listed(
    "sound home young food capital capital-of continent language colour job-does job-place "
    "opposite past meaning group-of legs group currency flag nation city-country cover moves grows-into "
    "group-name worn-on plant-part synonym participle adverb comes-from river-town"
)


def unknown_question(kinds: dict[str, Kind], rng: random.Random, held: bool) -> str:
    """Ask something that the model cannot know."""
    if rng.random() < 0.5:
        kind = kinds[rng.choice(STRANGE_KINDS)]
        fact = _strange_subject(kind, rng, held)
        family, core = rng.choice([core for core in kind.cores() if core[0] != "whole"])
        frames = HELD_FRAMES if held and rng.random() < 0.4 else TRAINED_FRAMES
        return framed(family, fill(core, fact, rng), rng.choice(frames[family]))
    pools = (PRIVATE_HELD, FUTURE_HELD, HARD_HELD) if held else (PRIVATE, FUTURE, HARD)
    pattern = rng.choice(rng.choice(pools))
    return choose(pattern, rng).format(
        n=rng.choice(HELD_NAMES if held else NAMES),
        big=rng.randrange(100, 9999), big2=rng.randrange(21, 999),
    )  # fmt: skip
