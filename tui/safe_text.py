"""The one place through which everything drawn passes, so that no text can drive the terminal.

Data, model answers and file names may hold escape sequences or characters that turn the reading
direction. Each of them is drawn as one visible character instead. With `--ascii` the same place
swaps the app's drawing characters for plain ones.
"""

import re
from collections.abc import Iterable

from rich.segment import Segment
from textual.strip import Strip

from engine import plain_text

HOSTILE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""C0 and C1 controls, DEL, direction controls, line separators and lone surrogates."""

_ASCII_LOOKS = {
    "─╌┄┈╍▔▁": "-",
    "│┃║╎┆┊▎▏▌▐▕": "|",
    "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝┏┓┗┛": "+",
    "█▉▊▋▓■▰▇▆": "#",
    "━═▒▅▄▪": "=",
    "░▱▃▂□": ".",
    "●◉": "*",
    "✓✔": "+",
    "○◌◦": "o",
    "·•∙–—−": "-",
    "›▸▶❯→»⇥": ">",
    "‹◂◀❮←«": "<",
    "▲↑▴": "^",
    "▼↓▾": "v",
    "×✗✕✂": "x",
    "⚠": "!",
    "…": "~",
    "“”": '"',
    "‘’": "'",
    "\u00a0": " ",
    "↵": "/",
}
_ASCII = {ord(fancy): simple for group, simple in _ASCII_LOOKS.items() for fancy in group}
_ASCII |= dict.fromkeys([*range(0x2400, 0x2422), 0xFFFD], "?")
_ASCII |= {0x1F50E: "> "}  # the magnifying glass, two cells wide
_ASCII |= {0x2800: " "} | dict.fromkeys(range(0x2801, 0x2900), ":")  # braille

_draw = Strip.__init__
_ascii_only = False


def plain(text: object) -> str:
    """`text` on one line with every control made visible, for labels and names."""
    return plain_text.plain_line(str(text))


def plain_lines(text: object) -> str:
    """`text` with its line breaks kept and tabs widened, every other control made visible."""
    return plain_text.plain(str(text)).expandtabs(4)


def install(*, ascii_only: bool = False) -> None:
    """Put the guard in front of everything Textual draws; may be called again."""
    global _ascii_only
    _ascii_only = ascii_only
    Strip.__init__ = _guarded  # type: ignore[method-assign]


def _guarded(self: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    """`Strip.__init__`, with every text and link looked at first."""
    given = list(segments)
    if not all(_is_harmless(segment) for segment in given):
        given = [_harmless(segment) for segment in given]
        if cell_length is not None:
            # A replacement is a cell wide where the control had none: keep the line in its room.
            given = Segment.adjust_line_length(given, cell_length)
    if _ascii_only:
        given = [s if s.text.isascii() else _simple(s) for s in given]
    _draw(self, given, cell_length)


def _is_harmless(segment: Segment) -> bool:
    text, style, _control = segment
    return (text.isprintable() or not HOSTILE.search(text)) and (
        style is None or style._link is None or not HOSTILE.search(style._link)
    )


def _harmless(segment: Segment) -> Segment:
    text, style, control = segment
    if style is not None and style._link is not None and HOSTILE.search(style._link):
        style = style.update_link(None)
    return Segment(plain(text), style, control)


def _simple(segment: Segment) -> Segment:
    return Segment(segment.text.translate(_ASCII), segment.style, segment.control)
