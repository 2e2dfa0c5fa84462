"""Where in a rendered conversation each answer stands: the part that may carry loss.

Two ways lead there, and agree where both are possible. Markers in the template name the text.
Without them, the conversation is rendered up to an answer and through it: what was added is the
answer. Where a template changes earlier turns later on, the answers are found between its own
words, and the whole is put together again to prove it.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine.data.control_tokens import common_start, guard_of, restored
from engine.data.quoting import shown
from engine.data.rows import Conversation, Message, RowProblem
from engine.data.templates import (
    ANSWER,
    NEXT,
    QUESTION,
    ChatTemplate,
    TemplateError,
    chat_messages,
    render,
)
from engine.errors import BadInput
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


@dataclass(frozen=True, slots=True)
class Answer:
    """Characters `start` to `end` of the text are an answer with its end-of-turn token."""

    start: int
    end: int
    loss: bool = True


@dataclass(frozen=True, slots=True)
class Rendered:
    """A conversation as text, and its answers in order.

    `literal` are places of control tokens that the row's own words spell out, which stay words;
    `thoughts` those of thinking blocks that are shown and carry no loss.
    """

    text: str
    answers: tuple[Answer, ...]
    literal: tuple[tuple[int, int], ...] = ()
    thoughts: tuple[tuple[int, int], ...] = ()


def render_row(
    row: Conversation, tokenizer: "PreTrainedTokenizerBase", template: ChatTemplate
) -> Rendered:
    """The row as the model will see it.

    Raises:
        RowProblem: `template_refuses`, `tools_not_shown` or `answer_not_found`.
    """
    if not template.tools and (
        row.tools or any(m.tool_calls or m.role == "tool" for m in row.messages)
    ):
        raise RowProblem(
            "tools_not_shown",
            _("The row has tools or their results, which the chat template leaves out."),
            _("Choose a chat template that shows tools (data.template: chatml), or other rows."),
        )
    row, stand_ins = guard_of(template.control).guarded(row)
    messages = chat_messages(row, template)
    try:
        text, marked = render(tokenizer, template, messages, row.tools)
        wanted = [m.loss for m in row.messages if m.role == "assistant"]
        if template.marked and len(marked) == len(wanted):
            spans = [_trimmed(text, span, template) for span in marked]
        elif template.marked and all(wanted) and marked:
            spans = [_trimmed(text, span, template) for span in marked]
            wanted = [True] * len(spans)
        else:
            spans = _found_spans(text, messages, row, tokenizer, template)
    except TemplateError as error:
        raise RowProblem(
            "template_refuses",
            _("The chat template refuses the row: {why}.").format(why=str(error).rstrip(".")),
            _("Mend the order of turns, or choose another template with data.template."),
        ) from None
    if template.closes_with and messages[-1]["role"] == "assistant":
        text, spans = _closed(text, spans, template.closes_with)
    answers: list[Answer] = []
    for (start, end), loss in zip(spans, wanted, strict=True):
        end = _through_end_of_turn(text, start, end, template)
        if answers and start < answers[-1].end:
            # Some templates mark an answer and the token behind it apart.
            answers[-1] = replace(answers[-1], end=max(end, answers[-1].end))
        elif end > start:
            answers.append(Answer(start, end, loss))
    if not stand_ins:
        return Rendered(text, tuple(answers))
    text, places, literal = restored(text, stand_ins)
    moved = (replace(one, start=places[one.start], end=places[one.end]) for one in answers)
    return Rendered(text, tuple(moved), tuple(literal))


def proved(template: ChatTemplate, tokenizer: "PreTrainedTokenizerBase") -> ChatTemplate:
    """The template, once a small conversation showed that its answers are found.

    Markers that leave the answer out are passed over, with a warning.

    Raises:
        BadInput: the answers cannot be found in any way.
    """
    if _finds_answers(template, tokenizer):
        return template
    if template.marked:
        unmarked = replace(
            template,
            marked=False,
            warnings=(
                *template.warnings,
                _("The chat template marks other text than the answers; they are found without."),
            ),
        )
        if _finds_answers(unmarked, tokenizer):
            return unmarked
    raise BadInput(
        _(
            "data.template: the answers cannot be told from the rest in the chat template {name}."
        ).format(name=shown(template.name)),
        field="data.template",
        advice=_("Choose a named template, for example chatml, or plain text with loss_on: all."),
    )


def _finds_answers(template: ChatTemplate, tokenizer: "PreTrainedTokenizerBase") -> bool:
    """Whether the tokens that would carry loss decode to the answers and their ends."""
    from engine.data.tokens import encode_conversation

    first, second = ANSWER, ANSWER + " Then left."
    row = Conversation(
        (
            Message("user", QUESTION),
            Message("assistant", first),
            Message("user", NEXT),
            Message("assistant", second),
        )
    )
    try:
        rendered = render_row(row, tokenizer, template)
        encoded = encode_conversation(row, tokenizer, template)
    except RowProblem:
        return False
    said = [rendered.text[answer.start : answer.end] for answer in rendered.answers]
    if any(QUESTION in part or NEXT in part for part in said):
        return False
    if [sum(content in part for part in said) for content in (first, second)] != [2, 1]:
        return False
    if not rendered.text[: rendered.answers[-1].end].endswith(template.end_of_turn):
        return False
    learned = [i for i, loss in zip(encoded.input_ids, encoded.loss, strict=True) if loss]
    again = tokenizer("".join(said), add_special_tokens=False)["input_ids"]
    return _letters(tokenizer, learned) == _letters(tokenizer, again)


def _letters(tokenizer: "PreTrainedTokenizerBase", ids: list[int]) -> str:
    """Decoded text without spaces, which some decoders add or leave out at the seams."""
    text = tokenizer.decode(ids, skip_special_tokens=False, clean_up_tokenization_spaces=False)
    return "".join(str(text).split())


def _trimmed(text: str, span: tuple[int, int], template: ChatTemplate) -> tuple[int, int]:
    """A marked span without what the prompt for an answer already holds of it."""
    start, end = span
    prompt = template.generation_prompt
    if prompt and not text.endswith(prompt, 0, start):
        place = text.rfind(prompt, 0, start + len(prompt))
        if 0 <= place <= start < place + len(prompt) <= end:
            return place + len(prompt), end
        # The prompt may go on differently, as with the beginning of a thought: the control tokens
        # with which it begins open the answer all the same.
        same = common_start(prompt, text[start:end])
        while token := next((t for t in template.control.names if same.startswith(t)), None):
            start += len(token)
            same = same[len(token) :]
    return start, end


def _through_end_of_turn(text: str, start: int, end: int, template: ChatTemplate) -> int:
    """The end of the span, moved over the end-of-turn tokens if they stand right behind it."""
    end = start + len(text[start:end].rstrip())
    while True:
        place = end
        while text[place : place + 1].isspace():
            place += 1
        token = next((t for t in template.end_of_turn if text.startswith(t, place)), None)
        if token is None:
            return end
        end = place + len(token)


def _closed(
    text: str, spans: list[tuple[int, int]], token: str
) -> tuple[str, list[tuple[int, int]]]:
    """The text with the end token right behind the last answer."""
    if not spans:
        return text, spans
    start, end = spans[-1]
    end = start + len(text[start:end].rstrip())
    return text[:end] + token, [*spans[:-1], (start, end)]


def _found_spans(
    text: str,
    messages: list[dict[str, Any]],
    row: Conversation,
    tokenizer: "PreTrainedTokenizerBase",
    template: ChatTemplate,
) -> list[tuple[int, int]]:
    """Each answer's place, by rendering the conversation up to it and through it."""
    spans: list[tuple[int, int]] = []
    for n, message in enumerate(messages):
        if message["role"] != "assistant":
            continue
        try:
            before = render(tokenizer, template, messages[:n], row.tools, prompt=True)[0]
            through = render(tokenizer, template, messages[: n + 1], row.tools)[0]
        except TemplateError:
            return _spans_between(text, messages, row, tokenizer, template)
        if not (through.startswith(before) and text.startswith(through)):
            return _spans_between(text, messages, row, tokenizer, template)
        spans.append((len(before), len(through)))
    return spans


def _spans_between(
    text: str,
    messages: list[dict[str, Any]],
    row: Conversation,
    tokenizer: "PreTrainedTokenizerBase",
    template: ChatTemplate,
) -> list[tuple[int, int]]:
    """Each answer's place, between the words that the template itself puts around the turns.

    Raises:
        RowProblem: `answer_not_found`, where the parts do not add up to the text.
    """
    unclear = RowProblem(
        "answer_not_found",
        _("In the row as the chat template renders it, the answers cannot be told from the rest."),
        _("Choose another template with data.template, for example chatml."),
    )
    names = [f"\ue000{n}\ue001" for n in range(len(messages))]
    if any("\ue000" in str(m["content"]) or m.get("tool_calls") for m in messages):
        raise unclear
    stand_ins = [{**m, "content": name} for m, name in zip(messages, names, strict=True)]
    frame = render(tokenizer, template, stand_ins, row.tools)[0]
    spans: list[tuple[int, int]] = []
    place = 0
    for message, name in zip(messages, names, strict=True):
        words, found, frame = frame.partition(name)
        if not found or not text.startswith(words, place):
            raise unclear
        place += len(words)
        content = str(message["content"])
        if not text.startswith(content, place):
            content = content.strip()
            if not text.startswith(content, place):
                raise unclear
        if message["role"] == "assistant":
            spans.append((place, place + len(content)))
        place += len(content)
    if text[place:] != frame:
        raise unclear
    return spans
