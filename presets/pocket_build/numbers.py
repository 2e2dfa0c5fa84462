"""Numbers, sums, shapes, units and the calendar."""

from __future__ import annotations

from typing import Any

from presets.pocket_build.wordings import Kind, listed, table

_DAYS = listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_MONTHS = listed(
    "January February March April May June July August September October November December"
)
_SEASONS = listed("spring summer autumn winter")
_ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
)


def _neighbours(names: list[str]) -> tuple[dict[str, str], ...]:
    count = len(names)
    return tuple(
        {"x": name, "y": names[(i + 1) % count], "z": names[(i - 1) % count]}
        for i, name in enumerate(names)
    )


def _numbered(names: list[str]) -> tuple[dict[str, str], ...]:
    return tuple({"x": _ORDINALS[i], "y": name} for i, name in enumerate(names))


_PLUS = tuple({"x": str(a), "y": str(b), "z": str(a + b)} for a in range(11) for b in range(11))
_MINUS = tuple(
    {"x": str(a), "y": str(b), "z": str(a - b)} for a in range(16) for b in range(min(a, 10) + 1)
)
_TIMES = tuple({"x": str(a), "y": str(b), "z": str(a * b)} for a in range(11) for b in range(6))
_COUNTED = tuple({"x": str(n), "y": str(n + 1), "z": str(n - 1)} for n in range(1, 100))
_DOUBLES = tuple({"x": str(n), "y": str(2 * n)} for n in range(1, 21))
_PARITY = tuple({"x": str(n), "y": "odd" if n % 2 else "even"} for n in range(1, 31))
_PAIRS = tuple(
    {"x": str(a), "y": str(b), "z": str(max(a, b)), "w": str(min(a, b))}
    for a in range(2, 100, 3)
    for b in {(a * 7 + 5) % 100, (a * 11 + 31) % 100, (a * 3 + 58) % 100, (a + 1) % 100}
    if a != b
)
_COUNTING = tuple(
    {"x": str(a), "y": str(b), "z": ", ".join(str(n) for n in range(a, b + 1))}
    for a in range(1, 8)
    for b in range(a + 2, 11)
)
_SHAPES = table(
    "x y",
    """triangle:three; square:four; rectangle:four; pentagon:five; hexagon:six; octagon:eight;
    heptagon:seven; rhombus:four""",
)
_UNITS = table(
    "x y z",
    """seconds:a minute:60; minutes:an hour:60; hours:a day:24; days:a week:7; months:a year:12;
    days:a year:365; weeks:a year:52; years:a century:100; years:a decade:10;
    centimetres:a metre:100; metres:a kilometre:1000; grams:a kilogram:1000;
    millimetres:a centimetre:10; seasons:a year:4; cents:a euro:100; eggs:a dozen:12;
    letters:the English alphabet:26; minutes:half an hour:30; minutes:a quarter of an hour:15;
    players:a football team:11; wheels:a car:4; wheels:a bicycle:2; wheels:a tricycle:3;
    strings:a violin:4; strings:a guitar:6; days:June:30; days:January:31""",
)
_MONTH_SEASON = table(
    "x y",
    """January:winter; February:winter; March:spring; April:spring; May:spring; June:summer;
    July:summer; August:summer; September:autumn; October:autumn; November:autumn;
    December:winter""",
)

_AFTER: dict[str, Any] = {
    "direct": ("which {k} comes after {x}", "what {k} comes after {x}", "what {k} follows {x}",
            "which {k} is after {x}", "what is the {k} after {x}",
            "which is the next {k} after {x}"),
    "clause": ("which {k} comes after {x}", "what {k} follows {x}", "which {k} is next after {x}"),
    "noun": ("the {k} after {x}", "the {k} that comes after {x}", "the next {k} after {x}"),
    "held": ("After {x} comes which {k}?", "Which {k} do we have after {x}?",
          "{X} is over. Which {k} comes now?"),
    "whole": ("What comes after {x}?", "{X}, and then?", "What comes next after {x}?"),
}  # fmt: skip
_BEFORE: dict[str, Any] = {
    "direct": ("which {k} comes before {x}", "what {k} comes before {x}", "what {k} is before {x}",
            "what is the {k} before {x}", "which is the {k} before {x}"),
    "clause": ("which {k} comes before {x}", "what {k} is before {x}"),
    "noun": ("the {k} before {x}", "the {k} that comes before {x}", "the {k} right before {x}"),
    "held": ("Before {x} comes which {k}?", "Which {k} do we have before {x}?"),
    "whole": ("What comes before {x}?", "What comes right before {x}?"),
}  # fmt: skip


def _order(word: str, names: list[str], weight: float) -> tuple[Kind, Kind]:
    """Return the kinds "what comes after" and "what comes before" of a cycle of names."""
    facts = tuple({**fact, "k": word} for fact in _neighbours(names))
    after = Kind(
        f"{word}-after", "calendar", ("After {x} comes {y}.",), ("{y}",), facts,
        brief="{Y}.", weight=weight, **_AFTER,
    )  # fmt: skip
    before = Kind(
        f"{word}-before", "calendar", ("Before {x} comes {z}.",), ("comes {z}",), facts,
        brief="{Z}.", weight=weight, **_BEFORE,
    )  # fmt: skip
    return after, before


def _ordinal(word: str, names: list[str], span: str) -> Kind:
    return Kind(
        f"{word}-ordinal", "calendar", (f"The {{x}} {word} of the {span} is {{y}}.",), ("{y}",),
        _numbered(names),
        direct=(f"what is the {{x}} {word} of the {span}",
                f"which is the {{x}} {word} of the {span}",
                f"what {word} is the {{x}} of the {span}"),
        clause=(f"what the {{x}} {word} of the {span} is",
                f"which {word} is the {{x}} of the {span}"),
        noun=(f"the {{x}} {word} of the {span}", f"the name of the {{x}} {word}"),
        held=(f"Which {word} comes as the {{x}} of the {span}?",
              f"In a {span}, what is the {{x}} {word}?"),
        brief="{Y}.", weight=0.6,
    )  # fmt: skip


def _arithmetic(
    name: str, sign: str, word: str, facts: tuple[dict[str, str], ...], extra: dict[str, tuple]
) -> Kind:
    op = f"[{word}|{word}|{sign}]"
    return Kind(
        name, "sums", (f"{{x}} {word} {{y}} is {{z}}.",), ("is {z}.",), facts,
        direct=(f"what is {{x}} {op} {{y}}", f"how much is {{x}} {op} {{y}}",
                f"what do you get for {{x}} {op} {{y}}", f"what does {{x}} {op} {{y}} make",
                *extra["direct"]),
        clause=(f"what {{x}} {op} {{y}} is", f"how much {{x}} {op} {{y}} is"),
        noun=(f"{{x}} {op} {{y}}", f"the result of {{x}} {op} {{y}}", *extra["noun"]),
        whole=(f"{{x}} {op} {{y}}?", f"{{x}} {op} {{y}}", f"Calculate {{x}} {op} {{y}}.",
               f"{{x}} {op} {{y}} is what?", f"{{x}} {sign} {{y}} =", f"{{x}} {op} {{y}} = ?",
               f"Work out {{x}} {op} {{y}}."),
        held=(f"{{x}} {word} {{y}} makes what?", f"Can you calculate {{x}} {sign} {{y}}?",
              f"Solve {{x}} {word} {{y}}."),
        brief="{z}.", weight=2.6 if name == "plus" else 2.0,
    )  # fmt: skip


KINDS: tuple[Kind, ...] = (
    _arithmetic("plus", "+", "plus", _PLUS,
                {"direct": ("what is the sum of {x} and {y}",),
                "noun": ("the sum of {x} and {y}",)}),
    _arithmetic("minus", "-", "minus", _MINUS,
                {"direct": (), "noun": ("the difference of {x} and {y}",)}),
    _arithmetic("times", "*", "times", _TIMES,
                {"direct": ("what is the product of {x} and {y}",),
                 "noun": ("the product of {x} and {y}",)}),
    Kind(
        "next-number", "numbers", ("After {x} comes {y}.",), ("comes {y}.",), _COUNTED,
        direct=("which number comes after {x}", "what number comes after {x}",
                "what is the number after {x}", "what number follows {x}", "what comes after {x}",
                "what is one more than {x}"),
        clause=("which number comes after {x}", "what number follows {x}"),
        noun=("the number after {x}", "the next number after {x}"),
        held=("I count: {x}. Which number is next?", "Which number do I say after {x}?"),
        brief="{y}.", weight=1.2,
    ),
    Kind(
        "previous-number", "numbers", ("Before {x} comes {z}.",), ("comes {z}.",), _COUNTED,
        direct=("which number comes before {x}", "what number comes before {x}",
                "what is the number before {x}", "what number is before {x}",
                "what comes before {x}", "what is one less than {x}"),
        clause=("which number comes before {x}", "what number is before {x}"),
        noun=("the number before {x}", "the number right before {x}"),
        held=("Which number stands before {x}?", "Which number do I say before {x}?"),
        brief="{z}.", weight=1.2,
    ),
    Kind(
        "bigger", "numbers", ("{z} is bigger than {w}.",), ("{z} is bigger",), _PAIRS,
        direct=("which number is bigger, {x} or {y}", "what is more, {x} or {y}",
                "which is bigger, {x} or {y}", "which one is larger, {x} or {y}",
                "what is bigger, {x} or {y}"),
        clause=("which number is bigger, {x} or {y}", "what is more, {x} or {y}"),
        noun=("the bigger number, {x} or {y}", "the larger one of {x} and {y}"),
        held=("{x} or {y}: which is bigger?", "Which of {x} and {y} is the larger number?"),
        brief="{z}.", weight=1.2,
    ),
    Kind(
        "double", "numbers", ("Twice {x} is {y}.",), ("is {y}.",), _DOUBLES,
        direct=("what is twice {x}", "what is the double of {x}", "how much is twice {x}",
                "what is two times {x}"),
        clause=("what twice {x} is", "how much twice {x} is"),
        noun=("the double of {x}", "twice the number {x}"),
        held=("Double {x}.", "If I double {x}, what do I get?"),
        brief="{y}.", weight=0.7,
    ),
    Kind(
        "parity", "numbers", ("{x} is an {y} number.",), ("{y}",), _PARITY,
        direct=("is {x} even or odd", "is {x} an even or an odd number", "is {x} odd or even",
                "is the number {x} even or odd"),
        clause=("if {x} is even or odd", "whether {x} is odd or even"),
        held=("What is {x}, even or odd?", "{x}: even or odd?"),
        brief="{Y}.", weight=0.8,
    ),
    Kind(
        "count", "counting", ("{z}.",), ("{z}",), _COUNTING,
        clause=("the numbers from {x} to {y}", "how to count from {x} to {y}"),
        noun=("the numbers from {x} to {y}", "all numbers from {x} to {y}"),
        whole=("Count from {x} to {y}.", "Please count from {x} to {y}.",
               "Can you count from {x} to {y}?",
               "Start at {x} and count to {y}.", "Could you count from {x} to {y}?"),
        held=("Let us count from {x} to {y}.", "Which numbers go from {x} to {y}?"),
        brief="{z}.", weight=0.6,
    ),
    *_order("day", _DAYS, 0.9),
    *_order("month", _MONTHS, 0.9),
    *_order("season", _SEASONS, 0.5),
    _ordinal("day", _DAYS, "week"),
    _ordinal("month", _MONTHS, "year"),
    Kind(
        "month-season", "calendar", ("{X} is in {y}.",), ("{y}",), _MONTH_SEASON,
        direct=("in which season is {x}", "which season is {x} in",
                "to which season does {x} belong",
                "what season is it in {x}"),
        clause=("which season {x} is in", "in which season {x} is"),
        noun=("the season of {x}", "the season {x} is in"),
        held=("What season does {x} belong to?", "{X} is in which season?"),
        brief="In {y}.", weight=0.6,
    ),
    Kind(
        "shape", "shapes", ("{Ax} has {y} sides.",), ("{y}",), _SHAPES,
        direct=("how many sides does {ax} have", "how many sides has {ax}",
                "how many corners does {ax} have", "how many sides are there in {ax}"),
        clause=("how many sides {ax} has", "how many corners {ax} has"),
        noun=("the number of sides of {ax}", "the number of corners of {ax}"),
        held=("{Ax} has how many sides?", "How many sides can I count on {ax}?"),
        brief="{Y}.", weight=0.8,
    ),
    Kind(
        "shape-of", "shapes", ("A shape with {y} sides is {ax}.",), ("{x}",),
        table("x y", "triangle:three; square:four equal; pentagon:five; hexagon:six; "
                     "heptagon:seven; octagon:eight"),
        direct=("which shape has {y} sides", "what shape has {y} sides",
                "what do you call a shape with {y} sides"),
        clause=("which shape has {y} sides", "what a shape with {y} sides is called"),
        noun=("a shape with {y} sides", "the shape that has {y} sides"),
        held=("A shape has {y} sides. What is it?", "What is the name of a shape with {y} sides?"),
        brief="{Ax}.", weight=0.5,
    ),
    Kind(
        "unit", "units", ("There are {z} {x} in {y}.",), ("{z}",), _UNITS,
        direct=("how many {x} are in {y}", "how many {x} are there in {y}",
                "how many {x} does {y} have",
                "how many {x} has {y}", "how many {x} make {y}"),
        clause=("how many {x} are in {y}", "how many {x} {y} has"),
        noun=("the number of {x} in {y}", "the number of {x} that {y} has"),
        held=("{Y} has how many {x}?", "In {y}, how many {x} are there?",
              "How many {x} can I find in {y}?"),
        brief="{z}.",
    ),
)  # fmt: skip
