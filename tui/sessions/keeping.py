"""What can be done with a run on disk: run its recipe again, keep it as a preset, delete it."""

import os
import shutil
from pathlib import Path

from engine import locations
from engine.errors import BadInput
from engine.runs import RunDirectory, create, is_owned
from engine.words import _


def replay(run: RunDirectory) -> RunDirectory:
    """A new run of the same recipe and plan; not started yet.

    Raises:
        BadInput: when the recipe cannot be read or the new run cannot be made.
    """
    return create(run.recipe(), run.plan() or None)


def save_as_preset(run: RunDirectory, name: str) -> Path:
    """Keep the run's resolved recipe under a name; returns the file.

    Raises:
        BadInput: when the name cannot be a file's, is taken, or the place cannot be written.
    """
    from engine.plan.presets import save_preset

    return save_preset(run.recipe(), name)


def bytes_on_disk(run: RunDirectory) -> int:
    """What deleting the run frees."""
    total = 0
    for folder, _folders, files in os.walk(run.path):
        for file in files:
            try:
                total += os.lstat(os.path.join(folder, file)).st_size
            except OSError:
                continue
    return total


def delete(run: RunDirectory) -> None:
    """Delete a run that no living trainer owns, with everything in it.

    Raises:
        BadInput: when it is owned, or cannot be deleted.
    """
    if is_owned(run):
        raise BadInput(
            _("{run} is running.").format(run=run.id),
            field="run",
            advice=_("Stop it first."),
        )
    listed = locations.runs() / run.id
    try:
        # Renamed first: half a run is never listed as one.
        aside = run.path.with_name(f".deleted-{run.id}")
        run.path.rename(aside)
        if listed.is_symlink():
            listed.unlink()
        shutil.rmtree(aside)
    except OSError as error:
        raise BadInput(
            _("{path} cannot be deleted: {why}.").format(path=run.path, why=error.strerror),
            field="run",
        ) from None
