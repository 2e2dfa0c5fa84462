"""All rows of a recipe as tokens, ready for a trainer, with every one accounted for."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.data import encoded as encoded_rows
from engine.data import token_cache
from engine.data.encoded import EncodedRows
from engine.data.layout import Origins
from engine.data.ledger import Cause, Counts
from engine.data.mixing import held_out_count, split
from engine.data.reading import Progress, nothing_left
from engine.data.rows import Kind
from engine.data.survey import Survey, survey
from engine.data.templates import prepare_template
from engine.data.token_stats import TokenStats, token_stats
from engine.data.tokenized import Tokenized, tokenize
from engine.data.workers import Tokenization
from engine.errors import BadInput
from engine.recipe.fields import Data
from engine.words import _, ngettext

if TYPE_CHECKING:
    import datasets
    from transformers import PreTrainedTokenizerBase

__all__ = ["Prepared", "Survey", "prepare", "survey"]


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
    found = _tokenized(
        data,
        kind,
        Tokenization(
            tokenizer, template, data.loss_on, None if packs else max_length, data.thinking, packs
        ),
        progress,
    )
    rows = found.rows
    sizes = [source.count for source in found.sources if not source.evaluation]
    weights = [source.weight for source in data.all_sources()]
    held = next(
        (range(one.first, one.first + one.count) for one in found.sources if one.evaluation), None
    )
    if not sum(sizes):
        raise nothing_left(data, found.counts.rows, found.causes)
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
        found.numbers,
        tuple(source.name for source in found.sources),
        tuple(source.first for source in found.sources),
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
        counts=found.counts,
        tokens=tokens,
        causes=found.causes,
        format=", ".join(found.formats),
        template=template.name if template else "",
        warnings=(*warnings, *(note.message for note in found.notes)),
        notes=found.notes,
        origins=origins,
    )


def _tokenized(data: Data, kind: Kind, job: Tokenization, progress: Progress | None) -> Tokenized:
    """All rows as tokens, from the last time where nothing has changed since."""
    digest = token_cache.key(data, kind, job)
    found = token_cache.load(digest) if digest else None
    if found is None and digest:
        found = token_cache.load_whole(data, kind, job)
    if found is None:
        found = tokenize(data, kind, job, progress)
        if digest:
            token_cache.store(digest, found)
    if progress:
        progress(found.counts.rows, found.counts.rows)
    return found


def _is_all(order: list[int], rows: EncodedRows) -> bool:
    return order == list(range(len(rows)))
