"""Rows of CSV and TSV files, through the standard library."""

import csv
from pathlib import Path

from engine.data.compressed import inner_name
from engine.data.quoting import listed, shown
from engine.data.rows import Raw, RowProblem, Rows
from engine.data.text_files import numbered_lines, stray_byte
from engine.errors import BadInput
from engine.words import _

_LONGEST_CELL = 2**31 - 1
_SEPARATORS = ",;\t|"


def read_csv(path: Path, where: str) -> Rows:
    """Rows of a CSV or TSV file whose first line names the columns, numbered by line.

    The separator is a tab for `.tsv`, else the one of `, ; tab |` that the first line has most of.
    Every cell is text; an empty cell is the empty text.

    Raises:
        BadInput: the first line names no columns, or a quote is never closed.
    """
    csv.field_size_limit(_LONGEST_CELL)
    first = next((line for _n, line in numbered_lines(path, where) if line.strip()), "")
    tabs = inner_name(path).suffix.lower() == ".tsv"
    separator = "\t" if tabs else max(_SEPARATORS, key=first.count)
    lines = (line for _n, line in numbered_lines(path, where))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    header: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if header is None or "unexpected end" in str(error):
                raise _unreadable(where, line, error) from None
            yield line, _broken(error)
            continue
        if not cells or cells == [""]:
            continue
        if header is None:
            header = _header(cells, where, line)
            continue
        yield line, _row(header, cells, separator)


def _row(header: list[str], cells: list[str], separator: str) -> Raw:
    if len(cells) != len(header):
        return RowProblem(
            "wrong_cells",
            _("{n} cells where the first line names {m}.").format(n=len(cells), m=len(header)),
            _("Put cells that hold {separator} or line breaks in quotes.").format(
                separator=_("a tab") if separator == "\t" else separator
            ),
        )
    for cell in cells:
        problem = stray_byte(cell)
        if problem is not None:
            return problem
    return dict(zip(header, cells, strict=True))


def _broken(error: csv.Error) -> RowProblem:
    return RowProblem(
        "broken_csv",
        _("broken CSV, {why}.").format(why=shown(error, 100)),
        _("Mend the line, or take it out."),
    )


def _unreadable(where: str, line: int, error: csv.Error) -> BadInput:
    if "unexpected end" in str(error):
        why = _("the quote that opens in this row is never closed")
    else:
        why = shown(error, 100)
    return BadInput(
        _("{where}, line {line}: broken CSV, {why}.").format(where=where, line=line, why=why),
        field="data.source",
        advice=_("Mend the line, or take it out."),
    )


def _header(cells: list[str], where: str, line: int) -> list[str]:
    names = [cell.strip() for cell in cells]
    twice = sorted({name for name in names if names.count(name) > 1})
    stray = stray_byte("".join(names))
    if stray is not None:
        message = _("{where}, line {line}: {why}").format(where=where, line=line, why=stray.message)
        raise BadInput(message, field="data.source", advice=stray.advice, code=stray.code)
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
