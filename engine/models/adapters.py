"""Where a saved adapter lies that a recipe names: a folder, a run's result, a hub id."""

from pathlib import Path

from engine import locations
from engine.errors import BadInput
from engine.models.hub import fetch_adapter
from engine.words import _

CONTINUE, MERGE = "continue", "merge"


def find_adapter(reference: str) -> Path:
    """The folder of an adapter; a hub's is downloaded.

    Raises:
        BadInput: when there is none.
    """
    if reference.startswith("run:"):
        return _of_run(reference.removeprefix("run:"))
    path = Path(reference).expanduser()
    if path.is_dir():
        return path.absolute()
    if reference.count("/") != 1 or reference.startswith((".", "~", "/")):
        raise BadInput(
            _("model.adapter: there is no folder {name}.").format(name=reference),
            field="model.adapter",
            code="not_found",
            advice=_("Name a folder, run:RUN or a hub id such as owner/name."),
        )
    return fetch_adapter(reference)


def _of_run(name: str) -> Path:
    run = locations.runs() / name
    if name and "/" not in name and "\\" not in name and not name.startswith("."):
        folder = run / "adapter"
        if folder.is_dir():
            return folder.resolve()
    raise BadInput(
        _("model.adapter: run {name} has no adapter.").format(name=name)
        if run.is_dir()
        else _("model.adapter: there is no run {name}.").format(name=name),
        field="model.adapter",
        code="not_found",
        advice=_("`tunesmith runs` lists them."),
    )
