"""What stands in the texts of a row that hardly anybody wants a model to learn."""

import json
import re
from collections.abc import Iterator

from engine.data.control_tokens import Guard
from engine.data.doctor.noting import Noted
from engine.data.doctor.secrets import secrets_in
from engine.data.quoting import shown
from engine.data.rows import AnyRow, Labelled, Message, Preference, Prompt, Text
from engine.words import _

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile("[\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
"""Without the joiners U+200C and U+200D, which Persian, Hindi and family emoji are spelt with."""

_PLACEHOLDER = re.compile(
    r"\{\{\s*[^\W\d][\w .-]{0,60}?\s*\}\}"  # {{name}}
    r"|(?i:\[(?:your|insert|enter|name of|company name|date)\b[^\]\n\[]{0,60}\])"  # [Your Name]
    r"|<(?:YOUR|INSERT|ENTER)[_ A-Z]{1,40}>"  # <YOUR_NAME>
)
_TEMPLATE = re.compile(
    r"<\|(?:im_start|im_end|im_sep|endoftext|eot_id|start_header_id|end_header_id"
    r"|begin_of_text|end_of_text|user|assistant|system|end|channel|message)\|>"
    r"|<start_of_turn>|<end_of_turn>|<[|｜](?:User|Assistant|end▁of▁sentence)[|｜]>"
    r"|\[/?INST\]|<</?SYS>>|</s>"
    r"|^###\s*(?:Instruction|Response|Input|Human|Assistant):"
    r"|^(?:Human|Assistant|USER|ASSISTANT):\s",
    re.MULTILINE,
)
_MARKS = ("<|", "<s", "<e", "</s>", "<｜", "INST]", "SYS>>", "###", "Human:", "USER:", "Assistant:",
          "ASSISTANT:")  # fmt: skip


def whole_text(row: AnyRow) -> str:
    """All that a row says, one text after another."""
    if isinstance(row, Text):
        return row.text
    if isinstance(row, Labelled):
        return row.text if row.second is None else f"{row.text}\n{row.second}"
    return "\n".join(_said(message) for message in all_turns(row))


def all_turns(row: AnyRow) -> tuple[Message, ...]:
    """Every turn of a row, those of both answers of a pair."""
    if isinstance(row, (Text, Labelled)):
        return ()
    if isinstance(row, Preference):
        return (*row.prompt, *row.chosen, *row.rejected)
    messages = getattr(row, "messages", None)
    if messages is not None:
        more = (Message("assistant", row.answer),) if isinstance(row, Prompt) and row.answer else ()
        return (*messages, *more)
    return (*row.prompt, *row.completion)  # type: ignore[union-attr]


def look_at_text(text: str, guard: Guard | None) -> Iterator[Noted]:
    """What is to be known of a text; `guard` knows the control tokens of the model."""
    control = CONTROL.search(text)
    if control:
        said = _("It holds the control code {code}.")
        yield Noted("control_codes", said.format(code=f"U+{ord(control.group()):04X}"))
    if not text.isascii():
        yield from _foreign(text)
    found = _PLACEHOLDER.search(text) if "{{" in text or "[" in text or "<" in text else None
    if found:
        said = _("It holds {text}.")
        yield Noted("placeholder", said.format(text=shown(found.group())))
    places = guard.places(text) if guard is not None else []
    if places:
        start, end = places[0]
        said = _("Its words hold the control token {token}.")
        yield Noted("control_tokens_in_text", said.format(token=shown(text[start:end])))
    elif any(mark in text for mark in _MARKS):
        found = _TEMPLATE.search(text)
        if found:
            said = _("It holds {text}, a mark of a chat template.")
            yield Noted("template_text", said.format(text=shown(found.group().strip())))
    secrets = secrets_in(text)
    if secrets:
        yield Noted("secret", secrets[0].told(text))


def _foreign(text: str) -> Iterator[Noted]:
    """What can only stand in text with characters beyond ASCII."""
    for code, pattern in (("direction_marks", DIRECTION), ("invisible_characters", INVISIBLE)):
        found = pattern.search(text)
        if found:
            said = _("It holds the character {code}.")
            yield Noted(code, said.format(code=f"U+{ord(found.group()):04X}"))
    if "\N{REPLACEMENT CHARACTER}" in text:
        at = text.index("\N{REPLACEMENT CHARACTER}")
        said = _("It reads “{text}”.").format(text=shown(text[max(0, at - 10) : at + 10]))
        yield Noted("lost_characters", said)
    mended = without_mojibake(text)
    if mended != text:
        at = next((n for n, (a, b) in enumerate(zip(text, mended, strict=False)) if a != b), 0)
        said = _("“{wrong}” stands where “{right}” is meant.").format(
            wrong=shown(text[max(0, at - 5) : at + 10], 20),
            right=shown(mended[max(0, at - 5) : at + 8], 20),
        )
        yield Noted("mojibake", said)


def without_mojibake(text: str) -> str:
    """The text as it was before it was decoded in a wrong encoding; unchanged where it was not."""
    if text.isascii():
        return text
    from ftfy import TextFixerConfig, fix_encoding
    from ftfy.badness import is_bad

    if not is_bad(text):
        return text
    # Its guesses at bytes that are gone are left out, and control codes are told as such.
    config = TextFixerConfig(replace_lossy_sequences=False, fix_c1_controls=False, explain=False)
    fixed = str(fix_encoding(text, config))
    # What was decoded wrongly has become longer; of equal length only control codes were read
    # as signs of Windows.
    return fixed if len(fixed) < len(text) else text


def _said(message: Message) -> str:
    if not message.tool_calls:
        return message.content
    calls = [
        f"{call.name} {json.dumps(call.arguments, ensure_ascii=False, default=str)}"
        for call in message.tool_calls
    ]
    return "\n".join((message.content, *calls))
