"""Finding a row's neighbours in a file whose row numbers have gaps, by reading a few at a time."""

from engine.data.preview import Preview, PreviewProblem, PreviewRow
from tui.tokens.window import LOOKED_AT, WINDOW, Goal, Window, farther, towards, window_of


class File:
    """Row numbers of a file: usable ones, and those with a problem."""

    def __init__(self, usable: list[int], broken: tuple[int, ...] = ()) -> None:
        self.usable, self.broken = usable, broken
        self.asked = 0

    def read(self, start: int) -> Window:
        """As the engine reads: so many usable rows from a number on, with problems on the way."""
        self.asked += 1
        rows: list[PreviewRow] = []
        problems: list[PreviewProblem] = []
        looked = 0
        for number in sorted([*self.usable, *self.broken]):
            if number < start:
                continue
            looked += 1
            if looked > WINDOW * LOOKED_AT:
                break
            if number in self.broken:
                problems.append(PreviewProblem(number, "f", "broken", "", ""))
                continue
            if len(rows) == WINDOW:
                break
            rows.append(PreviewRow(number, "f"))
        return window_of(Preview("f", {}, tuple(rows), tuple(problems)), start)

    def find(self, goal: Goal, window: Window | None = None) -> tuple[int | None, Window]:
        """What the screen does to reach a goal."""
        while True:
            if window is None or not window.covers(goal):
                window = self.read(goal.start)
            found, beyond = window.find(goal), farther(goal)
            if found is not None or beyond is None:
                return found, window
            goal = beyond


def test_walking_forward_and_back_meets_every_row_once() -> None:
    numbers = [2, 3, 5, 40, 41, 42, *range(60, 95), 300]
    file = File(numbers, broken=(4, 96, 299))
    every = sorted([*numbers, 4, 96, 299])
    here, window = file.find(towards(1))
    met = [here]
    while True:
        assert here is not None
        following, window = file.find(towards(here + 1), window)
        if following is None:
            break
        here = following
        met.append(here)
    assert met == every
    back = [here]
    while True:
        assert here is not None
        before, window = file.find(towards(here, before=True), window)
        if before is None:
            break
        here = before
        back.append(here)
    assert back == every[::-1]


def test_stepping_within_what_was_read_asks_nothing() -> None:
    file = File(list(range(1, 100)))
    here, window = file.find(towards(1))
    for _step in range(WINDOW - 1):
        assert here is not None
        here, window = file.find(towards(here + 1), window)
    assert (here, file.asked) == (WINDOW, 1)


def test_a_number_that_is_not_there_leads_to_the_next_row() -> None:
    file = File([10, 20, 30])
    assert file.find(towards(11))[0] == 20
    assert file.find(towards(31))[0] is None
    assert file.find(towards(10, before=True))[0] is None


def test_rows_that_can_never_be_used_are_met_too() -> None:
    file = File([], broken=tuple(range(1, 400)))
    here, window = file.find(towards(1))
    assert here == 1
    here, _window = file.find(towards(300, before=True), window)
    assert here == 299
