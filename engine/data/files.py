"""Local files of a data set: which reader each kind has, and what is wrong with the rest."""

import difflib
import os
from collections.abc import Callable
from pathlib import Path

from engine.data.arrow_files import read_arrow, read_parquet
from engine.data.column_files import read_csv
from engine.data.compressed import SUFFIXES, inner_name, open_bytes
from engine.data.json_files import read_json, read_jsonl
from engine.data.quoting import shown
from engine.data.rows import RowProblem, Rows
from engine.data.text_files import read_markdown, read_text
from engine.errors import BadInput, TunesmithError
from engine.words import _

READERS: dict[str, Callable[[Path, str], Rows]] = {
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".parquet": read_parquet,
    ".arrow": read_arrow,
    ".feather": read_arrow,
}
"""Reader by the end of a file's name: each takes the path and the name for sentences."""

_BY_COLUMN = (read_parquet, read_arrow)

KINDS = " ".join([*READERS, *SUFFIXES])
"""The ends of names that are read, for sentences."""

_MAGIC = {
    b"PK\x03\x04": _("a ZIP archive"),
    b"\x1f\x8b": _("a gzip archive"),
    b"\x28\xb5\x2f\xfd": _("a Zstandard archive"),
    b"7z\xbc\xaf": _("a 7z archive"),
    b"PAR1": _("a Parquet file"),
    b"ARROW1": _("an Arrow file"),
    b"BZh": _("a bzip2 archive"),
    b"\xfd7zXZ": _("an xz archive"),
    b"%PDF": _("a PDF"),
    b"\x89PNG": _("a picture"),
    b"\xff\xfe": _("UTF-16 text"),
    b"\xfe\xff": _("UTF-16 text"),
}
_HEAD = 65536


_UNREADABLE = 1000
"""After so many first lines without a row, a file is not what its name says."""


def is_data_file(path: Path) -> bool:
    """Whether the end of its name is one that is read, compressed or not."""
    return inner_name(path).suffix.lower() in READERS


def open_file(path: Path) -> Rows:
    """The rows of a local file with their numbers; what is no row comes as its problem.

    Raises:
        BadInput: one sentence that names the file, and the line where there is one.
    """
    where = shown(path, 200)
    _check(path, where)
    reader = READERS.get(inner_name(path).suffix.lower())
    if reader is None:
        raise BadInput(
            _("{where}: files that end in {suffix} are not read.").format(
                where=where, suffix=shown(inner_name(path).suffix) or _("nothing")
            ),
            field="data.source",
            advice=_("Read are {kinds}.").format(kinds=KINDS),
        )
    if reader not in _BY_COLUMN:
        _refuse_binary(path, where)
    return _with_rows(reader(path, where), where, by_line=reader is not read_json)


def _check(path: Path, where: str) -> None:
    try:
        exists = path.exists()
    except (OSError, ValueError):
        exists = False
    if not exists:
        raise _missing(path, where)
    if path.is_dir():
        raise BadInput(
            _("{where} is a folder, not a file.").format(where=where),
            field="data.source",
            code="is_folder",
        )
    if not path.is_file():
        raise BadInput(_("{where} is no regular file.").format(where=where), field="data.source")
    if not os.access(path, os.R_OK):
        raise BadInput(
            _("{where} may not be read by you.").format(where=where),
            field="data.source",
            advice=_("Change its permissions, or copy it."),
        )
    if path.stat().st_size == 0:
        raise _empty(where)


def _missing(path: Path, where: str) -> BadInput:
    folder = path.parent
    names = [p.name for p in listing(folder)]
    near = difflib.get_close_matches(path.name, names, 1, 0.6)
    if near:
        advice = _("Did you mean {near}?").format(near=shown(folder / near[0], 200))
    elif not folder.is_dir():
        advice = _("Its folder {folder} is not there either.").format(folder=shown(folder, 200))
    else:
        advice = _("Choose a file that is there, a shipped data set or a hub id.")
    return BadInput(
        _("{where}: there is no such file.").format(where=where),
        field="data.source",
        advice=advice,
        code="missing_file",
    )


def listing(folder: Path) -> list[Path]:
    """What a folder holds, in order; nothing where it may not be read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _refuse_binary(path: Path, where: str) -> None:
    try:
        with open_bytes(path, where) as file:
            head = file.read(_HEAD)
    except TunesmithError:
        raise
    except Exception as error:  # each library that unpacks has its own
        raise _damaged(where, 0, error) from None
    kind = next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)
    # One such byte in a later line is that line's own trouble.
    if kind is None and (b"\x00" in head.split(b"\n", 1)[0] or head.count(0) * 100 > len(head)):
        kind = _("binary")
    if kind is not None:
        raise BadInput(
            _("{where} is {kind}, not UTF-8 text.").format(where=where, kind=kind),
            field="data.source",
            advice=_("Give the rows as text; read are {kinds}.").format(kinds=KINDS),
            code="not_text_file",
        )


def _with_rows(rows: Rows, where: str, *, by_line: bool) -> Rows:
    """The rows, if there are any; a file in which nothing is a row is refused whole."""
    first: list[tuple[int, RowProblem]] | None = []
    number = 0
    try:
        for number, raw in rows:
            if first is None:
                yield number, raw
            elif isinstance(raw, RowProblem):
                first.append((number, raw))
                if len(first) >= _UNREADABLE:
                    break
            else:
                yield from first
                first = None
                yield number, raw
    except TunesmithError:
        raise
    except Exception as error:  # each library that unpacks has its own
        raise _damaged(where, number, error) from None
    if first:
        number, problem = first[0]
        place = _("line") if by_line else _("row")
        raise BadInput(
            f"{where}, {place} {number}: {problem.message}",
            field="data.source",
            advice=problem.advice,
            code=problem.code,
        )
    if first is not None:
        raise _empty(where)


def _damaged(where: str, number: int, error: Exception) -> BadInput:
    return BadInput(
        _("{where}, after row {n}: the file cannot be read on, {why}.").format(
            where=where,
            n=number,
            why=shown(str(error).split("\n")[0] or type(error).__name__, 100).rstrip("."),
        ),
        field="data.source",
        advice=_("Copy or download the file again; it is damaged or cut off."),
        code="damaged_file",
    )


def _empty(where: str) -> BadInput:
    return BadInput(
        _("{where} is empty.").format(where=where),
        field="data.source",
        advice=_("Choose a file with rows in it."),
        code="empty_file",
    )
