"""What a data set will give, before all of it is tokenized: the figures that a plan needs."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING

from engine.data.ledger import Cause, Counts, Ledger, by_frequency
from engine.data.measuring import Measured, measure, template_for
from engine.data.mixing import held_out_count, seen_rows
from engine.data.reading import NumberedRow, OpenSource, Progress, nothing_left, open_sources
from engine.data.rows import Kind, RowProblem
from engine.data.templates import ChatTemplate
from engine.data.token_stats import TokenStats, share_above, token_stats
from engine.recipe.fields import Data
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_PORTION = 64
_TELL_EVERY = 500


@dataclass(frozen=True)
class Survey:
    """Figures of a data set; estimates unless `exact`.

    `rows` and what is wrong with reading them are counted over all rows. Tokens, and what only
    tokenizing shows, come from `sampled` rows drawn at random. `tokens` is over the usable rows, each
    once; `train_rows`, `train_tokens` and `train_loss_tokens` are those of one epoch, weights
    counted and rows held out taken off. `lengths` are the sampled lengths in ascending order,
    uncut unless a length was given.
    """

    format: str
    rows: int
    counts: Counts
    tokens: TokenStats
    causes: tuple[Cause, ...]
    warnings: tuple[str, ...]
    exact: bool
    sampled: int
    lengths: tuple[int, ...]
    train_rows: int
    train_tokens: int
    train_loss_tokens: int
    evaluation_rows: int
    template: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    kind: Kind = "conversation"
    unread: tuple[str, ...] = ()
    """Columns of the first source that are not read."""
    others: tuple[str, ...] = ()
    """Formats of other kinds in which the first source can be read as well."""

    def share_cut(self, max_length: int) -> float:
        """The share of rows that would be cut at so many tokens."""
        return share_above(self.lengths, max_length)


class _Sample:
    """At most `limit` of a stream's items, each as likely as any other, the same every time.

    Drawn rather than every so many: rows often alternate in a rhythm, which would bias it.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._random = Random(0)
        self.items: list[NumberedRow] = []
        self.seen = 0

    def add(self, item: NumberedRow) -> None:
        """The next item of the stream (Vitter's algorithm R)."""
        self.seen += 1
        if len(self.items) < self._limit:
            self.items.append(item)
            return
        place = self._random.randrange(self.seen)
        if place < self._limit:
            self.items[place] = item


@dataclass
class _SourceFigures:
    """One source after its sample is tokenized."""

    opened: OpenSource
    kept: int
    mean_tokens: float
    mean_loss: float


def survey(
    data: Data,
    kind: Kind | None,
    tokenizer: "PreTrainedTokenizerBase",
    limit: int = 2000,
    progress: Progress | None = None,
    *,
    max_length: int | None = None,
) -> Survey:
    """Count all rows of a recipe's data, and tokenize at most `limit` of them.

    Without a kind the format of the first source says what the rows are.
    `max_length` (else `data.max_length`, unless that is auto) is where rows are cut.

    Raises:
        BadInput: as `engine.data.prepare.prepare`.
    """
    if max_length is None and data.max_length != "auto":
        max_length = int(data.max_length)
    template: ChatTemplate | None = None
    ledger = Ledger()
    sources = len(data.all_sources()) + (data.eval_source is not None)
    samples: list[tuple[OpenSource, _Sample]] = []
    for opened in open_sources(data, kind):
        if not samples:
            kind = opened.kind
            template = template_for(kind, tokenizer, data.template)
            if kind == "text" and data.packing is not False:
                max_length = None
        sample = _Sample(max(1, limit // sources))
        for row in _told(opened.rows(ledger), progress, sum(s.seen for _o, s in samples)):
            sample.add(row)
        samples.append((opened, sample))
    figures: list[_SourceFigures] = []
    lengths: list[int] = []
    counts, causes = ledger.counts, list(ledger.causes)
    for opened, sample in samples:
        tokenized = _tokenized(opened, sample, tokenizer, template, data, max_length)
        results, problems = tokenized
        share = len(results) / max(1, len(sample.items))
        kept = round(sample.seen * share)
        tokens = sum(one.tokens for one in results)
        loss = sum(one.with_loss for one in results)
        lengths += [one.length for one in results]
        figures.append(
            _SourceFigures(opened, kept, tokens / max(1, len(results)), loss / max(1, len(results)))
        )
        causes += _scaled(problems.causes, sample.seen - kept)
        cut = sum(one.cut for one in results)
        counts = replace(
            counts,
            kept=counts.kept + kept,
            cut=counts.cut + round(cut * kept / max(1, len(results))),
        )
    causes = list(by_frequency(causes))
    counts = replace(
        counts,
        rows=ledger.counts.rows + sum(sample.seen for _opened, sample in samples),
        dropped=sum(cause.count for cause in causes if cause.outcome == "dropped"),
        refused=sum(cause.count for cause in causes if cause.outcome == "refused"),
    )
    return _summed(data, template, figures, samples, sorted(lengths), counts, causes)


def _tokenized(
    opened: OpenSource,
    sample: _Sample,
    tokenizer: "PreTrainedTokenizerBase",
    template: ChatTemplate | None,
    data: Data,
    max_length: int | None,
) -> tuple[list[Measured], Ledger]:
    """The sampled rows in tokens, and what is wrong with the rest of them."""
    usable: list[Measured] = []
    problems = Ledger()
    items = sorted(sample.items, key=lambda one: one.number)
    for start in range(0, len(items), _PORTION):
        portion = items[start : start + _PORTION]
        rows = [one.row for one in portion]
        results = measure(
            rows,
            tokenizer,
            template,
            data.loss_on,
            max_length,
            data.thinking,
            joined=data.packing is not False,
        )
        for one, result in zip(portion, results, strict=True):
            if isinstance(result, RowProblem):
                problems.refuse(opened.name, one.number, result)
            else:
                usable.append(result)
    return usable, problems


def _summed(
    data: Data,
    template: ChatTemplate | None,
    figures: list[_SourceFigures],
    samples: list[tuple[OpenSource, _Sample]],
    lengths: list[int],
    counts: Counts,
    causes: list[Cause],
) -> Survey:
    """One document of all sources' figures."""
    trained = [one for one in figures if not one.opened.evaluation]
    usable = sum(one.kept for one in trained)
    if not usable:
        raise nothing_left(data, counts.rows, causes)
    warnings = list(template.warnings) if template else []
    apart = [one for one in figures if one.opened.evaluation]
    out = 0 if apart else held_out_count(usable, data.validation)
    epoch = [
        (one, seen_rows(round(one.kept * (usable - out) / usable), one.opened.source.weight))
        for one in trained
    ]
    sampled = sum(len(sample.items) for _opened, sample in samples)
    exact = all(len(sample.items) == sample.seen for _opened, sample in samples)
    if not exact:
        warnings.append(
            _("Tokens are estimated from {n} of {m} rows, drawn at random.").format(
                n=sampled, m=counts.rows
            )
        )
    return Survey(
        format=", ".join(dict.fromkeys(one.opened.reading.format.name for one in figures)),
        rows=counts.rows,
        counts=counts,
        tokens=token_stats(
            lengths,
            round(sum(one.kept * one.mean_loss for one in figures)),
            round(sum(one.kept * one.mean_tokens for one in figures)),
        ),
        causes=tuple(causes),
        warnings=tuple(warnings),
        exact=exact,
        sampled=sampled,
        lengths=tuple(lengths),
        train_rows=sum(rows for _one, rows in epoch),
        train_tokens=round(sum(rows * one.mean_tokens for one, rows in epoch)),
        train_loss_tokens=round(sum(rows * one.mean_loss for one, rows in epoch)),
        evaluation_rows=sum(one.kept for one in apart) if apart else out,
        template=template.name if template else "",
        columns=figures[0].opened.reading.present,
        kind=figures[0].opened.kind,
        unread=figures[0].opened.reading.unread,
        others=figures[0].opened.reading.others,
    )


def _scaled(causes: tuple[Cause, ...], lost: int) -> list[Cause]:
    """Causes seen in a sample, raised so that together they are `lost` rows."""
    sampled = sum(cause.count for cause in causes)
    scaled: list[Cause] = []
    left = lost
    for n, cause in enumerate(causes):
        last = n + 1 == len(causes)
        count = left if last else min(left, round(lost * cause.count / sampled))
        left -= count
        if count:
            scaled.append(replace(cause, count=count))
    return scaled


def _told(
    rows: Iterator[NumberedRow], progress: Progress | None, before: int
) -> Iterator[NumberedRow]:
    for n, row in enumerate(rows, before + 1):
        if progress and n % _TELL_EVERY == 0:
            progress(n, None)
        yield row
