"""Rows of coloured text, drawn with as little work as a terminal can be asked for.

A `Static` lays out, wraps and measures each time it changes; while steps fly that is what a key
press would wait for. Rows here are cut to the width and nothing else.
"""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

Span = tuple[str, str]
"""Text, and the name of its look (a component class without its prefix; empty is plain)."""
Row = list[Span]

LOOKS = ("label", "strong", "accent", "good", "warning", "bad", "rule",
         "edge", "area", "thin", "mark", "mark-inside")  # fmt: skip


class Lines(Widget):
    """Shows rows; only those that changed are drawn again."""

    DEFAULT_CSS = """
    Lines { height: 1; }
    Lines > .lines--label { color: $text-muted; }
    Lines > .lines--strong { text-style: bold; }
    Lines > .lines--accent { color: $accent; }
    Lines > .lines--good { color: $success; }
    Lines > .lines--warning { color: $warning; }
    Lines > .lines--bad { color: $error; }
    Lines > .lines--rule { color: $border-blurred; }
    Lines > .lines--edge { color: $primary; }
    Lines > .lines--area { color: $primary 30%; }
    Lines > .lines--thin { color: $primary 55%; }
    Lines > .lines--mark { color: $warning; text-style: bold; }
    Lines > .lines--mark-inside { color: $warning; background: $primary 30%; }
    """
    COMPONENT_CLASSES = {f"lines--{look}" for look in LOOKS}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[Row] = []
        self._styles: dict[str, Style] = {}

    @property
    def text(self) -> str:
        """What is shown, as plain lines."""
        return "\n".join("".join(text for text, _look in row).rstrip() for row in self._rows)

    def show(self, rows: list[Row]) -> None:
        """Show other rows."""
        before, self._rows = self._rows, rows
        if len(before) != len(rows):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def notify_style_update(self) -> None:
        """Another theme: looks are asked for anew."""
        self._styles.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One row, cut or filled to the width."""
        width, plain = self.size.width, self.rich_style
        if y >= len(self._rows):
            return Strip.blank(width, plain)
        strip = Strip([Segment(text, self._style(look)) for text, look in self._rows[y] if text])
        return strip.adjust_cell_length(width, plain)

    def _style(self, look: str) -> Style:
        if not look:
            return self.rich_style
        style = self._styles.get(look)
        if style is None:
            style = self._styles[look] = self.get_component_rich_style(f"lines--{look}")
        return style
