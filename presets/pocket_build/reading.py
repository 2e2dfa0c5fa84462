"""Reading: a few sentences tell of people, and the answer to a question is among them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from presets.pocket_build.small_talk import HELD_NAMES, NAMES
from presets.pocket_build.unknown import made_up_word
from presets.pocket_build.wordings import article, choose, listed

Turn = tuple[str, str]


@dataclass(frozen=True)
class Questions:
    """Ways to ask for one slot, and the answer."""

    seeks: str
    trained: tuple[str, ...]
    held: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Relation:
    """What a sentence tells of a person, and the questions both ways.

    ``{n}`` is the person, ``{v}`` the value, ``{s}`` a colour where the sentence has one. ``seeks``
    names the slot that a question asks for.
    """

    name: str
    tells: tuple[str, ...]
    values: tuple[str, ...]
    questions: tuple[Questions, ...]


_SHADES = listed("red blue green yellow black white grey pink brown")
_WHO_HAS = Questions(
    "n",
    ("Who has the {v}?", "Who has the {s} {v}?", "Who is it that has the {v}?",
     "Who has got the {v}?", "The {v} belongs to which person?", "Which person has the {v}?",
     "Tell me who has the {v}.", "The {s} {v} belongs to whom?", "With whom is the {v}?",
     "Whose is the {v}?", "Please say who has the {v}.", "The {v} is whose?",
     "Do you know who has the {v}?", "Name the person with the {v}.", "I need the {v}. Who has it?"),
    ("The {v} belongs to whom?", "Which of them has the {v}?", "Who is the person with the {v}?"),
    "{n} has the {v}.",
)  # fmt: skip
_HAS_WHAT = Questions(
    "v",
    ("What does {n} have?", "What has {n} got?", "Which thing has {n}?", "Tell me what {n} has.",
     "What belongs to {n}?", "What thing does {n} have?", "And what does {n} have?",
     "Can you tell me what {n} has?", "What is with {n}?", "Name the thing that {n} has.",
     "Please say what {n} has.", "I forgot what {n} has."),
    ("{n} has what?", "Which thing does {n} have?", "Do you know what {n} has?"),
    "{n} has a {s} {v}.",
)  # fmt: skip
_WHICH_COLOUR = Questions(
    "s",
    ("What [colour|color] is the {v}?", "Which [colour|color] does the {v} have?",
     "What is the [colour|color] of the {v}?", "Which [colour|color] is the {v}?",
     "Tell me the [colour|color] of the {v}.", "The {v} is of which [colour|color]?",
     "Which [colour|color] is the {v} of {n}?", "What [colour|color] has the {v}?",
     "What [colour|color] is the {v} of {n}?", "The {v} has which [colour|color]?",
     "Please say the [colour|color] of the {v}.", "Name the [colour|color] of the {v}."),
    ("The {v} of {n} has which [colour|color]?", "In which [colour|color] is the {v}?",
     "Do you know the [colour|color] of the {v}?"),
    "The {v} is {s}.",
)  # fmt: skip


def _ways(
    seeks_person: tuple[str, ...],
    seeks_person_held: tuple[str, ...],
    seeks_value: tuple[str, ...],
    seeks_value_held: tuple[str, ...],
    answer: str,
) -> tuple[Questions, ...]:
    return (
        Questions("n", seeks_person, seeks_person_held, answer),
        Questions("v", seeks_value, seeks_value_held, answer),
    )


RELATIONS: tuple[Relation, ...] = (
    Relation(
        "things",
        ("{n} has a {s} {v}.", "{n} has a {s} {v}.", "{n} has got a {s} {v}.",
         "{n} bought a {s} {v}."),
        tuple(listed("ball book lemon hat cup box coat lamp kite bag key car bike pen")),
        (_WHO_HAS, _HAS_WHAT, _WHICH_COLOUR),
    ),
    Relation(
        "places",
        ("{n} is in the {v}.", "{n} is in the {v}.", "{n} sits in the {v}.",
         "{n} waits in the {v}."),
        tuple(listed("kitchen garden school house park shop street yard office cellar")),
        _ways(
            ("Who is in the {v}?", "Which person is in the {v}?", "Tell me who is in the {v}.",
             "Whom can I find in the {v}?", "Who is it that is in the {v}?",
             "In the {v} is who?", "Do you know who is in the {v}?", "Who is there in the {v}?",
             "I look into the {v}. Who is there?", "Please say who is in the {v}."),
            ("Whom do I meet in the {v}?", "Who of them is in the {v}?"),
            ("Where is {n}?", "Where can I find {n}?", "In which place is {n}?",
             "Tell me where {n} is.", "And where is {n}?", "Where do I find {n}?", "{n} is where?",
             "I am looking for {n}.", "Do you know where {n} is?", "Please say where {n} is."),
            ("Where should I look for {n}?", "In what place is {n}?"),
            "{n} is in the {v}.",
        ),
    ),
    Relation(
        "food",
        ("{n} eats {v}.", "{n} likes to eat {v}.", "{n} has {v} for lunch."),
        tuple(listed("soup rice bread cheese fish cake salad pizza noodles beans")),
        _ways(
            ("Who eats {v}?", "Which person eats {v}?", "Tell me who eats {v}.",
             "Who is eating {v}?", "Who is it that eats {v}?", "Someone eats {v}. Who?",
             "Do you know who eats {v}?", "Name the person who eats {v}."),
            ("Which of them eats {v}?", "Who of them eats {v}?"),
            ("What does {n} eat?", "What is the food of {n}?", "Tell me what {n} eats.",
             "Which food does {n} eat?", "What is {n} eating?", "And what does {n} eat?",
             "Do you know what {n} eats?", "Please say what {n} eats."),
            ("{n} eats what?", "What food does {n} eat?"),
            "{n} eats {v}.",
        ),
    ),
    Relation(
        "homes",
        ("{n} comes from {v}.", "{n} is from {v}.", "{n} was born in {v}."),
        tuple(listed("France Spain Italy Japan China Egypt Brazil Norway Poland Greece")),
        _ways(
            ("Who comes from {v}?", "Who is from {v}?", "Which person comes from {v}?",
             "Tell me who comes from {v}.", "Who is it that comes from {v}?",
             "Do you know who is from {v}?", "Name the person from {v}.", "Who was born in {v}?"),
            ("Which of them comes from {v}?", "From {v} comes who?"),
            ("Where does {n} come from?", "Where is {n} from?", "Tell me where {n} comes from.",
             "Which country is {n} from?", "From where is {n}?", "Where was {n} born?",
             "Which country does {n} come from?", "Do you know where {n} is from?"),
            ("{n} comes from where?", "What country is {n} from?"),
            "{n} comes from {v}.",
        ),
    ),
    Relation(
        "sports",
        ("{n} plays {v}.", "{n} likes to play {v}.", "{n} plays {v} every day."),
        tuple(listed("football tennis chess hockey cards golf basketball volleyball rugby darts")),
        _ways(
            ("Who plays {v}?", "Which person plays {v}?", "Tell me who plays {v}.",
             "Who is it that plays {v}?", "Who likes to play {v}?", "Do you know who plays {v}?",
             "Name the person who plays {v}.", "Who can play {v} with me?"),
            ("Which of them plays {v}?", "Who of them plays {v}?"),
            ("What does {n} play?", "Tell me what {n} plays.", "What does {n} like to play?",
             "What is it that {n} plays?", "And what does {n} play?", "Do you know what {n} plays?",
             "What can I play with {n}?", "Please say what {n} plays."),
            ("{n} plays what?", "What is {n} playing?"),
            "{n} plays {v}.",
        ),
    ),
    Relation(
        "work",
        ("{n} is {av}.", "{n} works as {av}.", "{n} is {av} in the town."),
        tuple(listed("baker teacher doctor farmer pilot cook nurse painter driver singer")),
        _ways(
            ("Who is the {v}?", "Who is {av}?", "Which person is {av}?", "Tell me who is {av}.",
             "Who works as {av}?", "Name the {v}.", "I need {av}. Whom can I ask?",
             "Do you know who is {av}?"),
            ("Which of them is {av}?", "Who is it that works as {av}?"),
            ("What is the job of {n}?", "What does {n} work as?", "Which job does {n} have?",
             "Tell me the job of {n}.", "What work does {n} do?", "What is {n}?",
             "And what is the job of {n}?", "Please say what job {n} has."),
            ("{n} works as what?", "What job has {n}?"),
            "{n} is {av}.",
        ),
    ),
)  # fmt: skip


def _names(count: int, rng: random.Random, held: bool) -> list[str]:
    """Return people; made-up names teach to copy what is told instead of what is known."""
    chosen = rng.sample(NAMES + HELD_NAMES if held else NAMES, count)
    if held:
        return chosen
    return [made_up_word(rng).capitalize() if rng.random() < 0.2 else name for name in chosen]


def _people(relation: Relation, rng: random.Random, held: bool) -> list[dict[str, str]]:
    count = 2 if held else rng.choice((1, 2, 2, 2, 2, 2, 3))
    return [
        {"n": name, "v": value, "av": article(value), "s": shade}
        for name, value, shade in zip(
            _names(count, rng, held),
            rng.sample(relation.values, count),
            rng.sample(_SHADES, count),
            strict=True,
        )
    ]


def told(rng: random.Random) -> str:
    """Return plain sentences whose end can be guessed from their beginning alone."""
    relation = rng.choice(RELATIONS)
    people = _people(relation, rng, held=False)
    lines = [rng.choice(relation.tells).format(**person) for person in people]
    ends = [way.answer.format(**person) for person in people for way in relation.questions]
    ends = [end for end in dict.fromkeys(ends) if end not in lines]
    return " ".join([*lines, *rng.sample(ends, min(2, len(ends)))])


def reading(rng: random.Random, held: bool) -> tuple[list[Turn], list[str]]:
    """Answer from what was just told: one question when held out, up to three in training."""
    relation = rng.choice(RELATIONS)
    people = _people(relation, rng, held)
    text = " ".join(rng.choice(relation.tells).format(**person) for person in people)
    turns: list[Turn] = []
    expect = ""
    for index in range(1 if held else rng.choice((1, 1, 2, 3))):
        meant, way = rng.choice(people), rng.choice(relation.questions)
        pattern = rng.choice(way.held if held and rng.random() < 0.5 else way.trained)
        question = choose(pattern, rng).format(**meant)
        if any(question in asked for asked, _ in turns):
            continue
        turns.append((question if index else f"{text} {question}", way.answer.format(**meant)))
        expect = meant[way.seeks]
    return turns, [expect]
