"""How long rows are in tokens, whole and as they are trained on; made in several processes."""

from dataclasses import dataclass, field
from typing import Any

from engine.data.encoded import EncodedRows
from engine.data.measuring import Measured, measure
from engine.data.rows import AnyRow, Kind, Row, RowProblem
from engine.data.tokens import cut_before_answer
from engine.data.workers import Tokenization


@dataclass(frozen=True, slots=True)
class Size:
    """`length` tokens of a row before it is cut; `tokens` and `with_loss` that are trained on."""

    length: int
    tokens: int
    with_loss: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """What the `RowProblem` of a row is made of; `whole` where the row is lost in any length."""

    parts: tuple[Any, ...]
    whole: bool = True

    def problem(self) -> RowProblem:
        """The problem as it is told."""
        return RowProblem(*self.parts)


@dataclass(frozen=True)
class Sizes:
    """What became of some rows, in order.

    `tokens` are those that can be used, in full length, where each row is one sequence; `spelt`
    the control tokens in the words of a row by its place.
    """

    each: list[Size | Lost]
    tokens: EncodedRows | None = None
    spelt: dict[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sizing:
    """All that decides how long a row is; `job` reads rows in full length."""

    job: Tokenization
    kind: Kind
    max_length: int | None

    def __call__(self, rows: list[AnyRow]) -> Sizes:
        """The sizes of these rows."""
        if self.kind in ("conversation", "text"):
            return self._tokenized(rows)  # type: ignore[arg-type]  # the kind says so
        return Sizes(self._measured_twice(rows))

    def _tokenized(self, rows: list[Row]) -> Sizes:
        batch = self.job(rows)
        sizes = iter(batch.rows.sizes(self.max_length))
        each: list[Size | Lost] = []
        for n in range(len(rows)):
            if n in batch.problems:
                each.append(Lost(batch.problems[n]))
                continue
            length, with_loss = next(sizes)
            most = length if self.max_length is None else min(length, self.max_length)
            if most < length and not with_loss and self.kind != "text":
                each.append(Lost(_parts(cut_before_answer(most)), whole=False))
            else:
                each.append(Size(length, most, with_loss, most < length))
        return Sizes(each, batch.rows, batch.spelt)

    def _measured_twice(self, rows: list[AnyRow]) -> list[Size | Lost]:
        """Rows that become several sequences; the longer ones once more as they are cut."""
        whole = self._measured(rows, None)
        longest = self.max_length
        longer = [
            n
            for n, one in enumerate(whole)
            if longest is not None and isinstance(one, Measured) and one.length > longest
        ]
        trained = [*whole]
        if longer:
            cut = self._measured([rows[n] for n in longer], longest)
            for n, one in zip(longer, cut, strict=True):
                trained[n] = one
        return [_size(one, other) for one, other in zip(whole, trained, strict=True)]

    def _measured(self, rows: list[AnyRow], max_length: int | None) -> list[Measured | RowProblem]:
        job = self.job
        return measure(
            rows, job.tokenizer, job.template, job.loss_on, max_length, job.thinking,
            joined=job.joined,
        )  # fmt: skip


def _parts(problem: RowProblem) -> tuple[Any, ...]:
    return (problem.code, problem.message, problem.advice, problem.outcome)


def _size(whole: Measured | RowProblem, trained: Measured | RowProblem) -> Size | Lost:
    for one in (whole, trained):
        if isinstance(one, RowProblem):
            return Lost(_parts(one), whole=one is whole)
    assert isinstance(whole, Measured)
    assert isinstance(trained, Measured)
    return Size(whole.length, trained.tokens, trained.with_loss, trained.cut)
