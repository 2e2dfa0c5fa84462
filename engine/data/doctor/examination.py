"""One pass over the rows of a data set: each is accounted for, measured and compared."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.data.control_tokens import Guard, control_of, guard_of
from engine.data.doctor.columns import ColumnWatch
from engine.data.doctor.findings import FINDINGS
from engine.data.doctor.lengths import Lengths
from engine.data.doctor.mending import MendedFile, with_text
from engine.data.doctor.near import NearRows
from engine.data.doctor.noting import Noted
from engine.data.doctor.texts import look_at_text, whole_text
from engine.data.doctor.turn_order import look_at_turns
from engine.data.fingerprints import Seen, fingerprint, turns_fingerprint
from engine.data.ledger import Cause, Ledger
from engine.data.measuring import Measured, measure
from engine.data.reading import OpenSource, repeated
from engine.data.rows import AnyRow, Conversation, Kind, Raw, RowProblem
from engine.data.templates import ChatTemplate
from engine.recipe.fields import Data
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

PORTION = 128
"""Rows that are tokenized at once."""

_UNLIMITED = 1 << 24
"""Tokenizers without a limit say some huge number."""


@dataclass
class SourcePart:
    """One source under examination.

    Rows of a validation split that the recipe does not name are only looked at for leaks: they
    are `aside`, and no part of the account.
    """

    opened: OpenSource
    index: int
    aside: bool = False
    watch: ColumnWatch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = ColumnWatch(self.opened.reading)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A row that was read and waits for its tokens."""

    number: int
    row: AnyRow
    key: int
    text: str
    noted: tuple[Noted, ...]
    again: bool


class Examination:
    """What is known of the rows so far; about 120 bytes are kept for each."""

    def __init__(
        self,
        data: Data,
        kind: Kind,
        tokenizer: "PreTrainedTokenizerBase",
        template: ChatTemplate | None,
        *,
        max_length: int | None,
        near: bool,
        mended: MendedFile | None,
    ) -> None:
        self.data, self.kind = data, kind
        self.ledger = Ledger()
        self.lengths = Lengths()
        self.near = NearRows() if near else None
        self.max_length = max_length
        self.tokens = self.with_loss = 0
        self.conversations = self.several_answers = self.continued = 0
        """Conversations; those with several answers; those that go on from an earlier row."""
        self.prints = array("Q")
        self.numbers = array("q")
        self.sources = array("H")
        self.names: list[str] = []
        self.trained = 0
        """Rows that are not those of an evaluation; they come first."""
        self._tokenizer, self._template = tokenizer, template
        self._seen = Seen()
        self._parts: list[SourcePart] = []
        self._mended = mended
        self._waiting: list[_Waiting] = []
        self._guard: Guard | None = guard_of(
            template.control if template else control_of(tokenizer)
        )
        limit = getattr(tokenizer, "model_max_length", None)
        self.limit = limit if isinstance(limit, int) and limit < _UNLIMITED else None
        """Tokens that the model reads at most, where its tokenizer says so."""

    def begin(self, opened: OpenSource, *, aside: bool = False) -> SourcePart:
        """The next source; those of an evaluation come last."""
        self.names.append(opened.name)
        part = SourcePart(opened, len(self.names) - 1, aside)
        self._parts.append(part)
        return part

    def causes(self) -> tuple[Cause, ...]:
        """All that was found so far: rows lost, then what is to be known of the others."""
        columns = [one.watch.cause(one.opened.name) for one in self._parts if not one.aside]
        found = [cause for cause in columns if cause is not None]
        return (*self.ledger.causes, *self.ledger.notes, *found)

    def take(self, part: SourcePart, number: int, raw: Raw) -> None:
        """The next row of a source."""
        try:
            row = part.opened.read(raw)
        except RowProblem as problem:
            self._lose(part, number, problem, raw)
            return
        key = fingerprint(row)
        earlier = None if part.aside else self._seen.add(key, part.index, number)
        if earlier is not None and self.data.drop_duplicates:
            self._lose(part, number, self._repeated(part, earlier))
            return
        noted: list[Noted] = []
        text = whole_text(row)
        if not part.aside:
            if earlier is not None:
                noted.append(Noted("duplicate", self._repeated(part, earlier).message))
            if not isinstance(raw, RowProblem):
                noted.extend(part.watch.look(number, raw))
            noted.extend(look_at_turns(row))
            noted.extend(look_at_text(text, self._guard))
        again = earlier is not None
        self._waiting.append(_Waiting(number, row, key, text, tuple(noted), again))
        if len(self._waiting) >= PORTION:
            self.settle(part)

    def settle(self, part: SourcePart) -> None:
        """Measure the rows that wait, all of one source."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        results = self._measured([one.row for one in waiting], None)
        longer = [n for n, one in enumerate(results) if self._is_longer(one)]
        short = self._measured([waiting[n].row for n in longer], self.max_length)
        as_trained = dict(zip(longer, short, strict=True))
        fresh: list[tuple[str, int]] = []
        for n, (one, whole) in enumerate(zip(waiting, results, strict=True)):
            trained = as_trained.get(n, whole)
            for noted in one.noted:
                self._note(part, one.number, noted)
            if isinstance(whole, RowProblem) or isinstance(trained, RowProblem):
                problem = trained if isinstance(trained, RowProblem) else whole
                assert isinstance(problem, RowProblem)
                if not part.aside:
                    self._lose(part, one.number, problem)
                continue
            if not one.again:
                fresh.append((one.text, len(self.prints)))
            self._keep(part, one, whole, trained)
        if self.near is not None and fresh:
            self.near.add([text for text, _place in fresh], [place for _text, place in fresh])

    def note(self, place: int, code: str, message: str) -> None:
        """Something to know about a row by its place among the kept ones."""
        name = self.names[self.sources[place]]
        self.ledger.note(name, self.numbers[place], code, message, FINDINGS[code].advice)

    def row_words(self, place: int, other: int) -> str:
        """How the row at a place is named in a sentence about another row."""
        return self._named(self.sources[other], self.sources[place], self.numbers[place])

    def _keep(self, part: SourcePart, one: _Waiting, whole: Measured, trained: Measured) -> None:
        self.prints.append(one.key)
        self.numbers.append(one.number)
        self.sources.append(part.index)
        if not part.opened.evaluation:
            self.trained += 1
        if part.aside:
            return
        self.ledger.keep(cut=trained.cut)
        self.lengths.add(whole.length)
        self.tokens += trained.tokens
        self.with_loss += trained.with_loss
        self._count_turns(one.row)
        if trained.cut:
            said = _("It has {n} tokens.").format(n=whole.length)
            self._note(part, one.number, Noted("cut", said))
        elif self.limit is not None and whole.length > self.limit:
            said = _("It has {n} tokens, the model reads {m}.").format(n=whole.length, m=self.limit)
            self._note(part, one.number, Noted("longer_than_model", said))
        if self._mended is not None and not part.opened.evaluation:
            self._mended.write(one.row)

    def _lose(
        self, part: SourcePart, number: int, problem: RowProblem, raw: Raw | None = None
    ) -> None:
        if part.aside:
            return
        self.ledger.refuse(part.opened.name, number, problem)
        if self._mended is None or part.opened.evaluation:
            return
        row = self._rescued(part, problem, raw) if isinstance(raw, dict) else None
        if row is None:
            self._mended.leave_out()
        else:
            self.settle(part)  # rows stay in their order
            self._mended.write(row, changed=True)

    def _rescued(
        self, part: SourcePart, problem: RowProblem, raw: Mapping[str, Any]
    ) -> AnyRow | None:
        """The row with numbers made text, where that is all that is wrong with it."""
        if problem.code != "not_text":
            return None
        try:
            return part.opened.read(with_text(raw, part.opened.reading))
        except RowProblem:
            return None

    def _measured(
        self, rows: Sequence[AnyRow], max_length: int | None
    ) -> list[Measured | RowProblem]:
        if not rows:
            return []
        return measure(
            rows,
            self._tokenizer,
            self._template,
            self.data.loss_on,
            max_length,
            self.data.thinking,
            joined=self.data.packing is not False,
        )

    def _is_longer(self, one: Measured | RowProblem) -> bool:
        return (
            self.max_length is not None
            and isinstance(one, Measured)
            and one.length > self.max_length
        )

    def _count_turns(self, row: AnyRow) -> None:
        if not isinstance(row, Conversation):
            return
        self.conversations += 1
        answers = sum(message.role == "assistant" for message in row.messages)
        if answers < 2:
            return
        self.several_answers += 1
        if len(row.messages) > 2 and turns_fingerprint(row.messages[:-2]) in self._seen:
            self.continued += 1

    def _repeated(self, part: SourcePart, earlier: tuple[int, int]) -> RowProblem:
        source, number = earlier
        other = self.names[source] if source != part.index else ""
        return repeated(number, other)

    def _note(self, part: SourcePart, number: int, noted: Noted) -> None:
        advice = FINDINGS[noted.code].advice
        self.ledger.note(part.opened.name, number, noted.code, noted.message, advice)

    def _named(self, here: int, source: int, number: int) -> str:
        if source == here:
            return _("row {n}").format(n=number)
        return _("row {n} of {source}").format(n=number, source=self.names[source])
