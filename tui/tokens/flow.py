"""A row as running text."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.tokens.table import SCROLLING


class TokenFlow(VerticalScroll, inherit_bindings=False):
    """A row as text, scrolled up and down."""

    BINDINGS = SCROLLING

    DEFAULT_CSS = """
    TokenFlow { width: 1fr; height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
    TokenFlow Static { height: auto; }
    """

    def compose(self) -> ComposeResult:
        yield Static("", markup=False)

    def show(self, words: Content, place: int | None) -> None:
        """Show other words, scrolled to a place in them."""
        self.query_one(Static).update(words)
        above = 0
        if place is not None:
            width = max(1, self.scrollable_content_region.width)
            above = max(0, len(words[:place].wrap(width)) - 3)
        self.scroll_to(y=above, animate=False)
