"""How rows become sequences: length, packing, format, template, and how many there will be."""

import math
from dataclasses import dataclass

from engine.data import Survey
from engine.data.packing import best_fit
from engine.data.templates import OWN_TEMPLATE, prepare_template
from engine.memory import Device
from engine.models import ModelFacts
from engine.plan.draft import Draft
from engine.plan.survey import DataFigures
from engine.recipe import AUTO
from engine.stages import Stage
from engine.words import _

STEP = 64
"""Lengths are multiples of this, which matrix units like."""
SHORT = 512
"""Rows up to this length are all kept whole: cutting the longest would save next to nothing."""
UNKNOWN_CONTEXT = 4096
LONGEST_JOINED = {"cuda": 2048, "cpu": 512}
FEWEST_SEQUENCES = 64
"""Joined text is cut into at least so many sequences, so that steps mix different places."""
SURVEYED = "data survey"
CONFIG = "model config"


@dataclass(frozen=True)
class Sequences:
    """What an epoch consists of. Counts are of sequences and tokens after cutting."""

    train: int
    evaluation: int
    tokens: int
    loss_tokens: int
    longest: int
    typical: int
    exact: bool
    survey: Survey

    def rows(self) -> dict[str, int]:
        """Where the rows of the source went."""
        counts = self.survey.counts
        return {
            "total": counts.rows,
            "kept": counts.kept,
            "cut": counts.cut,
            "dropped": counts.dropped,
            "refused": counts.refused,
            "train": self.train,
            "evaluation": self.evaluation,
        }


def resolve_data(
    draft: Draft, stage: Stage, facts: ModelFacts, device: Device, figures: DataFigures
) -> Sequences:
    """Fill `data` in from what the rows are like.

    Raises:
        BadInput: the data cannot be used.
    """
    whole = figures.uncut()
    joins = stage.packs_text and draft["data.packing"] is not False
    if joins:
        _joined_length(draft, facts, device, whole)
    else:
        _row_length(draft, facts, whole)
    length = int(draft["data.max_length"])
    if facts.context and length > facts.context:
        draft.warn(
            _(
                "data.max_length {n} is beyond the {context} tokens this model was trained for."
            ).format(n=length, context=facts.context)
        )
    draft.choose(
        "data.packing",
        joins,
        _("documents are joined and cut into full sequences")
        if joins
        else _("every row stays a sequence of its own, so that a step is a known number of rows"),
        "stage",
    )
    _names(draft, stage, facts, whole, figures)
    for warning in whole.warnings:
        draft.warn(warning)
    sequences = _joined(whole, length, figures) if joins else _separate(whole, length, figures)
    if draft["data.packing"] is True and not joins:
        sequences = Sequences(
            _packed(sequences.train, whole.lengths, length), sequences.evaluation, sequences.tokens,
            sequences.loss_tokens, length, length, False, sequences.survey,
        )  # fmt: skip
    _tell(draft, sequences)
    return sequences


def _row_length(draft: Draft, facts: ModelFacts, whole: Survey) -> None:
    """The longest of short rows, else the 99th percentile, rounded up, within the context."""
    limit = facts.context or UNKNOWN_CONTEXT
    covered = whole.tokens.max if whole.tokens.max <= SHORT else whole.tokens.p99
    wanted = max(STEP, math.ceil(covered / STEP) * STEP)
    length = min(wanted, limit)
    if whole.tokens.max <= length:
        reason = _("the longest row has {n} tokens, so none is cut").format(n=whole.tokens.max)
    elif length < wanted:
        reason = _("the model's context; {share:.1%} of the rows are longer and are cut").format(
            share=whole.share_cut(length)
        )
    else:
        reason = _("99 of 100 rows have at most {n} tokens; {share:.1%} of them are cut").format(
            n=whole.tokens.p99, share=whole.share_cut(length)
        )
    draft.choose("data.max_length", length, reason, SURVEYED)


def _joined_length(draft: Draft, facts: ModelFacts, device: Device, whole: Survey) -> None:
    limit = min(facts.context or UNKNOWN_CONTEXT, LONGEST_JOINED[device.kind])
    mixing = whole.train_tokens // FEWEST_SEQUENCES // STEP * STEP
    length = max(STEP, min(limit, mixing))
    draft.choose(
        "data.max_length",
        length,
        _("{tokens} tokens make at least {n} sequences of this length").format(
            tokens=whole.train_tokens, n=whole.train_tokens // length
        )
        if length < limit
        else _("long enough to learn how texts go on, within the context of {n}").format(
            n=facts.context or UNKNOWN_CONTEXT
        ),
        SURVEYED,
    )


def _names(
    draft: Draft, stage: Stage, facts: ModelFacts, whole: Survey, figures: DataFigures
) -> None:
    """Format and template by name, so that a replay reads the same rows the same way."""
    if whole.format and "," not in whole.format:
        draft.choose("data.format", whole.format, _("recognized from the first rows"), SURVEYED)
    if not draft.is_auto("data.template"):
        return
    if facts.chat_template:
        name, reason = OWN_TEMPLATE, _("the one the model was trained with")
    else:
        name = whole.template or prepare_template(figures.tokenizer(), AUTO).name
        reason = _("the tokenizer has none of its own; this one needs only tokens that it has")
    draft.choose("data.template", name, reason, "tokenizer")


def _separate(whole: Survey, length: int, figures: DataFigures) -> Sequences:
    longest = whole.lengths[-1] if whole.lengths else length
    seen = figures.at(length) if longest > length else whole
    return Sequences(
        train=seen.train_rows,
        evaluation=seen.evaluation_rows,
        tokens=seen.train_tokens,
        loss_tokens=seen.train_loss_tokens,
        longest=min(longest, length),
        typical=max(1, seen.train_tokens // max(1, seen.train_rows)),
        exact=seen.exact,
        survey=seen,
    )


def _joined(whole: Survey, length: int, figures: DataFigures) -> Sequences:
    if whole.exact:
        train, tokens, loss_tokens, evaluation = figures.packed(length)
    else:
        train, tokens = math.ceil(whole.train_tokens / length), whole.train_tokens
        loss_tokens, evaluation = whole.train_loss_tokens, whole.evaluation_rows
    return Sequences(
        train=max(1, train),
        evaluation=evaluation,
        tokens=tokens,
        loss_tokens=loss_tokens,
        longest=min(length, max(1, tokens)),
        typical=min(length, max(1, tokens)),
        exact=whole.exact,
        survey=whole,
    )


def _packed(rows: int, lengths: tuple[int, ...], limit: int) -> int:
    """How many sequences so many rows of these lengths will make, packed as training packs."""
    packs = len(best_fit([min(length, limit) for length in lengths], limit))
    return max(1, math.ceil(rows * packs / max(1, len(lengths))))


def _tell(draft: Draft, sequences: Sequences) -> None:
    """What a person should know about the rows before they start."""
    counts = sequences.survey.counts
    lost = counts.dropped + counts.refused
    if lost:
        draft.warn(
            _("{n} of {rows} rows cannot be used: {cause}.").format(
                n=lost,
                rows=counts.rows,
                cause=sequences.survey.causes[0].code.replace("_", " ")
                if sequences.survey.causes
                else "?",
            )
        )
    cut = sequences.survey.counts.cut
    if cut:
        draft.warn(
            _("{n} of {rows} rows are longer than data.max_length and lose their end.").format(
                n=cut, rows=counts.kept
            )
        )
