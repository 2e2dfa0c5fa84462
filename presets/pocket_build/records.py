"""Records: small JSON objects that are read and written, so that braces and quotes are known."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass

from presets.pocket_build.small_talk import HELD_NAMES, NAMES
from presets.pocket_build.unknown import made_up_word
from presets.pocket_build.wordings import listed

Turn = tuple[str, str]


@dataclass(frozen=True)
class Field:
    """A field of a record: its key, its values, and the sentences that tell and answer it."""

    key: str
    values: tuple[str, ...]
    told: str
    asked: tuple[str, ...]
    held: tuple[str, ...]


_FIELDS = (
    Field("age", tuple(str(age) for age in range(4, 60)), "{n} is {v} years old.",
          ("How old is {n}?", "What is the age of {n}?", "Tell me the age of {n}.",
           "Which age has {n}?"),
          ("How many years old is {n}?",)),
    Field("city", tuple(listed("Paris Rome London Madrid Tokyo Berlin Oslo Cairo Lima Vienna")),
          "{n} lives in {v}.",
          ("Where does {n} live?", "In which city does {n} live?", "Which is the city of {n}?",
           "Tell me the city of {n}."),
          ("What city does {n} live in?",)),
    Field("pet", tuple(listed("dog cat horse rabbit parrot mouse duck turtle pony fish")),
          "The pet of {n} is a {v}.",
          ("Which pet has {n}?", "What pet does {n} have?", "What is the pet of {n}?",
           "Tell me the pet of {n}."),
          ("Which pet does {n} have?",)),
    Field("colour", tuple(listed("red blue green yellow black white grey pink brown purple")),
          "The favourite colour of {n} is {v}.",
          ("Which colour does {n} like?", "What is the favourite colour of {n}?",
           "Tell me the colour of {n}.", "What colour does {n} like?"),
          ("Which is the favourite colour of {n}?",)),
)  # fmt: skip
_READ = (
    "{r} {q}", "Read this: {r} {q}", "Here is a record: {r} {q}", "The record says: {r} {q}",
    "{q} {r}", "Look at {r}. {q}",
)  # fmt: skip
_WRITE = (
    "{t} Write this as a record.", "Write as a record: {t}", "Make a record of this: {t}",
    "Put this into a record: {t}", "{t} Give me the record.", "Record this: {t}",
    "{t} Please make a record.", "A record, please: {t}",
)  # fmt: skip
_WRITE_HELD = ("{t} Make this a record.", "Please write a record of this: {t}")


def _person(rng: random.Random, held: bool) -> tuple[str, dict[Field, str]]:
    name = rng.choice(NAMES + HELD_NAMES if held else NAMES)
    if not held and rng.random() < 0.2:
        name = made_up_word(rng).capitalize()
    fields = rng.sample(_FIELDS, rng.choice((1, 2, 2, 3)))
    return name, {field: rng.choice(field.values) for field in fields}


def _written(name: str, facts: dict[Field, str]) -> str:
    values = {field.key: int(value) if value.isdigit() else value for field, value in facts.items()}
    return json.dumps({"name": name, **values})


def record_text(rng: random.Random) -> str:
    """Return records as plain text, some told in words as well."""
    name, facts = _person(rng, held=False)
    told = " ".join(field.told.format(n=name, v=value) for field, value in facts.items())
    record = _written(name, facts)
    return rng.choice((record, f"{told} {record}", f"{record} {told}"))


def record(rng: random.Random, held: bool) -> tuple[list[Turn], list[str]]:
    """Answer from a record, or write one."""
    name, facts = _person(rng, held)
    written = _written(name, facts)
    if rng.random() < 0.5:
        told = " ".join(field.told.format(n=name, v=value) for field, value in facts.items())
        pattern = rng.choice(_WRITE_HELD if held else _WRITE)
        return [(pattern.format(t=told), written)], [written]
    field, value = rng.choice(list(facts.items()))
    question = rng.choice(field.held if held else field.asked).format(n=name)
    asked = rng.choice(_READ).format(r=written, q=question)
    return [(asked, field.told.format(n=name, v=value))], [value]
