"""One pass over the rows of a data set: each is accounted for, measured and compared."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.data.control_tokens import Guard, control_of, guard_of
from engine.data.doctor.columns import ColumnWatch
from engine.data.doctor.findings import FINDINGS
from engine.data.doctor.keeping import TokenKeeping
from engine.data.doctor.lengths import Lengths
from engine.data.doctor.mending import MendedFile, with_text
from engine.data.doctor.near import NearRows
from engine.data.doctor.noting import Noted
from engine.data.doctor.sizes import Lost, Size, Sizes
from engine.data.doctor.texts import look_at_text, whole_text
from engine.data.doctor.turn_order import look_at_turns
from engine.data.fingerprints import Seen, fingerprint, turns_fingerprint
from engine.data.ledger import Cause, Ledger
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
class Waiting:
    """A row that was read and waits for its tokens.

    `again`: it came before. `mended_only`: it is lost as it stands, and mended in the mended set.
    """

    number: int
    row: AnyRow
    key: int
    text: str
    noted: tuple[Noted, ...]
    again: bool
    mended_only: bool = False


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
        kept: TokenKeeping | None = None,
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
        self._seen = Seen()
        self._parts: list[SourcePart] = []
        self._mended = mended
        self._kept = kept
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
        if self._kept is not None and not aside:
            reading = opened.reading
            self._kept.begin(opened.name, reading.format.name, evaluation=opened.evaluation)
        return part

    def causes(self) -> tuple[Cause, ...]:
        """All that was found so far: rows lost, then what is to be known of the others."""
        columns = [one.watch.cause(one.opened.name) for one in self._parts if not one.aside]
        found = [cause for cause in columns if cause is not None]
        return (*self.ledger.causes, *self.ledger.notes, *found)

    def batches(self, part: SourcePart) -> Iterator[list[Waiting]]:
        """Read the rows of a source; those that can be read come in portions to be measured."""
        portion: list[Waiting] = []
        for number, raw in part.opened.numbered:
            one = self._read(part, number, raw)
            if one is not None:
                portion.append(one)
            if len(portion) >= PORTION:
                yield portion
                portion = []
        if portion:
            yield portion

    def settle(self, part: SourcePart, portion: list[Waiting], sizes: Sizes) -> None:
        """Account for a portion whose rows were measured."""
        fresh: list[tuple[str, int]] = []
        numbers = array("q")
        spelt: dict[int, tuple[str, ...]] = {}
        measured = iter(enumerate(sizes.each))
        for one in portion:
            if one.mended_only:
                assert self._mended is not None
                self._mended.write(one.row, changed=True)
                continue
            n, size = next(measured)
            for noted in one.noted:
                self._note(part, one.number, noted)
            if isinstance(size, Size) or not size.whole:
                numbers.append(one.number)
                if n in sizes.spelt:
                    spelt[one.number] = sizes.spelt[n]
            if isinstance(size, Lost):
                self._lose(part, one.number, size.problem(), whole=size.whole)
                continue
            if not one.again:
                fresh.append((one.text, len(self.prints)))
            self._keep(part, one, size)
        if self.near is not None and fresh:
            self.near.add([text for text, _place in fresh], [place for _text, place in fresh])
        if self._kept is not None and sizes.tokens is not None and not part.aside:
            self._kept.add(part.opened.name, numbers, sizes.tokens, spelt)

    def note(self, place: int, code: str, message: str) -> None:
        """Something to know about a row by its place among the kept ones."""
        name = self.names[self.sources[place]]
        self.ledger.note(name, self.numbers[place], code, message, FINDINGS[code].advice)

    def row_words(self, place: int, other: int) -> str:
        """How the row at a place is named in a sentence about another row."""
        return self._named(self.sources[other], self.sources[place], self.numbers[place])

    def _read(self, part: SourcePart, number: int, raw: Raw) -> Waiting | None:
        """The next row, unless it cannot be read, or came before and is used once."""
        try:
            row = part.opened.read(raw)
        except RowProblem as problem:
            rescued = self._rescued(part, problem, raw)
            self._lose(part, number, problem, rescued=rescued is not None)
            if rescued is None:
                return None
            return Waiting(number, rescued, 0, "", (), again=True, mended_only=True)
        key = fingerprint(row)
        earlier = None if part.aside else self._seen.add(key, part.index, number)
        if earlier is not None and self.data.drop_duplicates:
            self._lose(part, number, self._repeated(part, earlier))
            return None
        noted: list[Noted] = []
        text = whole_text(row)
        if not part.aside:
            if earlier is not None:
                noted.append(Noted("duplicate", self._repeated(part, earlier).message))
            if not isinstance(raw, RowProblem):
                noted.extend(part.watch.look(number, raw))
            noted.extend(look_at_turns(row))
            noted.extend(look_at_text(text, self._guard))
        return Waiting(number, row, key, text, tuple(noted), again=earlier is not None)

    def _keep(self, part: SourcePart, one: Waiting, size: Size) -> None:
        self.prints.append(one.key)
        self.numbers.append(one.number)
        self.sources.append(part.index)
        if not part.opened.evaluation:
            self.trained += 1
        if part.aside:
            return
        self.ledger.keep(cut=size.cut)
        self.lengths.add(size.length)
        self.tokens += size.tokens
        self.with_loss += size.with_loss
        self._count_turns(one.row)
        if size.cut:
            said = _("It has {n} tokens.").format(n=size.length)
            self._note(part, one.number, Noted("cut", said))
        elif self.limit is not None and size.length > self.limit:
            said = _("It has {n} tokens, the model reads {m}.").format(n=size.length, m=self.limit)
            self._note(part, one.number, Noted("longer_than_model", said))
        if self._mended is not None and not part.opened.evaluation:
            self._mended.write(one.row)

    def _lose(
        self,
        part: SourcePart,
        number: int,
        problem: RowProblem,
        *,
        rescued: bool = False,
        whole: bool = True,
    ) -> None:
        if part.aside:
            return
        self.ledger.refuse(part.opened.name, number, problem)
        if self._kept is not None and whole:
            self._kept.refuse(part.opened.name, number, problem)
        if self._mended is not None and not part.opened.evaluation and not rescued:
            self._mended.leave_out()

    def _rescued(self, part: SourcePart, problem: RowProblem, raw: Raw) -> AnyRow | None:
        """The row with numbers made text, where that is all that is wrong with it."""
        wanted = self._mended is not None and not part.opened.evaluation
        if not wanted or problem.code != "not_text" or isinstance(raw, RowProblem):
            return None
        try:
            return part.opened.read(with_text(raw, part.opened.reading))
        except RowProblem:
            return None

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
