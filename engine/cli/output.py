"""What commands print: data on standard output, everything else on standard error.

All text that a person reads passes `plain` here: what models, data and file names say cannot
drive a terminal.
"""

import json
import math
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from engine.errors import Problem
from engine.events import Entry
from engine.plain_text import plain, plain_line
from engine.words import _

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class Column:
    """A column of a list; `right` for figures, `wrap` for the one that takes what is left."""

    title: str
    right: bool = False
    wrap: bool = False


class Output:
    """Standard output and standard error of one command."""

    def __init__(self, as_json: bool, stdout: TextIO, stderr: TextIO) -> None:
        self.as_json = as_json
        self.stdout = stdout
        self.stderr = stderr
        self._console: Console | None = None

    def document(self, value: Any) -> None:
        """The one JSON document of a command; nothing without `--json`."""
        if self.as_json:
            self.line(value)

    def line(self, value: Any) -> None:
        """One line of JSON; control codes are escaped, NaN and infinity become null."""
        self._write(json.dumps(_finite(value), ensure_ascii=True, allow_nan=False, default=str))

    def event(self, entry: Entry) -> None:
        """A journal's entry as one line of JSON."""
        self._write(entry.to_line())

    def _write(self, text: str) -> None:
        # JSON leaves DEL as it is.
        self.stdout.write(text.replace("\x7f", "\\u007f") + "\n")
        self.stdout.flush()

    def say(self, text: str = "") -> None:
        """A line for the person, unless they asked for JSON."""
        self.piece(text + "\n")

    def piece(self, text: str) -> None:
        """Text for the person that goes on in the same line."""
        if not self.as_json:
            self.stdout.write(plain(text))
            self.stdout.flush()

    def note(self, text: str) -> None:
        """A line on standard error; a terminal that is gone is no reason to end."""
        with suppress(OSError, ValueError):
            self.stderr.write(plain(text) + "\n")
            self.stderr.flush()

    @property
    def stderr_is_terminal(self) -> bool:
        """Whether a moving line on standard error would be seen as one."""
        try:
            return self.stderr.isatty() and os.environ.get("TERM") != "dumb"
        except ValueError:
            return False

    def status(self, text: str) -> None:
        """What is being done right now, on a line that is taken away again with ""."""
        if self.stderr_is_terminal:
            with suppress(OSError, ValueError):
                self.stderr.write("\r\x1b[K" + plain_line(text))
                self.stderr.flush()

    def fail(self, problem: Problem) -> None:
        """Tell a failure: a document with `--json`, else one sentence."""
        if self.as_json:
            self.line({"error": problem.to_json()})
        else:
            self.note(_("tunesmith: {problem}").format(problem=plain_line(str(problem))))

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> None:
        """Aligned columns as wide as the terminal allows; plain lines where there is none."""
        if self.as_json:
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
        for column in columns:
            table.add_column(
                column.title,
                header_style="bold",
                justify="right" if column.right else "left",
                no_wrap=not column.wrap,
                overflow="fold" if column.wrap else "ellipsis",
            )
        for row in rows:
            table.add_row(*(Text(plain_line("" if cell is None else str(cell))) for cell in row))
        console = self._rich()
        with console.capture() as capture:
            console.print(table)
        self.stdout.writelines(f"{line.rstrip()}\n" for line in capture.get().splitlines())
        self.stdout.flush()

    def _rich(self) -> "Console":
        if self._console is None:
            from rich.console import Console

            # Without a terminal nothing is cut: who pipes wants all of it.
            width = None if self.stdout.isatty() else 10_000
            self._console = Console(
                file=self.stdout, width=width, highlight=False, markup=False, emoji=False
            )
        return self._console


@contextmanager
def opened(as_json: bool) -> Iterator[Output]:
    """The streams of a command. With JSON only ours reaches standard output.

    Libraries print what they like; it goes to standard error, from C code too.
    """
    stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115  (closed by the caller: `>&-`)
    stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (stdout, stderr):
        with suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    if not as_json:
        yield Output(False, stdout, stderr)
        return
    stdout.flush()
    if not _is_the_real_one(stdout):
        sys.stdout = stderr
        try:
            yield Output(True, stdout, stderr)
        finally:
            sys.stdout = stdout
        return
    kept = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = stderr
    try:
        with open(kept, "w", encoding="utf-8", closefd=False) as ours:
            yield Output(True, ours, stderr)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        sys.stdout = stdout


def _is_the_real_one(stdout: TextIO) -> bool:
    try:
        return stdout.fileno() == 1
    except (OSError, ValueError):
        return False


def _finite(value: Any) -> Any:
    """`value` as JSON can say it."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _finite(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(inner) for inner in value]
    return value
