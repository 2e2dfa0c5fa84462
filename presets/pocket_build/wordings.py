"""Kinds of questions, and the many ways of wording one question."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_VOWEL_SOUND = re.compile(r"^(?:[aeio]|un(?!i)|um|up|ur(?!i)|hour)", re.IGNORECASE)

_SMALL_WORDS = frozenset(
    ("a", "an", "the", "is", "are", "do", "does", "of", "to", "it", "in", "me",
     "you", "can", "please", "tell", "i", "that", "we", "have", "with", "for", "word")
)  # fmt: skip

# {d} is a direct question, {c} an indirect clause, {n} a noun phrase; upper case starts a sentence.
TRAINED_FRAMES: dict[str, tuple[str, ...]] = {
    "direct": (
        "{D}?", "{D}?", "{D}?", "{D}?", "{D}, please?", "Tell me, {d}?", "Please tell me: {d}?",
        "I have a question. {D}?", "Hello! {D}?", "Hi, {d}?", "Question: {d}?",
        "Quick question: {d}?", "Hey, {d}?", "Can you help me? {D}?", "So, {d}?", "Okay, {d}?",
        "Let me ask you: {d}?", "Now, {d}?", "Do you know this? {D}?", "My friend asks: {d}?",
        "I am curious, {d}?", "Here is my question: {d}?", "Say, {d}?", "Well, {d}?",
        "Another question: {d}?", "Good morning, {d}?", "My teacher asks: {d}?", "And {d}?",
        "Could you help me? {D}?", "Answer me: {d}?", "I ask you: {d}?", "One question: {d}?",
        "My daughter wants to know: {d}?", "Sorry, {d}?", "Dear model, {d}?", "{D}? Please answer.",
        "{D}? I forgot.", "{D}? Tell me.", "I have to know: {d}?", "Please help: {d}?",
    ),
    "clause": (
        "Tell me {c}.", "Please tell me {c}.", "Can you tell me {c}?", "Do you know {c}?",
        "I want to know {c}.", "I would like to know {c}.", "Could you tell me {c}?", "Say {c}.",
        "I wonder {c}.", "Explain {c}.", "I do not know {c}. Do you?", "Will you tell me {c}?",
        "Let me know {c}.", "I forgot {c}.", "Teach me {c}.", "Can you say {c}?",
        "I am asking {c}.", "Please say {c}.", "Do you remember {c}?", "Tell my friend {c}.",
        "Help me find out {c}.", "I have to learn {c}.", "I want to learn {c}.", "Would you say {c}?",
        "Can you teach me {c}?", "I do not remember {c}.", "I am not sure about this: {c}.",
        "Please explain {c}.", "I must know {c}.", "My question is {c}.", "Can you find out {c}?",
        "Are you sure {c}?", "Could you explain {c}?", "I need you to tell me {c}.", "Do tell me {c}.",
        "Hello, I want to know {c}.", "Hi, can you tell me {c}?", "Maybe you know {c}?",
    ),
    "noun": (
        "What is {n}?", "Name {n}.", "Tell me {n}.", "Give me {n}.", "Please give me {n}.",
        "{N}?", "I need {n}.", "Can you name {n}?", "Do you know {n}?", "Write {n}.",
        "What's {n}?", "I want to know {n}.", "Say {n}.", "Can you tell me {n}?", "{N}, please.",
        "I forgot {n}.", "Could you tell me {n}?", "Please write {n}.", "{N} is what?",
        "Find {n}.", "I am asking for {n}.", "I would like to know {n}.", "I want {n}.",
        "Do you remember {n}?", "My question is about {n}.", "Can you give me {n}?", "And {n}?",
        "What do you know of {n}?", "Let me know {n}.", "Would you give me {n}?", "Which is {n}?",
        "Hello, what is {n}?", "Say to me {n}.", "I have to write {n}.", "Help me find {n}.",
    ),
}  # fmt: skip
HELD_FRAMES: dict[str, tuple[str, ...]] = {
    "direct": (
        "One more thing: {d}?", "Excuse me, {d}?", "My son wants to know: {d}?",
        "Please answer: {d}?", "Hello there, {d}?",
    ),
    "clause": (
        "Would you tell me {c}?", "I need to know {c}.", "Can you explain {c}?",
        "I am not sure {c}.", "Please let me know {c}.",
    ),
    "noun": (
        "I am looking for {n}.", "Please name {n}.", "Could you give me {n}?",
        "Please tell me {n}.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One kind of question: its facts, its wordings and the shape of its answers.

    Wordings are patterns: ``[a|b]`` is a free choice, ``{x}`` a slot of the fact.  ``whole``
    wordings stand as they are; the others are put into frames.  ``held`` wordings are whole
    ones that are never trained on.
    """

    name: str
    category: str
    answers: tuple[str, ...]
    expect: tuple[str, ...]
    facts: tuple[dict[str, str], ...] = ({},)
    direct: tuple[str, ...] = ()
    clause: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    brief: str = ""
    topic: str = ""
    weight: float = 1.0

    def cores(self) -> list[tuple[str, str]]:
        """Return every trained wording as (frame family, pattern)."""
        families = ("direct", "clause", "noun", "whole")
        return [(family, core) for family in families for core in getattr(self, family)]


def article(noun: str) -> str:
    """Return the noun with its indefinite article."""
    return f"an {noun}" if _VOWEL_SOUND.match(noun) else f"a {noun}"


def capitalized(text: str) -> str:
    """Return the text with its first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


def slots(fact: dict[str, str]) -> dict[str, str]:
    """Return the fact with derived slots: ``X`` capitalized, ``ax`` and ``Ax`` with an article."""
    derived = dict(fact)
    for key, value in fact.items():
        with_article = article(value)
        derived.setdefault(key.upper(), capitalized(value))
        derived.setdefault("a" + key, with_article)
        derived.setdefault("A" + key, capitalized(with_article))
    return derived


def choose(pattern: str, rng: random.Random) -> str:
    """Resolve every ``[a|b]`` of a pattern, innermost first."""
    while match := _CHOICE.search(pattern):
        picked = rng.choice(match.group(1).split("|"))
        pattern = pattern[: match.start()] + picked + pattern[match.end() :]
    return pattern


def fill(pattern: str, fact: dict[str, str], rng: random.Random) -> str:
    """Resolve choices and slots of a pattern."""
    return choose(pattern, rng).format(**slots(fact))


def framed(family: str, sentence: str, frame: str) -> str:
    """Put a filled core into a frame."""
    if family == "whole":
        return capitalized(sentence)
    key = {"direct": "d", "clause": "c", "noun": "n"}[family]
    return frame.format(**{key: sentence, key.upper(): capitalized(sentence)})


def thinned(sentence: str, rng: random.Random) -> str:
    """Drop one or two small words, so that no single one of them decides what is meant."""
    words = sentence.split(" ")
    small = [i for i, word in enumerate(words) if word.lower() in _SMALL_WORDS]
    dropped = set(rng.sample(small, min(len(small), rng.choice((1, 1, 2)))))
    return capitalized(" ".join(word for i, word in enumerate(words) if i not in dropped))


def casual(sentence: str, rng: random.Random) -> str:
    """Write a sentence as hurried people type: no capitals, no last mark, short forms."""
    sentence = sentence.replace("What is ", "What's ").replace("I am ", "I'm ")
    sentence = sentence.replace("do not ", "don't ").replace("I would ", "I'd ")
    style = rng.random()
    if style < 0.35:
        return sentence
    if style < 0.7:
        return sentence.rstrip("?.!")
    return sentence.rstrip("?.!").lower().replace("'", "")


def table(names: str, text: str) -> tuple[dict[str, str], ...]:
    """Read facts from ``a:b:c; …`` where ``-`` leaves a field out."""
    keys = names.split()
    rows = [row.strip() for row in text.replace("\n", " ").split(";") if row.strip()]
    facts = []
    for row in rows:
        cells = [cell.strip() for cell in row.split(":")]
        if len(cells) != len(keys):
            raise ValueError(f"expected {len(keys)} fields: {row!r}")
        facts.append({key: cell for key, cell in zip(keys, cells, strict=True) if cell != "-"})
    return tuple(facts)


def having(facts: tuple[dict[str, str], ...], *keys: str) -> tuple[dict[str, str], ...]:
    """Return the facts that have all the keys, cut down to them."""
    return tuple(
        {key: fact[key] for key in keys} for fact in facts if all(key in fact for key in keys)
    )


def renamed(facts: tuple[dict[str, str], ...], **keys: str) -> tuple[dict[str, str], ...]:
    """Return the facts with keys renamed (``new=old``), leaving out facts that lack one."""
    return tuple(
        {new: fact[old] for new, old in keys.items()}
        for fact in facts
        if all(old in fact for old in keys.values())
    )


def unique(facts: tuple[dict[str, str], ...], key: str) -> tuple[dict[str, str], ...]:
    """Return the facts whose value under the key belongs to no other fact."""
    values = [fact[key] for fact in facts]
    return tuple(fact for fact in facts if values.count(fact[key]) == 1)


def listed(text: str) -> list[str]:
    """Return the words of a text, as a list."""
    return text.split()
