"""The recipe under way: an immutable recipe, edits that are checked, and the way back."""

from collections.abc import Callable
from typing import Any

from engine.errors import BadInput
from engine.recipe import Recipe, read_field, with_field

MAX_UNDO = 200
COLUMNS = "data.columns."
"""Below this stand the person's own names of columns; an empty one is taken out."""


class Draft:
    """Holds the recipe; every edit makes a new one and can be undone."""

    def __init__(self, recipe: Recipe | None = None) -> None:
        self._recipe = recipe or Recipe()
        self._past: list[tuple[Recipe, str]] = []
        self.on_change: Callable[[str], None] | None = None
        """Called with the field that changed, after each change."""

    @property
    def recipe(self) -> Recipe:
        """The recipe as it is now."""
        return self._recipe

    def read(self, field: str) -> Any:
        """The value of a dotted field; an option that is not written has its table's default."""
        value = read_field(self._recipe, field)
        if value is None:
            section, _dot, name = field.partition(".")
            table = _tables().get(section)
            if table is not None and name != "name":
                entry = table.get(getattr(self._recipe, section).name)
                info = entry.options.model_fields.get(name)
                if info is not None and name not in getattr(self._recipe, section).options:
                    return info.get_default(call_default_factory=True)
        return value

    def edit(self, field: str, value: Any) -> bool:
        """Change one dotted field; whether anything changed.

        Raises:
            BadInput: the value cannot stand there; the recipe stays as it was.
        """
        if field.startswith(COLUMNS):
            columns = dict(self._recipe.data.columns)
            columns.pop(field[len(COLUMNS) :], None)
            if value is not None:
                columns[field[len(COLUMNS) :]] = value
            changed = with_field(self._recipe, "data.columns", columns, origin="")
        else:
            changed = with_field(self._recipe, field, value, origin="")
        section = field.split(".")[0]
        table = _tables().get(section)
        if table is not None:
            choice = getattr(changed, section)
            table.options(choice.name, choice.options)
        if changed == self._recipe:
            return False
        self._keep(field)
        self._recipe = changed
        self._tell(field)
        return True

    def replace(self, recipe: Recipe, field: str = "recipe") -> None:
        """Take another recipe whole; `field` is what one undo takes back, in a word."""
        if recipe != self._recipe:
            self._keep(field)
            self._recipe = recipe
            self._tell(field)

    def undo(self) -> str | None:
        """Take the last edit back; the field it was of, None when there is none."""
        if not self._past:
            return None
        self._recipe, field = self._past.pop()
        self._tell(field)
        return field

    def _keep(self, field: str) -> None:
        self._past.append((self._recipe, field))
        del self._past[:-MAX_UNDO]

    def _tell(self, field: str) -> None:
        if self.on_change is not None:
            self.on_change(field)


def sentence(problem: BadInput) -> str:
    """A refused edit in the words that stand beside its field, without the field's own name."""
    told = problem.problem
    text = told.message.lstrip(": ").strip()
    if told.field and text.startswith(f"{told.field}: "):
        text = text[len(told.field) + 2 :]
    text = text[:1].upper() + text[1:]
    return f"{text} {told.advice}" if told.advice else text


def _tables() -> dict[str, Any]:
    from engine.methods import METHODS
    from engine.quantization import QUANTIZATIONS
    from engine.stages import STAGES

    return {"stage": STAGES, "method": METHODS, "quantization": QUANTIZATIONS}
