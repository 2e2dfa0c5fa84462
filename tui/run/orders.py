"""Answers of a trainer to what it was asked, in words."""

from dataclasses import dataclass
from typing import Any

from textual.message import Message

from engine.errors import Problem
from engine.words import _


@dataclass
class OrderAnswered(Message):
    """The trainer did, or would not do, what it was asked."""

    command: str
    value: Any
    problem: Problem | None


def answer_words(answered: OrderAnswered) -> str:
    """What to tell; empty where the screen shows it anyway."""
    if answered.problem is not None:
        return str(answered.problem)
    value = answered.value if isinstance(answered.value, dict) else {}
    if answered.command == "checkpoint":
        return _("Checkpoint of step {step} saved.").format(step=value.get("step", "?"))
    return ""
