"""The recipe under way, kept on disk: a dropped connection costs no choice."""

import itertools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from engine import locations

if TYPE_CHECKING:
    from engine.recipe import Recipe

_writing = threading.Lock()
_numbers = itertools.count(1)
_latest = 0
_unwritten: Callable[[], None] | None = None


def draft_path() -> Path:
    """Where it lies."""
    return locations.home() / "draft.yaml"


def keeping(recipe: "Recipe | None") -> Callable[[], None]:
    """Work for a thread that keeps this recipe, or forgets it; only the latest one is done."""
    global _latest, _unwritten
    number = _latest = next(_numbers)

    def keep() -> None:
        global _unwritten
        with _writing:
            if number == _latest and _unwritten is keep:
                _write(recipe)
                _unwritten = None

    _unwritten = keep
    return keep


def finish() -> None:
    """Do what a thread has not come to yet: the app ends and waits for none."""
    work = _unwritten
    if work is not None:
        work()


def _write(recipe: "Recipe | None") -> None:
    """A disk that cannot be written is no reason to disturb anybody."""
    from engine.recipe import dump
    from engine.runs.directory import write_whole

    try:
        if recipe is None:
            draft_path().unlink(missing_ok=True)
        else:
            locations.private_directory(locations.home())
            write_whole(draft_path(), dump(recipe))
    except OSError:
        return


def load_draft() -> "Recipe | None":
    """The recipe that was worked on last, None when there is none that can be read."""
    if not draft_path().is_file():
        return None
    from engine.errors import BadInput
    from engine.recipe import load

    try:
        return load(draft_path())
    except BadInput:
        return None
