"""The list of all runs."""

import datetime
import time
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.coordinate import Coordinate
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import DataTable, Footer, Input, Static

from engine.runs import RunSummary
from engine.words import _, ngettext
from tui.background import Done, background
from tui.choice_list import Row
from tui.line_input import LineInput
from tui.run.amounts import brief_bytes, figure, whole_seconds
from tui.run.leave import Question
from tui.run.screen import RunScreen
from tui.run.states import look
from tui.safe_text import plain, plain_lines
from tui.sessions import keeping
from tui.sessions.again import keep_as_preset, replay, resume
from tui.sessions.listing import RunList, directory, matches

REFRESH_SECONDS = 2.0
WIDE = 150
"""Columns of the terminal from which all of a run is shown."""
FIRST_RUNS = 40
"""So many are read before anything is shown, the rest after."""
DELETE = "delete"


@dataclass(frozen=True)
class Column:
    """One column; `wide` is its width where there is room, `width` None only shows it there."""

    key: str
    words: str
    width: int | None
    wide: int
    number: bool = False


COLUMNS = (
    Column("state", _("state"), 10, 10),
    Column("name", _("name"), 18, 28),
    Column("how", _("how"), 12, 16),
    Column("model", _("model"), None, 40),
    Column("step", _("step"), 11, 13, number=True),
    Column("loss", _("loss"), 6, 8, number=True),
    Column("eval", _("eval"), 6, 8, number=True),
    Column("time", _("time"), None, 9, number=True),
    Column("started", _("started"), None, 16),
)


class SessionsScreen(Screen[None]):
    """Every run, newest first; the ones that go on are kept up to date."""

    BINDINGS = [
        Binding("enter", "open", _("Open"), tooltip=_("Attach to it, or look at what it left")),
        Binding("r", "resume", _("Resume"), tooltip=_("Go on from the last checkpoint")),
        Binding("y", "replay", _("Replay"), tooltip=_("Run the same recipe again")),
        Binding("v", "preset", _("Preset"), tooltip=_("Keep its recipe as a preset")),
        Binding("x", "delete", _("Delete"), tooltip=_("Delete the run and its files")),
        Binding("slash", "filter", _("Filter"), tooltip=_("Show only runs with these words")),
        Binding("j", "move(1)", _("Down"), show=False),
        Binding("k", "move(-1)", _("Up"), show=False),
        Binding("g", "end(-1)", _("First"), show=False),
        Binding("G", "end(1)", _("Last"), show=False),
        Binding("escape", "back", _("Back"), show=False),
    ]
    HELP = _("All runs of this home, newest first. A run that is on can be watched and left.")
    AUTO_FOCUS = "DataTable"

    DEFAULT_CSS = """
    SessionsScreen #head { height: 1; padding: 0 1; }
    SessionsScreen #title { width: 1fr; text-style: bold; }
    SessionsScreen #count { width: auto; color: $text-muted; }
    SessionsScreen DataTable {
        height: 1fr; background: $background; scrollbar-size-vertical: 1; margin-top: 1;
    }
    SessionsScreen DataTable:focus { background-tint: transparent; }
    SessionsScreen DataTable > .datatable--header {
        background: $background; color: $text-muted; text-style: none;
    }
    SessionsScreen DataTable > .datatable--cursor { text-style: bold; }
    SessionsScreen #details { height: 2; padding: 0 1; color: $text-muted; }
    SessionsScreen Input { display: none; background: $surface; }
    SessionsScreen.-filter Input { display: block; }
    SessionsScreen #none { display: none; padding: 1 1; height: 1fr; color: $text-muted; }
    SessionsScreen.-none #none { display: block; }
    SessionsScreen.-none DataTable { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._list = RunList()
        self._all: list[RunSummary] = []
        self._shown: list[RunSummary] = []
        self._cells: dict[str, list[Content]] = {}
        self._columns: dict[Column, int] = {}
        self._reading = False
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Head, filter, table, what is known of the chosen run."""
        with Horizontal(id="head"):
            yield Static(_("Sessions"), id="title", markup=False)
            yield Static("", id="count", markup=False)
        yield LineInput(placeholder=_("words of name, state, method, model"))
        yield DataTable(cursor_type="row", zebra_stripes=False)
        yield Static(
            _("There are no runs yet. The demo, on the first screen, makes one in a minute."),
            id="none",
            markup=False,
        )
        yield Static("", id="details", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read at once and then every two seconds."""
        self._reading = True
        background(self, "newest", lambda: self._list.read(FIRST_RUNS))
        self._timer = self.set_interval(REFRESH_SECONDS, self._read)

    def on_screen_suspend(self) -> None:
        """Nothing is read while another screen is open."""
        if self._timer is not None:
            self._timer.pause()

    def on_screen_resume(self) -> None:
        """Back: read again."""
        if self._timer is not None:
            self._read()
            self._timer.resume()

    def on_resize(self, event: events.Resize) -> None:
        """More columns where there is room."""
        wide = event.size.width >= WIDE
        columns = {c: c.wide if wide else c.width for c in COLUMNS}
        shown = {column: width for column, width in columns.items() if width}
        if shown != self._columns:
            self._columns = shown
            table = self.query_one(DataTable)
            table.clear(columns=True)
            for column, width in shown.items():
                words = column.words.rjust(width) if column.number else column.words
                table.add_column(words, width=width, key=column.key)
            self._cells = {}
            self._show()

    # --- reading and showing -------------------------------------------------------------------

    def _read(self) -> None:
        if not self._reading:
            self._reading = True
            background(self, "runs", self._list.read)

    @on(Done)
    def _done(self, message: Done) -> None:
        message.stop()
        if message.task in {"newest", "runs"}:
            self._reading = False
            if message.problem is not None:
                self._tell(str(message.problem), "error")
                return
            self._all = message.value
            self._show()
            if message.task == "newest" and len(self._all) == FIRST_RUNS:
                self._read()
        elif message.problem is not None:
            self._tell(str(message.problem), "error")
        elif message.task == "size":
            self._ask_to_delete(*message.value)
        elif message.task == "delete":
            self._read()

    def _show(self) -> None:
        words = self.query_one(Input).value
        shown = [s for s in self._all if matches(s, words)]
        table = self.query_one(DataTable)
        before = [s.id for s in self._shown] if self._cells else []
        if before != [s.id for s in shown[: len(before)]]:
            self._clear(table, shown)
            before = []
        self._update(table, shown[: len(before)])
        for summary in shown[len(before) :]:
            cells = self._cells[summary.id] = self._row(summary)
            table.add_row(*cells, key=summary.id)
        self._shown = shown
        running = sum(s.state in {"running", "paused", "queued"} for s in self._all)
        count = ngettext("{n} run", "{n} runs", len(self._all)).format(n=len(self._all))
        if running:
            count += _(" · {n} on").format(n=running)
        if words:
            count = _("{n} of ").format(n=len(shown)) + count
        self.query_one("#count", Static).update(count)
        self.set_class(not self._all, "-none")
        self._show_details()

    def _clear(self, table: DataTable, shown: list[RunSummary]) -> None:
        """Begin the table anew, and come back to the chosen run."""
        chosen = self.chosen
        table.clear()
        self._cells = {}
        places = [s.id for s in shown]
        if chosen is not None and chosen.id in places:
            row = places.index(chosen.id)
            self.call_after_refresh(lambda: table.move_cursor(row=row, animate=False))

    def _update(self, table: DataTable, shown: list[RunSummary]) -> None:
        for y, summary in enumerate(shown):
            cells = self._row(summary)
            if cells == self._cells[summary.id]:
                continue
            for x, (old, new) in enumerate(zip(self._cells[summary.id], cells, strict=True)):
                if old != new:
                    table.update_cell_at(Coordinate(y, x), new)
            self._cells[summary.id] = cells

    def _row(self, summary: RunSummary) -> list[Content]:
        seen = look(summary.state)
        total = f"/{summary.total_steps}" if summary.total_steps else ""
        values = {
            "state": Content.styled(f"{seen.sign} {seen.words}", seen.style),
            "name": Content(plain(summary.name or "–")),
            "how": Content.styled(f"{summary.stage} {summary.method}", "$text-muted"),
            "model": Content.styled(_tail(plain(summary.model), 40), "$text-muted"),
            "step": Content(f"{summary.step}{total}"),
            "loss": Content(figure(summary.loss, 3)),
            "eval": Content(figure(summary.eval_loss, 3)),
            "time": Content(whole_seconds(summary.seconds)),
            "started": Content.styled(_moment(summary.started), "$text-muted"),
        }
        return [
            values[column.key].pad_left(max(0, width - values[column.key].cell_length))
            if column.number
            else values[column.key]
            for column, width in self._columns.items()
        ]

    @property
    def chosen(self) -> RunSummary | None:
        """The run under the cursor."""
        table = self.query_one(DataTable)
        row = table.cursor_row
        return self._shown[row] if 0 <= row < min(len(self._shown), table.row_count) else None

    @on(DataTable.RowHighlighted)
    def _show_details(self) -> None:
        summary = self.chosen
        if summary is None:
            words = "" if not self._all else _("No run has these words.")
        else:
            words = "\n".join(
                (
                    f"{plain(summary.id)} · {plain(summary.model)}",
                    f"{_moment(summary.started)} · {whole_seconds(summary.seconds)}",
                )
            )
        self.query_one("#details", Static).update(words, layout=False)

    # --- keys ----------------------------------------------------------------------------------

    @on(DataTable.RowSelected)
    def action_open(self) -> None:
        """Attach to a run, or look at one that ended."""
        summary = self.chosen
        if summary is not None:
            self.app.push_screen(RunScreen(directory(summary), start=False))

    def action_resume(self) -> None:
        """Go on from the last checkpoint."""
        summary = self.chosen
        if summary is None:
            return
        if summary.state not in {"stopped", "failed", "lost"}:
            look_words = look(summary.state).words
            self._tell(_("This run is {state}: there is nothing to resume.").format(
                state=look_words), "warning")  # fmt: skip
            return
        resume(self, directory(summary))

    def action_replay(self) -> None:
        """Run the same recipe again."""
        summary = self.chosen
        if summary is not None:
            replay(self, directory(summary))

    def action_preset(self) -> None:
        """Keep the recipe as a preset."""
        summary = self.chosen
        if summary is not None:
            keep_as_preset(self, directory(summary), summary.name or summary.id)

    def action_delete(self) -> None:
        """Delete after a question that says how much it frees."""
        summary = self.chosen
        if summary is None:
            return
        if summary.state in {"running", "paused", "queued"}:
            self._tell(_("A run that is on cannot be deleted; stop it first."), "warning")
            return
        run = directory(summary)
        background(self, "size", lambda: (summary, keeping.bytes_on_disk(run)))

    def _ask_to_delete(self, summary: RunSummary, size: int) -> None:
        rows = [
            Row("stay", _("Keep it")),
            Row(DELETE, _("Delete"), _("frees {size}; it cannot be undone").format(
                size=brief_bytes(size))),
        ]  # fmt: skip

        def answered(answer: str | None) -> None:
            if answer == DELETE:
                run = directory(summary)
                background(self, "delete", lambda: keeping.delete(run))

        self.app.push_screen(Question(_("Delete this run?"), plain(summary.id), rows), answered)

    def action_filter(self) -> None:
        """Write words to filter by."""
        self.add_class("-filter")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _filter_changed(self) -> None:
        self._show()

    @on(Input.Submitted)
    def _filter_kept(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(DataTable).focus()

    def action_back(self) -> None:
        """Clear the filter, then go back."""
        if self.has_class("-filter"):
            self.query_one(Input).value = ""
            self.remove_class("-filter")
            self.query_one(DataTable).focus()
        else:
            self.dismiss()

    def action_move(self, rows: int) -> None:
        """Move by so many rows."""
        table = self.query_one(DataTable)
        table.move_cursor(row=table.cursor_row + rows, animate=False)

    def action_end(self, which: int) -> None:
        """Move to the first or last row."""
        table = self.query_one(DataTable)
        table.move_cursor(row=0 if which < 0 else table.row_count - 1, animate=False)

    def _tell(self, text: str, severity: str = "information") -> None:
        self.app.notify(plain_lines(text), severity=severity, markup=False)  # type: ignore[arg-type]


def _moment(at: float | None) -> str:
    if at is None:
        return "–"
    then = datetime.datetime.fromtimestamp(at)
    if time.time() - at < 20 * 3600:
        return then.strftime("%H:%M:%S")
    return then.strftime("%Y-%m-%d %H:%M")


def _tail(text: str, width: int) -> str:
    """The end of a long text: of a path it says most."""
    return text if len(text) <= width else "…" + text[1 - width :]
