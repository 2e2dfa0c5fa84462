"""A list to choose one from: the highlighted row is the chosen one, Enter goes on.

Rows are aligned in columns. A row that cannot be chosen stays in the list with its reason.
"""

from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from engine.words import _
from tui.safe_text import plain

MARKED = "› "
UNMARKED = "  "
LABEL = 8
"""Narrowest column of labels, so that short lists under each other align."""


@dataclass(frozen=True)
class Row:
    """One line: what it is called, cells in columns, a note, and why it cannot be chosen."""

    id: str
    label: str
    note: str = ""
    cells: tuple[str, ...] = ()
    reason: str | None = None


class ChoiceList(OptionList):
    """Rows of which one is chosen by moving onto it."""

    BINDINGS = [
        Binding("j", "cursor_down", _("Down"), show=False),
        Binding("k", "cursor_up", _("Up"), show=False),
        Binding("g", "first", _("First"), show=False),
        Binding("G", "last", _("Last"), show=False),
    ]

    DEFAULT_CSS = """
    ChoiceList {
        border: none; padding: 0; background: transparent; height: auto; max-height: 100%;
        text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
    }
    ChoiceList:focus { border: none; background-tint: transparent; }
    """

    @dataclass
    class Chosen(Message):
        """Another row is chosen now."""

        list: "ChoiceList"
        id: str

        @property
        def control(self) -> "ChoiceList":
            """The list."""
            return self.list

    @dataclass
    class Entered(Message):
        """Enter was pressed on a row, or it was clicked twice."""

        list: "ChoiceList"
        id: str

        @property
        def control(self) -> "ChoiceList":
            """The list."""
            return self.list

    def __init__(
        self, rows: list[Row] | None = None, chosen: str | None = None, *, id: str | None = None
    ) -> None:
        super().__init__(id=id, markup=False)
        self.rows: list[Row] = []
        self._silent: str | None = None
        if rows is not None:
            self.set_rows(rows, chosen)

    @property
    def chosen(self) -> str | None:
        """The id of the chosen row."""
        return None if self.highlighted is None else self.options[self.highlighted].id

    def row(self, row_id: str | None) -> Row | None:
        """The row of that id."""
        return next((row for row in self.rows if row.id == row_id), None)

    @property
    def hint(self) -> str:
        """The chosen row's note in full, for the line at the bottom."""
        row = self.row(self.chosen)
        return row.note if row is not None else ""

    def set_rows(self, rows: list[Row], chosen: str | None = None) -> None:
        """Replace all rows; nothing is announced."""
        if rows != self.rows:
            self.rows = list(rows)
            self.clear_options()
            self.add_options(self._options_of(rows))
        self.choose(chosen)

    def choose(self, row_id: str | None) -> None:
        """Mark a row without announcing it."""
        for index, row in enumerate(self.rows):
            if row.id == row_id:
                self._silent = row_id
                self.highlighted = index
                return
        self.highlighted = None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_id == self._silent:
            self._silent = None
            return
        self._silent = None
        if event.option_id is not None:
            self.post_message(self.Chosen(self, event.option_id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Entered(self, event.option_id))

    async def _on_click(self, event: events.Click) -> None:
        event.prevent_default()
        index = event.style.meta.get("option")
        if index is None or self.options[index].disabled:
            return
        self.highlighted = index
        if event.chain > 1:
            self.action_select()

    def _get_left_gutter_width(self) -> int:
        return len(MARKED)

    def render_line(self, y: int) -> Strip:
        line = super().render_line(y)
        number = self.scroll_offset.y + y
        if number >= len(self._lines):
            return line
        index, first = self._lines[number]
        style = next((segment.style for segment in line), None)
        mark = MARKED if index == self.highlighted and first == 0 else UNMARKED
        return Strip([Segment(mark, style), *line])

    def _options_of(self, rows: list[Row]) -> list[Option]:
        width = max([LABEL, *(len(plain(row.label)) for row in rows)])
        columns = max((len(row.cells) for row in rows), default=0)
        widths = [
            max(len(row.cells[n]) if n < len(row.cells) else 0 for row in rows)
            for n in range(columns)
        ]
        options = []
        for row in rows:
            cells = [cell.rjust(widths[n]) for n, cell in enumerate(row.cells)]
            head = "  ".join([plain(row.label).ljust(width), *cells])
            note = plain(row.note if row.reason is None else row.reason)
            options.append(
                Option(
                    Content.assemble(head, "  ", (note, "dim")) if note else Content(head),
                    id=row.id,
                    disabled=row.reason is not None,
                )
            )
        return options
