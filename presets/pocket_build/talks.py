"""Copying, reading, remembering across turns, and the manners that a system prompt asks for."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from presets.pocket_build.small_talk import HELD_NAMES, NAMES
from presets.pocket_build.unknown import made_up_word
from presets.pocket_build.wordings import capitalized, choose, listed

Turn = tuple[str, str]

_WORDS = listed(
    "apple river music happy window tiger lemon garden winter paper orange silver dance castle "
    "summer bread cloud mirror rabbit yellow kitchen number letter people monkey flower candle "
    "bridge"
)
_COPY = (
    "Say {x}.", "Say the word {x}.", "Repeat the word {x}.", "Repeat: {x}.",
    "Repeat after me: {x}.",
    "Please say {x}.", "Please repeat: {x}.", "Write the word {x}.", "Can you say {x}?",
    "Copy this: {x}.", "Say after me: {x}.", "Can you repeat {x}?",
)  # fmt: skip
_COPY_HELD = ("Please repeat the word {x}.", "Could you say {x}?", "Copy the word {x}.")
_UPPER = (
    "Write {x} in capital letters.", "Say {x} in capital letters.", "Put {x} into capital letters.",
    "Please write {x} in capital letters.", "{x} in capital letters, please.",
    "Can you write {x} in capital letters?", "Write {x} in big letters.", "{x} in capitals?",
)  # fmt: skip
_UPPER_HELD = ("How does {x} look in capital letters?", "Could you write {x} in capital letters?")

_OBJECTS = listed("ball book apple hat cup box coat lamp kite bag key car bike pen")
_SHADES = listed("red blue green yellow black white grey pink brown")


def copying(rng: random.Random, held: bool) -> tuple[list[Turn], list[str]]:
    """Repeat a word, or write it in capital letters."""
    word = made_up_word(rng) if rng.random() < 0.4 else rng.choice(_WORDS)
    if rng.random() < 0.6:
        pattern = rng.choice(_COPY_HELD if held else _COPY)
        return [(pattern.format(x=word), capitalized(word) + ".")], [word]
    spelled = rng.choice(_WORDS).upper()
    pattern = rng.choice(_UPPER_HELD if held else _UPPER)
    return [(capitalized(pattern.format(x=spelled.lower())), spelled + ".")], [spelled]


_READING: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str, str], ...] = (
    # what is told of each person, trained questions, held-out questions, answer, expected word
    (
        "{n} has a {s} {t}.",
        ("Who has the {t}?", "Who has the {s} {t}?", "Who is it that has the {t}?", "Who has got the {t}?",
         "The {t} belongs to which person?", "Which person has the {t}?", "Tell me who has the {t}.",
         "The {s} {t} belongs to whom?", "With whom is the {t}?"),
        ("The {t} belongs to whom?", "Which of them has the {t}?"),
        "{n} has the {t}.", "{n}",
    ),
    (
        "{n} has a {s} {t}.",
        ("What does {n} have?", "What has {n} got?", "Which thing has {n}?", "Tell me what {n} has.",
         "What belongs to {n}?", "What thing does {n} have?", "And what does {n} have?"),
        ("{n} has what?", "Which thing does {n} have?"),
        "{n} has a {s} {t}.", "{t}",
    ),
    (
        "{n} has a {s} {t}.",
        ("What [colour|color] is the {t}?", "Which [colour|color] does the {t} have?",
         "What is the [colour|color] of the {t}?", "Which [colour|color] is the {t}?",
         "Tell me the [colour|color] of the {t}.", "The {t} is of which [colour|color]?",
         "Which [colour|color] is the {t} of {n}?", "What [colour|color] has the {t}?"),
        ("The {t} of {n} has which [colour|color]?", "In which [colour|color] is the {t}?"),
        "The {t} is {s}.", "{s}",
    ),
    (
        "{n} is in the {p}.",
        ("Where is {n}?", "Where can I find {n}?", "In which place is {n}?", "Tell me where {n} is.",
         "And where is {n}?", "Where do I find {n}?", "{n} is where?"),
        ("Where should I look for {n}?", "In what place is {n}?"),
        "{n} is in the {p}.", "{p}",
    ),
    (
        "{n} is in the {p}.",
        ("Who is in the {p}?", "Which person is in the {p}?", "Tell me who is in the {p}.",
         "Whom can I find in the {p}?", "Who is it that is in the {p}?"),
        ("Whom do I meet in the {p}?", "Who of them is in the {p}?"),
        "{n} is in the {p}.", "{n}",
    ),
)  # fmt: skip
_ROOMS = listed("kitchen garden school house park shop street yard office cellar")


def reading(rng: random.Random, held: bool) -> tuple[list[Turn], list[str]]:
    """Answer from what was just told."""
    names = rng.sample(NAMES + HELD_NAMES if held else NAMES, 2)
    things, shades = rng.sample(_OBJECTS, 2), rng.sample(_SHADES, 2)
    rooms = rng.sample(_ROOMS, 2)
    people = [
        {"n": name, "t": thing, "s": shade, "p": room}
        for name, thing, shade, room in zip(names, things, shades, rooms, strict=True)
    ]
    told, trained, unseen, reply, expect = rng.choice(_READING)
    meant = rng.choice(people)
    question = choose(rng.choice(unseen if held and rng.random() < 0.5 else trained), rng)
    text = " ".join(told.format(**person) for person in people)
    asked = f"{text} {question.format(**meant)}"
    return [(asked, reply.format(**meant))], [expect.format(**meant)]


_TELL_NAME = (
    "My name is {n}.", "I am {n}.", "Hello, I am {n}.", "Hi, my name is {n}.",
    "People call me {n}.",
    "I am called {n}.", "Hello, my name is {n}.", "Good morning, my name is {n}.",
    "You can call me {n}.",
    "Call me {n}.",
)  # fmt: skip
_ASK_NAME = (
    "What is my name?", "Who am I?", "Do you know my name?", "What am I called?",
    "Tell me my name.",
    "Do you remember my name?", "Say my name.", "And what is my name?", "Can you tell me my name?",
    "How am I called?", "What did I say my name was?",
)  # fmt: skip
_ASK_NAME_HELD = ("What's my name again?", "Please say my name.", "Do you still know my name?")
_TELL_THING = (
    "I have a {s} {t}.",
    "My {t} is {s}.",
    "I got a {s} {t} today.",
    "Look, my {t} is {s}.",
)
_ASK_THING = (
    "What colour is my {t}?", "Which colour is my {t}?", "Tell me the colour of my {t}.",
    "What is the colour of my {t}?", "Do you know the colour of my {t}?",
)  # fmt: skip
_ASK_THING_HELD = ("My {t} has which colour?", "Do you remember the colour of my {t}?")
_PETS = listed("dog cat horse rabbit parrot")
_PET_NAMES = listed("Rex Bello Mimi Fluffy Max Luna Rocky Coco Kiki Bruno Tiger Snowy")


def remembering(rng: random.Random, held: bool) -> tuple[list[Turn], list[str]]:
    """Remember a name or a thing from an earlier turn."""
    topic = rng.random()
    if topic < 0.5:
        name = rng.choice(NAMES + HELD_NAMES if held else NAMES)
        ask = rng.choice(_ASK_NAME_HELD if held else _ASK_NAME)
        first = (rng.choice(_TELL_NAME).format(n=name), f"Nice to meet you, {name}!")
        return [first, (ask, f"Your name is {name}.")], [name]
    if topic < 0.8:
        thing, shade = rng.choice(_OBJECTS), rng.choice(_SHADES)
        ask = rng.choice(_ASK_THING_HELD if held else _ASK_THING)
        first = (rng.choice(_TELL_THING).format(s=shade, t=thing), f"A {shade} {thing}, how nice!")
        return [first, (ask.format(t=thing), f"Your {thing} is {shade}.")], [shade]
    pet, name = rng.choice(_PETS), rng.choice(_PET_NAMES)
    tell = rng.choice(
        ("I have a {p} called {n}.", "My {p} is called {n}.", "The name of my {p} is {n}.")
    )
    asks = (
        "What is my {p} called?",
        "What is the name of my {p}?",
        "How is my {p} called?",
        "Who is my {p}?",
    )
    ask = asks[-1] if held else rng.choice(asks[:-1])
    first = (tell.format(p=pet, n=name), f"{name} is a nice name.")
    return [first, (ask.format(p=pet), f"Your {pet} is called {name}.")], [name]


@dataclass(frozen=True)
class Manner:
    """A way of answering that a system prompt asks for."""

    name: str
    prompts: tuple[str, ...]
    held: tuple[str, ...]
    change: Callable[[str, str], str]


def _pirate(answer: str, _brief: str) -> str:
    return f"Arr! {answer}"


MANNERS: tuple[Manner, ...] = (
    Manner(
        "capitals",
        ("Answer in capital letters.", "Write in capital letters.", "Use only capital letters.",
         "Always answer in capital letters.", "You answer in capital letters.",
         "Shout every answer.",
         "Every answer is in capital letters.", "Please use capital letters.",
         "Answer every question in capital letters."),
        ("Write all answers in capital letters.", "Please answer in capital letters only."),
        lambda answer, brief: answer.upper(),
    ),
    Manner(
        "brief",
        ("Be brief.", "Answer briefly.", "Give short answers.", "Keep your answers short.",
         "Use as few words as you can.", "You give very short answers.", "Answer in one word.",
         "Short answers only.", "Say as little as possible."),
        ("Please be brief.", "Always give short answers."),
        lambda answer, brief: brief,
    ),
    Manner(
        "polite",
        ("Answer politely.", "Be polite.", "Be very polite.", "You are a polite assistant.",
         "Always be polite.", "Answer in a polite way.", "You are polite and friendly.",
         "Speak politely."),
        ("Please answer politely.", "You are a very polite helper."),
        lambda answer, brief: f"With pleasure! {answer}",
    ),
    Manner(
        "pirate",
        ("You are a pirate.", "Talk like a pirate.", "Answer like a pirate.",
        "You are an old pirate.",
         "Speak like a pirate.", "You are a pirate on a ship.", "Pretend to be a pirate."),
        ("Please talk like a pirate.", "You are a real pirate."),
        _pirate,
    ),
    Manner(
        "over",
        ("End every answer with the word over.", "Say over at the end.",
        "Finish each answer with over.",
         "Always say over at the end of an answer.", "Your answers end with over."),
        ("End all answers with over.",),
        lambda answer, brief: f"{answer} Over.",
    ),
    Manner(
        "small",
        ("Write in small letters.", "Use only small letters.", "Answer in small letters.",
         "Never use capital letters.", "Do not use capital letters."),
        ("Always answer in small letters.",),
        lambda answer, brief: answer.lower(),
    ),
)  # fmt: skip
NEUTRAL = (
    "You are a helpful assistant.", "You are a friendly assistant.", "Answer the question.",
    "Help the user.", "You answer questions.", "You are an assistant.", "Be helpful.",
    "You are a small language model.", "Answer the questions of the user.",
)  # fmt: skip

THANKS = ("Thank you.", "Thanks!", "Thank you very much.", "Good, thanks.")
AGAIN = ("Say that again.", "Repeat that, please.", "Can you repeat that?", "Once more, please.",
"Sorry, what?",
         "Again, please.", "I did not hear you.", "What did you say?")  # fmt: skip
AGAIN_HELD = ("Please repeat that.", "Could you say that again?")
LOUDER = ("In capital letters, please.", "Now in capital letters.", "Say it in capital letters.",
          "Write that in capital letters.")  # fmt: skip
LOUDER_HELD = ("Please say it in capital letters.",)
SHORTER = ("Shorter, please.", "In one word?", "Say it shorter.", "Now the short answer, please.")
SHORTER_HELD = ("Please say it shorter.",)


def named_by_system(rng: random.Random) -> tuple[str, Turn]:
    """Have a system prompt that gives the assistant a name."""
    name = rng.choice(NAMES)
    system = rng.choice(("Your name is {n}.", "You are {n}.", "You are called {n}.",
                         "You are a helpful assistant named {n}."))  # fmt: skip
    ask = rng.choice(("What is your name?", "Who are you?", "What are you called?",
    "Tell me your name.",
                      "What should I call you?", "Introduce yourself."))  # fmt: skip
    return system.format(n=name), (ask, f"My name is {name}.")
