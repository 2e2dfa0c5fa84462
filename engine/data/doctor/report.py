"""What the doctor says of a data set, while it reads and at the end."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from engine.data.doctor.findings import finding
from engine.data.doctor.lengths import LengthCut
from engine.data.ledger import Cause, Counts
from engine.data.rows import Kind
from engine.data.token_stats import TokenStats
from engine.errors import Problem

Phase = Literal["reading", "comparing", "done"]


@dataclass(frozen=True)
class Setting:
    """A value of the recipe that fits this data set, and why."""

    field: str
    value: Any
    reason: str


@dataclass(frozen=True)
class Mended:
    """The file that `--fix` wrote: rows in it, those changed, and those left out."""

    path: str
    rows: int
    changed: int
    left_out: int


@dataclass(frozen=True)
class Checkup:
    """A data set's state of health so far; `phase` is `done` in the last one.

    `counts.rows` is always the sum of kept, dropped and refused rows, the cut ones among the kept.
    `expected` rows are an estimate, None where nothing tells. `tokens` are those of the kept rows
    as they would be trained on. `lengths` are what longer or shorter rows would lose, before
    `data.max_length`. `problem` is set where no row at all can be learned from.
    """

    source: str
    phase: Phase
    format: str
    kind: Kind
    counts: Counts
    causes: tuple[Cause, ...]
    tokens: TokenStats = field(default_factory=TokenStats)
    expected: int | None = None
    seconds: float = 0.0
    template: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    lengths: tuple[LengthCut, ...] = ()
    suggestions: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    warnings: tuple[str, ...] = ()
    validation_rows: int = 0
    near: bool = False
    """Whether near duplicates were searched for."""
    mended: Mended | None = None
    problem: Problem | None = None

    @property
    def done(self) -> bool:
        """Whether all rows are accounted for and compared."""
        return self.phase == "done"

    @property
    def seconds_left(self) -> float | None:
        """How long reading will go on at this pace; None where nothing tells."""
        if self.phase != "reading" or not self.expected or not self.counts.rows:
            return None
        left = max(0, self.expected - self.counts.rows)
        return left * self.seconds / self.counts.rows

    def to_json(self) -> dict[str, Any]:
        """The document of `data check --json`, and of the host's answers."""
        found: dict[str, Any] = {
            "source": self.source,
            "phase": self.phase,
            "rows": self.counts.rows,
            "format": self.format,
            "kept": self.counts.kept,
            "cut": self.counts.cut,
            "dropped": self.counts.dropped,
            "refused": self.counts.refused,
            "causes": [_cause(cause) for cause in self.causes],
            "tokens": {
                "total": self.tokens.total,
                "with_loss": self.tokens.with_loss,
                "p50": self.tokens.p50,
                "p95": self.tokens.p95,
                "max": self.tokens.max,
            },
            "suggestions": [*self.suggestions, *self.warnings],
            "settings": [asdict(setting) for setting in self.settings],
            "lengths": [asdict(cut) for cut in self.lengths],
            "template": self.template,
            "kind": self.kind,
            "columns": self.columns,
            "unread": list(self.unread),
            "others": list(self.others),
            "expected": self.expected,
            "seconds": round(self.seconds, 3),
            "validation_rows": self.validation_rows,
            "near": self.near,
            "mended": None if self.mended is None else asdict(self.mended),
        }
        if self.problem is not None:
            found["error"] = self.problem.to_json()
        return found


def _cause(cause: Cause) -> dict[str, Any]:
    known = finding(cause.code, cause.outcome)
    return {
        "code": cause.code,
        "count": cause.count,
        "rows": list(cause.rows),
        "advice": cause.advice,
        "message": cause.message,
        "source": cause.source,
        "outcome": cause.outcome,
        "severity": known.severity,
        "title": known.title,
        "mended": known.mended,
    }


_ORDER = {"error": 0, "warning": 1, "note": 2}


def by_weight(causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """Causes as they are told: rows that are lost first, then by how many there are."""
    return tuple(
        sorted(
            causes,
            key=lambda cause: (
                _ORDER[finding(cause.code, cause.outcome).severity],
                -cause.count,
                cause.source,
                cause.code,
            ),
        )
    )
