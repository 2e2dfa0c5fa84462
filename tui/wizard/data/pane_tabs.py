"""A rule with the names of the panes below it; one of them is in front."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.safe_text import plain

RULE = "─"


@dataclass(frozen=True)
class PaneTab:
    """A pane's name, and what there is to know of it in a few words, in a colour of its own."""

    id: str
    title: str
    note: str = ""
    colour: str = "$text-muted"


class PaneTabs(Widget):
    """Shows `─ Preview · messages ── Check ✓ 102 rows ──────`; a click brings a pane forward."""

    DEFAULT_CSS = """
    PaneTabs { height: 1; color: $border-blurred; padding: 0 1; }
    """

    @dataclass
    class Picked(Message):
        """A name was clicked."""

        id: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tabs: tuple[PaneTab, ...] = ()
        self._front = ""

    def show(self, tabs: tuple[PaneTab, ...], front: str) -> None:
        """Draw these names; only a change is drawn."""
        if (tabs, front) != (self._tabs, self._front):
            self._tabs, self._front = tabs, front
            self.refresh()

    def render(self) -> Content:
        parts: list[Content] = []
        width = 0
        for tab in self._tabs:
            title, note = plain(tab.title), plain(tab.note)
            front = tab.id == self._front
            parts.append(Content(RULE + " "))
            parts.append(Content.styled(title, "bold $accent" if front else "$text-muted"))
            if note:
                parts.append(Content.assemble(" ", (note, tab.colour)))
            parts.append(Content(" "))
            width += self._width(tab)
        parts.append(Content(RULE * max(0, self.size.width - width)))
        return Content("").join(parts)

    def _width(self, tab: PaneTab) -> int:
        note = plain(tab.note)
        return 3 + cell_len(plain(tab.title)) + (1 + cell_len(note) if note else 0)

    def on_click(self, event: events.Click) -> None:
        x = event.x - self.styles.padding.left
        for tab in self._tabs:
            x -= self._width(tab)
            if x < 0:
                self.post_message(self.Picked(tab.id))
                return
