"""The newest runs under the menu of the first screen."""

import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from engine.words import _
from tui.background import Done, background
from tui.choice_list import ChoiceList, Row

if TYPE_CHECKING:
    from engine.runs import RunSummary

SHOWN = 4
AGAIN_SECONDS = 5.0
"""How often runs that are on are looked at."""
ON = {"queued", "running", "paused"}


class LatestRuns(Vertical):
    """A few runs, newest first; hidden while there are none."""

    DEFAULT_CSS = """
    LatestRuns { height: auto; margin-top: 1; display: none; }
    LatestRuns.-some { display: block; }
    LatestRuns #latest-title { color: $text-muted; }
    """

    def compose(self) -> ComposeResult:
        yield Static(_("Latest runs"), id="latest-title", markup=False)
        yield ChoiceList(id="latest")

    def on_mount(self) -> None:
        self._directories: dict[str, str] = {}
        self._timer = self.set_interval(AGAIN_SECONDS, self.read, pause=True)

    def read(self) -> None:
        """Look at the runs, off the event loop."""
        background(self, "latest", _newest)

    def pause(self) -> None:
        """Another screen is open."""
        self._timer.pause()

    def directory(self, run: str) -> str | None:
        """Where a run of the list lies."""
        return self._directories.get(run)

    @on(Done)
    def _read(self, message: Done) -> None:
        message.stop()
        summaries: list[RunSummary] = message.value or []
        self._directories = {summary.id: summary.directory for summary in summaries}
        entries = self.query_one(ChoiceList)
        rows = [_row(summary) for summary in summaries]
        entries.set_rows(rows, entries.chosen or (rows[0].id if rows else None))
        self.set_class(bool(rows), "-some")
        if self.screen.is_current and any(summary.state in ON for summary in summaries):
            self._timer.resume()
        else:
            self._timer.pause()


def _newest() -> "list[RunSummary]":
    from engine.runs import all_runs, summarize

    return [summarize(run) for run in all_runs()[:SHOWN]]


def _row(summary: "RunSummary") -> Row:
    from tui.run.amounts import figure
    from tui.run.states import look

    seen = look(summary.state)
    state = f"{seen.sign} {seen.words}".ljust(10)
    loss = _("loss {n}").format(n=figure(summary.loss, 3)) if summary.loss is not None else ""
    when = ""
    if summary.started is not None:
        then = datetime.datetime.fromtimestamp(summary.started)
        today = then.date() == datetime.date.today()
        when = then.strftime("%H:%M" if today else "%Y-%m-%d")
    words = [state, loss.ljust(10), when.ljust(10), summary.model]
    return Row(summary.id, summary.name or summary.id, "  ".join(words).rstrip())
