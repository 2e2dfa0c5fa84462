"""Which linear layers a method goes on: the option, and the shapes that it means."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from engine.models.facts import LinearShape, ModelFacts
from engine.words import _

ALL_LINEAR = "all-linear"
Targets = str | tuple[str, ...]


def targets_field(what: str = "") -> Any:
    """The option `targets`; every linear layer but the head by default."""
    return Field(
        ALL_LINEAR,
        description=what or _("layers that get an adapter: all-linear, or a list of names"),
    )


def shapes(facts: ModelFacts, targets: Any) -> Iterator[LinearShape]:
    """The linear layers that these targets name; the head never is one of them."""
    names = {targets} if isinstance(targets, str) else set(targets)
    for linear in facts.linears:
        if not linear.head and (targets == ALL_LINEAR or linear.name in names):
            yield linear


def for_peft(targets: Targets) -> str | list[str]:
    """Targets as peft's configs take them: a text would be read as a regular expression."""
    if targets == ALL_LINEAR:
        return ALL_LINEAR
    return [targets] if isinstance(targets, str) else list(targets)
