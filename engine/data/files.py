"""Local files of a data set: which reader each kind has, and what is wrong with the rest."""

import difflib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from engine.data.column_files import read_csv, read_parquet
from engine.data.json_files import read_json, read_jsonl
from engine.data.quoting import listed, shown
from engine.data.text_files import read_markdown, read_text
from engine.errors import BadInput
from engine.words import _

Rows = Iterator[tuple[int, dict[str, Any]]]

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
}
"""Reader by the end of a file's name: each takes the path and the name for sentences."""

_MAGIC = {
    b"PK\x03\x04": _("a ZIP archive"),
    b"\x1f\x8b": _("a gzip archive"),
    b"\x28\xb5\x2f\xfd": _("a Zstandard archive"),
    b"7z\xbc\xaf": _("a 7z archive"),
    b"PAR1": _("a Parquet file"),
    b"%PDF": _("a PDF"),
    b"\x89PNG": _("a picture"),
    b"\xff\xfe": _("UTF-16 text"),
    b"\xfe\xff": _("UTF-16 text"),
}
_HEAD = 65536


def open_file(path: Path) -> Rows:
    """The rows of a local file with their numbers.

    Raises:
        BadInput: one sentence that names the file, and the line where there is one.
    """
    where = shown(path, 200)
    _check(path, where)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise BadInput(
            _("{where}: files that end in {suffix} are not read.").format(
                where=where, suffix=shown(path.suffix) or _("nothing")
            ),
            field="data.source",
            advice=_("Read are {kinds}.").format(kinds=" ".join(READERS)),
        )
    if reader is not read_parquet:
        _refuse_binary(path, where)
    return _refuse_no_rows(reader(path, where), where)


def _check(path: Path, where: str) -> None:
    try:
        exists = path.exists()
    except (OSError, ValueError):
        exists = False
    if not exists:
        raise _missing(path, where)
    if path.is_dir():
        inside = sorted(p.name for p in _listing(path) if p.suffix.lower() in READERS)
        raise BadInput(
            _("{where} is a folder, not a file.").format(where=where),
            field="data.source",
            advice=_("Name one of its files: {names}.").format(names=listed(inside))
            if inside
            else _("It holds no file that is read ({kinds}).").format(kinds=" ".join(READERS)),
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
    names = [p.name for p in _listing(folder)]
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


def _listing(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _refuse_binary(path: Path, where: str) -> None:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    kind = next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)
    if kind is None and b"\x00" in head:
        kind = _("binary")
    if kind is not None:
        raise BadInput(
            _("{where} is {kind}, not UTF-8 text.").format(where=where, kind=kind),
            field="data.source",
            advice=_("Give the rows as text; read are {kinds}.").format(kinds=" ".join(READERS)),
            code="not_text_file",
        )


def _refuse_no_rows(rows: Rows, where: str) -> Rows:
    any_row = False
    for numbered in rows:
        any_row = True
        yield numbered
    if not any_row:
        raise _empty(where)


def _empty(where: str) -> BadInput:
    return BadInput(
        _("{where} is empty.").format(where=where),
        field="data.source",
        advice=_("Choose a file with rows in it."),
        code="empty_file",
    )
