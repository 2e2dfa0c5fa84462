"""How the rows are read: every reading that is possible, its columns, and rows read so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from engine.data.formats import FORMATS
from engine.data.preview import Preview, PreviewProblem, PreviewRow
from engine.data.recognition import Candidate, Recognition
from engine.data.rows import Kind
from engine.errors import Problem
from engine.recipe import AUTO, Data
from engine.words import _
from tui.choice_list import ChoiceList, Row
from tui.safe_text import plain, plain_lines
from tui.wizard.data.columns import ColumnRow, ColumnsForm
from tui.wizard.preview import read_problem, read_row

SHOWN_ROWS = 3
SHOWN_LETTERS = 400


def read_recognition(answer: dict[str, Any]) -> Recognition:
    """The host's answer as a value."""
    candidates = tuple(_candidate(one) for one in answer["candidates"])
    chosen, question = answer.get("chosen"), answer.get("question")
    return Recognition(
        source=str(answer["source"]),
        found=tuple(answer["found"]),
        candidates=candidates,
        chosen=None if chosen is None else _candidate(chosen),
        question=None if question is None else Problem(**question),
    )


def _candidate(answer: dict[str, Any]) -> Candidate:
    given = dict(answer)
    given["unread"] = tuple(given["unread"])
    given["rows"] = tuple(read_row(row) for row in given["rows"])
    given["problems"] = tuple(read_problem(problem) for problem in given["problems"])
    return Candidate(**given)


class ReadingPane(VerticalScroll, can_focus=False):
    """Moving onto a reading takes it; its columns can be changed one by one."""

    BINDINGS = [
        Binding("x", "as_recognized", _("As recognized"),
                tooltip=_("Forget the chosen reading: recognize the rows again"), show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ReadingPane { width: 1fr; height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
    ReadingPane Static { height: auto; }
    ReadingPane ChoiceList { max-height: 8; }
    ReadingPane #reading-said { color: $text-muted; }
    ReadingPane #reading-said.-asks { color: $warning; }
    ReadingPane ColumnsForm { padding-left: 2; }
    """

    @dataclass
    class Chosen(Message):
        """A reading, or other columns for one."""

        format: str
        columns: dict[str, str]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found: Recognition | None = None
        self._data = Data()
        self._kind: Kind | None = None

    def compose(self) -> ComposeResult:
        yield Static("", id="reading-said", markup=False)
        yield ChoiceList(id="readings")
        yield ColumnsForm(id="reading-columns")
        yield Static("", id="reading-rows", markup=False)

    @property
    def asks(self) -> bool:
        """Whether the person has to choose before rows can be read."""
        return self._found is not None and self._found.chosen is None and self._data.format == AUTO

    def show(
        self,
        found: Recognition | None,
        data: Data,
        kind: Kind | None,
        preview: Preview | None,
        problem: Problem | None,
    ) -> None:
        """What is known of the source; `preview` and `problem` are about the recipe as it is."""
        self._found, self._data, self._kind = found, data, kind
        said = self.query_one("#reading-said", Static)
        said.set_class(self.asks, "-asks")
        said.update(self._said(problem))
        rows = self._rows()
        listing = self.query_one("#readings", ChoiceList)
        listing.set_rows(rows, self._format(rows))
        self._show_columns()
        self._show_rows(preview, problem)

    def _said(self, problem: Problem | None) -> str:
        found = self._found
        if found is None:
            return plain(problem) if problem is not None else _("Reading the first rows…")
        if self.asks and found.question is not None:
            how = _("Enter takes the marked reading, moving takes another.")
            return f"▲ {plain(found.question)}\n  {how}"
        # Of a mixture the first set speaks for all of them.
        of = f"{plain(found.source)}: " if len(self._data.all_sources()) > 1 else ""
        if self._data.format != AUTO:
            return of + _("Read as you chose; x recognizes the rows again.")
        return of + _("Recognized by its columns: {columns}.").format(
            columns=plain(", ".join(found.found))
        )

    # --- readings ------------------------------------------------------------------------------

    def _rows(self) -> list[Row]:
        found = self._found
        if found is None:
            return []
        rows = [
            Row(
                one.format,
                one.format,
                _("a guess: {what}").format(what=one.summary) if one.guessed else one.summary,
                (_("{n} of {m}").format(n=one.usable, m=one.looked_at),),
                reason=self._reason(one.kind),
            )
            for one in found.candidates
        ]
        known = {row.id for row in rows}
        if not any(row.reason is None for row in rows) or self._data.format not in {AUTO, *known}:
            # Nothing fits: any format can be chosen and its columns told one by one.
            rows += [
                Row(entry.name, entry.name, entry.summary, ("–",))
                for entry in FORMATS
                if entry.name not in known and self._kind in (None, entry.kind)
            ]
        return rows

    def _reason(self, kind: Kind) -> str | None:
        if self._kind is None or kind == self._kind:
            return None
        return _("its rows are for another stage: {kind}").format(kind=kind)

    def _format(self, rows: Sequence[Row]) -> str | None:
        """The reading that is shown: chosen, recognized, or the first that can be chosen."""
        if self._data.format != AUTO:
            return self._data.format
        if self._found is not None and self._found.chosen is not None:
            return self._found.chosen.format
        return next((row.id for row in rows if row.reason is None), None)

    @property
    def _shown_format(self) -> str | None:
        return self.query_one("#readings", ChoiceList).chosen

    def _candidate(self, name: str | None) -> Candidate | None:
        found = self._found
        if found is None:
            return None
        return next((one for one in found.candidates if one.format == name), None)

    @on(ChoiceList.Chosen)
    def _moved(self, message: ChoiceList.Chosen) -> None:
        message.stop()
        self._take(message.id)

    @on(ChoiceList.Entered)
    def _entered(self, message: ChoiceList.Entered) -> None:
        if self.asks:
            message.stop()
            self._take(message.id)

    def _take(self, name: str) -> None:
        candidate = self._candidate(name)
        self.post_message(self.Chosen(name, dict(candidate.columns) if candidate else {}))

    def action_as_recognized(self) -> None:
        """Recognize the rows again."""
        self.post_message(self.Chosen(AUTO, {}))

    # --- columns -------------------------------------------------------------------------------

    def _show_columns(self) -> None:
        name = self._shown_format
        form = self.query_one(ColumnsForm)
        if name is None or name not in FORMATS or self._found is None:
            form.show((), (), {})
            return
        candidate = self._candidate(name)
        mapping = dict(candidate.columns) if candidate is not None else {}
        if self._data.format == name and self._data.columns:
            mapping = dict(self._data.columns)
        elif self._data.format == AUTO:
            mapping |= self._data.columns
        form.show(FORMATS.get(name).fields, self._found.found, mapping)

    @on(ColumnRow.Changed)
    def _column_changed(self, message: ColumnRow.Changed) -> None:
        message.stop()
        name = self._shown_format
        if name is None:
            return
        columns = self.query_one(ColumnsForm).mapping
        columns.pop(message.field, None)
        if message.column is not None:
            columns[message.field] = message.column
        self.post_message(self.Chosen(name, columns))

    # --- rows ----------------------------------------------------------------------------------

    def _show_rows(self, preview: Preview | None, problem: Problem | None) -> None:
        missing = self.query_one(ColumnsForm).missing
        words: Content
        if self._found is None:
            words = Content("")
        elif missing and self._data.format != AUTO:
            words = Content.styled(
                _("Choose a column for: {fields}.").format(fields=", ".join(missing)), "$warning"
            )
        elif self.asks:
            one = self._candidate(self._shown_format)
            words = rows_as_read(one.rows, one.problems) if one else Content("")
        elif problem is not None:
            words = Content.styled(f"✗ {plain(problem)}", "$error")
        elif preview is not None:
            words = rows_as_read(preview.rows, preview.problems)
        else:
            words = Content("")
        self.query_one("#reading-rows", Static).update(words)


def rows_as_read(
    rows: Sequence[PreviewRow], problems: Sequence[PreviewProblem], most: int = SHOWN_ROWS
) -> Content:
    """Some rows by their turns, then some that cannot be used."""
    parts: list[Content] = []
    for row in rows[:most]:
        parts.append(Content.styled(_("row {n}").format(n=row.number), "bold"))
        if row.text:
            parts.append(Content("  " + _brief(row.text)))
        for turn in row.turns:
            said = ("  " + _brief(turn.content), "")
            parts.append(Content.assemble((f"  {plain(turn.role)}:", "$accent"), said))
    for problem in problems[:most]:
        text = _("✗ row {n}: {why}").format(n=problem.number, why=plain(problem.message))
        parts.append(Content.styled(text, "$error"))
    return Content("\n").join(parts)


def _brief(text: str) -> str:
    shown = plain_lines(text[:SHOWN_LETTERS]).replace("\n", " ↵ ")
    return shown + ("…" if len(text) > SHOWN_LETTERS else "")
