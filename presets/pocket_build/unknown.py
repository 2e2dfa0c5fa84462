"""Questions that cannot be answered: made-up words, private things, the future, hard facts."""

from __future__ import annotations

import random

from presets.pocket_build.small_talk import HELD_NAMES, NAMES
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

_REAL_BUT_UNKNOWN = {
    "country": listed(
        "Kenya Bolivia Laos Malta Tunisia Ecuador Uganda Jordan Angola Serbia Panama Zambia "
        "Albania Cambodia Nigeria Uruguay"
    ),
    "animal": listed(
        "walrus otter badger raccoon jellyfish octopus gorilla peacock moose ferret scorpion "
        "antelope llama lobster"
    ),
    "job": listed("lawyer florist mason locksmith optician surgeon banker jeweller weaver"),
}
_HELD_REAL = {
    "country": listed("Cyprus Malaysia Sudan Algeria Jamaica Estonia"),
    "animal": listed("yak ostrich salmon hamster rhino"),
    "job": listed("chemist potter broker roofer"),
}

_PRIVATE = (
    "What did I [eat|have] [for breakfast|yesterday|for lunch]?",
    "Where are my [keys|shoes|glasses|books]?",
    "What is my [mother|father|sister|brother|aunt|uncle|neighbour]'s "
    "[name|job|phone number|address]?",
    "How old [am I|is my sister|is my brother|is my father|is my dog]?",
    "What is in my [bag|pocket|hand|box]?",
    "What [colour|color] is my [car|house|coat|shirt|bag]?",
    "When is my [birthday|exam|train|flight]?",
    "Where [was I|did I go] [yesterday|last week|last summer]?", "Where do I live?",
    "What is my [name|address|password|phone number|job|age]?",
    "Who is my [best friend|teacher|boss|neighbour]?",
    "How much money do I have?", "What am I thinking [now|of|about]?",
    "What did {n} [say|do|eat|buy] [yesterday|today]?",
    "Where does {n} live?", "How old is {n}?",
    "What is {n}'s [phone number|last name|address|job]?",
    "Who is {n}?", "When will {n} come home?", "Why is {n} [late|angry|sad|so happy]?",
    "Where is {n} now?", "What does {n} have in the bag?", "Does {n} like me?",
)  # fmt: skip
_PRIVATE_HELD = (
    "What did I dream last night?", "Where did I put my wallet?", "What is my cat's name?",
    "How tall is {n}?", "What is the name of my teacher?", "Which book am I reading?",
    "Where is {n} going tonight?", "What is {n} thinking?", "How much does my bag weigh?",
)  # fmt: skip
_FUTURE = (
    "What will the weather be [tomorrow|next week|on Sunday]?",
    "Who will win the [match|game|race|election]?",
    "Will it [rain|snow] [tomorrow|tonight|next week|today]?",
    "What is the weather [today|now|like]?",
    "What time is it[| now]?", "What day is it[| today]?", "What is the date[| today]?",
    "What is the news[| today]?",
    "Who won the [match|game|race|election] [yesterday|last week|last year]?",
    "What happened [yesterday|today|last night|this morning]?",
    "How much does a [ticket|car|house|phone] cost[| now]?",
    "What will happen [tomorrow|next year|in ten years]?", "Is it raining[| now]?",
    "Which year is it?",
    "Is the shop open[| now|today]?", "When does the [train|bus|film|shop] [leave|start|open]?",
    "Who is the [president|king|mayor|chief] [now|today|of this town]?",
    "How warm is it[| outside]?",
)  # fmt: skip
_FUTURE_HELD = (
    "Is it going to rain on Monday?", "Who is going to win the cup?",
    "What time does the concert start?",
    "How cold will it be tonight?", "What is on television tonight?", "Who won the lottery?",
)  # fmt: skip
_HARD = (
    "Who wrote [Hamlet|Faust|the Bible|this book|Don Quixote|that song]?",
    "When was [Napoleon|Mozart|Newton|Plato] born?",
    "Who [invented|discovered] [the telephone|electricity|gravity|the radio|"
    "America|the wheel|penicillin]?",
    "How many people live in [the world|Paris|this town|Japan|my street]?",
    "How far is [the moon|the sun|London|Mars]?",
    "How high is [Mount Everest|the tower|this mountain]?",
    "What is the population of [France|Rome|Brazil|India]?",
    "How deep is the [sea|ocean|lake]?", "When did the [war|world|film|empire] [begin|end]?",
    "What is the square root of [2|5|17|91]?",
    "What is {big} [plus|times|minus|divided by] {big2}?",
    "How much is {big} [times|plus|minus] {big2}?", "{big} [plus|times|minus|*|+] {big2}?",
    "Who painted [that picture|the Mona Lisa|this wall]?", "Who was the first man on the moon?",
    "What is the speed of [light|sound]?",
    "How do you say [hello|thank you|water|love] in [French|German|Chinese|Latin]?",
    "Translate [this|the word tree|my letter] into [French|German|Russian].",
    "What is quantum [physics|theory]?",
    "How does [a nuclear plant|a jet engine|the stock market|a microchip] work?",
    "What is the meaning of [life|everything|this dream]?",
    "Who is the [richest|oldest|tallest|strongest] [man|woman] in the world?",
    "Write [a program in Python|some code|a computer virus].",
    "What is the chemical formula of [water|salt|gold]?",
    "Explain [relativity|inflation|democracy|photosynthesis] to me.",
    "Who was [Caesar|Einstein|Lincoln|Darwin|Cleopatra]?",
)  # fmt: skip
_HARD_HELD = (
    "Who wrote Romeo and Juliet?", "When was Einstein born?", "Who invented the light bulb?",
    "How many people live in Berlin?", "How far away is Jupiter?",
    "What is the population of Spain?",
    "What is {big} plus {big2}?", "Who composed the ninth symphony?",
    "How do you say cat in Japanese?",
    "What is the square root of 45?", "Explain the theory of evolution.", "Who was Aristotle?",
)  # fmt: skip


def made_up_word(rng: random.Random) -> str:
    """Return a word that does not exist."""
    word = rng.choice(_STARTS) + rng.choice(_MIDDLES)
    if rng.random() < 0.6:
        word += rng.choice(_STARTS) + rng.choice(_MIDDLES)
    return word + rng.choice(_ENDS)


def _strange_subject(kind: Kind, rng: random.Random, held: bool) -> dict[str, str]:
    """Return a fact whose subject nobody has heard of."""
    names = (_HELD_REAL if held else _REAL_BUT_UNKNOWN).get(kind.topic)
    word = rng.choice(names) if names and rng.random() < 0.4 else made_up_word(rng)
    if kind.name in ("capital", "continent", "language", "capital-of"):
        return {"x": word[:1].upper() + word[1:]}
    if kind.name == "colour":
        word = article(word)
    return {"x": word, "xs": word + "s"}


STRANGE_KINDS = listed(
    "sound home young food capital capital-of continent language colour job-does job-place "
    "opposite past meaning group-of legs group"
)


def unknown_question(kinds: dict[str, Kind], rng: random.Random, held: bool) -> str:
    """Ask something that the model cannot know."""
    if rng.random() < 0.5:
        kind = kinds[rng.choice(STRANGE_KINDS)]
        fact = _strange_subject(kind, rng, held)
        family, core = rng.choice([core for core in kind.cores() if core[0] != "whole"])
        frames = HELD_FRAMES if held and rng.random() < 0.4 else TRAINED_FRAMES
        return framed(family, fill(core, fact, rng), rng.choice(frames[family]))
    pools = (_PRIVATE_HELD, _FUTURE_HELD, _HARD_HELD) if held else (_PRIVATE, _FUTURE, _HARD)
    pattern = rng.choice(rng.choice(pools))
    return choose(pattern, rng).format(
        n=rng.choice(HELD_NAMES if held else NAMES),
        big=rng.randrange(100, 9999), big2=rng.randrange(21, 999),
    )  # fmt: skip
