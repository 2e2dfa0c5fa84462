"""What models, data and file names say cannot drive a terminal."""

import unicodedata

import pytest

from engine.errors import BadInput
from engine.plain_text import plain, plain_line

KEPT_BY_PLAIN = {"\n", "\t"}


def every_character():
    return map(chr, range(0x110000))


def is_hostile(character: str) -> bool:
    """C0, C1, DEL, line and paragraph separators, surrogates, and what turns the reading order."""
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or unicodedata.bidirectional(
        character
    ) in {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


def test_of_all_characters_exactly_the_hostile_ones_are_replaced():
    direction_marks = {"\u061c", "\u200e", "\u200f"}
    invisible = {"\u180e", "\u200b", "\ufeff", "\ufff9", "\ufffa", "\ufffb"}
    invisible |= {chr(code) for code in (*range(0x2060, 0x2065), *range(0x206A, 0x2070))}
    invisible |= {chr(code) for code in range(0xE0000, 0xE0080)}
    for character in every_character():
        harmless = character in KEPT_BY_PLAIN or not (
            is_hostile(character) or character in direction_marks | invisible
        )
        assert (plain(character) == character) == harmless, hex(ord(character))
        assert not any(is_hostile(c) for c in plain_line(character)), hex(ord(character))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("a\x7fb\x9b31m", "a␡b�31m"),
        ("user\u202etxt.exe", "user�txt.exe"),
        ("half \ud83e", "half �"),
        ("pass\u200bword\ufeff \U000e0041", "pass�word� �"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
        ("one\r\ntwo\rthree\n\tfour", "one\ntwo␍three\n\tfour"),
        ("甄嬛 🦊 é [/INST] {x}", "甄嬛 🦊 é [/INST] {x}"),
    ],
)
def test_what_is_replaced_stays_visible(text, shown):
    assert plain(text) == shown


def test_one_line_stays_one_line():
    assert plain_line("a\nb\r\nc\td\u2028e\x0bf") == "a b c d e␋f"


def test_pieces_of_a_stream_come_out_as_the_whole_does():
    text = "x\x1b[2Jy\u202ez\n\x07"
    assert "".join(map(plain, text)) == plain(text)


def test_a_problem_is_one_harmless_sentence_whatever_stands_in_it():
    problem = BadInput("no file a\nb\x1b[2J", advice="try \u202ec").problem
    assert (problem.message, problem.advice) == ("no file a b␛[2J", "try �c")
