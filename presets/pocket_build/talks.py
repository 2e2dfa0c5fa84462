"""Copying, remembering across turns, and the manners that a system prompt asks for."""

from __future__ import annotations

import random

from presets.pocket_build.small_talk import HELD_NAMES, NAMES
from presets.pocket_build.unknown import made_up_word
from presets.pocket_build.wordings import capitalized, listed

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
        if not held and rng.random() < 0.2:
            name = capitalized(made_up_word(rng))
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
