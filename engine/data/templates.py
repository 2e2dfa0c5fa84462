"""The chat template that rows are rendered with, and what is known of it.

A template that marks the assistant's text (`{% generation %}`) tells which tokens carry loss; for
the others the answers are found by rendering (`engine.data.answers`). Either way the result is
proved once on a small conversation before any row is read.
"""

import difflib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.data.chat_templates import CHAT_TEMPLATES
from engine.data.control_tokens import NO_CONTROL, Control, closers, control_of, found_in
from engine.data.quoting import shown
from engine.data.rows import Conversation, Message, Role, ToolCall
from engine.errors import BadInput
from engine.recipe.fields import AUTO
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_MARKER = re.compile(r"\{%-?\s*generation\s*-?%\}")
_OPEN = re.compile(r"\{%(-?)\s*generation\s*(-?)%\}")
_CLOSE = re.compile(r"\{%(-?)\s*endgeneration\s*(-?)%\}")

OWN_TEMPLATE = "tokenizer"
"""Name of the tokenizer's own template, where a recipe has to say so."""

QUESTION, ANSWER, NEXT, SYSTEM = "Which way?", "Straight ahead.", "Thank you.", "Be brief."
"""The small conversation on which templates are tried."""

_TOOL = ("find_path", "from_here", "north", "a hill")


@dataclass(frozen=True)
class ChatTemplate:
    """A chat template ready for training.

    `jinja` is what rows are rendered with (with generation markers where `marked`);
    `generation_prompt` is what opens an answer, `end_of_turn` what may close one, `stop_ids` the
    tokens at which an answer ends. Where the template closes no answer, `closes_with` is the
    end-of-sequence token that is appended. `folds_system`: it refuses system turns, so their text
    goes before the first question. `tools`: it shows tools, calls and results.
    `control` are the tokens that a row's own words must not become.
    """

    name: str
    jinja: str
    marked: bool = False
    generation_prompt: str = ""
    end_of_turn: tuple[str, ...] = ()
    stop_ids: tuple[int, ...] = ()
    closes_with: str = ""
    folds_system: bool = False
    tools: bool = False
    warnings: tuple[str, ...] = ()
    control: Control = NO_CONTROL


class TemplateError(Exception):
    """The template raised while it rendered; the message is its own."""


def prepare_template(tokenizer: "PreTrainedTokenizerBase", name: str = AUTO) -> ChatTemplate:
    """The chat template for training with this tokenizer.

    `auto` is the tokenizer's own, which `tokenizer` asks for by name; where it has none, ChatML if
    it has ChatML's tokens, else plain role names. Other names are those of
    `engine.data.chat_templates`, or a Jinja file. Whatever does not come from the tokenizer is
    also set on it, without markers, so that chat and exports render alike.

    Raises:
        BadInput: the name is unknown, its tokens are missing, or it renders no conversation.
    """
    warnings: list[str] = []
    if not getattr(tokenizer, "is_fast", False):
        raise BadInput(
            _("The tokenizer of this model is not a fast one, which says where each token begins."),
            field="model.id",
            advice=_("Choose a model with a tokenizer.json."),
        )
    own = _own(tokenizer)
    if name in {AUTO, OWN_TEMPLATE} and own:
        label, jinja = _with_markers(tokenizer, own)
    elif name == OWN_TEMPLATE:
        raise BadInput(
            _("data.template: the tokenizer of this model has no chat template."),
            field="data.template",
            advice=_("Choose auto, or one of {names}.").format(
                names=", ".join(CHAT_TEMPLATES.names())
            ),
        )
    else:
        if name == AUTO:
            name = "chatml" if not _lacking(tokenizer, "chatml") else "plain"
            warnings.append(
                _("The tokenizer has no chat template; {name} is used.").format(name=name)
            )
        label, jinja = name, _jinja_of(tokenizer, name)
        tokenizer.chat_template = without_markers(jinja)
    if "strftime_now" in jinja:
        warnings.append(
            _("The chat template writes today's date, so a replay on another day sees other text.")
        )
    template = ChatTemplate(
        label, jinja, marked=bool(_MARKER.search(jinja)), warnings=tuple(warnings)
    )
    from engine.data.answers import proved

    return proved(_explored(template, tokenizer), tokenizer)


def without_markers(jinja: str) -> str:
    """The same template for programs that do not know generation markers; renders alike."""
    return _CLOSE.sub(r"{%\1 endif \2%}", _OPEN.sub(r"{%\1 if true \2%}", jinja))


def chat_messages(row: Conversation, template: ChatTemplate) -> list[dict[str, Any]]:
    """Turns as chat templates read them, with the system turn folded where it must be."""
    messages = list(row.messages)
    if template.folds_system and messages and messages[0].role == "system":
        system = messages.pop(0).content
        for n, message in enumerate(messages):
            if message.role == "user":
                messages[n] = replace(message, content=f"{system}\n\n{message.content}")
                break
    return [_chat_message(message) for message in messages]


def render(
    tokenizer: "PreTrainedTokenizerBase",
    template: ChatTemplate,
    messages: list[dict[str, Any]],
    tools: tuple[dict[str, Any], ...] = (),
    *,
    prompt: bool = False,
) -> tuple[str, list[tuple[int, int]]]:
    """The text of a conversation, and where the markers say that the assistant speaks.

    With `prompt` the text ends with what opens the next answer.

    Raises:
        TemplateError: with what the template said.
    """
    from transformers.utils.chat_template_utils import render_jinja_template

    try:
        texts, spans = render_jinja_template(
            [messages],
            tools=list(tools) or None,
            chat_template=template.jinja,
            return_assistant_tokens_mask=template.marked,
            add_generation_prompt=prompt,
            **tokenizer.special_tokens_map,
        )
    except MemoryError:
        raise
    except Exception as error:  # templates raise what they like
        raise TemplateError(shown(str(error).split("\n")[0] or type(error).__name__, 120)) from None
    return texts[0], list(spans[0]) if spans else []


def _own(tokenizer: "PreTrainedTokenizerBase") -> str | None:
    own = tokenizer.chat_template
    if isinstance(own, dict):
        return own.get("default")
    return own or None


def _with_markers(tokenizer: "PreTrainedTokenizerBase", own: str) -> tuple[str, str]:
    """The tokenizer's template with markers where they are known, and what to call it."""
    if _MARKER.search(own):
        return "tokenizer", own
    for entry in CHAT_TEMPLATES:
        if own == without_markers(entry.jinja):
            return entry.name, entry.jinja
    from trl.chat_template_utils import get_training_chat_template

    try:
        return "tokenizer", get_training_chat_template(tokenizer) or own
    except MemoryError:
        raise
    except Exception:  # TRL tries the template out, so anything
        return "tokenizer", own


def _jinja_of(tokenizer: "PreTrainedTokenizerBase", name: str) -> str:
    if name.endswith((".jinja", ".j2")):
        try:
            return Path(name).expanduser().read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise BadInput(
                _("data.template: {file} cannot be read: {why}.").format(
                    file=shown(name, 200), why=getattr(error, "strerror", None) or _("not UTF-8")
                ),
                field="data.template",
            ) from None
    if name not in CHAT_TEMPLATES:
        near = difflib.get_close_matches(name, CHAT_TEMPLATES.names(), 1, 0.5)
        raise BadInput(
            _("data.template: there is no chat template called {name}.").format(
                name=repr(shown(name))
            ),
            field="data.template",
            advice=_("Did you mean {near}?").format(near=near[0])
            if near
            else _("Choose auto, one of {names}, or a .jinja file.").format(
                names=", ".join(CHAT_TEMPLATES.names())
            ),
        )
    lacking = _lacking(tokenizer, name)
    if lacking:
        raise BadInput(
            _("data.template: {name} needs the token {token}, which this tokenizer lacks.").format(
                name=name, token=lacking[0]
            ),
            field="data.template",
            advice=_("Choose another one; plain works with every tokenizer."),
        )
    return CHAT_TEMPLATES.get(name).jinja


def _lacking(tokenizer: "PreTrainedTokenizerBase", name: str) -> list[str]:
    known = tokenizer.get_vocab()
    lacking = [token for token in CHAT_TEMPLATES.get(name).tokens if token not in known]
    if "eos_token" in CHAT_TEMPLATES.get(name).jinja and not tokenizer.eos_token:
        lacking.append("eos_token")
    return lacking


def _explored(template: ChatTemplate, tokenizer: "PreTrainedTokenizerBase") -> ChatTemplate:
    """The template with what small renderings tell of it."""

    def text(*messages: Message, prompt: bool = False) -> str:
        turns = chat_messages(Conversation(messages), template)
        return render(tokenizer, template, turns, prompt=prompt)[0]

    question, answer = Message("user", QUESTION), Message("assistant", ANSWER)
    try:
        asked, alone = text(question), text(question, answer)
        opened = text(question, prompt=True)
        followed = text(question, answer, Message("user", NEXT))
    except TemplateError as error:
        raise BadInput(
            _("data.template: the chat template ({name}) renders no conversation: {why}.").format(
                name=shown(template.name), why=str(error).rstrip(".")
            ),
            field="data.template",
            advice=_("Choose a named template, for example chatml."),
        ) from None
    if QUESTION not in alone or ANSWER not in alone or NEXT not in followed:
        raise BadInput(
            _("data.template: the chat template ({name}) leaves turns out.").format(
                name=shown(template.name)
            ),
            field="data.template",
            advice=_("Choose a named template, for example chatml."),
        )
    prompt = opened.removeprefix(asked) if opened.startswith(asked) else ""
    if not prompt and QUESTION in opened:
        prompt = opened.split(QUESTION, 1)[1]
    between = followed.split(ANSWER, 1)[1].split(NEXT, 1)[0]
    end_of_turn = tuple(
        dict.fromkeys(
            [
                *found_in(alone.split(ANSWER, 1)[1], tokenizer),
                *closers(between, asked.split(QUESTION, 1)[0], prompt, tokenizer),
            ]
        )
    )
    warnings = template.warnings
    closes_with = ""
    if not end_of_turn:
        if not tokenizer.eos_token:
            raise BadInput(
                _("The tokenizer of this model has no token that ends an answer."),
                field="data.template",
                advice=_("Choose a model whose tokenizer has an eos_token."),
            )
        closes_with = str(tokenizer.eos_token)
        end_of_turn = (closes_with,)
        warnings += (
            _("The chat template ends no answer; {token} is put after the last one.").format(
                token=closes_with
            ),
        )
    stops = [tokenizer.convert_tokens_to_ids(end) for end in end_of_turn]
    if tokenizer.eos_token_id is not None:
        stops.append(int(tokenizer.eos_token_id))
    explored = replace(
        template,
        generation_prompt=prompt,
        end_of_turn=end_of_turn,
        stop_ids=tuple(dict.fromkeys(stops)),
        closes_with=closes_with,
        folds_system=not _shows_system(template, tokenizer),
        warnings=warnings,
        control=control_of(tokenizer, opened + followed),
    )
    return replace(explored, tools=_shows_tools(explored, tokenizer))


def _shows_system(template: ChatTemplate, tokenizer: "PreTrainedTokenizerBase") -> bool:
    turns: list[tuple[Role, str]] = [("system", SYSTEM), ("user", QUESTION), ("assistant", ANSWER)]
    messages: list[dict[str, Any]] = [{"role": role, "content": text} for role, text in turns]
    try:
        return SYSTEM in render(tokenizer, template, messages)[0]
    except TemplateError:
        return False


def _shows_tools(template: ChatTemplate, tokenizer: "PreTrainedTokenizerBase") -> bool:
    name, argument, value, result = _TOOL
    schema = {
        "type": "function",
        "function": {
            "name": name,
            "description": name,
            "parameters": {"type": "object", "properties": {argument: {"type": "string"}}},
        },
    }
    row = Conversation(
        (
            Message("user", QUESTION),
            Message("assistant", "", tool_calls=(ToolCall(name, {argument: value}),)),
            Message("tool", result),
            Message("assistant", ANSWER),
        ),
        (schema,),
    )
    messages = chat_messages(row, template)
    try:
        without = render(tokenizer, template, messages)[0]
        text = render(tokenizer, template, messages, row.tools)[0]
    except TemplateError:
        return False
    return all(part in without for part in _TOOL) and len(text) > len(without)


def _chat_message(message: Message) -> dict[str, Any]:
    turn: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.tool_calls:
        turn["tool_calls"] = [
            {"type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in message.tool_calls
        ]
    return turn
