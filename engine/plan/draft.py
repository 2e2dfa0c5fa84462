"""A recipe while its `auto` values are filled in, each with a reason."""

from typing import Any

from engine.plan.document import Reason
from engine.recipe import AUTO, Recipe

MAY_STAY = {"data.format"}
"""Several sources may each have a format of their own; then each is recognized by itself."""


class Draft:
    """The recipe's fields by dotted name. What the person set is never changed by `choose`."""

    def __init__(self, recipe: Recipe) -> None:
        self._tree: dict[str, Any] = recipe.model_dump(mode="python")
        self.reasons: list[Reason] = []
        self.warnings: list[str] = []

    def __getitem__(self, field: str) -> Any:
        section, _dot, name = field.partition(".")
        return self._tree[section].get(name)

    def __setitem__(self, field: str, value: Any) -> None:
        section, _dot, name = field.partition(".")
        self._tree[section][name] = value

    def is_auto(self, field: str) -> bool:
        """Whether the person left this field to the plan."""
        return bool(self[field] == AUTO)

    def choose(self, field: str, value: Any, reason: str, source: str) -> None:
        """Fill a field in if it is on auto; an option that is not written counts as auto."""
        if self[field] is None or self.is_auto(field):
            self[field] = value
            self.reasons.append(Reason(field, value, reason, source))

    def warn(self, text: str) -> None:
        """Something to know that stops nothing."""
        if text not in self.warnings:
            self.warnings.append(text)

    def recipe(self) -> Recipe:
        """The recipe as it is filled in so far."""
        return Recipe.model_validate(self._tree)

    def left(self) -> list[str]:
        """Fields that are still on auto and may not be."""
        return [
            field
            for section, fields in self._tree.items()
            if isinstance(fields, dict)
            for name, value in fields.items()
            if value == AUTO and (field := f"{section}.{name}") not in MAY_STAY
        ]
