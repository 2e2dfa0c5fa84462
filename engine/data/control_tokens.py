"""Control tokens: which a tokenizer has, and what becomes of those that a row's words spell out.

`<|im_end|>` in somebody's question would end the turn there, and what follows could speak for
the assistant. So words are words: a control token that stands in a row's own text is tokenized as
ordinary letters. Only the template puts control tokens in.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.data.rows import Conversation, ToolCall

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

THINKING = ("<think>", "</think>")
"""What answers may hold themselves, though some tokenizers have tokens for it."""

_STAND_IN = 0xF0000  # a private-use plane, which no font and hardly any text uses
_PLANE = re.compile("[\U000f0000-\U000ffffd]")


@dataclass(frozen=True, slots=True)
class Control:
    """The control tokens that a row's words must not become."""

    names: tuple[str, ...] = ()

    @property
    def openers(self) -> str:
        """The characters with which they begin."""
        return "".join(dict.fromkeys(name[0] for name in self.names))

    def pattern(self) -> re.Pattern[str]:
        """Finds any of them, the longest first."""
        return re.compile("|".join(map(re.escape, self.names)) or "(?!)")


NO_CONTROL = Control()


def single_tokens(tokenizer: "PreTrainedTokenizerBase") -> list[str]:
    """Every token outside the tokenizer's merges, longest first."""
    names = {*tokenizer.get_added_vocab(), *tokenizer.all_special_tokens}
    return sorted((name for name in names if name.strip()), key=lambda name: (-len(name), name))


def found_in(text: str, tokenizer: "PreTrainedTokenizerBase") -> list[str]:
    """The single tokens in `text`, in order."""
    return re.findall("|".join(map(re.escape, single_tokens(tokenizer))) or "(?!)", text)


def control_of(tokenizer: "PreTrainedTokenizerBase", rendered: str = "") -> Control:
    """The tokens that are special to the tokenizer, and those that the template writes.

    Tokens of a single character cannot be spelt otherwise and stay as they are.
    """
    special = {str(one) for one in tokenizer.added_tokens_decoder.values() if one.special}
    names = special | set(tokenizer.all_special_tokens) | set(found_in(rendered, tokenizer))
    usable = [name for name in names if len(name.strip()) > 1 and name not in THINKING]
    return Control(tuple(sorted(usable, key=lambda name: (-len(name), name))))


class Guard:
    """Takes control tokens out of rows before they are rendered, and puts them back as text."""

    def __init__(self, control: Control) -> None:
        self._openers = control.openers
        self._pattern = control.pattern()

    def holds(self, text: str) -> bool:
        """Whether this text spells a control token out."""
        return any(opener in text for opener in self._openers) and bool(self._pattern.search(text))

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where this text spells control tokens out."""
        return [one.span() for one in self._pattern.finditer(text)] if self.holds(text) else []

    def guarded(self, row: Conversation) -> tuple[Conversation, dict[str, str]]:
        """The row with a stand-in character for each control token, and what they stand for."""
        texts = list(_texts(row))
        if not any(map(self.holds, texts)):
            return row, {}
        used = {sign for text in texts for sign in _PLANE.findall(text)}
        free = (sign for n in range(0xFFFD) if (sign := chr(_STAND_IN + n)) not in used)
        stand_ins: dict[str, str] = {}

        def stand_in(match: re.Match[str]) -> str:
            if match.group() not in stand_ins:
                stand_ins[match.group()] = next(free)
            return stand_ins[match.group()]

        def change(text: str) -> str:
            return self._pattern.sub(stand_in, text)

        messages = tuple(
            replace(
                message,
                content=change(message.content),
                tool_calls=tuple(
                    ToolCall(change(call.name), _through(call.arguments, change))
                    for call in message.tool_calls
                ),
            )
            for message in row.messages
        )
        tools = tuple(_through(tool, change) for tool in row.tools)
        return Conversation(messages, tools), {sign: name for name, sign in stand_ins.items()}


@lru_cache(maxsize=8)
def guard_of(control: Control) -> Guard:
    """The guard for these control tokens."""
    return Guard(control)


def _texts(row: Conversation) -> Iterator[str]:
    for message in row.messages:
        yield message.content
        for call in message.tool_calls:
            yield call.name
            yield from _leaves(call.arguments)
    yield from _leaves(row.tools)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from _leaves(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _leaves(one)


def restored(text: str, stand_ins: dict[str, str]) -> tuple[str, list[int], list[tuple[int, int]]]:
    """The text with the tokens' own letters again.

    Returns the text, for each place in the old one (and its end) the place in the new one, and
    where the letters stand that must not become control tokens.
    """
    forms: dict[str, str] = {}
    for sign, name in stand_ins.items():
        # A template may print a value as Python or JSON would, with the sign escaped.
        escapes = (repr(sign)[1:-1], f"\\U{ord(sign):08x}", _json_escape(sign))
        forms.update(dict.fromkeys((sign, *escapes), name))
    places: list[int] = []
    literal: list[tuple[int, int]] = []
    parts: list[str] = []
    length = last = 0
    for match in re.finditer("|".join(map(re.escape, sorted(forms, key=len, reverse=True))), text):
        places.extend(range(length, length + match.start() - last))
        parts.append(text[last : match.start()])
        length += match.start() - last
        name = forms[match.group()]
        places.extend([length] * (match.end() - match.start()))
        literal.append((length, length + len(name)))
        parts.append(name)
        length += len(name)
        last = match.end()
    places.extend(range(length, length + len(text) - last + 1))
    parts.append(text[last:])
    return "".join(parts), places, literal


def cuts(literal: Sequence[tuple[int, int]]) -> list[int]:
    """Where a text has to be cut so that none of these letters is taken for a control token."""
    return [start + (end - start) // 2 for start, end in literal]


def closers(
    between: str, opening: str, prompt: str, tokenizer: "PreTrainedTokenizerBase"
) -> list[str]:
    """The control token that ends an answer where another turn follows.

    It is the first one there, unless that opens the next turn: as it opens the answer too, or as
    it is the only one and opens the first turn.
    """
    tokens = found_in(between, tokenizer)
    if not tokens or tokens[0] in found_in(prompt, tokenizer)[:1]:
        return []
    if len(tokens) == 1 and tokens[0] in _common_end(opening, between):
        return []
    return tokens[:1]


def common_start(one: str, other: str) -> str:
    """What both texts begin with."""
    n = 0
    while n < min(len(one), len(other)) and one[n] == other[n]:
        n += 1
    return one[:n]


def _common_end(one: str, other: str) -> str:
    return common_start(one[::-1], other[::-1])[::-1]


def _json_escape(sign: str) -> str:
    units = sign.encode("utf-16-be")
    return "".join(f"\\u{units[n] << 8 | units[n + 1]:04x}" for n in range(0, len(units), 2))


def _through(value: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(str(key)): _through(one, change) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_through(one, change) for one in value]
    return value
