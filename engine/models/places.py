"""From what a recipe names to a folder with files: pocket, a folder, a run, a hub id."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine import locations, recipe
from engine.errors import BadInput
from engine.models.hub import Progress, fetch
from engine.words import _

POCKET = "pocket"
"""The model that ships."""


@dataclass(frozen=True)
class LocalModel:
    """A base model whose files are here."""

    id: str
    """As the recipe names it."""
    path: Path
    tokenizer_path: Path
    revision: str | None = None
    """The hub's commit that the files are of, None for what did not come from a hub."""
    trust_remote_code: bool = False


def find(
    model: recipe.Model,
    *,
    weights: bool = True,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> LocalModel:
    """The folder of a recipe's model; what is missing of a hub model is downloaded.

    Args:
        weights: False fetches config and tokenizer only, some MB at most.
        progress: told bytes done and in all, from other threads.
        cancelled: asked at every piece; a true answer ends the download.

    Raises:
        BadInput: one sentence on why there is no such model here or on the hub.
        Cancelled: on request.
    """
    folder = local_folder(model.id)
    if folder is not None:
        return LocalModel(model.id, folder, folder, None, model.trust_remote_code)
    folder = fetch(
        model.id,
        model.revision,
        weights=weights,
        code=model.trust_remote_code,
        progress=progress,
        cancelled=cancelled,
    )
    return LocalModel(model.id, folder, folder, folder.name, model.trust_remote_code)


def local_folder(name: str) -> Path | None:
    """The folder a name stands for, None where it is to be read as a hub id.

    Raises:
        BadInput: for a path without a folder, a run without a model, a modelscope id.
    """
    if name == POCKET:
        return _pocket()
    if name.startswith("run:"):
        return _run(name.removeprefix("run:"))
    if name.startswith("modelscope:"):
        raise BadInput(
            _("{name}: models of modelscope.cn are not fetched here.").format(name=name),
            field="model.id",
            advice=_("Download it with `modelscope download`, then name its folder."),
        )
    path = Path(name).expanduser()
    try:
        if path.is_dir():
            return path.absolute()
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False
    if is_file:
        raise BadInput(
            _("{name} is a file; a model is a folder.").format(name=name),
            field="model.id",
            advice=_("Name the folder that holds config.json and the .safetensors files."),
        )
    if _looks_like_a_path(name):
        raise BadInput(
            _("There is no folder {name}.").format(name=name),
            field="model.id",
            code="not_found",
            advice=_("Check the path; a relative one counts from the current folder."),
        )
    return None


def _looks_like_a_path(name: str) -> bool:
    return bool(
        name.startswith(("/", "./", "../", "~"))
        or name in {".", ".."}
        or name.endswith("/")
        or name.count("/") > 1
        or "\\" in name
        or re.match(r"[A-Za-z]:", name)
    )


def _pocket() -> Path:
    folder = locations.SHIPPED / POCKET
    if not (folder / "config.json").is_file():
        raise BadInput(
            _("The pocket model is missing from {folder}.").format(folder=folder),
            field="model.id",
            advice=_("Install tunesmith again, or build it: python -m presets.pocket_build"),
        )
    return folder


def _run(name: str) -> Path:
    """The whole model that a run made."""
    if not name or "/" in name or "\\" in name or name.startswith("."):
        raise BadInput(
            _("run:{name} names no run.").format(name=name),
            field="model.id",
            advice=_("`tunesmith runs` lists them."),
        )
    run = locations.runs() / name
    if (run / "model" / "config.json").is_file():
        return run / "model"
    if not run.is_dir():
        raise BadInput(
            _("There is no run {name}.").format(name=name),
            field="model.id",
            code="not_found",
            advice=_("`tunesmith runs` lists them."),
        )
    if (run / "adapter").is_dir():
        raise BadInput(
            _("Run {name} made an adapter, not a whole model.").format(name=name),
            field="model.id",
            advice=_("Merge it first: tunesmith export {name} --to merged --out DIR").format(
                name=name
            ),
        )
    raise BadInput(
        _("Run {name} has no model yet.").format(name=name),
        field="model.id",
        advice=_("Let it finish first."),
    )
