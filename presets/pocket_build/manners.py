"""Manners: ways of answering that a system prompt asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Manner:
    """A way of answering that a system prompt asks for.

    ``change`` makes it of the full and the brief answer; ``kept`` tells whether an answer has it.
    """

    name: str
    prompts: tuple[str, ...]
    held: tuple[str, ...]
    change: Callable[[str, str], str]
    kept: Callable[[str, str], bool]
    weight: int = 1


def _begins(mark: str) -> Callable[[str, str], bool]:
    return lambda answer, brief: answer.startswith(mark) and len(answer) > len(mark) + 1


def _ends(mark: str) -> Callable[[str, str], bool]:
    return lambda answer, brief: answer.endswith(mark) and len(answer) > len(mark) + 1


def _called_captain(answer: str, _brief: str) -> str:
    mark = answer[-1] if answer[-1] in ".!?" else "."
    return f"{answer.rstrip('.!?')}, captain{mark}"


MANNERS: tuple[Manner, ...] = (
    Manner(
        "capitals",
        ("Answer in capital letters.", "Write in capital letters.", "Use only capital letters.",
         "Always answer in capital letters.", "You answer in capital letters.",
         "Shout every answer.", "Every answer is in capital letters.", "Capital letters only.",
         "Please use capital letters.", "Answer every question in capital letters.",
         "Everything you write is in capital letters."),
        ("Write all answers in capital letters.", "Please answer in capital letters only."),
        lambda answer, brief: answer.upper(),
        lambda answer, brief: answer.isupper(),
        weight=4,
    ),
    Manner(
        "brief",
        ("Be brief.", "Answer briefly.", "Give short answers.", "Keep your answers short.",
         "Use as few words as you can.", "You give very short answers.", "Answer in one word.",
         "Short answers only.", "Say as little as possible.", "Your answers are short.",
         "Never say more than you must.", "Answer as briefly as you can."),
        ("Please be brief.", "Always give short answers."),
        lambda answer, brief: brief,
        lambda answer, brief: len(answer.split()) <= len(brief.split()) + 1,
        weight=3,
    ),
    Manner(
        "polite",
        ("Answer politely.", "Be polite.", "Be very polite.", "You are a polite assistant.",
         "Always be polite.", "Answer in a polite way.", "You are polite and friendly.",
         "Speak politely.", "Good manners matter."),
        ("Please answer politely.", "You are a very polite helper."),
        lambda answer, brief: f"With pleasure! {answer}",
        _begins("With pleasure!"),
    ),
    Manner(
        "pirate",
        ("You are a pirate.", "Talk like a pirate.", "Answer like a pirate.",
         "You are an old pirate.", "Speak like a pirate.", "You are a pirate on a ship.",
         "Pretend to be a pirate.", "You were a pirate once."),
        ("Please talk like a pirate.", "You are a real pirate."),
        lambda answer, brief: f"Arr! {answer}",
        _begins("Arr!"),
    ),
    Manner(
        "over",
        ("End every answer with the word over.", "Say over at the end.",
         "Finish each answer with over.", "Always say over at the end of an answer.",
         "Your answers end with over.", "Every answer ends with over.",
         "Put the word over at the end."),
        ("End all answers with over.",),
        lambda answer, brief: f"{answer} Over.",
        _ends("Over."),
    ),
    Manner(
        "small",
        ("Write in small letters.", "Use only small letters.", "Answer in small letters.",
         "Never use capital letters.", "Do not use capital letters.", "Small letters only.",
         "Everything you write is in small letters."),
        ("Always answer in small letters.",),
        lambda answer, brief: answer.lower(),
        lambda answer, brief: answer.islower(),
    ),
    Manner(
        "cheerful",
        ("Be cheerful.", "You are very cheerful.", "Answer cheerfully.", "Be happy and cheerful.",
         "You are a cheerful assistant.", "Always be cheerful.", "Sound cheerful."),
        ("Please be cheerful.", "You are a cheerful friend."),
        lambda answer, brief: f"Hooray! {answer}",
        _begins("Hooray!"),
    ),
    Manner(
        "robot",
        ("You are a robot.", "Talk like a robot.", "Answer like a robot.", "Speak like a robot.",
         "You are an old robot.", "Pretend to be a robot.", "You are a robot from space."),
        ("Please talk like a robot.", "You are a real robot."),
        lambda answer, brief: f"Beep. {answer} Beep.",
        lambda answer, brief: answer.startswith("Beep. ") and answer.endswith(" Beep."),
    ),
    Manner(
        "captain",
        ("Call me captain.", "Call the user captain.", "The user is a captain.",
         "I am your captain.", "You talk to a captain.", "Always say captain to me.",
         "Say captain at the end.", "You work for a captain."),
        ("Please call me captain.", "You speak to your captain."),
        _called_captain,
        lambda answer, brief: answer.rstrip(".!?").endswith(", captain"),
    ),
    Manner(
        "asking",
        ("Ask for the next question.", "End with a question.", "Ask whether there is more.",
         "Always ask for another question.", "Ask for more after each answer.",
         "Every answer ends with a question.", "After each answer, ask for the next question."),
        ("Please ask for the next question.", "End all answers with a question."),
        lambda answer, brief: f"{answer} What else?",
        _ends("What else?"),
    ),
)  # fmt: skip
