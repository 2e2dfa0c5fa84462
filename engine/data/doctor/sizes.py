"""How long rows are in tokens, whole and as they are trained on; made in several processes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.data.measuring import Measured, measure
from engine.data.rows import AnyRow, RowProblem
from engine.data.templates import ChatTemplate
from engine.data.thinking import Thinking
from engine.data.tokens import LossOn

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


@dataclass(frozen=True, slots=True)
class Size:
    """`length` tokens of a row before it is cut; `tokens` and `with_loss` that are trained on."""

    length: int
    tokens: int
    with_loss: int
    cut: bool


Sized = list[Size | tuple[Any, ...]]
"""Sizes of rows; where a row cannot be used, what its `RowProblem` is made of."""


@dataclass(frozen=True)
class Sizing:
    """All that decides how long a row is."""

    tokenizer: "PreTrainedTokenizerBase"
    template: ChatTemplate | None
    loss_on: LossOn
    max_length: int | None
    thinking: Thinking
    joined: bool

    def __call__(self, rows: list[AnyRow]) -> Sized:
        """The sizes of these rows."""
        whole = self._measured(rows, None)
        longest = self.max_length
        longer = [
            n
            for n, one in enumerate(whole)
            if longest is not None and isinstance(one, Measured) and one.length > longest
        ]
        trained = [*whole]
        if longer:
            # Cutting is the tokenizing code's own doing, so it is asked again for these.
            cut = self._measured([rows[n] for n in longer], longest)
            for n, one in zip(longer, cut, strict=True):
                trained[n] = one
        return [_size(one, other) for one, other in zip(whole, trained, strict=True)]

    def _measured(self, rows: list[AnyRow], max_length: int | None) -> list[Measured | RowProblem]:
        return measure(
            rows,
            self.tokenizer,
            self.template,
            self.loss_on,
            max_length,
            self.thinking,
            joined=self.joined,
        )


def _size(whole: Measured | RowProblem, trained: Measured | RowProblem) -> Size | tuple[Any, ...]:
    for one in (whole, trained):
        if isinstance(one, RowProblem):
            return (one.code, one.message, one.advice, one.outcome)
    assert isinstance(whole, Measured)
    assert isinstance(trained, Measured)
    return Size(whole.length, trained.tokens, trained.with_loss, trained.cut)
