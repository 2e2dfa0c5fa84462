"""Nothing that a data set, a model or a file name says drives the terminal or the app."""

import re
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.content import Content
from textual.strip import Strip
from textual.widgets import (
    Collapsible,
    DataTable,
    DirectoryTree,
    Footer,
    Input,
    Markdown,
    OptionList,
    RichLog,
    Static,
    TextArea,
)

from tui import safe_text
from tui.choice_list import ChoiceList, Row
from tui.cycle import Cycle
from tui.safe_text import plain, plain_lines

PAYLOADS = {
    "clipboard": "a\x1b]52;c;ZXZpbA==\x07b",
    "title": "a\x1b]0;owned\x1b\\b",
    "colour": "a\x1b[31;5mb",
    "device control": "a\x1bP1$r0m\x1b\\b",
    "8-bit csi": "a\x9b31mb",
    "8-bit osc": "a\x9d52;c;ZXZpbA==\x9cb",
    "bell and backspace": "a\x07\x08\x08b",
    "delete": "a\x7fb",
    "bidi override": "a\u202egnp.exe\u202cb",
    "bidi isolate": "a\u2066x\u2069b",
    "null": "a\x00b",
    "carriage return": "safe\rgone",
    "half a character": "a\ud800b",
    "instruction tag": "a[/INST]b",
    "action": "[@click=app.exit]x[/]",
    "link": "[link=file:///etc/passwd]x[/link]",
    "unclosed": "[bold",
}
HOSTILE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Gallery(App[None]):
    """Every kind of widget that the app shows foreign text in."""

    def __init__(self, payload: str) -> None:
        safe_text.install()
        super().__init__()
        self.payload = payload
        self.acted = False

    def action_exit(self) -> None:
        self.acted = True

    def compose(self) -> ComposeResult:
        text = self.payload
        yield Static(text, markup=False)
        yield Static(Content(text))
        titled = Static("x", markup=False)
        titled.border_title = Content(text)  # type: ignore[assignment]
        titled.styles.border = ("round", "white")
        yield titled
        yield Input(text, placeholder=plain(text))
        yield Input(placeholder=plain(text))
        yield OptionList(Content(text), markup=False)
        yield ChoiceList([Row("a", text, text, (text,)), Row("b", "b", reason=text)], "a")
        yield Cycle([("a", text), ("b", "b")], "a")
        yield TextArea(text)
        with Collapsible(title=Content(plain(text))):  # type: ignore[arg-type]
            yield Static(plain_lines(text), markup=False)
        table: DataTable[Content] = DataTable()
        table.add_column("c")
        table.add_row(Content(text))
        yield table
        log = RichLog(markup=False)
        yield log
        yield Markdown(plain_lines(text))
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(RichLog).write(self.payload)
        self.notify(self.payload, markup=False)


def drawn(app: App[Any]) -> list[Segment]:
    return [segment for line in app.screen._compositor.render_strips() for segment in line]


@pytest.mark.parametrize("name", PAYLOADS)
async def test_no_control_reaches_the_screen_from_any_widget(name: str) -> None:
    app = Gallery(PAYLOADS[name])
    async with app.run_test(size=(60, 90), notifications=True) as pilot:
        await pilot.pause()
        segments = drawn(app)
        for segment in segments:
            assert not HOSTILE.search(segment.text), (name, segment)
            assert not (segment.style and segment.style.link), (name, segment)
        text = "".join(segment.text for segment in segments)
        assert "a" in text or "x" in text
        assert not app.acted


@pytest.mark.parametrize("name", PAYLOADS)
async def test_every_line_keeps_the_width_of_the_window(name: str) -> None:
    app = Gallery(PAYLOADS[name])
    async with app.run_test(size=(60, 90), notifications=True) as pilot:
        await pilot.pause()
        for line in app.screen._compositor.render_strips():
            width = sum(segment.cell_length for segment in line)
            assert width == 60, (name, line)


async def test_file_names_are_shown_not_obeyed(tmp_path: Any) -> None:
    (tmp_path / "a\x1b[31mred").write_text("x")
    (tmp_path / "b[@click=app.exit]x").write_text("x")

    class Files(App[None]):
        def compose(self) -> ComposeResult:
            yield DirectoryTree(tmp_path)

    safe_text.install()
    app = Files()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause(0.3)
        await pilot.pause()
        text = "".join(segment.text for segment in drawn(app))
        assert "[31mred" in text
        assert "[@click=app.exit]" in text
        assert not HOSTILE.search(text)


def test_what_a_label_says_stays_readable() -> None:
    assert "\x1b" not in plain("a\x1b[31mb")
    assert plain("a\x1b[31mb").startswith("a")
    assert plain("a\x1b[31mb").endswith("[31mb")
    assert plain("two\nlines") == "two lines"
    assert plain_lines("two\nlines") == "two\nlines"
    assert plain("中文 é 👩‍🔬") == "中文 é 👩‍🔬"


def test_a_link_that_carries_a_control_is_dropped() -> None:
    safe_text.install()
    strip = Strip([Segment("x", Style(link="http://a\x1b\\\x1b]52;c;eA==\x07"))])
    assert [segment.style.link for segment in strip if segment.style] == [None]


def test_plain_ascii_has_a_look_for_every_drawing_the_app_makes() -> None:
    safe_text.install(ascii_only=True)
    try:
        strip = Strip([Segment("› ━─ ● ○ ✓ ✗ ▲ … · × ‹ › ▶ ▼ │ ╭╮╰╯ █▂ ⠿")])
        assert strip.text.isascii()
        assert strip.cell_length == len(strip.text)
        assert Strip([Segment("中文")]).text == "中文"
    finally:
        safe_text.install()
