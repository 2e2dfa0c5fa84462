"""Presets: recipes by name, those that ship and those that were saved."""

import difflib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import locations, recipe
from engine.errors import BadInput
from engine.plain_text import plain_line
from engine.recipe import Recipe, check_name
from engine.words import _

SUFFIX = ".yaml"
_HEAD_BYTES = 2000


@dataclass(frozen=True)
class Preset:
    """One recipe that can be run by name; the file is read when it is asked for."""

    name: str
    summary: str
    path: Path
    shipped: bool

    @property
    def saved(self) -> bool:
        """Whether the person saved it."""
        return not self.shipped

    def load(self) -> Recipe:
        """The recipe.

        Raises:
            BadInput: when the file is broken.
        """
        return recipe.load(self.path)

    def describe(self) -> dict[str, Any]:
        """The entry as `presets --json` prints it."""
        return {
            "name": self.name,
            "summary": self.summary,
            "options": [],
            "path": str(self.path),
            "shipped": self.shipped,
        }


def presets() -> list[Preset]:
    """All presets: `demo` first, then what ships, then what was saved, by name."""
    shipped = _in_folder(locations.SHIPPED, shipped=True)
    taken = {preset.name for preset in shipped}
    saved = [p for p in _in_folder(locations.saved_presets(), shipped=False) if p.name not in taken]
    return [*sorted(shipped, key=lambda p: (p.name != "demo", p.name)), *saved]


def names() -> list[str]:
    """Names of all presets, in the order of `presets`."""
    return [preset.name for preset in presets()]


def find_preset(name: str) -> Recipe:
    """The recipe of one preset.

    Raises:
        BadInput: with the nearest name.
    """
    known = {preset.name: preset for preset in presets()}
    if name in known:
        return known[name].load()
    near = difflib.get_close_matches(name, known, 1, 0.5)
    raise BadInput(
        _("There is no preset and no file called {name!r}.").format(name=plain_line(name)),
        field="recipe",
        code="no_preset",
        advice=_("Did you mean {near}?").format(near=near[0])
        if near
        else _("`tunesmith presets` lists what there is."),
    )


def resolve_recipe(reference: str) -> Recipe:
    """The recipe that a command names: a preset, else a file.

    Raises:
        BadInput: when it is neither, or the file is broken.
    """
    if reference in names():
        return find_preset(reference)
    path = Path(os.path.expanduser(reference))
    written_as_file = path.suffix.lower() in {".yaml", ".yml"} or os.sep in reference
    try:
        is_there = path.exists()
    except (OSError, ValueError):  # too long a name, or a zero byte in it
        return find_preset(reference)
    if is_there or written_as_file:
        return recipe.load(path)
    return find_preset(reference)


def save_preset(
    saved: Recipe, name: str, *, summary: str | None = None, replace: bool = False
) -> Path:
    """Keep a recipe under a name of one's own; returns the file.

    The file is whole or not there, and for this person alone.

    Raises:
        BadInput: for a name that cannot be a file name or is taken, or a disk that refuses.
    """
    try:
        check_name(name)
    except ValueError as error:
        raise BadInput(
            _("A preset cannot be called {name!r}: {why}.").format(
                name=plain_line(name)[:100], why=error
            ),
            field="name",
            code="bad_name",
        ) from None
    if any(preset.name == name for preset in _in_folder(locations.SHIPPED, shipped=True)):
        raise BadInput(
            _("The preset {name} ships with tunesmith.").format(name=name),
            field="name",
            code="name_taken",
            advice=_("Choose another name."),
        )
    folder = locations.saved_presets()
    path = folder / f"{name}{SUFFIX}"
    words = plain_line(summary or _summary_of(saved)).strip()
    text = f"# {words}\n{recipe.dump(saved, complete=False)}"
    try:
        locations.private_directory(folder)
        _write(path, text, replace=replace)
    except FileExistsError:
        raise BadInput(
            _("There is a preset {name} already.").format(name=name),
            field="name",
            code="name_taken",
            advice=_("Choose another name, or delete {path}.").format(path=path),
        ) from None
    except OSError as error:
        raise BadInput(
            _("{path} cannot be written: {why}.").format(path=path, why=error.strerror or error),
            field="name",
        ) from None
    return path


def _write(path: Path, text: str, *, replace: bool) -> None:
    handle, aside = tempfile.mkstemp(prefix=".saving-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        put: Callable[[str, Path], None] = os.replace if replace else os.link
        put(aside, path)  # linking refuses a name that is taken, even by another program just now
    finally:
        if os.path.exists(aside):
            os.unlink(aside)


def _in_folder(folder: Path, *, shipped: bool) -> list[Preset]:
    try:
        paths = sorted(p for p in folder.iterdir() if p.suffix == SUFFIX and p.is_file())
    except OSError:
        return []
    return [
        Preset(path.stem, _first_comment(path), path, shipped)
        for path in paths
        if not path.name.startswith(".")
    ]


def _first_comment(path: Path) -> str:
    """The first comment line, which says in one line what the recipe is for."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES).decode("utf-8-sig", errors="replace")
    except OSError:
        return ""
    for line in head.splitlines():
        if line.startswith("#") and line.lstrip("# ").strip():
            return plain_line(line.lstrip("# ").strip())
        if line.strip() and not line.startswith("#"):
            break
    return ""


def _summary_of(saved: Recipe) -> str:
    """What a recipe does, for one that comes without words."""
    stored = "" if saved.quantization.name == "none" else f" ({saved.quantization.name})"
    data = ", ".join(source.source for source in saved.data.all_sources())
    return _("{stage} with {method} on {model}{stored}, data {data}").format(
        stage=saved.stage.name, method=saved.method.name, model=saved.model.id, stored=stored,
        data=data,
    )  # fmt: skip
