"""Sending a terminal only the cells that changed.

Textual sends a refreshed region again whole, changed or not, which on a slow line is what a
person waits for. Here the app keeps what the terminal shows and writes the difference.
"""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

GAP = 6
"""Unchanged cells between two changed ones that cost less to send than to skip."""

Cell = tuple[str, Style | None]
Row = list[Cell | None]
"""What a line of the terminal shows, cell by cell; None is not known."""


class ShownFrame:
    """What the terminal shows."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}

    def forget(self) -> None:
        """The terminal may show anything: everything is sent again."""
        self._rows.clear()

    def difference(self, update: CompositorUpdate, console: Console) -> str:
        """What to write so that the terminal shows `update`, and remember it as shown."""
        if isinstance(update, LayoutUpdate):
            return self._whole(update, console)
        assert isinstance(update, ChopsUpdate)
        written: list[str] = []
        for y, first, end in update.spans:
            row = self._rows.get(y)
            for x, strip in _pieces(update, y, first, end):
                cells = _cells(strip)
                if row is None or cells is None or len(row) < x + len(cells):
                    self._rows.pop(y, None)
                    row = None
                    written.append(_at(x, y) + strip.render(console))
                    continue
                for start, stop in _changes(row[x : x + len(cells)], cells):
                    written.append(_at(x + start, y) + _write(cells[start:stop], console))
                row[x : x + len(cells)] = cells
        return "".join(written)

    def _whole(self, update: LayoutUpdate, console: Console) -> str:
        self.forget()
        for y, line in enumerate(update.strips, update.region.y):
            row: Row = [None] * update.region.x
            known = True
            for strip in line:
                cells = _cells(strip)
                known = known and cells is not None
                row += cells or []
            if known:
                self._rows[y] = row
        return update.render_segments(console)


class Prepared(CompositorUpdate):
    """An update whose text is known already."""

    def __init__(self, text: str) -> None:
        self._text = text

    def render_segments(self, console: Console) -> str:
        """The text."""
        return self._text


class FrugalApp(App[None]):
    """An app that writes only what changed. Put it in the place of `App`."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._shown = ShownFrame()

    def _suspend_signal(self) -> None:
        self._shown.forget()
        super()._suspend_signal()

    def _display(self, screen: Screen, renderable: RenderableType | None) -> None:
        driver = self._driver
        drawn = (
            isinstance(renderable, (LayoutUpdate, ChopsUpdate))
            and not self._batch_count
            and self._running
            and not self._closed
            and not self.is_headless
            and driver is not None
            and not driver.is_inline
        )
        if drawn:
            assert isinstance(renderable, CompositorUpdate)
            text = self._shown.difference(renderable, self.console)
            cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
            if not text and cursor == self._previous_cursor_position:
                self.post_display_hook()
                return
            renderable = Prepared(text)
        super()._display(screen, renderable)


def _pieces(update: ChopsUpdate, y: int, first: int, end: int) -> Iterator[tuple[int, Strip]]:
    """The strips of one span, cut to it on the right as Textual does."""
    for chop_end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
        if strip is None or x >= end or chop_end <= first:
            continue
        yield x, strip if chop_end <= end else strip.crop(0, end - x)


def _cells(strip: Strip) -> list[Cell] | None:
    """One entry a cell; None where a character is not one cell wide, or moves the cursor."""
    cells: list[Cell] = []
    for text, style, control in strip:
        if control:
            return None
        if not text.isascii() and (
            cell_len(text) != len(text) or any(cell_len(char) != 1 for char in text)
        ):
            return None
        cells.extend((char, style) for char in text)
    return cells


def _changes(old: Row, new: Iterable[Cell]) -> Iterator[tuple[int, int]]:
    """Where `new` differs from `old`, as half-open ranges with small gaps bridged."""
    start: int | None = None
    stop = 0
    for place, (before, now) in enumerate(zip(old, new, strict=True)):
        if before == now:
            continue
        if start is None:
            start = place
        elif place - stop > GAP:
            yield start, stop
            start = place
        stop = place + 1
    if start is not None:
        yield start, stop


def _write(cells: list[Cell], console: Console) -> str:
    """Cells as terminal text, one colour sequence for each run of one style."""
    segments: list[Segment] = []
    text, style = "", None
    for char, own in cells:
        if text and own != style:
            segments.append(Segment(text, style))
            text = ""
        text, style = text + char, own
    segments.append(Segment(text, style))
    return Strip(segments).render(console)


def _at(x: int, y: int) -> str:
    return Control.move_to(x, y).segment.text
