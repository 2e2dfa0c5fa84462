"""Text of models, data and file names made safe to show on a terminal.

What could steer a terminal, turn reading order around or hide words is shown as one visible sign for each
character, so that the text stays readable, nothing is hidden, and pieces of a stream can be
cleaned one by one.
"""

_BROKEN = "\N{REPLACEMENT CHARACTER}"
_ALL = {code: chr(0x2400 + code) for code in range(0x20)}  # Unicode's own pictures: ␛ ␇ ␈ …
_ALL[0x7F] = "␡"
_ALL |= dict.fromkeys(
    (
        *range(0x80, 0xA0),  # C1: terminals read 9B as ESC [
        *(0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)),  # direction
        *range(0xD800, 0xE000),  # half a character: no encoding can write it
        # Nothing to see, so words can be hidden in them or be told apart by them. Joiners (200C,
        # 200D) stay: Persian, Hindi and emoji are spelt with them.
        *(0x180E, 0x200B, *range(0x2060, 0x2065), *range(0x206A, 0x2070), 0xFEFF),
        *(*range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)),
    ),
    _BROKEN,
)
_AS_SPACES = dict.fromkeys((0x09, 0x0A, 0x0D, 0x2028, 0x2029), " ")
_BUT_LINES = {code: sign for code, sign in _ALL.items() if code not in (0x09, 0x0A)}


def plain(text: str) -> str:
    """`text` with control, bidirectional, invisible and broken characters as signs; keeps lines and tabs."""
    return text.replace("\r\n", "\n").translate(_BUT_LINES)


def plain_line(text: str) -> str:
    """`text` as one line: breaks and tabs become spaces, the rest is as in `plain`."""
    return text.replace("\r\n", "\n").translate(_AS_SPACES).translate(_ALL)
