"""Text of models, data and file names made safe to show on a terminal.

What could steer a terminal or turn reading order around is shown as a visible sign, so that the
text stays readable and nothing is hidden. Signs stand for one character each: pieces of a stream
can be cleaned one by one.
"""

from collections.abc import Iterator


def _signs() -> Iterator[tuple[int, str]]:
    for code in range(0x20):
        yield code, chr(0x2400 + code)  # Unicode's own pictures of control characters: ␛ ␇ ␈ …
    yield 0x7F, "␡"
    for code in range(0x80, 0xA0):
        yield code, f"‹{code:02X}›"
    # Bidirectional controls: they can make text read as something else than it is.
    for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)):
        yield code, f"‹{code:04X}›"
    for code in range(0xD800, 0xE000):
        yield code, "\N{REPLACEMENT CHARACTER}"  # half a character: no encoding can write it


_ALL = dict(_signs())
_AS_SPACES = dict.fromkeys((0x09, 0x0A, 0x0D, 0x2028, 0x2029), " ")
_BUT_LINES = {code: sign for code, sign in _ALL.items() if code not in (0x09, 0x0A)}


def plain(text: str) -> str:
    """`text` with control, bidirectional and broken characters as signs; keeps lines and tabs."""
    return text.replace("\r\n", "\n").translate(_BUT_LINES)


def plain_line(text: str) -> str:
    """`text` as one line: breaks and tabs become spaces, the rest is as in `plain`."""
    return text.replace("\r\n", "\n").translate(_AS_SPACES).translate(_ALL)
