"""`check`: the pass from the first row to the last, with a picture of it a few times a second."""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from engine.data.compressed import open_bytes
from engine.data.doctor.comparing import compare
from engine.data.doctor.examination import Examination, SourcePart, Waiting
from engine.data.doctor.expected import expected_rows
from engine.data.doctor.findings import FINDINGS
from engine.data.doctor.keeping import keeping
from engine.data.doctor.mending import MendedFile
from engine.data.doctor.near import MOST_ROWS
from engine.data.doctor.report import Checkup, Mended, Phase, by_weight
from engine.data.doctor.sizes import Size, Sizes, Sizing
from engine.data.doctor.suggesting import sentences, settings
from engine.data.measuring import template_for
from engine.data.reading import (
    OpenSource,
    evaluation_source,
    nothing_left,
    open_source,
    open_sources,
)
from engine.data.rows import AnyRow, Kind
from engine.data.sources import held_out_split, local_files
from engine.data.templates import ChatTemplate
from engine.data.workers import Tokenization, tokenized
from engine.errors import TunesmithError
from engine.recipe.fields import Data
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

EVERY_SECONDS = 0.2
"""How often a picture of the account is handed out."""

_MOST_ASIDE = 50_000
"""Rows of a validation split that are looked at where the recipe does not name it."""

_MARK = b"\xef\xbb\xbf"


def check(
    data: Data,
    kind: Kind | None,
    tokenizer: "PreTrainedTokenizerBase",
    *,
    near: bool = True,
    seed: int = 0,
    fix: Path | None = None,
    overwrite: bool = False,
    every: float = EVERY_SECONDS,
) -> Iterator[Checkup]:
    """Examine a recipe's data, row by row, and tell of it on the way.

    The first picture comes before any row is tokenized, the last one has `done`; memory grows by
    some 120 bytes a row. `data.max_length` is where rows are cut, unless it is auto. The tokens of a
    large local set are kept, so that training does not tokenize it again.

    Args:
        data: the recipe's section.
        kind: what the stage learns from; None takes it from the format.
        near: also look for rows that are nearly alike.
        seed: draws the rows that are held out, to see whether they are trained on too.
        fix: where the mended set is written.
        overwrite: whether that file may be there already.
        every: seconds between two pictures.

    Raises:
        BadInput: a source cannot be opened or read to its end, or the mended set not written. That
            no row can be learned from is told in the last picture's `problem`.
    """
    started = time.monotonic()
    paths = [path for source in data.all_sources() for path in local_files(source.source)]
    writing = MendedFile(fix, overwrite=overwrite, sources=paths) if fix is not None else None
    with ExitStack() as stack:
        if writing is not None:
            stack.callback(writing.close)
        sources = open_sources(data, kind)
        first = next(sources)
        kind = first.kind
        template = template_for(kind, tokenizer, data.template)
        max_length = None if data.max_length == "auto" else int(data.max_length)
        joined = kind == "text" and data.packing is not False
        if joined:
            max_length = None
        job = Tokenization(tokenizer, template, data.loss_on, None, data.thinking, joined)
        expected = _expected(data, next(iter(first.reading.found), ""))
        kept = keeping(data, kind, job, expected)
        if kept is not None:
            stack.callback(kept.close)
        found = Examination(
            data, kind, tokenizer, template,
            max_length=max_length, near=near, mended=writing, kept=kept,
        )  # fmt: skip
        sizing = Sizing(job, kind, max_length)
        view = _View(found, first, template, started, expected)
        yield view.picture("reading")
        split = ""
        last = time.monotonic()
        for opened in chain([first], sources):
            part = found.begin(opened)
            _look_at_file(found, opened)
            for _portion in _settled(found, part, sizing):
                if time.monotonic() - last >= every:
                    yield view.picture("reading")
                    last = time.monotonic()
        if data.eval_source is None:
            split = _look_at_own_split(found, data, kind)
        yield view.picture("comparing")
        validation_rows = compare(found, seed)
        mended = writing.finish() if writing is not None else None
        if kept is not None:
            kept.finish()
        yield view.last(validation_rows, split, mended)


def checked(
    data: Data,
    kind: Kind | None,
    tokenizer: "PreTrainedTokenizerBase",
    *,
    near: bool = True,
    seed: int = 0,
    fix: Path | None = None,
    overwrite: bool = False,
) -> Checkup:
    """The last picture of `check`.

    Raises:
        BadInput: as `check`.
    """
    pictures = check(
        data, kind, tokenizer, near=near, seed=seed, fix=fix, overwrite=overwrite, every=1e9
    )
    return deque(pictures, maxlen=1)[0]


class _View:
    """Pictures of one examination."""

    def __init__(
        self,
        found: Examination,
        first: OpenSource,
        template: ChatTemplate | None,
        started: float,
        expected: int | None,
    ) -> None:
        self._found, self._first, self._template = found, first, template
        self._started, self._expected = started, expected

    def picture(self, phase: Phase) -> Checkup:
        """What is known so far."""
        found, ledger = self._found, self._found.ledger
        reading = self._first.reading
        return Checkup(
            source=self._first.name,
            phase=phase,
            format=reading.format.name,
            kind=found.kind,
            counts=ledger.counts,
            causes=by_weight(found.causes()),
            tokens=found.lengths.stats(found.tokens, found.with_loss, found.max_length),
            expected=self._expected,
            seconds=time.monotonic() - self._started,
            template=self._template.name if self._template else "",
            columns=reading.present,
            unread=reading.unread,
            others=reading.others,
            warnings=self._template.warnings if self._template else (),
            near=found.near is not None,
        )

    def last(self, validation_rows: int, split: str, mended: Mended | None) -> Checkup:
        """The whole account, with advice."""
        found = self._found
        seen = self.picture("done")
        advice = settings(found, validation_rows, seen.causes, split)
        warnings = seen.warnings
        if found.near is not None and found.near.left_out:
            warnings += (
                _("Near duplicates were looked for among the first {n} rows.").format(n=MOST_ROWS),
            )
        problem = None
        if not found.trained:
            lost = tuple(cause for cause in seen.causes if cause.outcome != "kept")
            problem = nothing_left(found.data, seen.counts.rows, lost).problem
        return replace(
            seen,
            expected=seen.counts.rows,
            lengths=found.lengths.table(),
            settings=advice,
            suggestions=sentences(advice, self._first.reading),
            validation_rows=validation_rows,
            warnings=warnings,
            mended=mended,
            problem=problem,
        )


def _expected(data: Data, first_column: str) -> int | None:
    """About how many rows the sources have together; None where one of them does not tell."""
    most = data.max_samples
    total = 0
    for source in data.all_sources():
        count = expected_rows(source, first_column)
        if count is None:
            return None
        total += count if most is None else min(count, most)
    return total


def _settled(found: Examination, part: SourcePart, sizing: Sizing) -> Iterator[None]:
    """Read, measure and account for the rows of a source, a portion at a time."""
    waiting: deque[list[Waiting]] = deque()

    def rows() -> Iterator[list[AnyRow]]:
        for portion in found.batches(part):
            waiting.append(portion)
            yield [one.row for one in portion if not one.mended_only]

    with closing(tokenized(rows(), sizing)) as sizes:
        for sized in sizes:
            found.settle(part, waiting.popleft(), sized)
            yield


def _look_at_file(found: Examination, opened: OpenSource) -> None:
    """Note a byte order mark, which the readers pass over."""
    for path in local_files(opened.source.source):
        if not path.is_file():
            continue
        try:
            with open_bytes(path, opened.name) as file:
                marked = file.read(3) == _MARK
        except (OSError, EOFError, TunesmithError):
            continue
        if marked:
            advice = FINDINGS["byte_order_mark"].advice
            said = _("The file begins with the bytes EF BB BF.")
            found.ledger.note(opened.name, 1, "byte_order_mark", said, advice)


def _look_at_own_split(found: Examination, data: Data, kind: Kind) -> str:
    """Read the validation split that a data set has beside the one trained on; its name."""
    source = data.all_sources()[0]
    try:
        name = held_out_split(source)
        if name == source.split:
            return ""
        own = evaluation_source(data.model_copy(update={"eval_source": source.source}))
        if own is None:
            return ""
        opened = replace(open_source(own, data, kind, None), evaluation=True)
        part = found.begin(opened, aside=True)
        found.names[-1] = _("{source} ({split})").format(source=opened.name, split=name)
        opened.numbered = islice(opened.numbered, _MOST_ASIDE)
        for portion in found.batches(part):
            # Nothing is learned from them, so that they need no tokens.
            found.settle(part, portion, Sizes([Size(0, 0, 0) for _one in portion]))
    except TunesmithError:
        return ""  # it is not asked for, so that it cannot be read stops nothing
    return name
