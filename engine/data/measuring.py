"""How many tokens rows of any kind have, and how many of them carry loss."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.data.rows import (
    AnyRow,
    Conversation,
    Feedback,
    Kind,
    Labelled,
    Preference,
    Prompt,
    Row,
    RowProblem,
    Text,
)
from engine.data.templates import (
    ChatTemplate,
    TemplateError,
    chat_messages,
    prepare_template,
    render,
)
from engine.data.thinking import Thinking
from engine.data.tokens import LossOn, encode_rows
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

TURNS: tuple[Kind, ...] = ("conversation", "preference", "feedback", "prompt")
"""Kinds of rows that are turns, and so need a chat template."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One row in tokens: the longest sequence that it becomes, and those of all of them.

    A pair of answers becomes two sequences; `cut` where one of them is longer than allowed.
    """

    length: int
    tokens: int
    with_loss: int
    cut: bool = False


def template_for(
    kind: Kind, tokenizer: "PreTrainedTokenizerBase", name: str
) -> ChatTemplate | None:
    """The template that rows of this kind are written with; None where they need none.

    Raises:
        BadInput: as `prepare_template`.
    """
    return prepare_template(tokenizer, name) if kind in TURNS else None


def measure(
    rows: Sequence[AnyRow],
    tokenizer: "PreTrainedTokenizerBase",
    template: ChatTemplate | None,
    loss_on: LossOn = "responses",
    max_length: int | None = None,
    thinking: Thinking = "keep",
    *,
    joined: bool = False,
) -> list[Measured | RowProblem]:
    """The tokens of several rows; a row that cannot be used gives its problem."""
    sides: list[Row] = []
    places: list[range] = []
    for row in rows:
        first = len(sides)
        sides += _sides(row)
        places.append(range(first, len(sides)))
    encoded = encode_rows(sides, tokenizer, template, loss_on, max_length, thinking, joined=joined)
    found: list[Measured | RowProblem] = []
    for row, place in zip(rows, places, strict=True):
        if not place:
            found.append(_read_only(row, tokenizer, template, max_length))
            continue
        length = tokens = with_loss = 0
        cut, problem = False, None
        for n in place:
            one = encoded[n]
            if isinstance(one, RowProblem):
                problem = problem or one
                continue
            length = max(length, len(one.input_ids))
            tokens += len(one.input_ids)
            with_loss += sum(one.loss)
            cut = cut or one.cut
        found.append(problem or Measured(length, tokens, with_loss, cut))
    return found


def _sides(row: AnyRow) -> list[Row]:
    """The sequences of a row that carry loss."""
    if isinstance(row, (Conversation, Text)):
        return [row]
    if isinstance(row, Preference):
        return [
            Conversation((*row.prompt, *answer), row.tools) for answer in (row.chosen, row.rejected)
        ]
    if isinstance(row, Feedback):
        return [Conversation((*row.prompt, *row.completion), row.tools)]
    return []


def _read_only(
    row: AnyRow,
    tokenizer: "PreTrainedTokenizerBase",
    template: ChatTemplate | None,
    max_length: int | None,
) -> Measured | RowProblem:
    """The tokens of a row that the model reads without learning to write it."""
    if isinstance(row, Labelled):
        ids = tokenizer(row.text, row.second, verbose=False)["input_ids"]
    elif isinstance(row, Prompt) and template is not None:
        try:
            messages = chat_messages(Conversation(row.messages, row.tools), template)
            text, _spans = render(tokenizer, template, messages, row.tools, prompt=True)
        except TemplateError as error:
            return RowProblem(
                "bad_template",
                _("The template cannot write the prompt: {why}.").format(why=error),
                _("Choose another data.template, or take the row out."),
            )
        ids = tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
    else:
        raise TypeError(type(row).__name__)
    count = len(ids)
    cut = max_length is not None and count > max_length
    kept = min(count, max_length) if max_length is not None else count
    return Measured(kept, kept, 0, cut)
