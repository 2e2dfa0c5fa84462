"""Rows as the model will see them; what carries loss is underlined."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from engine.data.preview import Preview, PreviewProblem, PreviewRow, PreviewTurn
from engine.words import _
from tui.safe_text import plain, plain_lines

LIMIT = 12
"""Rows asked for."""


def read_preview(answer: dict[str, object]) -> Preview:
    """The host's answer as a value."""
    given = dict(answer)
    given["rows"] = tuple(read_row(row) for row in given["rows"])  # type: ignore[attr-defined]
    given["problems"] = tuple(
        read_problem(problem)
        for problem in given["problems"]  # type: ignore[attr-defined]
    )
    given["warnings"] = tuple(given.get("warnings") or ())  # type: ignore[arg-type]
    return Preview(**given)  # type: ignore[arg-type]


def read_row(row: dict[str, object]) -> PreviewRow:
    """One row of the host's answer."""
    given = dict(row)
    given["turns"] = tuple(PreviewTurn(**turn) for turn in given.get("turns") or ())  # type: ignore
    given["tokens"] = tuple((str(text), bool(loss)) for text, loss in given["tokens"])  # type: ignore
    given["ids"] = tuple(given.get("ids") or ())  # type: ignore[arg-type]
    return PreviewRow(**given)  # type: ignore[arg-type]


def read_problem(problem: dict[str, Any]) -> PreviewProblem:
    """A row of the host's answer that cannot be used."""
    return PreviewProblem(**problem)


def row_text(row: PreviewRow) -> Content:
    """A row's tokens as text, loss-carrying ones underlined; its turns where there are no tokens."""
    if not row.tokens:
        turns = "\n".join(f"{turn.role}: {turn.content}" for turn in row.turns)
        return Content(plain_lines(turns or row.text))
    parts: list[tuple[str, str]] = []
    run, carries = "", row.tokens[0][1]
    for text, loss in row.tokens:
        if loss != carries:
            parts.append((run, "underline $accent" if carries else "$text-muted"))
            run, carries = "", loss
        run += text
    parts.append((run, "underline $accent" if carries else "$text-muted"))
    return Content.assemble(*[(plain_lines(text), style) for text, style in parts])


class TokenPreview(VerticalScroll, can_focus=True):
    """Some rows one under the other, scrolled with the arrows or j and k."""

    BINDINGS = [
        Binding("j", "scroll_down", _("Down"), show=False),
        Binding("k", "scroll_up", _("Up"), show=False),
        Binding("g", "scroll_home", _("To the top"), show=False),
        Binding("G", "scroll_end", _("To the end"), show=False),
    ]

    DEFAULT_CSS = """
    TokenPreview { width: 1fr; height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
    """

    @property
    def hint(self) -> str:
        """What is to be seen here."""
        return _("Underlined text carries loss: it is what the model learns to write.")

    def compose(self) -> ComposeResult:
        yield Static("", markup=False)

    def say(self, text: str) -> None:
        """One sentence in place of rows."""
        self.query_one(Static).update(Content.styled(plain(text), "$text-muted"))

    def show(self, preview: Preview) -> None:
        """Rows, and rows that cannot be used with their reason."""
        parts: list[Content] = []
        for warning in preview.warnings:
            parts.append(Content.styled(f"▲ {plain(warning)}", "$warning"))
        for problem in preview.problems[:3]:
            parts.append(
                Content.styled(
                    _("✗ row {n} is left out: {why} {advice}").format(
                        n=problem.number, why=plain(problem.message), advice=plain(problem.advice)
                    ),
                    "$error",
                )
            )
        for row in preview.rows:
            count = len(row.tokens)
            carry = sum(1 for _text, loss in row.tokens if loss)
            head = _("row {n}").format(n=row.number)
            if count:
                head += _(" · {count} tokens, {carry} carry loss").format(count=count, carry=carry)
            if row.cut:
                head += _(" · cut at the longest length")
            parts.append(Content.assemble((head, "bold"), "\n", row_text(row).rstrip("\n"), "\n"))
        self.query_one(Static).update(Content("\n").join(parts))
        self.scroll_home(animate=False)
