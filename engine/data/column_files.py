"""Rows of files with columns: CSV and TSV through the standard library, Parquet through pyarrow."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.data.quoting import listed, shown
from engine.data.text_files import numbered_lines
from engine.errors import BadInput
from engine.words import _

_LONGEST_CELL = 2**31 - 1
_BATCH = 256


def read_csv(path: Path, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of a CSV or TSV file whose first line names the columns, numbered by line.

    The separator is a tab for `.tsv`, else the one of `, ; tab` that the first line has most of.
    Every cell is text; an empty cell is the empty text.

    Raises:
        BadInput: with the line of what cannot be read.
    """
    csv.field_size_limit(_LONGEST_CELL)
    first = next((line for _n, line in numbered_lines(path, where) if line.strip()), "")
    separator = "\t" if path.suffix.lower() == ".tsv" else max(",;\t", key=first.count)
    lines = (line for _n, line in numbered_lines(path, where))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            if not cells or cells == [""]:
                line = reader.line_num + 1
                continue
            if header is None:
                header = _header(cells, where, line)
            elif len(cells) != len(header):
                raise BadInput(
                    _("{where}, line {line}: {n} cells where the first line names {m}.").format(
                        where=where, line=line, n=len(cells), m=len(header)
                    ),
                    field="data.source",
                    advice=_("Put cells that hold {separator} or line breaks in quotes.").format(
                        separator=_("a tab") if separator == "\t" else separator
                    ),
                )
            else:
                yield line, dict(zip(header, cells, strict=True))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(
            _("{where}, line {line}: broken CSV, {why}.").format(
                where=where, line=line, why=shown(error, 100)
            ),
            field="data.source",
            advice=_("Mend the line, or take it out."),
        ) from None


def _header(cells: list[str], where: str, line: int) -> list[str]:
    names = [cell.strip() for cell in cells]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or "" in names:
        raise BadInput(
            _("{where}, line {line}: two columns are called {names}.").format(
                where=where, line=line, names=listed(twice)
            )
            if twice and twice != [""]
            else _("{where}, line {line}: a column has no name.").format(where=where, line=line),
            field="data.source",
            advice=_("Give each column a name of its own in the first line."),
        )
    return names


def read_parquet(path: Path, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of a Parquet file, numbered from 1.

    Raises:
        BadInput: where pyarrow cannot read it.
    """
    import pyarrow
    import pyarrow.parquet

    number = 0
    try:
        file = pyarrow.parquet.ParquetFile(path, page_checksum_verification=True)
        for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield number, row
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError, TypeError) as error:
        raise BadInput(
            _("{where}, after row {row}: the Parquet cannot be read, {why}.").format(
                where=where, row=number, why=shown(str(error).split("\n")[0], 100).rstrip(".")
            ),
            field="data.source",
            advice=_("Write the file again, or give the rows as JSON Lines."),
        ) from None
