"""From a row to its tokens: the one path that training, the plan and the preview share."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from engine.data.answers import Rendered, render_row
from engine.data.encoded import Encoded, EncodedRows, pack_text
from engine.data.rows import Conversation, Row, RowProblem, Text
from engine.data.templates import ChatTemplate
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = [
    "Encoded", "EncodedRows", "LossOn", "encode_conversation", "encode_rows", "encode_text",
    "pack_text", "pieces",
]  # fmt: skip

LossOn = Literal["responses", "all", "last"]


def encode_conversation(
    row: Conversation,
    tokenizer: "PreTrainedTokenizerBase",
    template: ChatTemplate,
    loss_on: LossOn = "responses",
    max_length: int | None = None,
) -> Encoded:
    """The tokens of one conversation and which of them carry loss.

    An answer carries loss from behind what opens it up to and with its end-of-turn token. A row
    longer than `max_length` tokens loses its end.

    Raises:
        RowProblem: it cannot be rendered, or nothing in it carries loss.
    """
    return _one(encode_rows([row], tokenizer, template, loss_on, max_length))


def encode_text(
    row: Text, tokenizer: "PreTrainedTokenizerBase", max_length: int | None = None
) -> Encoded:
    """The tokens of one document, all with loss, ended by the end-of-sequence token.

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
) -> list[Encoded | RowProblem]:
    """Several rows at once, which is faster; a row that cannot be used gives its problem.

    `template` is None for rows of plain text.
    """
    rendered: list[Rendered | RowProblem] = []
    for row in rows:
        try:
            if isinstance(row, Text):
                rendered.append(Rendered(row.text, ()))
            elif template is None:
                raise TypeError("conversations need a chat template")
            else:
                rendered.append(render_row(row, tokenizer, template))
        except RowProblem as problem:
            rendered.append(problem)
    readable = [(n, one) for n, one in enumerate(rendered) if isinstance(one, Rendered)]
    results: list[Encoded | RowProblem] = [
        one if isinstance(one, RowProblem) else Encoded((), ()) for one in rendered
    ]
    for text_kind in (True, False):
        chosen = [(n, one) for n, one in readable if isinstance(rows[n], Text) is text_kind]
        if not chosen:
            continue
        batch: Any = tokenizer(
            [one.text for _n, one in chosen],
            add_special_tokens=text_kind,
            return_offsets_mapping=not text_kind,
            return_attention_mask=False,
            return_token_type_ids=False,
            verbose=False,
        )
        places = batch["offset_mapping"] if not text_kind else [()] * len(chosen)
        for (n, one), ids, offsets in zip(chosen, batch["input_ids"], places, strict=True):
            try:
                if text_kind:
                    results[n] = _document(ids, tokenizer, max_length)
                else:
                    results[n] = _conversation(ids, offsets, one, loss_on, max_length)
            except RowProblem as problem:
                results[n] = problem
    return results


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
        starts = [start for start, _end in offsets]
        ends = [end for _start, end in offsets]
        for answer in answers:
            if answer.loss:
                first = bisect_right(ends, answer.start)
                behind = bisect_left(starts, answer.end)
                loss[first:behind] = b"\x01" * max(0, behind - first)
    if not any(loss[1:]):
        raise RowProblem(
            "nothing_to_learn",
            _("No token of the row would carry loss."),
            _("See the weights of its turns and data.loss_on."),
            "dropped",
        )
    cut = max_length is not None and len(ids) > max_length
    if cut and not any(loss[1:max_length]):
        raise RowProblem(
            "cut_before_answer",
            _("The answer begins after token {n}, where the row is cut.").format(n=max_length),
            _("Raise data.max_length."),
            "dropped",
        )
    return Encoded(tuple(ids[:max_length]), tuple(map(bool, loss[:max_length])), cut)


def _document(
    ids: list[int], tokenizer: "PreTrainedTokenizerBase", max_length: int | None
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
    return Encoded(tuple(ids), (True,) * len(ids), cut)


def _decoded(tokenizer: "PreTrainedTokenizerBase", ids: list[int]) -> str:
    if not ids:
        return ""
    return str(tokenizer.decode(ids, skip_special_tokens=False, clean_up_tokenization_spaces=False))
