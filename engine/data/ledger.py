"""The account of every row: kept, dropped or refused, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from engine.data.rows import Outcome, RowProblem

SHOWN_ROWS = 10
"""How many row numbers are kept for each cause."""


@dataclass(frozen=True)
class Cause:
    """Why `count` rows of one source are not used; `rows` are the numbers of the first of them.

    `message` is what was said of the first row. With the outcome `kept` the rows are used, and
    there is something to know about them.
    """

    code: str
    count: int
    rows: tuple[int, ...]
    advice: str
    message: str = ""
    outcome: Outcome | Literal["kept"] = "refused"
    source: str = ""


@dataclass(frozen=True)
class Counts:
    """Where the rows went; `kept + dropped + refused == rows`, and `cut` are among the kept."""

    rows: int = 0
    kept: int = 0
    dropped: int = 0
    refused: int = 0
    cut: int = 0


@dataclass
class Ledger:
    """Collects what becomes of each row while they are read."""

    kept: int = 0
    cut: int = 0
    _causes: dict[tuple[str, str], Cause] = field(default_factory=dict)
    _notes: dict[tuple[str, str], Cause] = field(default_factory=dict)

    def keep(self, *, cut: bool = False) -> None:
        """One row is used, shortened if `cut`."""
        self.kept += 1
        self.cut += cut

    def refuse(self, source: str, number: int, problem: RowProblem) -> None:
        """One row is not used."""
        cause = Cause(
            problem.code, 1, (number,), problem.advice, problem.message, problem.outcome, source
        )
        _count(self._causes, cause)

    def note(self, source: str, number: int, code: str, message: str, advice: str) -> None:
        """Something to know about one row that is used."""
        _count(self._notes, Cause(code, 1, (number,), advice, message, "kept", source))

    @property
    def notes(self) -> tuple[Cause, ...]:
        """What is to be known about rows that are used, most frequent first."""
        return by_frequency(self._notes.values())

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes so far, most frequent first."""
        return by_frequency(self._causes.values())

    @property
    def counts(self) -> Counts:
        """The counts so far."""
        lost = {"dropped": 0, "refused": 0}
        for cause in self._causes.values():
            lost[cause.outcome] += cause.count
        return Counts(
            rows=self.kept + lost["dropped"] + lost["refused"],
            kept=self.kept,
            dropped=lost["dropped"],
            refused=lost["refused"],
            cut=self.cut,
        )


def by_frequency(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """Causes in the order they are told, most frequent first."""
    return tuple(sorted(causes, key=lambda cause: (-cause.count, cause.source, cause.code)))


def _count(causes: dict[tuple[str, str], Cause], new: Cause) -> None:
    """One more row with this cause."""
    before = causes.setdefault((new.source, new.code), new)
    if before is not new:
        rows = before.rows if len(before.rows) >= SHOWN_ROWS else (*before.rows, *new.rows)
        causes[new.source, new.code] = replace(before, count=before.count + 1, rows=rows)
