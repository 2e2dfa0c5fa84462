"""A curve in a few rows of block characters, drawn so that little changes when little is new.

Columns stand for fixed spans of steps: the axis covers the run's total divided by a power of two,
so that a drawn column never moves until the axis doubles, and at the end the axis is the run.
"""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from engine.words import _
from tui.run.amounts import figure
from tui.run.lines import Lines, Row, Span
from tui.run.state import NO_CURVE, Curve

BLOCKS = " ▁▂▃▄▅▆▇█"
ASCII_BLOCKS = " .:-=+*%#"
LEAST_SPAN = 16
"""The axis never covers fewer steps, so that the first points are not a wall."""
LABEL_CELLS = 8
MARK_EVERY = 4
"""Columns between two marks at least, so that they never hide the curve."""
HEAD_FROM_ROWS = 4
"""Rows from which the first one holds the words above the curve."""
AXIS_FROM_ROWS = 8
"""Rows from which the last one names the ends of the axis."""


def axis_span(step: int, total: int) -> float:
    """Steps the axis covers: `total / 2**k`, the smallest that holds `step`."""
    if total <= 0:
        total = 1 << max(0, math.ceil(math.log2(max(1, step))))
    span = float(max(total, step))
    while span / 2 >= max(step, LEAST_SPAN):
        span /= 2
    return span


def resample(curve: Curve, span: float, columns: int) -> list[float | None]:
    """The mean of each column's steps; a column between two points repeats the one before.

    Columns after the newest point are None.
    """
    if not curve.length or columns < 1:
        return [None] * max(columns, 0)
    newest = curve.steps[curve.length - 1]
    drawn: list[float | None] = []
    width = span / columns
    for column in range(columns):
        after = column * width
        if after >= newest:
            drawn.append(None)
            continue
        mean = _mean(curve.between(after, after + width))
        if mean is not None:
            drawn.append(mean)
        else:
            drawn.append(drawn[-1] if drawn else _first(curve))
    return drawn


def _mean(values: array) -> float | None:
    """The mean of what is known; one pass at C's speed where all of it is."""
    total = sum(values)
    if math.isfinite(total):
        return total / len(values) if values else None
    known = [v for v in values if math.isfinite(v)]
    return sum(known) / len(known) if known else None


def _label(value: float) -> str:
    """An end of the range, which is round: without needless zeros."""
    words = figure(value, 3)
    return words.rstrip("0").rstrip(".") if "." in words and "e" not in words else words


def _is_below(lines: list[str], row: int, column: int) -> bool:
    """Whether a cell lies under the curve's edge: something is drawn above it."""
    return row > 0 and lines[row - 1][column] != " "


def _first(curve: Curve) -> float | None:
    value = curve.values[0]
    return value if math.isfinite(value) else None


def rounded_range(values: Sequence[float | None]) -> tuple[float, float] | None:
    """The values' range widened to round ends, which seldom move; None without values."""
    known = [v for v in values if v is not None]
    if not known:
        return None
    low, high = min(known), max(known)
    size = max(high - low, abs(high) * 1e-3, 1e-12)
    unit = 10.0 ** math.floor(math.log10(size)) / 2
    return math.floor(low / unit) * unit, math.ceil(high / unit) * unit


def bars(
    values: Sequence[float | None], low: float, high: float, rows: int, blocks: str = BLOCKS
) -> list[str]:
    """Rows of block characters, top row first; a known value fills at least one eighth."""
    eighths = len(blocks) - 1
    size = (high - low) or 1.0
    heights = [
        0 if v is None else min(rows * eighths, max(1, round((v - low) / size * rows * eighths)))
        for v in values
    ]
    return [
        "".join(blocks[min(eighths, max(0, h - row * eighths))] for h in heights)
        for row in reversed(range(rows))
    ]


@dataclass(frozen=True)
class Plot:
    """What a sparkline shows: a filled curve, a thin one below it, and marks upon it."""

    area: Curve = NO_CURVE
    thin: Curve = NO_CURVE
    marks: Curve = NO_CURVE
    step: int = 0
    total_steps: int = 0
    scale: float = 1.0
    """What values are multiplied by in labels."""
    head: tuple[Span, ...] = ()
    """The words above it."""


class Sparkline(Lines):
    """Draws a `Plot` at the size it has."""

    DEFAULT_CSS = """
    Sparkline { height: 1fr; width: 1fr; }
    """

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks = ASCII_BLOCKS if ascii_only else BLOCKS
        self._mark = "E" if ascii_only else "◆"
        self._plot = Plot()

    def plot(self, plot: Plot) -> None:
        """Draw another plot."""
        self._plot = plot
        self._draw()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._draw()

    def _draw(self) -> None:
        cells = self._cells(self.size.width, self.size.height)
        self.show([_spans(row) for row in cells])

    def _cells(self, width: int, height: int) -> list[list[Span]]:
        """Cells as (character, look) by row."""
        columns = width - LABEL_CELLS
        if columns < 4 or height < 1:
            return []
        plot = self._plot
        head: list[list[Span]] = []
        if height >= HEAD_FROM_ROWS:
            head = [[(" " * LABEL_CELLS, ""), *plot.head]]
            height -= 1
        span = axis_span(plot.step, plot.total_steps)
        area = resample(plot.area, span, columns)
        limits = rounded_range(area)
        if limits is None:
            words = _("waiting for the first step").center(width)[:width]
            blank: list[list[Span]] = [[] for _row in range(height)]
            blank[height // 2] = [(words, "label")]
            return head + blank
        has_thin = plot.thin.length > 0 and height >= 3
        has_axis = height >= AXIS_FROM_ROWS
        rows = height - has_thin - has_axis
        lines = bars(area, *limits, rows, self._blocks)
        cells: list[list[Span]] = [
            [(char, "area" if _is_below(lines, y, x) else "edge") for x, char in enumerate(line)]
            for y, line in enumerate(lines)
        ]
        self._add_marks(cells, area, limits, span)
        labels = [""] * height
        labels[rows - 1] = _label(limits[0] * plot.scale)
        labels[0] = _label(limits[1] * plot.scale)
        if has_thin:
            thin = resample(plot.thin, span, columns)
            thin_limits = rounded_range(thin) or limits
            (line,) = bars(thin, *thin_limits, 1, self._blocks)
            cells.append([(char, "thin") for char in line])
            labels[rows] = _("raw")
        if has_axis:
            ends = _("step {n}").format(n=math.ceil(span))
            cells.append([("1" + ends.rjust(columns - 1), "label")])
        return head + [
            [(f"{label:>{LABEL_CELLS - 1}} ", "label"), *row]
            for label, row in zip(labels, cells, strict=True)
        ]

    def _add_marks(
        self,
        cells: list[list[Span]],
        area: list[float | None],
        limits: tuple[float, float],
        span: float,
    ) -> None:
        """Put a mark where an evaluation was, at the height of its own value."""
        rows, columns = len(cells), len(area)
        low, high = limits
        free = 0  # from the left, so that a mark stays where it is when another comes
        for number in range(self._plot.marks.length):
            step, value = self._plot.marks.steps[number], self._plot.marks.values[number]
            column = min(columns - 1, max(0, math.ceil(step / span * columns) - 1))
            if column < free:
                continue
            free = column + MARK_EVERY
            height = (value - low) / ((high - low) or 1.0)
            row = rows - 1 - min(rows - 1, max(0, math.floor(height * rows)))
            filled = cells[row][column][0] == self._blocks[-1]
            cells[row][column] = (self._mark, "mark-inside" if filled else "mark")


def _spans(cells: list[Span]) -> Row:
    """Neighbours of one look joined."""
    return [
        ("".join(text for text, _look in run), look)
        for look, run in groupby(cells, key=lambda cell: cell[1])
    ]
