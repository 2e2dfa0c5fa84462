"""Text out of local files: strictly UTF-8, line by line, with the line of what is wrong."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.errors import BadInput
from engine.words import _

_UTF8_MARK = codecs.BOM_UTF8


def decoded(data: bytes, where: str) -> str:
    """`data` as text, without a byte order mark.

    Raises:
        BadInput: `not_utf8`, naming the line.
    """
    data = data.removeprefix(_UTF8_MARK)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(where, data.count(b"\n", 0, error.start) + 1, error) from None


def numbered_lines(path: Path, where: str) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers from 1, line ends kept.

    Raises:
        BadInput: `not_utf8`, naming the line.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if number == 1:
                line = line.removeprefix(_UTF8_MARK)
            try:
                yield number, line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise _not_utf8(where, number, error) from None


def read_text(path: Path, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Documents of a `.txt` file, one per paragraph: the file is split at blank lines.

    A document is numbered by its first line; line breaks inside a paragraph stay.

    Raises:
        BadInput: `not_utf8`, naming the line.
    """
    start, lines = 0, list[str]()
    for number, line in numbered_lines(path, where):
        if line.strip():
            start = start if lines else number
            lines.append(line)
        elif lines:
            yield start, {"text": _joined(lines)}
            lines = []
    if lines:
        yield start, {"text": _joined(lines)}


_HEADING = re.compile(r" {0,3}#{1,6}(\s|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def read_markdown(path: Path, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Documents of a Markdown file, one per section: a new one begins at each heading.

    A document is numbered by its first line; `#` inside fenced code is no heading.

    Raises:
        BadInput: `not_utf8`, naming the line.
    """
    start, lines, fence = 0, list[str](), ""
    for number, line in numbered_lines(path, where):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark.group(1)
        elif mark and mark.group(1).startswith(fence):
            fence = ""
        if not fence and _HEADING.match(line) and any(before.strip() for before in lines):
            yield start, {"text": _joined(lines)}
            lines = []
        if lines or line.strip():
            start = start if lines else number
            lines.append(line)
    if lines:
        yield start, {"text": _joined(lines)}


def _joined(lines: list[str]) -> str:
    return "".join(lines).replace("\r\n", "\n").rstrip()


def _not_utf8(where: str, line: int, error: UnicodeDecodeError) -> BadInput:
    return BadInput(
        _("{where}, line {line}: byte 0x{byte:02x} is not UTF-8.").format(
            where=where, line=line, byte=error.object[error.start]
        ),
        field="data.source",
        advice=_("Save the file as UTF-8, for example with iconv."),
        code="not_utf8",
    )
