"""Paths of a recipe made whole: a run is trained, resumed and replayed from any folder."""

from collections.abc import Callable
from pathlib import Path

from engine.data.sources import whole_source
from engine.models.places import POCKET
from engine.recipe import Recipe


def whole_paths(recipe: Recipe) -> Recipe:
    """The recipe with every path that counts from the current folder written in full.

    Shipped names, hub ids and runs stay as they are, and so does what is not there.
    """
    data, model, output = recipe.data, recipe.model, recipe.output
    sources = tuple(
        source.model_copy(update={"source": whole_source(source.source)}) for source in data.sources
    )
    return recipe.model_copy(
        update={
            "model": model.model_copy(
                update={"id": _folder(model.id), "adapter": _optional(_folder, model.adapter)}
            ),
            "data": data.model_copy(
                update={
                    "source": whole_source(data.source),
                    "sources": sources,
                    "eval_source": _optional(whole_source, data.eval_source),
                }
            ),
            "output": output.model_copy(update={"dir": _optional(_whole, output.dir)}),
        }
    )


def _folder(name: str) -> str:
    if name == POCKET or name.startswith(("run:", "modelscope:")):
        return name
    try:
        return _whole(name) if Path(name).expanduser().is_dir() else name
    except (OSError, ValueError):
        return name


def _whole(path: str) -> str:
    return str(Path(path).expanduser().absolute())


def _optional(change: Callable[[str], str], value: str | None) -> str | None:
    return None if value is None else change(value)
