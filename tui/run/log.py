"""The run's story as a log that is written in batches."""

import datetime
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.widgets import RichLog

from engine.words import _
from tui.run.state import LOG_LINES
from tui.run.story import LogLine
from tui.safe_text import plain_lines

SIGNS = {"good": "✓", "warning": "!", "error": "✗"}


class RunLog(RichLog):
    """Time, sign, words; only the sign is coloured."""

    BINDINGS = [
        Binding("j", "scroll_down", _("Down"), show=False),
        Binding("k", "scroll_up", _("Up"), show=False),
        Binding("g", "scroll_home", _("First"), show=False),
        Binding("G", "scroll_end", _("Last"), show=False),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "log--clock", "log--good", "log--warning", "log--error", "log--words",
    }  # fmt: skip

    DEFAULT_CSS = """
    RunLog {
        height: 1fr; padding: 0 1; background: $background; overflow-y: auto;
        overflow-x: hidden; scrollbar-gutter: stable;
        border-top: solid $border-blurred; scrollbar-size-vertical: 1;
    }
    RunLog > .log--clock { color: $text-muted; }
    RunLog > .log--good { color: $success; }
    RunLog > .log--warning { color: $warning; }
    RunLog > .log--error { color: $error; }
    RunLog > .log--words { color: $foreground; }
    RunLog:focus { background-tint: transparent; border-top: solid $accent; }
    """

    def __init__(self) -> None:
        super().__init__(max_lines=LOG_LINES, wrap=True, markup=False, min_width=20)
        self._last = 0
        self._told: tuple[LogLine, ...] = ()
        self._width = 0

    def on_resize(self, event: events.Resize) -> None:
        """Wrap all lines anew where the width changed."""
        width = self.scrollable_content_region.width
        if width and width != self._width:
            self._width, self._last = width, 0
            self.clear()
        self.show(self._told)

    def show(self, lines: tuple[LogLine, ...]) -> None:
        """Write the lines that are not there yet, in one batch, once there is room for them."""
        self._told = lines
        if self.scrollable_content_region.width != self._width or not self._width:
            return  # hidden, or about to be laid out
        new = [line for line in lines if line.number > self._last]
        if new:
            self._last = new[-1].number
            self.write(Text("\n").join(self._text(line) for line in new))

    def _text(self, line: LogLine) -> Text:
        clock = datetime.datetime.fromtimestamp(line.at).strftime("%H:%M:%S")
        text = Text(f"{clock} ", style=self._style("clock"))
        sign = SIGNS.get(line.kind)
        text.append(f"{sign or ' '} ", style=self._style(line.kind if sign else "words"))
        text.append(plain_lines(line.text), style=self._style("words"))
        return text

    def _style(self, part: str) -> Style:
        # The stylesheet resolves every theme's colours, the terminal's own too.
        return self.get_component_rich_style(f"log--{part}", partial=True)
