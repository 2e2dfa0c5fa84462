"""Text out of local files: strictly UTF-8, line by line, with the line of what is wrong."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from engine.data.compressed import open_bytes
from engine.data.rows import Raw, RowProblem, Rows
from engine.errors import BadInput
from engine.words import _

LONGEST_LINE = 256 << 20
"""Bytes that a line or a document may have; more is a damaged file, or one of another kind."""

_UTF8_MARK = codecs.BOM_UTF8
_STRAY_BYTE = re.compile("[\udc80-\udcff]")
"""How `surrogateescape` carries a byte that is not UTF-8 through text."""


def decoded(data: bytes, where: str) -> str:
    """`data` as text, without a byte order mark.

    Raises:
        BadInput: `not_utf8`, naming the line.
    """
    data = data.removeprefix(_UTF8_MARK)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = _not_utf8(error.object[error.start])
        raise BadInput(
            _("{where}, line {line}: {why}").format(where=where, line=line, why=problem.message),
            field="data.source",
            advice=problem.advice,
            code=problem.code,
        ) from None


def numbered_lines(path: Path, where: str) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers from 1, line ends kept.

    A byte that is not UTF-8 becomes half a surrogate; `stray_byte` finds it.

    Raises:
        BadInput: a line has no end.
    """
    number = 0
    with open_bytes(path, where) as file:
        while line := file.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                raise BadInput(
                    _("{where}, line {line}: the line is longer than {n} MiB.").format(
                        where=where, line=number, n=LONGEST_LINE >> 20
                    ),
                    field="data.source",
                    advice=_("See whether the file is what its name says, and break long lines."),
                )
            if number == 1:
                line = line.removeprefix(_UTF8_MARK)
            yield number, line.decode("utf-8", "surrogateescape")


def stray_byte(text: str) -> RowProblem | None:
    """What is wrong with text that came with a byte which is not UTF-8."""
    found = None if text.isascii() else _STRAY_BYTE.search(text)
    return None if found is None else _not_utf8(ord(found.group()) - 0xDC00)


def read_text(path: Path, where: str) -> Rows:
    """Documents of a `.txt` file, one per paragraph: the file is split at blank lines.

    A document is numbered by its first line; line breaks inside a paragraph stay.
    """
    document = _Document(where)
    for number, line in numbered_lines(path, where):
        if line.strip():
            document.add(number, line)
        elif document.lines:
            yield document.taken()
    if document.lines:
        yield document.taken()


_HEADING = re.compile(r" {0,3}#{1,6}(\s|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def read_markdown(path: Path, where: str) -> Rows:
    """Documents of a Markdown file, one per section: a new one begins at each heading.

    A document is numbered by its first line; `#` inside fenced code is no heading.
    """
    document, fence, seen = _Document(where), "", False
    for number, line in numbered_lines(path, where):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark.group(1)
        elif mark and mark.group(1).startswith(fence):
            fence = ""
        if not fence and seen and _HEADING.match(line):
            yield document.taken()
            seen = False
        if document.lines or line.strip():
            seen = seen or bool(line.strip())
            document.add(number, line)
    if document.lines:
        yield document.taken()


class _Document:
    """The lines of one document as they come in."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.lines: list[str] = []
        self._start = self._size = 0

    def add(self, number: int, line: str) -> None:
        """One more line.

        Raises:
            BadInput: the document has no end.
        """
        if not self.lines:
            self._start, self._size = number, 0
        self.lines.append(line)
        self._size += len(line)
        if self._size > LONGEST_LINE:
            raise BadInput(
                _("{where}, line {line}: a document of more than {n} MiB begins here.").format(
                    where=self._where, line=self._start, n=LONGEST_LINE >> 20
                ),
                field="data.source",
                advice=_("Documents are set apart by blank lines, in Markdown by headings."),
            )

    def taken(self) -> tuple[int, Raw]:
        """The document under its first line's number; the next one begins."""
        text = "".join(self.lines).replace("\r\n", "\n").rstrip()
        self.lines = []
        return self._start, stray_byte(text) or {"text": text}


def _not_utf8(byte: int) -> RowProblem:
    return RowProblem(
        "not_utf8",
        _("byte 0x{byte:02x} is not UTF-8.").format(byte=byte),
        _("Save the file as UTF-8, for example with iconv."),
    )
