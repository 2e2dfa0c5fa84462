"""Some rows of a source around the one that is looked at, and where to read on from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.data.preview import Preview, PreviewProblem, PreviewRow
from engine.recipe import Recipe

WINDOW = 8
"""Usable rows that are read at once."""
LONGEST = 16_384
"""Tokens of one row that are shown."""
LOOKED_AT = 20
"""Rows that the engine looks at, at most, for each that it shows."""


@dataclass(frozen=True)
class Goal:
    """The row wanted: the first from `number` on, or the last one before it."""

    number: int
    before: bool = False
    start: int = 1
    """From where rows are read to find it."""


def towards(number: int, *, before: bool = False) -> Goal:
    """The goal with the place to read from."""
    number = max(1, number)
    return Goal(number, before, max(1, number - WINDOW) if before else number)


def farther(goal: Goal) -> Goal | None:
    """Where to look on when nothing was there; None where there is nothing more."""
    if not goal.before or goal.start <= 1:
        return None
    return Goal(goal.number, True, max(1, goal.number - 4 * (goal.number - goal.start)))


@dataclass(frozen=True)
class Window:
    """Rows by number, those that cannot be used with their problem: all from `start` to the last."""

    entries: Mapping[int, PreviewRow | PreviewProblem]
    preview: Preview
    start: int
    at_end: bool = False
    """Behind the last one there is none."""

    @property
    def last(self) -> int:
        """The number of the last row here, 0 where there is none."""
        return max(self.entries, default=0)

    def covers(self, goal: Goal) -> bool:
        """Whether these rows tell the answer."""
        if goal.before:
            reaches = self.start < goal.number and (self.at_end or goal.number <= self.last + 1)
            return reaches and (self.start <= goal.start or self.find(goal) is not None)
        return self.start <= goal.number and (self.at_end or goal.number <= self.last)

    def find(self, goal: Goal) -> int | None:
        """The number of the row that is wanted, None where it is not among these."""
        if goal.before:
            return max((number for number in self.entries if number < goal.number), default=None)
        return min((number for number in self.entries if number >= goal.number), default=None)


def window_of(preview: Preview, start: int) -> Window:
    """The window of an answer to the question for rows from `start` on."""
    entries: dict[int, PreviewRow | PreviewProblem] = {one.number: one for one in preview.problems}
    entries |= {row.number: row for row in preview.rows}
    few = len(preview.rows) < WINDOW and len(entries) < WINDOW * LOOKED_AT
    return Window(entries, preview, start, few)


def question(recipe: Recipe, source: int, start: int) -> dict[str, Any]:
    """What the host is asked: rows of one of the recipe's sources from a row number on."""
    return {"recipe": _tree(recipe, source), "limit": WINDOW, "start": start, "longest": LONGEST}


def search(recipe: Recipe, source: int, text: str, start: int, backwards: bool) -> dict[str, Any]:
    """The question where a text stands next."""
    tree = _tree(recipe, source)
    return {"recipe": tree, "text": text, "start": start, "backwards": backwards}


def _tree(recipe: Recipe, source: int) -> dict[str, Any]:
    """The recipe with this one of its sources alone, and nothing that is held out."""
    tree = recipe.model_dump(mode="json", include={"model", "data", "stage"})
    alone = recipe.data.all_sources()[source].model_copy(update={"weight": 1.0})
    tree["data"] |= {
        "source": alone.source,
        "sources": [alone.model_dump(mode="json")],
        "eval_source": None,
        "validation": 0,
    }
    return tree
