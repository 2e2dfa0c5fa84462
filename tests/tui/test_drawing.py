"""What the terminal shows is the same with and without sending only differences."""

import io
import re

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input, Label, RichLog, Static

from tui.drawing import ShownFrame

CONSOLE = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")
SEQUENCE = re.compile(r"\x1b\[(?P<numbers>[0-9;?]*)(?P<kind>[a-zA-Z])")


class Screenful:
    """A terminal that knows what Textual uses: moving, colours and text."""

    def __init__(self, width: int, height: int) -> None:
        self.cells = [[(" ", "")] * width for _row in range(height)]

    def write(self, text: str) -> int:
        """Show what was sent; returns its bytes."""
        x = y = place = 0
        style = ""
        for match in SEQUENCE.finditer(text):
            x = self._put(text[place : match.start()], x, y, style)
            place = match.end()
            if match["kind"] == "H":
                row, column = match["numbers"].split(";")
                y, x = int(row) - 1, int(column) - 1
            elif match["kind"] == "m":
                style = "" if match["numbers"] == "0" else match["numbers"]
        self._put(text[place:], x, y, style)
        return len(text.encode())

    def _put(self, text: str, x: int, y: int, style: str) -> int:
        for char in text.replace("\n", ""):
            self.cells[y][x] = (char, style)
            x += 1
        return x


def line(text: str, style: Style | None = None) -> Strip:
    return Strip([Segment(text, style)], len(text))


def layout(rows: list[str]) -> LayoutUpdate:
    return LayoutUpdate([[line(row)] for row in rows], Region(0, 0, len(rows[0]), len(rows)))


def update(y: int, x: int, strip: Strip, first: int, end: int) -> ChopsUpdate:
    return ChopsUpdate(
        [{x: strip} if row == y else {} for row in range(y + 1)],
        [(y, first, end)],
        [[x + strip.cell_length] for _row in range(y + 1)],
    )


def test_the_first_picture_is_sent_whole() -> None:
    frame, terminal = ShownFrame(), Screenful(5, 2)
    terminal.write(frame.difference(layout(["abcde", "fghij"]), CONSOLE))
    assert "".join(char for char, _style in terminal.cells[1]) == "fghij"


def test_the_same_row_again_sends_nothing() -> None:
    frame = ShownFrame()
    frame.difference(layout(["abcde", "fghij"]), CONSOLE)
    assert frame.difference(update(1, 0, line("fghij"), 0, 5), CONSOLE) == ""


def test_only_what_changed_is_sent_where_it_belongs() -> None:
    frame, terminal = ShownFrame(), Screenful(30, 1)
    terminal.write(frame.difference(layout(["a" * 30]), CONSOLE))
    row = "a" * 3 + "b" + "a" * 20 + "c" + "a" * 5
    sent = terminal.write(frame.difference(update(0, 0, line(row), 0, 30), CONSOLE))
    assert "".join(char for char, _style in terminal.cells[0]) == row
    assert sent < 30


def test_a_change_of_colour_alone_is_a_change() -> None:
    frame, terminal = ShownFrame(), Screenful(3, 1)
    terminal.write(frame.difference(layout(["abc"]), CONSOLE))
    red = Strip([Segment("ab", None), Segment("c", Style.parse("red"))], 3)
    terminal.write(frame.difference(update(0, 0, red, 0, 3), CONSOLE))
    assert terminal.cells[0][2] == ("c", "31")
    assert terminal.cells[0][1] == ("b", "")


def test_rows_with_wide_or_combining_characters_are_sent_whole() -> None:
    frame = ShownFrame()
    frame.difference(layout(["abcd"]), CONSOLE)
    wide = Strip([Segment("漢b ")], 4)
    for _time in range(2):
        assert "漢b " in frame.difference(update(0, 0, wide, 0, 4), CONSOLE)
    assert "abcd" in frame.difference(update(0, 0, line("abcd"), 0, 4), CONSOLE)


def test_a_span_that_ends_inside_a_strip_is_cut_there() -> None:
    frame, terminal = ShownFrame(), Screenful(6, 1)
    terminal.write(frame.difference(layout(["abcdef"]), CONSOLE))
    terminal.write(frame.difference(update(0, 0, line("ABCDEF"), 0, 3), CONSOLE))
    assert "".join(char for char, _style in terminal.cells[0]) == "ABCdef"


def test_after_forgetting_everything_is_sent_again() -> None:
    frame = ShownFrame()
    frame.difference(layout(["abc"]), CONSOLE)
    frame.forget()
    assert "abc" in frame.difference(update(0, 0, line("abc"), 0, 3), CONSOLE)


class Busy(App[None]):
    """Widgets of the kinds that move."""

    CSS = "RichLog { height: 4; } Label { color: red; }"

    def compose(self) -> ComposeResult:
        yield Label("label 0", markup=False)
        yield Static("static", markup=False)
        yield RichLog(markup=False)
        yield Input()


@pytest.mark.parametrize("size", [(40, 12), (81, 25)])
async def test_a_terminal_shows_the_same_as_when_all_is_sent(size: tuple[int, int]) -> None:
    """Feed one app's pictures to two terminals, one through the frame."""
    app = Busy()
    frame = ShownFrame()
    plain, frugal = Screenful(*size), Screenful(*size)
    sent_plain = sent_frugal = 0
    async with app.run_test(size=size) as pilot:
        compositor = app.screen._compositor
        original = type(compositor).render_update

        def both(full: bool = False) -> None:
            nonlocal sent_plain, sent_frugal
            picture = original(compositor, full=full)
            if picture is not None:
                sent_plain += plain.write(picture.render_segments(CONSOLE))  # type: ignore[union-attr]
                sent_frugal += frugal.write(frame.difference(picture, CONSOLE))  # type: ignore[arg-type]

        compositor.render_update = lambda full=False, **_rest: both(full)  # type: ignore[method-assign]
        both(full=True)
        for number in range(12):
            app.query_one(Label).update(f"label {number * number}")
            app.query_one(Static).update("—" * number + "▁▂▃" + " " * 3 + str(number), layout=False)
            app.query_one(RichLog).write(
                f"line {number} 漢" if number % 4 == 3 else f"line {number}"
            )
            await pilot.press("x" if number % 3 else "backspace")
            await pilot.pause(0.05)
        both()
    assert frugal.cells == plain.cells
    assert sent_frugal < sent_plain
