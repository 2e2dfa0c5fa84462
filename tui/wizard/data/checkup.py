"""The doctor's account as values, and the question that brings it piece by piece."""

from dataclasses import dataclass
from typing import Any

from textual.message_pump import MessagePump

from engine.errors import Problem
from engine.recipe import Recipe
from tui.host_link import Answered, HostLink, Progress
from tui.wizard.answers import Inquiry

DONE = "done"


@dataclass(frozen=True)
class CauseFound:
    """Why rows are lost, or what is to be known of rows that are used (`outcome` kept)."""

    code: str
    title: str
    severity: str
    outcome: str
    count: int
    rows: tuple[int, ...]
    message: str
    advice: str
    source: str


@dataclass(frozen=True)
class Advice:
    """A value of the recipe that fits the data, and why."""

    field: str
    value: Any
    reason: str


@dataclass(frozen=True)
class LengthRow:
    """What `data.max_length` at so many tokens would cut."""

    max_length: int
    rows_cut: int
    tokens_cut: int


@dataclass(frozen=True)
class CheckupFound:
    """The account of every row so far; in the end with advice."""

    phase: str
    format: str
    rows: int
    kept: int
    cut: int
    dropped: int
    refused: int
    causes: tuple[CauseFound, ...]
    tokens: int
    with_loss: int
    p50: int
    p95: int
    longest: int
    expected: int | None
    seconds: float
    advice: tuple[Advice, ...]
    remarks: tuple[str, ...]
    lengths: tuple[LengthRow, ...]
    problem: Problem | None

    @property
    def done(self) -> bool:
        """Whether all rows are accounted for."""
        return self.phase == DONE

    @property
    def lost(self) -> int:
        """Rows that are not trained on."""
        return self.dropped + self.refused

    @property
    def notes(self) -> int:
        """How many things there are to know of the rows that are used."""
        return sum(1 for cause in self.causes if cause.outcome == "kept")

    @property
    def seconds_left(self) -> float | None:
        """How long reading goes on at this pace."""
        if self.phase != "reading" or not self.expected or not self.rows:
            return None
        return max(0, self.expected - self.rows) * self.seconds / self.rows


def read_checkup(document: dict[str, Any]) -> CheckupFound:
    """The host's document as a value."""
    tokens = document["tokens"]
    advice = tuple(
        Advice(str(one["field"]), one["value"], str(one["reason"])) for one in document["settings"]
    )
    error = document.get("error")
    return CheckupFound(
        phase=str(document["phase"]),
        format=str(document["format"]),
        rows=int(document["rows"]),
        kept=int(document["kept"]),
        cut=int(document["cut"]),
        dropped=int(document["dropped"]),
        refused=int(document["refused"]),
        causes=tuple(_cause(cause) for cause in document["causes"]),
        tokens=int(tokens["total"]),
        with_loss=int(tokens["with_loss"]),
        p50=int(tokens["p50"]),
        p95=int(tokens["p95"]),
        longest=int(tokens["max"]),
        expected=document.get("expected"),
        seconds=float(document.get("seconds") or 0),
        advice=advice,
        # What can be taken with a key is told by its own line.
        remarks=tuple(str(one) for one in document["suggestions"][len(advice) :]),
        lengths=tuple(LengthRow(**one) for one in document.get("lengths") or ()),
        problem=None if error is None else Problem(**error),
    )


def _cause(cause: dict[str, Any]) -> CauseFound:
    return CauseFound(
        code=str(cause["code"]),
        title=str(cause.get("title") or cause["code"].replace("_", " ")),
        severity=str(cause.get("severity") or "warning"),
        outcome=str(cause.get("outcome") or "kept"),
        count=int(cause["count"]),
        rows=tuple(int(row) for row in cause["rows"]),
        message=str(cause.get("message") or ""),
        advice=str(cause.get("advice") or ""),
        source=str(cause.get("source") or ""),
    )


class Checking(Inquiry[CheckupFound]):
    """The doctor's question: `seen` is the newest picture, whether the last one or not."""

    def __init__(self, link: HostLink, receiver: MessagePump) -> None:
        super().__init__(link, receiver, "check", arguments, read_checkup)
        self.seen: CheckupFound | None = None

    def progressed(self, message: Progress) -> bool:
        """Take a picture on the way; whether it was this question's."""
        if message.ticket != self._ticket:
            return False
        self.seen = self._read(message.value)
        return True

    def answered(self, message: Answered) -> bool:
        """Take the end; whether it was this question's."""
        if not super().answered(message):
            return False
        if self.fresh:
            self.seen = self.value
        return True

    def stop(self) -> None:
        """Nobody looks any more: the host need not go on; a later question starts anew."""
        if self._ticket is not None:
            self._link.cancel(self._ticket)
            self._ticket = None
            self._about = None
            self.seen = self.value if self.fresh else None


def arguments(recipe: Recipe) -> dict[str, Any]:
    """Only what changes the account, so that nothing else checks anew."""
    tree = recipe.model_dump(mode="json")
    return {
        "recipe": {
            "model": tree["model"],
            "data": tree["data"],
            "stage": {"name": recipe.stage.name},
            "training": {"seed": recipe.training.seed},
        }
    }
