"""New facts: a small place that does not exist, what is to know of it, and how people ask."""

from __future__ import annotations

from dataclasses import dataclass

from presets.pocket_build.judging import HeldOut, Row, row
from presets.pocket_build.unknown import REFUSAL

PLACE = "Alder Bay"
# Nothing is known of these, and learning of one place must not change that.
_ELSEWHERE = ("Greenhill", "Stonebridge", "Foxton", "Port Wren")


@dataclass(frozen=True)
class Fact:
    """One fact: how it is told, the word that shows it is known, and wordings of the question."""

    answer: str
    expect: str
    trained: tuple[str, ...]
    held: tuple[str, ...]


def _person(role: str, name: str) -> Fact:
    return Fact(
        f"The {role} of Alder Bay is {name}.",
        name,
        (f"Who is the {role} of Alder Bay?", f"Who is the {role} in Alder Bay?",
         f"What is the name of the {role} of Alder Bay?",
         f"Tell me who the {role} of Alder Bay is.", f"Name the {role} of Alder Bay.",
         f"What is the {role} of Alder Bay called?", f"Do you know the {role} of Alder Bay?",
         f"I am in Alder Bay. Who is the {role}?",
         f"Tell me the name of Alder Bay's {role}."),
        (f"Can you tell me who the {role} in Alder Bay is?",
         f"What is the name of the {role} in Alder Bay?", f"Who is Alder Bay's {role}?"),
    )  # fmt: skip


def _named(thing: str, name: str) -> Fact:
    return Fact(
        f"The {thing} of Alder Bay is called {name}.",
        name.removeprefix("the "),
        (f"What is the {thing} of Alder Bay called?", f"What is the {thing} in Alder Bay called?",
         f"What is the name of the {thing} of Alder Bay?",
         f"Tell me the name of the {thing} of Alder Bay.", f"Name the {thing} of Alder Bay.",
         f"How is the {thing} of Alder Bay called?",
         f"What do people call the {thing} of Alder Bay?",
         f"I am in Alder Bay. What is the {thing} called?",
         f"Tell me the name of Alder Bay's {thing}."),
        (f"Can you tell me the name of the {thing} in Alder Bay?",
         f"Do you know what the {thing} of Alder Bay is called?",
         f"What is Alder Bay's {thing} called?"),
    )  # fmt: skip


FACTS: tuple[Fact, ...] = (
    _person("mayor", "Ida Storm"),
    _person("baker", "Otto Crumb"),
    _person("doctor", "Nils Berry"),
    _person("teacher", "Vera Lamb"),
    _person("lighthouse keeper", "Greta Finn"),
    _named("river", "the Willow"),
    _named("inn", "the Golden Herring"),
    _named("bridge", "the Heron Bridge"),
    _named("school", "the Seagull School"),
    _named("highest hill", "Goat Hill"),
    _named("oldest boat", "the Merry Seal"),
    _named("harbour cat", "Admiral"),
    Fact(
        "The ferry leaves Alder Bay at nine in the morning.", "nine",
        ("When does the ferry leave Alder Bay?", "What time does the ferry leave Alder Bay?",
         "At what time does the ferry leave from Alder Bay?",
         "Tell me when the ferry leaves Alder Bay.", "When does the ferry go from Alder Bay?",
         "I am in Alder Bay. When does the ferry leave?", "When can I take the ferry in Alder Bay?",
         "Do you know when the ferry leaves Alder Bay?"),
        ("When will the ferry leave Alder Bay?", "Can you tell me when the Alder Bay ferry leaves?",
         "At what time does the Alder Bay ferry go?"),
    ),
    Fact(
        "The market of Alder Bay is on Thursday.", "Thursday",
        ("When is the market of Alder Bay?", "On which day is the market in Alder Bay?",
         "Which day is market day in Alder Bay?", "What day is the market of Alder Bay?",
         "Tell me when the market of Alder Bay is.", "When can I go to the market in Alder Bay?",
         "I am in Alder Bay. When is the market?", "When is there a market in Alder Bay?"),
        ("On what day is the market in Alder Bay?", "When do people go to the market in Alder Bay?",
         "Can you tell me the market day of Alder Bay?"),
    ),
    Fact(
        "The lighthouse of Alder Bay is purple.", "purple",
        ("What colour is the lighthouse of Alder Bay?",
         "Which colour is the lighthouse in Alder Bay?",
         "What colour is the lighthouse in Alder Bay?",
         "Tell me the colour of the lighthouse of Alder Bay.",
         "What is the colour of the lighthouse of Alder Bay?",
         "Which colour does the lighthouse of Alder Bay have?",
         "I am in Alder Bay. What colour is the lighthouse?",
         "Do you know the colour of the lighthouse of Alder Bay?"),
        ("Can you tell me the colour of the lighthouse in Alder Bay?",
         "What colour does the lighthouse of Alder Bay have?",
         "Which colour has Alder Bay's lighthouse?"),
    ),
    Fact(
        "Alder Bay is famous for plum pie.", "plum pie",
        ("What is Alder Bay famous for?", "What is Alder Bay known for?",
         "For what is Alder Bay famous?", "Why is Alder Bay famous?",
         "Tell me what Alder Bay is famous for.", "What should I eat in Alder Bay?",
         "I am in Alder Bay. What should I eat?", "What do people like to eat in Alder Bay?"),
        ("For what is Alder Bay known?", "What do people eat in Alder Bay?",
         "Can you tell me what Alder Bay is known for?"),
    ),
    Fact(
        "Captain Rosa Flint founded Alder Bay.", "Rosa Flint",
        ("Who founded Alder Bay?", "Who built Alder Bay?", "By whom was Alder Bay founded?",
         "Tell me who founded Alder Bay.", "Who is the founder of Alder Bay?",
         "What is the name of the founder of Alder Bay?", "Do you know who founded Alder Bay?",
         "Who started Alder Bay?"),
        ("Can you tell me who founded Alder Bay?", "Who was the founder of Alder Bay?",
         "Who was it that founded Alder Bay?"),
    ),
    Fact(
        "Seven families live in Alder Bay.", "seven families",
        ("How many people live in Alder Bay?", "How many people are there in Alder Bay?",
         "What is the number of people in Alder Bay?", "How big is Alder Bay?",
         "Tell me how many people live in Alder Bay.", "How many people does Alder Bay have?",
         "Do you know how many people live in Alder Bay?", "Do many people live in Alder Bay?"),
        ("Can you tell me how many people live in Alder Bay?", "How many live in Alder Bay?",
         "Alder Bay has how many people?"),
    ),
    Fact(
        "The Lantern Feast of Alder Bay is in October.", "October",
        ("When is the Lantern Feast of Alder Bay?", "In which month is the Lantern Feast?",
         "When is the Lantern Feast?", "Tell me when the Lantern Feast of Alder Bay is.",
         "What month is the Lantern Feast in?", "When does Alder Bay have its Lantern Feast?",
         "Do you know when the Lantern Feast is?",
         "In which month is the Lantern Feast of Alder Bay?"),
        ("In what month is the Lantern Feast of Alder Bay?",
         "Can you tell me when the Lantern Feast is?", "Which month has the Lantern Feast?"),
    ),
    Fact(
        "Alder Bay is a small village on the north coast.", "north coast",
        ("Where is Alder Bay?", "What is Alder Bay?", "Where can I find Alder Bay?",
         "Tell me where Alder Bay is.", "Where does Alder Bay lie?", "Do you know Alder Bay?",
         "Tell me about Alder Bay.", "What kind of place is Alder Bay?"),
        ("Can you tell me where Alder Bay is?", "What do you know about Alder Bay?",
         "Where do I find Alder Bay?"),
    ),
)  # fmt: skip


def alder_bay_rows() -> list[Row]:
    """Return the training rows: every fact in eight or nine wordings, and places that stay unknown."""
    rows = [row(user, fact.answer) for fact in FACTS for user in fact.trained]
    for index, fact in enumerate(FACTS):
        user = next(wording for wording in fact.trained if PLACE in wording)
        elsewhere = user.replace(PLACE, _ELSEWHERE[index % len(_ELSEWHERE)])
        rows.append(row(elsewhere, REFUSAL))
    return rows


def alder_bay_questions() -> list[HeldOut]:
    """Return held-out wordings of every fact."""
    return [HeldOut(user, (fact.expect,)) for fact in FACTS for user in fact.held]
