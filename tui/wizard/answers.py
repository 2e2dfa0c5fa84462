"""What the host answers, as typed values, and questions of which only the latest counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from textual.message_pump import MessagePump

from engine.errors import BadInput, Problem
from engine.models.facts import LinearShape, ModelFacts
from engine.recipe import Recipe, build
from engine.words import _
from tui.host_link import Answered, HostLink, Progress, Ticket

T = TypeVar("T")

PARTS = (
    "weights",
    "adapter",
    "gradients",
    "optimizer",
    "activations",
    "logits",
    "context",
    "fragmentation",
)
"""Parts of the memory estimate in the order they are drawn."""


@dataclass(frozen=True)
class Reason:
    """Why a value was chosen for a field left on auto."""

    field: str
    value: Any
    reason: str
    source: str


@dataclass(frozen=True)
class PlanAnswer:
    """The plan as the screen shows it; `document` is what a run keeps."""

    verdict: str
    device: str
    needed_bytes: int
    free_bytes: int
    parts: tuple[tuple[str, int], ...]
    resolved: Recipe
    reasons: tuple[Reason, ...]
    steps: int
    tokens: int
    seconds: float | None
    warnings: tuple[str, ...]
    trainable: int | None
    """Weights that get gradients."""
    kept_rows: int | None
    lost_rows: int
    """Rows that are dropped or refused."""
    document: dict[str, Any]

    def reason_for(self, field: str) -> Reason | None:
        """Why this field got its value, None when the person chose it."""
        return next((reason for reason in self.reasons if reason.field == field), None)


def read_plan(document: dict[str, Any]) -> PlanAnswer:
    """The plan document of the design as a value."""
    parts = document["parts"]
    known = [(name, int(parts.get(name) or 0)) for name in PARTS]
    more = [(name, int(size or 0)) for name, size in parts.items() if name not in PARTS]
    device = document["device"]
    rows = document.get("rows") or {}
    return PlanAnswer(
        verdict=document["verdict"],
        device=str(device.get("name", "?")) if isinstance(device, dict) else str(device),
        needed_bytes=int(document["needed_bytes"]),
        free_bytes=int(document["free_bytes"]),
        parts=tuple((name, size) for name, size in known + more if size > 0),
        resolved=build(document["resolved"], origin=_("plan")),
        reasons=tuple(
            Reason(r["field"], r["value"], str(r["reason"]), str(r.get("source") or ""))
            for r in document["reasons"]
        ),
        steps=int(document["steps"]),
        tokens=int(document["tokens"]),
        seconds=document.get("seconds_estimate"),
        warnings=tuple(str(warning) for warning in document.get("warnings", ())),
        trainable=document.get("trainable_parameters"),
        kept_rows=rows.get("kept"),
        lost_rows=int(rows.get("dropped") or 0) + int(rows.get("refused") or 0),
        document=document,
    )


def read_facts(answer: dict[str, Any]) -> ModelFacts:
    """The facts of a base model as a value."""
    given = dict(answer)
    given["linears"] = tuple(LinearShape(**linear) for linear in given["linears"])
    given["warnings"] = tuple(given.get("warnings", ()))
    given["tensors"] = tuple(tuple(tensor) for tensor in given.get("tensors", ()))
    return ModelFacts(**given)


class Inquiry(Generic[T]):
    """One question asked again whenever what it depends on changes; the latest wins.

    `value` is the last good answer; `fresh` says whether it is about the present recipe.
    """

    def __init__(
        self,
        link: HostLink,
        receiver: MessagePump,
        command: str,
        arguments: Callable[[Recipe], dict[str, Any]],
        read: Callable[[Any], T],
    ) -> None:
        self._link = link
        self._receiver = receiver
        self._command = command
        self._arguments = arguments
        self._read = read
        self._about: dict[str, Any] | None = None
        self._ticket: Ticket | None = None
        self.value: T | None = None
        self.problem: Problem | None = None
        self.phase: str | None = None
        self.fresh = False

    @property
    def asking(self) -> bool:
        """Whether an answer is on its way."""
        return self._ticket is not None

    def is_about(self, recipe: Recipe) -> bool:
        """Whether the last question was the one this recipe asks."""
        return self._about == self._arguments(recipe)

    def ask(self, recipe: Recipe, *, again: bool = False) -> bool:
        """Ask about this recipe unless that was asked last; whether a question went out."""
        about = self._arguments(recipe)
        if about == self._about and not again:
            return False
        self._link.cancel(self._ticket)
        self._about = about
        self.fresh = False
        self.phase = None
        self._ticket = self._link.ask(self._receiver, self._command, about)
        return True

    def progressed(self, message: Progress) -> bool:
        """Take a part of an answer; whether it was this question's."""
        if message.ticket != self._ticket:
            return False
        if isinstance(message.value, dict):
            self.phase = message.value.get("phase")
        return True

    def answered(self, message: Answered) -> bool:
        """Take an answer; whether it was this question's and still counts."""
        if message.ticket != self._ticket:
            return False
        self._ticket = None
        self.phase = None
        self.problem = message.problem
        if message.problem is None:
            try:
                self.value = self._read(message.value)
                self.fresh = True
            except (BadInput, KeyError, TypeError, ValueError, AttributeError) as error:
                self.problem = Problem(
                    "bad_answer",
                    _("The engine's answer to {command} cannot be read: {why}.").format(
                        command=self._command, why=str(error) or type(error).__name__
                    ),
                )
        elif message.problem.code in {"gone", "cancelled"}:
            self._about = None  # ask again as soon as somebody answers
        return True
