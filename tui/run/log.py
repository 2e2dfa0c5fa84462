"""The run's story as a log that is written in batches."""

import datetime

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.color import Color
from textual.widgets import RichLog

from engine.words import _
from tui.run.state import LOG_LINES
from tui.run.story import LogLine
from tui.safe_text import plain_lines

SIGNS = {"good": ("✓", "success"), "warning": ("!", "warning"), "error": ("✗", "error")}


class RunLog(RichLog):
    """Time, sign, words; only the sign is coloured."""

    BINDINGS = [
        Binding("j", "scroll_down", _("Down"), show=False),
        Binding("k", "scroll_up", _("Up"), show=False),
        Binding("g", "scroll_home", _("First"), show=False),
        Binding("G", "scroll_end", _("Last"), show=False),
    ]

    DEFAULT_CSS = """
    RunLog {
        height: 1fr; padding: 0 1; background: $background; overflow-y: auto;
        overflow-x: hidden; scrollbar-gutter: stable;
        border-top: solid $border-blurred; scrollbar-size-vertical: 1;
    }
    RunLog:focus { background-tint: transparent; border-top: solid $accent; }
    """

    def __init__(self) -> None:
        super().__init__(max_lines=LOG_LINES, wrap=True, markup=False, min_width=20)
        self._last = 0

    def show(self, lines: tuple[LogLine, ...]) -> None:
        """Write the lines that are not there yet, in one batch."""
        new = [line for line in lines if line.number > self._last]
        if new:
            self._last = new[-1].number
            self.write(Text("\n").join(self._text(line) for line in new))

    def _text(self, line: LogLine) -> Text:
        sign, colour = SIGNS.get(line.kind, (" ", "foreground"))
        clock = datetime.datetime.fromtimestamp(line.at).strftime("%H:%M:%S")
        text = Text(f"{clock} ", style=self._style("text-muted"))
        text.append(f"{sign} ", style=self._style(colour))
        text.append(plain_lines(line.text), style=self._style("foreground"))
        return text

    def _style(self, variable: str) -> Style:
        value = self.app.theme_variables.get(variable, "")
        try:
            return Style.from_color(Color.parse(value).rich_color)
        except ValueError:
            return Style.null()
