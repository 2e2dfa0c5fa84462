"""Tokens one a line: place, id, whether it carries loss, and its text; any number of them."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from engine.data.preview import PreviewRow
from engine.words import _
from tui.safe_text import plain

LOSS, NO_LOSS = "●", " "
_SIGNS = {"\n": "↵", "\t": "⇥", "\r": "␍"}


def visible(text: str) -> str:
    """A token in quotes, with its line breaks and controls as signs."""
    return '"' + plain("".join(_SIGNS.get(char, char) for char in text)) + '"'


SCROLLING: list[BindingType] = [
    Binding("down,j", "scroll_down", _("Down"), show=False),
    Binding("up,k", "scroll_up", _("Up"), show=False),
    Binding("pagedown,space", "page_down", _("Page down"), show=False),
    Binding("pageup", "page_up", _("Page up"), show=False),
]
"""Up and down only: left and right go from row to row."""


class TokenTable(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws only the lines that are seen."""

    BINDINGS = SCROLLING
    COMPONENT_CLASSES = {"tokens--head", "tokens--loss", "tokens--rest"}

    DEFAULT_CSS = """
    TokenTable { height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; overflow-x: hidden; }
    TokenTable > .tokens--head { color: $text-muted; text-style: bold; }
    TokenTable > .tokens--loss { color: $accent; text-style: bold; }
    TokenTable > .tokens--rest { color: $text-muted; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._row: PreviewRow | None = None
        self._widths = (1, 2)

    @property
    def hint(self) -> str:
        """What the columns are."""
        return _("Place, id, ● where it carries loss, text.")

    def show(self, row: PreviewRow | None) -> None:
        """Show another row, from its first token on."""
        self._row = row
        tokens = row.tokens if row is not None else ()
        ids = row.ids if row is not None else ()
        self._widths = (len(str(len(tokens))), max([2, *(len(str(one)) for one in ids)]))
        self.virtual_size = Size(1, len(tokens) + 1)
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        place = self.scroll_offset.y + y
        places, ids = self._widths
        row = self._row
        if row is None or place > len(row.tokens):
            return Strip.blank(width, self.rich_style)
        if place == 0:
            style = self.get_component_rich_style("tokens--head")
            words = _("loss")
            text = f"{'#':>{places}}  {'id':>{ids}}  {words}  {_('token')}"
        else:
            token, loss = row.tokens[place - 1]
            identity = row.ids[place - 1] if place <= len(row.ids) else ""
            style = self.get_component_rich_style("tokens--loss" if loss else "tokens--rest")
            mark = (LOSS if loss else NO_LOSS).center(cell_len(_("loss")))
            text = f"{place:>{places}}  {identity:>{ids}}  {mark}  {visible(token)}"
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)
