"""From a row to its tokens: the one path that training, the plan and the preview share."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal

from engine.data.answers import Rendered, render_row
from engine.data.control_tokens import Guard, control_of, cuts, guard_of
from engine.data.encoded import Encoded, EncodedRows, pack_text
from engine.data.rows import Conversation, Row, RowProblem, Text
from engine.data.templates import ChatTemplate
from engine.data.thinking import Thinking, thoughts_in, without_thoughts
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = [
    "Encoded",
    "EncodedRows",
    "LossOn",
    "Thinking",
    "encode_conversation",
    "encode_rows",
    "encode_text",
    "pack_text",
    "pieces",
]  # fmt: skip

LossOn = Literal["responses", "all", "last"]


def encode_conversation(
    row: Conversation,
    tokenizer: "PreTrainedTokenizerBase",
    template: ChatTemplate,
    loss_on: LossOn = "responses",
    max_length: int | None = None,
    thinking: Thinking = "keep",
) -> Encoded:
    """The tokens of one conversation and which of them carry loss.

    An answer carries loss from behind what opens it up to and with its end-of-turn token. A row
    longer than `max_length` tokens loses its end.

    Raises:
        RowProblem: it cannot be rendered, or nothing in it carries loss.
    """
    return _one(encode_rows([row], tokenizer, template, loss_on, max_length, thinking))


def encode_text(
    row: Text, tokenizer: "PreTrainedTokenizerBase", max_length: int | None = None
) -> Encoded:
    """The tokens of one document, all but the first with loss, ended by the end-of-sequence token.

    Raises:
        RowProblem: fewer than two tokens, so there is nothing to predict.
    """
    return _one(encode_rows([row], tokenizer, None, "all", max_length))


def encode_rows(
    rows: Sequence[Row],
    tokenizer: "PreTrainedTokenizerBase",
    template: ChatTemplate | None,
    loss_on: LossOn = "responses",
    max_length: int | None = None,
    thinking: Thinking = "keep",
    *,
    joined: bool = False,
) -> list[Encoded | RowProblem]:
    """Several rows at once, which is faster; a row that cannot be used gives its problem.

    `template` is None for rows of plain text. Where these will be `joined`, the first token of
    one is told from the last of another and so carries loss.
    """
    guard = guard_of(control_of(tokenizer)) if any(isinstance(row, Text) for row in rows) else None
    rendered = [_rendered(row, tokenizer, template, thinking, guard) for row in rows]
    results: list[Encoded | RowProblem] = [
        one if isinstance(one, RowProblem) else Encoded((), ()) for one in rendered
    ]
    texts = [n for n, one in enumerate(rendered) if not isinstance(one, RowProblem)]
    for plain in (True, False):
        chosen = [
            (n, one)
            for n in texts
            if isinstance(rows[n], Text) is plain and isinstance(one := rendered[n], Rendered)
        ]
        if not chosen:
            continue
        tokens = _tokenized(tokenizer, [one for _n, one in chosen], plain=plain)
        for (n, one), (ids, offsets) in zip(chosen, tokens, strict=True):
            try:
                if plain:
                    results[n] = _document(ids, one, tokenizer, max_length, joined)
                else:
                    results[n] = _conversation(ids, offsets, one, loss_on, max_length)
            except RowProblem as problem:
                results[n] = problem
    return results


def _rendered(
    row: Row,
    tokenizer: "PreTrainedTokenizerBase",
    template: ChatTemplate | None,
    thinking: Thinking,
    guard: Guard | None,
) -> Rendered | RowProblem:
    """The row as text, or why it cannot be one."""
    if isinstance(row, Text):
        return Rendered(row.text, (), literal=tuple(guard.places(row.text)) if guard else ())
    if template is None:
        raise TypeError("conversations need a chat template")
    try:
        shown = render_row(
            without_thoughts(row) if thinking == "drop" else row, tokenizer, template
        )
    except RowProblem as problem:
        return problem
    if thinking != "mask":
        return shown
    found = [span for one in shown.answers for span in thoughts_in(shown.text, one.start, one.end)]
    return replace(shown, thoughts=tuple(found))


def _tokenized(
    tokenizer: "PreTrainedTokenizerBase", rendered: Sequence[Rendered], *, plain: bool
) -> list[tuple[list[int], Sequence[tuple[int, int]]]]:
    """Ids and offsets of each text. Letters that spell a control token stay letters.

    Plain text gets the tokenizer's own first and last tokens; a template writes its own.
    """
    results: list[tuple[list[int], Sequence[tuple[int, int]]]] = [([], ())] * len(rendered)
    ordinary = [n for n, one in enumerate(rendered) if not one.literal]
    spelt = [n for n, one in enumerate(rendered) if one.literal]
    if plain:
        for numbers, split in ((ordinary, False), (spelt, True)):
            if numbers:
                batch: Any = tokenizer(
                    [rendered[n].text for n in numbers],
                    split_special_tokens=split,
                    return_attention_mask=False,
                    return_token_type_ids=False,
                    verbose=False,
                )
                for n, ids in zip(numbers, batch["input_ids"], strict=True):
                    results[n] = (ids, ())
        return results
    fast = _backend(tokenizer)
    texts = [rendered[n].text for n in ordinary]
    for n, found in zip(ordinary, fast.encode_batch(texts, add_special_tokens=False), strict=True):
        results[n] = (found.ids, found.offsets)
    for n in spelt:
        results[n] = _in_parts(fast, rendered[n])
    return results


def _backend(tokenizer: "PreTrainedTokenizerBase") -> Any:
    """The Rust tokenizer behind it, which fills no dictionaries that nobody asks for.

    Neither truncates nor pads: what a tokenizer.json asks for in that respect is for inference.
    """
    fast = tokenizer.backend_tokenizer
    if fast.truncation is not None:
        fast.no_truncation()
    if fast.padding is not None:
        fast.no_padding()
    if fast.encode_special_tokens:
        fast.encode_special_tokens = False
    return fast


def _in_parts(fast: Any, rendered: Rendered) -> tuple[list[int], list[tuple[int, int]]]:
    """Tokens of a text in which each spelt control token is cut in two before it is read.

    A tokenizer that begins every text with a space puts one into the cut, too.
    """
    edges = [0, *cuts(rendered.literal), len(rendered.text)]
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    for start, end in pairwise(edges):
        part = fast.encode(rendered.text[start:end], add_special_tokens=False)
        ids += part.ids
        offsets += [(start + first, start + last) for first, last in part.offsets]
    return ids, offsets


def pieces(encoded: Encoded, tokenizer: "PreTrainedTokenizerBase") -> list[tuple[str, bool]]:
    """The text of each token and whether it carries loss.

    Joined, the texts are what the tokens decode to. A token that is part of a character has no
    text; the whole character stands with its last part.
    """
    ids = list(encoded.input_ids)
    found: list[tuple[str, bool]] = []
    begin, read = 0, 0
    for n, learned in enumerate(encoded.loss):
        before = _decoded(tokenizer, ids[begin:read])
        now = _decoded(tokenizer, ids[begin : n + 1])
        if now.endswith("\ufffd") and n + 1 < len(ids) and n - read < 8:
            found.append(("", bool(learned)))
            continue
        found.append((now[len(before) :], bool(learned)))
        begin, read = read, n + 1
    return found


def _one(results: list[Encoded | RowProblem]) -> Encoded:
    result = results[0]
    if isinstance(result, RowProblem):
        raise result
    return result


def _conversation(
    ids: list[int],
    offsets: Sequence[tuple[int, int]],
    rendered: Rendered,
    loss_on: LossOn,
    max_length: int | None,
) -> Encoded:
    loss = bytearray(len(ids))
    if loss_on == "all":
        loss[:] = b"\x01" * len(ids)
    else:
        answers = rendered.answers[-1:] if loss_on == "last" else rendered.answers
        for answer in answers:
            if answer.loss:
                first = bisect_right(offsets, answer.start, key=itemgetter(1))
                behind = bisect_left(offsets, answer.end, key=itemgetter(0))
                loss[first:behind] = b"\x01" * max(0, behind - first)
    for start, end in rendered.thoughts:
        first = bisect_left(offsets, start, key=itemgetter(0))
        behind = bisect_left(offsets, end, key=itemgetter(0))
        loss[first:behind] = bytes(max(0, behind - first))
    loss[:1] = b"\x00" * len(loss[:1])  # nothing stands before the first token to tell it from
    if not any(loss):
        raise RowProblem(
            "nothing_to_learn",
            _("No token of the row would carry loss."),
            _("See the weights of its turns and data.loss_on."),
            "dropped",
        )
    cut = max_length is not None and len(ids) > max_length
    if max_length is not None and cut and not any(loss[:max_length]):
        raise cut_before_answer(max_length)
    return Encoded(
        tuple(ids[:max_length]), tuple(map(bool, loss[:max_length])), cut, _spelt(rendered)
    )


def cut_before_answer(max_length: int) -> RowProblem:
    """That nothing of a row is left to learn where it is cut."""
    return RowProblem(
        "cut_before_answer",
        _("The answer begins after token {n}, where the row is cut.").format(n=max_length),
        _("Raise data.max_length."),
        "dropped",
    )


def _document(
    ids: list[int],
    rendered: Rendered,
    tokenizer: "PreTrainedTokenizerBase",
    max_length: int | None,
    joined: bool,
) -> Encoded:
    end = tokenizer.eos_token_id
    if end is not None and (not ids or ids[-1] != end):
        ids = [*ids, int(end)]
    if len(ids) < 2:
        raise RowProblem(
            "nothing_to_learn",
            _("The document has fewer than two tokens."),
            _("Join it with others, or take it out."),
            "dropped",
        )
    cut = max_length is not None and len(ids) > max_length
    ids = ids[:max_length]
    return Encoded(tuple(ids), (joined, *(True,) * (len(ids) - 1)), cut, _spelt(rendered))


def _spelt(rendered: Rendered) -> tuple[str, ...]:
    """The control tokens that stand in the row's own words."""
    return tuple(dict.fromkeys(rendered.text[start:end] for start, end in rendered.literal))


def _decoded(tokenizer: "PreTrainedTokenizerBase", ids: list[int]) -> str:
    if not ids:
        return ""
    return str(tokenizer.decode(ids, skip_special_tokens=False, clean_up_tokenization_spaces=False))
