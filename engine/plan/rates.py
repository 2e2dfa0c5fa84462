"""Rank, alpha and learning rate, each with the evidence behind it."""

from math import floor, log10
from typing import Any

from engine.methods import METHODS, Method
from engine.models import ModelFacts
from engine.plan.draft import Draft
from engine.plan.rows import Sequences
from engine.words import _

RANKS = (16, 32, 64, 128, 256)
NARROW = 1024
"""Width from which on the table's rates were found; narrower models want higher ones."""
WIDTH_SOURCE = "Tensor Programs V (Yang 2022): Adam's rate goes with 1 / width"
CAPACITY_SOURCE = "LoRA Without Regret (Schulman 2025): an adapter holds about a token a weight"


def resolve_method(draft: Draft, method: Method, facts: ModelFacts, sequences: Sequences) -> None:
    """Fill in the method's own options that are on auto."""
    options = draft.recipe().method.options
    for name, (value, reason) in method.resolve(options, facts).items():
        if name != "rank":
            continue
        rank = _rank_for(method, options, facts, int(value), sequences.loss_tokens)
        if rank != value:
            draft.choose(
                "method.rank",
                rank,
                _("holds the {n} tokens that carry loss").format(n=sequences.loss_tokens),
                CAPACITY_SOURCE,
            )
        else:
            draft.choose("method.rank", value, reason, f"method {method.name}")
    options = draft.recipe().method.options
    for name, (value, reason) in method.resolve(options, facts).items():
        draft.choose(f"method.{name}", value, reason, f"method {method.name}")


def _rank_for(
    method: Method, options: dict[str, Any], facts: ModelFacts, least: int, tokens: int
) -> int:
    """The smallest usual rank whose weights are as many as the tokens to learn."""
    for rank in (least, *(r for r in RANKS if r > least)):
        checked = METHODS.options(method.name, {**options, "rank": rank})
        if method.trainable_parameters(checked, facts) >= tokens:
            return rank
    return RANKS[-1]


def resolve_learning_rate(draft: Draft, method: Method, facts: ModelFacts) -> None:
    """The method's safe rate, raised for narrow models."""
    options = METHODS.options(method.name, draft.recipe().method.options)
    usual, source = method.rate(options)
    rate = usual
    reason = _("safe for {method} on most models").format(method=method.name)
    if method.rate_follows_width and 0 < facts.hidden < NARROW:
        rate = _rounded(rate * NARROW / facts.hidden)
        reason = _("{method}'s usual {usual:g}, raised for a model only {width} wide").format(
            method=method.name, usual=usual, width=facts.hidden
        )
        source = WIDTH_SOURCE
    draft.choose("training.learning_rate", rate, reason, source)


def _rounded(value: float) -> float:
    """One significant digit, as rates are spoken of."""
    digits = -floor(log10(value))
    return round(value, digits)
