"""The curve in block characters."""

from array import array

import pytest
from textual.app import App, ComposeResult

from tui.run.sparkline import (
    ASCII_BLOCKS,
    Plot,
    Sparkline,
    axis_span,
    bars,
    resample,
    rounded_range,
)
from tui.run.state import Curve


def curve(values: list[float], first: int = 1) -> Curve:
    return Curve(array("q", range(first, first + len(values))), array("d", values), len(values))


def test_the_axis_is_the_run_divided_by_a_power_of_two() -> None:
    assert axis_span(300, 300) == 300
    assert axis_span(151, 300) == 300
    assert axis_span(150, 300) == 150
    assert axis_span(1, 300) == 18.75


def test_the_axis_of_an_unknown_total_still_holds_the_step() -> None:
    assert axis_span(100, 0) == 128
    assert axis_span(500, 300) == 500


def test_a_column_is_the_mean_of_its_steps() -> None:
    assert resample(curve([1, 3, 5, 7]), 4, 2) == [2, 6]


def test_columns_after_the_newest_point_are_empty() -> None:
    assert resample(curve([1, 1]), 4, 4) == [1, 1, None, None]


def test_a_column_between_two_points_repeats_the_one_before() -> None:
    assert resample(curve([4, 8]), 2, 4) == [4, 4, 4, 8]


def test_a_hole_in_the_curve_is_bridged() -> None:
    assert resample(curve([2, float("nan"), 6]), 3, 3) == [2, 2, 6]


def test_drawn_columns_stay_as_they_are_while_the_axis_does() -> None:
    values = [float(n % 7) for n in range(200)]
    early, late = resample(curve(values[:160]), 300, 50), resample(curve(values), 300, 50)
    assert early[:26] == late[:26]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.53, 2.71], (0.5, 3.0)),
        ([5.0, 5.0], (5.0, 5.0)),
        ([None], None),
        ([1200.0, 1900.0], (1200, 1900)),
    ],
)
def test_the_range_has_round_ends(values: list[float], expected: tuple[float, float]) -> None:
    assert rounded_range(values) == (pytest.approx(expected) if expected else None)


def test_bars_fill_rows_from_below() -> None:
    assert bars([0.0, 0.5, 1.0, None], 0, 1, 2) == ["  █ ", "▁██ "]


def test_a_known_value_is_never_invisible() -> None:
    assert bars([3.0], 3.0, 9.0, 1) == ["▁"]


def test_ascii_bars_use_no_other_character() -> None:
    rows = bars([n / 20 for n in range(21)], 0, 1, 3, ASCII_BLOCKS)
    assert all(char in ASCII_BLOCKS for row in rows for char in row)


class Holder(App[None]):
    def __init__(self, ascii_only: bool = False) -> None:
        super().__init__()
        self.sparkline = Sparkline(ascii_only=ascii_only)

    def compose(self) -> ComposeResult:
        yield self.sparkline


def a_plot(until: int) -> Plot:
    losses = curve([1 + 4 / (n + 1) for n in range(until)])
    evals = Curve(array("q", [50, 100]), array("d", [1.5, 1.2]), 2)
    return Plot(losses, losses, evals, until, 300, head=(("loss", ""),))


async def test_it_waits_in_words_before_the_first_step() -> None:
    app = Holder()
    async with app.run_test(size=(60, 8)):
        app.sparkline.plot(Plot())
        assert app.sparkline.text.strip() == "waiting for the first step"


async def test_it_draws_curve_marks_labels_and_axis() -> None:
    app = Holder()
    async with app.run_test(size=(60, 10)):
        app.sparkline.plot(a_plot(120))
        drawn = app.sparkline.text
    assert "◆" in drawn
    assert "raw" in drawn
    assert "step 150" in drawn
    assert drawn.splitlines()[0].strip() == "loss"
    assert " 4 " in drawn.splitlines()[1]


async def test_in_ascii_it_draws_only_ascii() -> None:
    app = Holder(ascii_only=True)
    async with app.run_test(size=(60, 10)):
        app.sparkline.plot(a_plot(120))
        assert app.sparkline.text.isascii()
        assert "E" in app.sparkline.text


async def test_only_rows_that_changed_are_drawn_again() -> None:
    app = Holder()
    async with app.run_test(size=(60, 12)) as pilot:
        app.sparkline.plot(a_plot(200))
        await pilot.pause()
        asked = []
        app.sparkline.refresh = lambda *regions, **rest: asked.extend(regions)  # type: ignore[method-assign,assignment]
        app.sparkline.plot(a_plot(200))
        assert asked == []
        app.sparkline.plot(a_plot(206))
        assert asked
        assert sum(region.height for region in asked) < 5


@pytest.mark.parametrize("size", [(5, 1), (11, 2), (20, 3), (200, 50)])
async def test_no_size_is_too_small_or_too_large(size: tuple[int, int]) -> None:
    app = Holder()
    async with app.run_test(size=size) as pilot:
        app.sparkline.plot(a_plot(120))
        await pilot.pause()
        assert all(len(line) <= size[0] for line in app.sparkline.text.splitlines())
