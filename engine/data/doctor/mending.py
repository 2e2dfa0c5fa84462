"""The mended set: rows in one plain layout, without what can be put right by itself."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from engine.data.dialogue import feedback, preference, prompt_row
from engine.data.doctor.report import Mended
from engine.data.doctor.secrets import without_secrets
from engine.data.doctor.texts import CONTROL, DIRECTION, INVISIBLE, without_mojibake
from engine.data.doctor.turn_order import repeats
from engine.data.matching import Reading
from engine.data.quoting import shown
from engine.data.rows import (
    AnyRow,
    Conversation,
    Feedback,
    Labelled,
    Message,
    Preference,
    Prompt,
    RowProblem,
    Text,
)
from engine.data.turns import conversation
from engine.errors import BadInput
from engine.words import _

_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # OSC: titles, links, the clipboard
    r"|[PX^_][^\x1b\x9c]*(?:\x1b\\|\x9c)"  # DCS, SOS, PM, APC
    r"|[ -/]*[0-~])"
)
_NOT_TEXT = ("label", "answer")
"""Fields whose numbers are meant as such."""


def mended_text(text: str) -> str:
    """The text without control codes, unseen characters, mojibake and keys."""
    text = without_mojibake(text)
    if CONTROL.search(text):
        text = CONTROL.sub("", _ESCAPES.sub("", text.replace("\r\n", "\n")).replace("\r", "\n"))
    if not text.isascii():
        text = INVISIBLE.sub("", DIRECTION.sub("", text))
    return without_secrets(text)


def mended_row(row: AnyRow) -> AnyRow:
    """The row with mended texts; turns of one role joined, a last question without answer cut off.

    Descriptions of tools stay as they are.
    """
    if isinstance(row, Text):
        return Text(mended_text(row.text))
    if isinstance(row, Labelled):
        second = None if row.second is None else mended_text(row.second)
        return replace(row, text=mended_text(row.text), second=second)
    if isinstance(row, Conversation):
        messages = _joined(row.messages)
        while messages and messages[-1].role == "user":
            messages.pop()
        return replace(row, messages=tuple(messages))
    if isinstance(row, Preference):
        prompt = tuple(_joined(row.prompt))
        chosen, rejected = tuple(_joined(row.chosen)), tuple(_joined(row.rejected))
        return replace(row, prompt=prompt, chosen=chosen, rejected=rejected)
    if isinstance(row, Feedback):
        prompt = tuple(_joined(row.prompt))
        return replace(row, prompt=prompt, completion=tuple(_joined(row.completion)))
    answer = None if row.answer is None else mended_text(row.answer)
    return replace(row, messages=tuple(_joined(row.messages)), answer=answer)


def with_text(raw: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    """The raw row with numbers as text in the columns, and turns, that hold text."""
    columns = [column for field, column in reading.columns.items() if field not in _NOT_TEXT]
    return {column: _texted(value) if column in columns else value for column, value in raw.items()}


def as_json(row: AnyRow) -> dict[str, Any]:
    """The row in the layout that every program of the field reads for its kind."""
    if isinstance(row, Text):
        return {"text": row.text}
    if isinstance(row, Labelled):
        pair = {} if row.second is None else {"text_pair": row.second}
        if row.several:
            return {"text": row.text, **pair, "labels": list(row.labels)}
        return {"text": row.text, **pair, "label": row.labels[0]}
    if isinstance(row, Conversation):
        found: dict[str, Any] = {"messages": _turns(row.messages)}
    elif isinstance(row, Preference):
        found = {
            "prompt": _turns(row.prompt, given=True),
            "chosen": _turns(row.chosen),
            "rejected": _turns(row.rejected),
        }
    elif isinstance(row, Feedback):
        found = {
            "prompt": _turns(row.prompt, given=True),
            "completion": _turns(row.completion),
            "label": row.desirable,
        }
    else:
        found = {"prompt": _turns(row.messages, given=True)}
        if row.answer is not None:
            found["answer"] = row.answer
    return {**found, "tools": list(row.tools)} if row.tools else found


class MendedFile:
    """A file of mended rows that appears under its name only once it is whole."""

    def __init__(
        self, path: Path, *, overwrite: bool = False, sources: Iterable[Path] = ()
    ) -> None:
        """Raises BadInput where the file cannot or may not be written."""
        where = shown(path, 200)
        if path.suffix.lower() != ".jsonl":
            raise BadInput(
                _("{file}: the mended set is JSON Lines, so its name ends in .jsonl.").format(
                    file=where
                ),
                field="--fix",
            )
        if any(_same_file(path, source) for source in sources):
            raise BadInput(
                _("{file} is what is checked; the mended set needs a file of its own.").format(
                    file=where
                ),
                field="--fix",
            )
        if path.exists() and not overwrite:
            raise BadInput(
                _("{file} is there already.").format(file=where),
                field="--fix",
                advice=_("Choose another name, or say --overwrite."),
                code="file_exists",
            )
        self._path = path
        self._rows = self._changed = self._left_out = 0
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            self._file: IO[str] = self._part.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise _unwritable(where, error) from None

    def write(self, row: AnyRow, *, changed: bool = False) -> None:
        """One row that is used, unless nothing to learn is left once it is mended."""
        try:
            mended = _sound(mended_row(row))
        except RowProblem:
            self.leave_out()
            return
        line = json.dumps(as_json(mended), ensure_ascii=False, allow_nan=False, default=str)
        try:
            # A line separator inside of a text would end the line for some readers.
            self._file.write(line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n")
        except OSError as error:
            raise _unwritable(shown(self._path, 200), error) from None
        self._rows += 1
        self._changed += changed or mended != row

    def leave_out(self) -> None:
        """One row that cannot be used and is not written."""
        self._left_out += 1

    def finish(self) -> Mended:
        """Put the file in its place."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self._path)
        except OSError as error:
            raise _unwritable(shown(self._path, 200), error) from None
        return Mended(shown(self._path, 1000), self._rows, self._changed, self._left_out)

    def close(self) -> None:
        """Leave nothing half-done behind."""
        self._file.close()
        self._part.unlink(missing_ok=True)


def _sound(row: AnyRow) -> AnyRow:
    """The row, if what is left of it can still be learned from.

    Raises:
        RowProblem: an answer or a question is empty now.
    """
    if isinstance(row, Conversation):
        return conversation(row.messages, row.tools)
    if isinstance(row, Preference):
        return preference(row.prompt, row.chosen, row.rejected, row.tools)
    if isinstance(row, Feedback):
        return feedback(row.prompt, row.completion, row.desirable, "label", row.tools)
    if isinstance(row, Prompt):
        return prompt_row(row.messages, row.answer, row.tools)
    if not row.text.strip():
        raise RowProblem("empty_text", _("The text is empty."))
    return row


def _joined(messages: Iterable[Message]) -> list[Message]:
    """Mended turns, those of one role joined by an empty line."""
    found: list[Message] = []
    for message in messages:
        calls = tuple(
            replace(call, arguments=_mended_value(call.arguments)) for call in message.tool_calls
        )
        turn = replace(message, content=mended_text(message.content), tool_calls=calls)
        before = found[-1] if found else None
        same = before is not None and repeats(before, turn) and before.loss == turn.loss
        if before is not None and same and not before.tool_calls:
            both = "\n\n".join(text for text in (before.content, turn.content) if text.strip())
            found[-1] = replace(before, content=both, tool_calls=turn.tool_calls)
        else:
            found.append(turn)
    return found


def _mended_value(value: Any) -> Any:
    """A JSON value with its texts mended; keys are names, which stay."""
    if isinstance(value, str):
        return mended_text(value)
    if isinstance(value, dict):
        return {key: _mended_value(one) for key, one in value.items()}
    return [_mended_value(one) for one in value] if isinstance(value, list) else value


def _turns(messages: Iterable[Message], *, given: bool = False) -> list[dict[str, Any]]:
    """Turns as OpenAI writes them; a weight of 0 where an answer is not to be learned."""
    found: list[dict[str, Any]] = []
    for message in messages:
        turn: dict[str, Any] = {"role": message.role, "content": message.content}
        if message.tool_calls:
            turn["tool_calls"] = [
                {
                    "type": "function",
                    "function": {
                        "name": call.name,
                        "arguments": json.dumps(call.arguments, ensure_ascii=False, default=str),
                    },
                }
                for call in message.tool_calls
            ]
        if not message.loss and message.role == "assistant" and not given:
            turn["weight"] = 0
        found.append(turn)
    return found


def _texted(value: Any, key: str = "") -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return value if key in ("weight", "loss_weight", "train", "loss") else json.dumps(value)
    if isinstance(value, list):
        return [_texted(one) for one in value]
    if isinstance(value, dict):
        return {k: _texted(v, k) if k != "tool_calls" else v for k, v in value.items()}
    return value


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _unwritable(where: str, error: OSError) -> BadInput:
    return BadInput(
        _("{file} cannot be written: {why}.").format(file=where, why=error.strerror),
        field="--fix",
    )
