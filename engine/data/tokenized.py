"""All rows of a recipe's sources as tokens, before any is held out, mixed or packed."""

from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from engine.data.encoded import EncodedRows
from engine.data.ledger import Cause, Counts, Ledger
from engine.data.quoting import shown
from engine.data.reading import NumberedRow, Progress, open_sources
from engine.data.rows import Kind, Row, RowProblem, one_sequence
from engine.data.workers import Tokenization, tokenized
from engine.recipe.fields import Data
from engine.words import _

BATCH = 256
"""Rows that are tokenized at once."""


@dataclass(frozen=True)
class TokenizedSource:
    """A source by name, and which of the usable rows are its own."""

    name: str
    first: int
    count: int
    evaluation: bool = False


@dataclass
class Tokenized:
    """The usable rows of all sources, and the account of the others.

    `numbers` are the rows' numbers in their sources.
    """

    rows: EncodedRows = field(default_factory=EncodedRows)
    numbers: "array[int]" = field(default_factory=lambda: array("q"))
    sources: list[TokenizedSource] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    causes: tuple[Cause, ...] = ()
    notes: tuple[Cause, ...] = ()


def tokenize(
    data: Data, kind: Kind, job: Tokenization, progress: Progress | None = None
) -> Tokenized:
    """Read and tokenize every row.

    Raises:
        BadInput: a source cannot be used.
    """
    found = Tokenized()
    ledger = Ledger()
    formats: dict[str, None] = {}
    for opened in open_sources(data, kind):
        formats[opened.reading.format.name] = None
        first = len(found.rows)
        pending: list[list[NumberedRow]] = []
        rows = _noted(_batches(opened.rows(ledger)), pending)
        with closing(tokenized(rows, job)) as done:
            for result in done:
                numbered = pending.pop(0)
                found.rows.extend(result.rows)
                for n, one in enumerate(numbered):
                    if n in result.problems:
                        ledger.refuse(opened.name, one.number, RowProblem(*result.problems[n]))
                        continue
                    ledger.keep(cut=n in result.cut)
                    found.numbers.append(one.number)
                    if n in result.spelt:
                        note_spelt(ledger, opened.name, one.number, result.spelt[n])
                if progress:
                    progress(ledger.counts.rows, None)
        count = len(found.rows) - first
        found.sources.append(TokenizedSource(opened.name, first, count, opened.evaluation))
    found.formats = list(formats)
    found.counts, found.causes, found.notes = ledger.counts, ledger.causes, ledger.notes
    return found


def _noted(
    batches: Iterable[list[NumberedRow]], pending: list[list[NumberedRow]]
) -> Iterator[list[Row]]:
    """The rows alone, and which they were in `pending` until their tokens come."""
    for batch in batches:
        pending.append(batch)
        yield [one_sequence(one.row) for one in batch]


def _batches(rows: Iterable[NumberedRow]) -> Iterator[list[NumberedRow]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


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
