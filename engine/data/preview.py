"""The first rows as the model will see them, with the tokens that carry loss."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.data.measuring import template_for
from engine.data.reading import OpenSource, open_sources
from engine.data.row_text import document, parts
from engine.data.rows import AnyRow, Conversation, Kind, RowProblem, Text
from engine.data.templates import ChatTemplate
from engine.data.tokens import Encoded, encode_rows, pieces
from engine.recipe.fields import Data

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

LONGEST = 4096
"""Tokens of one row that are shown."""

_LETTERS = 16
"""Characters of raw text that are shown for each token that is."""

_LOOKED_AT = 20
"""How many rows are looked at for each that is shown, where many cannot be used."""


_SEARCHED = 1_000_000
"""How many rows are searched for a text."""


@dataclass(frozen=True)
class PreviewTurn:
    """One turn as the data set has it; tool calls stand in `content` as name(arguments)."""

    role: str
    content: str


@dataclass(frozen=True)
class PreviewRow:
    """One row: its turns, or its text, as read, then its tokens as trained.

    Beside roles the turns of other kinds than conversations are named `chosen`, `rejected`,
    `wanted`, `answer`, `label` …, see `engine.data.row_text`; such rows come without tokens.

    `tokens` are (text, carries loss) in order and `ids` their ids; joined, the texts are the row
    as the model sees it. Both are empty without a tokenizer. Of a long row only the beginning is
    shown; `hidden` is how many tokens follow. `lost` are the tokens behind `data.max_length`,
    which are not trained on.
    """

    number: int
    source: str
    turns: tuple[PreviewTurn, ...] = ()
    text: str = ""
    tokens: tuple[tuple[str, bool], ...] = ()
    ids: tuple[int, ...] = ()
    cut: bool = False
    hidden: int = 0
    lost: int = 0


@dataclass(frozen=True)
class PreviewProblem:
    """A row that is not used, and why."""

    number: int
    source: str
    code: str
    message: str
    advice: str


@dataclass(frozen=True)
class Preview:
    """Some rows of a recipe's data; `columns` maps fields of the format to columns."""

    format: str
    columns: dict[str, str]
    rows: tuple[PreviewRow, ...]
    problems: tuple[PreviewProblem, ...]
    template: str = ""
    warnings: tuple[str, ...] = ()
    kind: Kind = "conversation"


def preview(
    data: Data,
    kind: Kind | None,
    tokenizer: "PreTrainedTokenizerBase | None",
    limit: int = 20,
    *,
    max_length: int | None = None,
    start: int = 1,
    longest: int | None = LONGEST,
    find: str = "",
) -> Preview:
    """The first `limit` usable rows from row number `start` on, and the problems met on the way.

    Several sources share the limit. Of a row at most `longest` tokens are shown. Rows are read as
    they are needed, from the hub too. Without a tokenizer the tokens are left out; without a kind
    the format says what the rows are. With `find` only those are shown that have this text in a
    turn, in capitals or not.

    Raises:
        BadInput: as `engine.data.prepare.prepare`.
    """
    if max_length is None and data.max_length != "auto":
        max_length = int(data.max_length)
    template: ChatTemplate | None = None
    sources = len(data.all_sources()) + (data.eval_source is not None)
    share = max(1, -(-limit // sources))
    rows: list[PreviewRow] = []
    problems: list[PreviewProblem] = []
    formats: dict[str, None] = {}
    columns: dict[str, str] = {}
    for n, opened in enumerate(open_sources(data, kind, streaming=True)):
        kind = opened.kind
        if n == 0 and kind == "text" and data.packing is not False:
            max_length = None
        if n == 0 and tokenizer is not None:
            template = template_for(kind, tokenizer, data.template)
        formats[opened.reading.format.name] = None
        columns = columns or opened.reading.present
        shown: list[PreviewRow] = []
        most = _SEARCHED if find else share * _LOOKED_AT
        for number, row in _looked_at(opened, start, most, problems):
            if find and not _has(row, find):
                continue
            if len(shown) >= share:
                break
            try:
                encoded = _encoded(row, tokenizer, template, data, max_length)
                seen = _preview_row(opened, number, row, tokenizer, encoded, longest)
                if encoded.cut:
                    whole = _encoded(row, tokenizer, template, data, None)
                    seen = replace(seen, lost=len(whole.input_ids) - len(encoded.input_ids))
                shown.append(seen)
            except RowProblem as problem:
                problems.append(_problem(opened, number, problem))
        rows += shown
    return Preview(
        format=", ".join(formats),
        columns=columns,
        rows=tuple(rows[:limit]),
        problems=tuple(problems),
        template=template.name if template else "",
        warnings=template.warnings if template else (),
        kind=kind or "conversation",
    )


def _has(row: AnyRow, text: str) -> bool:
    wanted = text.casefold()
    said = (document(row), *(content for _role, content in parts(row)))
    return any(wanted in one.casefold() for one in said)


def _looked_at(
    opened: OpenSource, start: int, most: int, problems: list[PreviewProblem]
) -> Iterator[tuple[int, AnyRow]]:
    looked = 0
    for number, raw in opened.numbered:
        if number < start:
            continue
        looked += 1
        if looked > most:
            return
        try:
            row = opened.read(raw)
        except RowProblem as problem:
            problems.append(_problem(opened, number, problem))
            continue
        yield number, row


def _encoded(
    row: AnyRow,
    tokenizer: "PreTrainedTokenizerBase | None",
    template: ChatTemplate | None,
    data: Data,
    max_length: int | None,
) -> Encoded:
    if tokenizer is None or not isinstance(row, (Conversation, Text)):
        return Encoded((), ())
    result = encode_rows(
        [row],
        tokenizer,
        template,
        data.loss_on,
        max_length,
        data.thinking,
        joined=data.packing is not False,
    )[0]
    if isinstance(result, RowProblem):
        raise result
    return result


def _preview_row(
    opened: OpenSource,
    number: int,
    row: AnyRow,
    tokenizer: "PreTrainedTokenizerBase | None",
    encoded: Encoded,
    longest: int | None,
) -> PreviewRow:
    letters = None if longest is None else longest * _LETTERS
    ids = tuple(encoded.input_ids[:longest])
    begun = Encoded(ids, encoded.loss[:longest])
    return replace(
        row_as_read(opened.name, number, row, letters),
        tokens=tuple(pieces(begun, tokenizer)) if tokenizer is not None else (),
        ids=ids,
        cut=encoded.cut,
        hidden=len(encoded.input_ids) - len(ids),
    )


def row_as_read(source: str, number: int, row: AnyRow, letters: int | None = LONGEST) -> PreviewRow:
    """One row without tokens, each of its texts cut to so many characters."""
    return PreviewRow(
        number=number,
        source=source,
        turns=tuple(PreviewTurn(role, said[:letters]) for role, said in parts(row)),
        text=document(row)[:letters],
    )


def problem_of(source: str, number: int, problem: RowProblem) -> PreviewProblem:
    """What is wrong with one row."""
    return PreviewProblem(number, source, problem.code, problem.message, problem.advice)


def _problem(opened: OpenSource, number: int, problem: RowProblem) -> PreviewProblem:
    return problem_of(opened.name, number, problem)
