"""All rows of a recipe as tokens, ready for a trainer, with every one accounted for."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from engine.data import encoded as encoded_rows
from engine.data.encoded import EncodedRows
from engine.data.layout import Origins
from engine.data.ledger import Cause, Counts, Ledger
from engine.data.mixing import held_out_count, split
from engine.data.quoting import shown
from engine.data.reading import NumberedRow, Progress, nothing_left, open_sources
from engine.data.rows import Kind, RowProblem, one_sequence
from engine.data.survey import Survey, survey
from engine.data.templates import prepare_template
from engine.data.token_stats import TokenStats, token_stats
from engine.data.tokens import encode_rows
from engine.errors import BadInput
from engine.recipe.fields import Data
from engine.words import _, ngettext

if TYPE_CHECKING:
    import datasets
    from transformers import PreTrainedTokenizerBase

__all__ = ["Prepared", "Survey", "prepare", "survey"]

BATCH = 256
"""Rows that are tokenized at once."""


@dataclass(frozen=True)
class Prepared:
    """What a trainer gets.

    `train` is one epoch in order (repeats by weight included), `evaluation` the rows held out;
    where text is packed both are full sequences of many documents. `counts`, `causes` and
    `tokens` are of the rows themselves: each once, before packing, after cutting. `notes` are about
    rows that are used; `origins` say which row each sequence comes from.
    """

    train: EncodedRows
    evaluation: EncodedRows
    counts: Counts
    tokens: TokenStats
    causes: tuple[Cause, ...]
    format: str
    template: str = ""
    warnings: tuple[str, ...] = ()
    notes: tuple[Cause, ...] = ()
    origins: Origins = field(default_factory=lambda: Origins((), (), (), (), (), ()))

    def datasets(self) -> "tuple[datasets.Dataset, datasets.Dataset | None]":
        """Training and evaluation rows with the columns `input_ids` and `labels` (−100: no loss)."""
        return self.train.dataset(), self.evaluation.dataset() if len(self.evaluation) else None


def prepare(
    data: Data,
    kind: Kind,
    tokenizer: "PreTrainedTokenizerBase",
    *,
    max_length: int,
    seed: int,
    progress: Progress | None = None,
    pack_text: bool | None = None,
) -> Prepared:
    """Read, tokenize, split and mix the data of a recipe.

    Args:
        data: the recipe's section.
        kind: what the stage learns from.
        max_length: longest sequence in tokens.
        seed: draws the rows that are held out, and the order of mixtures.
        progress: told the rows done; the total is known only at the end.
        pack_text: join documents into full sequences; without an answer here, unless
            `data.packing` is false. Conversations are packed by the trainer.

    Raises:
        BadInput: a source cannot be used, or no row can be learned from.
    """
    packs = kind == "text" and data.packing is not False and pack_text is not False
    template = prepare_template(tokenizer, data.template) if kind == "conversation" else None
    warnings = list(template.warnings) if template else []
    ledger = Ledger()
    rows = EncodedRows()
    sizes: list[int] = []
    weights: list[float] = []
    formats: dict[str, None] = {}
    held: range | None = None
    numbers = array("q")
    firsts: list[tuple[str, int]] = []
    for opened in open_sources(data, kind):
        formats[opened.reading.format.name] = None
        first = len(rows)
        firsts.append((opened.name, first))
        for batch in _batches(opened.rows(ledger)):
            results = encode_rows(
                [one_sequence(one.row) for one in batch],
                tokenizer,
                template,
                data.loss_on,
                None if packs else max_length,
                data.thinking,
                joined=packs,
            )
            for one, result in zip(batch, results, strict=True):
                if isinstance(result, RowProblem):
                    ledger.refuse(opened.name, one.number, result)
                else:
                    ledger.keep(cut=result.cut)
                    if result.spelt:
                        note_spelt(ledger, opened.name, one.number, result.spelt)
                    rows.append(result)
                    numbers.append(one.number)
            if progress:
                progress(ledger.counts.rows, None)
        if opened.evaluation:
            held = range(first, len(rows))
        else:
            sizes.append(len(rows) - first)
            weights.append(opened.source.weight)
    if progress:
        progress(ledger.counts.rows, ledger.counts.rows)
    if not sum(sizes):
        raise nothing_left(data, ledger.counts.rows, ledger.causes)
    if held is not None and not len(held):
        raise BadInput(
            _("data.eval_source: no row of {source} can be used.").format(source=data.eval_source),
            field="data.eval_source",
        )
    out = held_out_count(sum(sizes), data.validation) if held is None else 0
    if held is None and data.validation and not out:
        warnings.append(
            ngettext(
                "Only {n} row can be used, so none is held out for evaluation.",
                "Only {n} rows can be used, so none is held out for evaluation.",
                sum(sizes),
            ).format(n=sum(sizes))
        )
    parts = split(sizes, weights, out, seed)
    train = rows if _is_all(parts.train, rows) else rows.selected(parts.train)
    evaluation = rows.selected(list(held) if held is not None else parts.held_out)
    origins = Origins(
        numbers,
        tuple(name for name, _first in firsts),
        tuple(first for _name, first in firsts),
        parts.train,
        list(held) if held is not None else parts.held_out,
        train.lengths(),
    )
    tokens = token_stats(rows.lengths(), rows.loss_tokens())
    if packs:
        train = encoded_rows.pack_text(train, max_length)
        evaluation = encoded_rows.pack_text(evaluation, max_length)
    return Prepared(
        train=train,
        evaluation=evaluation,
        counts=ledger.counts,
        tokens=tokens,
        causes=ledger.causes,
        format=", ".join(formats),
        template=template.name if template else "",
        warnings=(*warnings, *(note.message for note in ledger.notes)),
        notes=ledger.notes,
        origins=origins,
    )


def note_spelt(ledger: Ledger, source: str, number: int, spelt: tuple[str, ...]) -> None:
    """A row whose own words spell control tokens out, which were read as words."""
    ledger.note(
        source,
        number,
        "control_tokens_in_text",
        _(
            "{source}, row {n}: its words hold the control token {token}; it is read as words."
        ).format(source=source, n=number, token=shown(spelt[0])),
        _("Take it out if it is left over from another template."),
    )


def _batches(rows: Iterable[NumberedRow]) -> Iterator[list[NumberedRow]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _is_all(order: list[int], rows: EncodedRows) -> bool:
    return order == list(range(len(rows)))
