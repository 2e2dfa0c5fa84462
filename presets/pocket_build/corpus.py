"""Mixes the world's questions into conversations, and keeps a held-out part apart."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass, field, replace

from presets.pocket_build import (
    everyday_compared,
    everyday_food,
    everyday_home,
    everyday_people,
    everyday_sports,
    everyday_time,
    everyday_town,
    manners,
    nature,
    numbers,
    paraphrases,
    places,
    reading,
    records,
    school_animals,
    school_body,
    school_earth,
    school_language,
    school_numbers,
    school_science,
    school_sky,
    school_words,
    small_talk,
    stories,
    talks,
    unknown,
    words,
)
from presets.pocket_build.wordings import (
    HELD_FRAMES,
    TRAINED_FRAMES,
    Kind,
    capitalized,
    casual,
    fill,
    framed,
    listed,
    slots,
    thinned,
)

MODULES = (
    nature, places, words, numbers, small_talk,
    everyday_compared, everyday_food, everyday_home, everyday_people, everyday_sports,
    everyday_time, everyday_town,
    school_animals, school_body, school_earth, school_language, school_numbers, school_science,
    school_sky, school_words,
)  # fmt: skip
KINDS: dict[str, Kind] = {
    kind.name: replace(kind, whole=kind.whole + paraphrases.EXTRA.get(kind.name, ()))
    for module in MODULES
    for kind in module.KINDS
}
WHOLE_FACTS_HELD = ("plus", "minus", "times", "bigger")
_HELD_SHARE, _HELD_FACT_SHARE = 8, 12
_EXPONENT = 0.7
# Small words matter here: a letter of the alphabet, a sum, my name or yours.
_EXACT = ("letters", "sums", "numbers", "identity", "greetings", "politeness", "feelings")
_WEIGHTS = [kind.weight * (len(kind.facts) + 14) ** _EXPONENT for kind in KINDS.values()]
# Another spelling of every word is harder than a word more.
_MANNER_WEIGHTS = [manner.weight for manner in manners.MANNERS]
_WITH_FOLLOW = [kind for kind in KINDS.values() if kind.follow]
_ELLIPTIC = listed(
    "sound home food legs group capital language continent colour opposite plural past rhyme "
    "job-does job-place spell first-letter currency nation cover synonym half number-word roman"
)
_HARD = [
    kind.name
    for kind in KINDS.values()
    if kind.category in ("how to", "letters", "animal abilities", "spelling", "units", "meanings")
]
_ELLIPSES = ("And {e}?", "What about {e}?", "And what about {e}?", "And for {e}?", "How about {e}?")
_ELLIPSES_HELD = ("And with {e}?", "Okay, and {e}?")

Message = dict[str, str]


@dataclass
class Turn:
    """One question and its answer, long and brief."""

    user: str
    answer: str
    brief: str = ""
    expect: list[str] = field(default_factory=list)
    category: str = ""


@dataclass
class Question:
    """A held-out question: what came before, and what a right answer contains."""

    category: str
    split: str
    messages: list[Message]
    expect: list[str]
    manner: str | None = None
    brief: str = ""


def normalized(text: str) -> str:
    """Return the text without case and punctuation, for comparing prompts."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _percentile(*parts: str) -> int:
    return zlib.crc32("|".join(parts).encode()) % 100


def fact_is_held(kind: Kind, fact: dict[str, str]) -> bool:
    """Tell whether a fact is kept out of training whatever its wording."""
    if kind.name not in WHOLE_FACTS_HELD:
        return False
    return _percentile(kind.name, fact["x"], fact["y"]) < _HELD_FACT_SHARE


def combination_is_held(kind: Kind, fact: dict[str, str], core: str) -> bool:
    """Tell whether this fact in this wording is kept out of training."""
    if fact_is_held(kind, fact):
        return True
    many = len(kind.facts) > 4 and len(kind.cores()) > 4
    return many and _percentile(kind.name, *fact.values(), core) < _HELD_SHARE


def answered(kind: Kind, fact: dict[str, str], user: str, rng: random.Random) -> Turn:
    """Return the turn that answers a question about a fact."""
    answer = capitalized(fill(rng.choice(kind.answers), fact, rng))
    filled = slots(fact)
    brief = capitalized(kind.brief.format(**filled)) if kind.brief else ""
    return Turn(user, answer, brief, [e.format(**filled) for e in kind.expect], kind.category)


def ask(kind: Kind, rng: random.Random, fact: dict[str, str] | None = None) -> Turn:
    """Ask a trained question in a trained wording."""
    while True:
        chosen = fact or rng.choice(kind.facts)
        family, core = rng.choice(kind.cores())
        if not combination_is_held(kind, chosen, core):
            break
    frame = rng.choice(TRAINED_FRAMES.get(family, ("",)))
    user = framed(family, fill(core, chosen, rng), frame)
    if rng.random() < 0.12 and kind.category not in _EXACT:
        user = thinned(user, rng)
    if rng.random() < 0.1:
        user = casual(user, rng)
    return answered(kind, chosen, user, rng)


def _story(rng: random.Random, held: bool) -> Turn:
    if not held and rng.random() < 0.2:
        return Turn(
            rng.choice(stories.ASK_ANY_STORY), stories.story(rng.choice(stories.HEROES), rng)
        )
    hero = rng.choice(stories.HEROES)
    if held and rng.random() < 0.4:
        hero, held = rng.choice(stories.HELD_HEROES), False
    pattern = rng.choice(stories.ASK_STORY_HELD if held else stories.ASK_STORY)
    return Turn(fill(pattern, {"x": hero}, rng), stories.story(hero, rng), "", [hero], "stories")


def _segment(rng: random.Random) -> list[Turn]:
    """Return one to two turns that belong together."""
    pick = rng.random()
    if pick < 0.66:
        return [ask(rng.choices(list(KINDS.values()), _WEIGHTS)[0], rng)]
    if pick < 0.765:
        user = unknown.unknown_question(KINDS, rng, held=False)
        if rng.random() < 0.1:
            user = casual(user, rng)
        return [Turn(user, unknown.REFUSAL, unknown.BRIEF_REFUSAL)]
    if pick < 0.80:
        return [_story(rng, held=False)]
    if pick < 0.83:
        pairs, _ = talks.copying(rng, held=False)
    elif pick < 0.9:
        pairs, _ = reading.reading(rng, held=False)
    elif pick < 0.915:
        pairs, _ = records.record(rng, held=False)
    elif pick < 0.945:
        pairs, _ = talks.remembering(rng, held=False)
    elif pick < 0.975:
        return _follow_up(rng, held=False)
    else:
        return _ellipsis(rng, held=False)
    return [Turn(user, answer) for user, answer in pairs]


def _follow_up(rng: random.Random, held: bool) -> list[Turn]:
    """Ask about something, then about the same thing with a pronoun."""
    while True:
        second = rng.choice(_WITH_FOLLOW)
        fact = rng.choice(second.facts)
        firsts = [
            (kind, other)
            for kind in _WITH_FOLLOW
            if kind.topic == second.topic and kind is not second
            for other in kind.facts
            if other["x"] == fact["x"]
        ]
        follow = rng.choice(second.follow)
        if firsts and (_percentile(follow, fact["x"]) < _HELD_SHARE) == held:
            break
    kind, other = rng.choice(firsts)
    first = ask(kind, rng, other)
    start = rng.choice(("And {d}?", "And {d}?", "{D}?", "{D}?", "Tell me, {d}?"))
    turn = answered(second, fact, start.format(d=follow, D=capitalized(follow)), rng)
    turn.category = "follow-up"
    return [first, turn]


def _ellipsis(rng: random.Random, held: bool) -> list[Turn]:
    """Ask something, then the same of another thing in a few words."""
    kind = KINDS[rng.choice(_ELLIPTIC)]
    fact, other = rng.sample(kind.facts, 2)
    thing = slots(other)["ax" if kind.topic in ("animal", "job") else "x"]
    pattern = rng.choice(_ELLIPSES_HELD if held else _ELLIPSES)
    turn = answered(kind, other, pattern.format(e=thing), rng)
    turn.category = "follow-up"
    return [ask(kind, rng, fact), turn]


def _reaction(turn: Turn, rng: random.Random, held: bool) -> Turn:
    """React to an answer: thanks, again, in capitals, shorter."""
    pick = rng.random()
    if pick < 0.3 and not held:
        return Turn(rng.choice(talks.THANKS), "You are welcome!")
    if pick < 0.55:
        asked = rng.choice(talks.AGAIN_HELD if held else talks.AGAIN)
        return Turn(asked, turn.answer, "", [turn.answer], "follow-up")
    if pick < 0.8 or not turn.brief:
        asked = rng.choice(talks.LOUDER_HELD if held else talks.LOUDER)
        return Turn(asked, turn.answer.upper(), "", [turn.answer.upper()], "follow-up")
    asked = rng.choice(talks.SHORTER_HELD if held else talks.SHORTER)
    return Turn(asked, turn.brief, "", [turn.brief], "follow-up")


def _messages(turns: list[Turn], system: str | None, manner: manners.Manner | None) -> list[Message]:
    messages = [{"role": "system", "content": system}] if system else []
    for turn in turns:
        answer = manner.change(turn.answer, turn.brief or turn.answer) if manner else turn.answer
        messages.append({"role": "user", "content": turn.user})
        messages.append({"role": "assistant", "content": answer})
    return messages


def hard_conversation(rng: random.Random) -> list[Message]:
    """Return a conversation about what the model is slow to learn, or as often any other."""
    pick = rng.random()
    if pick < 0.5:
        return conversation(rng)
    if pick < 0.72:
        pairs, _ = reading.reading(rng, held=False)
        return _messages([Turn(user, answer) for user, answer in pairs], None, None)
    if pick < 0.87:
        turns = [Turn(unknown.unknown_question(KINDS, rng, held=False), unknown.REFUSAL)]
        while rng.random() < 0.5:
            turns.append(ask(rng.choices(list(KINDS.values()), _WEIGHTS)[0], rng))
        rng.shuffle(turns)
        return _messages(turns[:3], None, None)
    turns = [ask(KINDS[rng.choice(_HARD)], rng) for _ in range(rng.choice((1, 2, 3)))]
    return _messages(turns, None, None)


def conversation(rng: random.Random) -> list[Message]:
    """Return one training conversation of one to three turns, sometimes with a system prompt."""
    style = rng.random()
    if style < 0.012:
        system, (user, answer) = talks.named_by_system(rng)
        return _messages([Turn(user, answer)], system, None)
    if style < 0.17:
        manner = rng.choices(manners.MANNERS, _MANNER_WEIGHTS)[0]
        turns = [ask(rng.choice(_PLAIN_KINDS), rng) for _ in range(rng.choice((1, 1, 2)))]
        return _messages(turns, rng.choice(manner.prompts), manner)
    neutral = rng.choice(talks.NEUTRAL) if style < 0.22 else None
    turns = _segment(rng)
    wanted = rng.choices((1, 2, 3), (0.62, 0.26, 0.12))[0]
    while len(turns) < wanted:
        if turns[-1].category and rng.random() < 0.25:
            turns.append(_reaction(turns[-1], rng, held=False))
        else:
            turns.extend(_segment(rng))
    return _messages(turns[:3], neutral, None)


_PLAIN_KINDS = [
    kind
    for kind in KINDS.values()
    if kind.brief and kind.category not in ("identity", "spelling", "letters")
]


def plain_text(rng: random.Random) -> str:
    """Return a line of plain text: a fact, a story, or sentences about people and things."""
    pick = rng.random()
    if pick < 0.18:
        return reading.told(rng)
    if pick < 0.25:
        return records.record_text(rng)
    if pick < 0.45:
        return stories.story(rng.choice(stories.HEROES), rng)
    if pick < 0.85:
        kinds = rng.choices(list(KINDS.values()), _WEIGHTS, k=3)
        plain = [kind for kind in kinds if kind.category not in ("identity", "politeness", "sums")]
        return " ".join(_told(kind, rng) for kind in plain) or stories.plain_sentence(rng)
    return " ".join(stories.plain_sentence(rng) for _ in range(3))


def _told(kind: Kind, rng: random.Random) -> str:
    fact = rng.choice([fact for fact in kind.facts if not fact_is_held(kind, fact)])
    return answered(kind, fact, "", rng).answer


def _held_wording(kind: Kind, rng: random.Random) -> Turn:
    """Ask in a wording that training never saw."""
    fact = rng.choice([fact for fact in kind.facts if not fact_is_held(kind, fact)])
    framed_cores = [core for core in kind.cores() if core[0] != "whole"]
    if not framed_cores or (kind.held and rng.random() < 0.6):
        return answered(kind, fact, capitalized(fill(rng.choice(kind.held), fact, rng)), rng)
    family, core = rng.choice(framed_cores)
    user = framed(family, fill(core, fact, rng), rng.choice(HELD_FRAMES[family]))
    return answered(kind, fact, user, rng)


def _held_combination(kind: Kind, rng: random.Random) -> Turn | None:
    """Ask a fact in a trained wording in which this fact was never asked."""
    pairs = [
        (fact, *core)
        for fact in kind.facts
        for core in kind.cores()
        if combination_is_held(kind, fact, core[1])
    ]
    if not pairs:
        return None
    fact, family, core = rng.choice(pairs)
    frame = rng.choice(TRAINED_FRAMES.get(family, ("",)))
    return answered(kind, fact, framed(family, fill(core, fact, rng), frame), rng)


def _as_question(turns: list[Turn], split: str, category: str, expect: list[str]) -> Question:
    return Question(category, split, _messages(turns, None, None)[:-1], expect)


def held_questions(per_category: int, seed: int, unknowns: int | None = None) -> list[Question]:
    """Return held-out questions, the same number for each category; of unknown things, as told."""
    rng = random.Random(f"held-{seed}")
    by_category: dict[str, list[Kind]] = {}
    for kind in KINDS.values():
        by_category.setdefault(kind.category, []).append(kind)
    questions = []
    for category, kinds in by_category.items():
        for index in range(per_category):
            kind = rng.choices(kinds, [k.weight for k in kinds])[0]
            turn = _held_combination(kind, rng) if index % 2 else None
            split = "fact" if turn else "wording"
            turn = turn or _held_wording(kind, rng)
            questions.append(_as_question([turn], split, category, turn.expect))
    for index in range(per_category):
        questions.append(_special("copying", talks.copying(rng, held=True)))
        questions.append(_special("reading", reading.reading(rng, held=True)))
        questions.append(_special("records", records.record(rng, held=True)))
        questions.append(_special("memory", talks.remembering(rng, held=True)))
        tale = _story(rng, held=True)
        questions.append(_as_question([tale], "wording", "stories", tale.expect))
        pair = (_follow_up, _ellipsis)[index % 2](rng, held=True)
        if index % 3 == 2:
            pair = [pair[0], _reaction(pair[0], rng, held=True)]
        questions.append(_as_question(pair, "wording", "follow-up", pair[1].expect))
        manner = manners.MANNERS[index % len(manners.MANNERS)]
        turn = ask(rng.choice(_PLAIN_KINDS), rng)
        messages = _messages([turn], rng.choice(manner.held), manner)
        brief = turn.brief or turn.answer
        expect = [brief] if manner.name == "brief" else turn.expect
        questions.append(
            Question("manners", "wording", messages[:-1], expect, manner.name, brief)
        )
    refusal = ["not know", "don't know"]
    asked: dict[str, None] = {}
    while len(asked) < (per_category if unknowns is None else unknowns):
        asked.setdefault(unknown.unknown_question(KINDS, rng, held=True))
    for user in asked:
        questions.append(_as_question([Turn(user, "")], "unknown", "unknown", refusal))
    return questions


def _special(category: str, made: tuple[list[talks.Turn], list[str]]) -> Question:
    pairs, expect = made
    return _as_question([Turn(user, answer) for user, answer in pairs], "wording", category, expect)
