"""Tables of what can be chosen: one file an entry, found by itself.

A package such as `engine.methods` holds one module per entry, each with an `ENTRY`. The wizard,
the command line, the recipe's check and the docs all read that one entry.
"""

import difflib
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.errors import BadInput
from engine.validation import reason
from engine.words import _


class Options(BaseModel):
    """The options of one entry; each field carries its range and a description."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice:
    """What every entry has: a name, one line on when to choose it, its options."""

    name: str
    summary: str
    options: type[Options] = Options
    order: int = 100
    """Place in lists; smaller is shown first."""

    def describe(self) -> dict[str, Any]:
        """The entry as commands print it with `--json`."""
        return {
            "name": self.name,
            "summary": self.summary,
            "options": [
                {
                    "name": name,
                    "type": _type_words(field.annotation),
                    "default": field.get_default(call_default_factory=True),
                    "help": field.description or "",
                }
                for name, field in self.options.model_fields.items()
            ],
        }


C = TypeVar("C", bound=Choice)


class Table(Generic[C]):
    """Entries of one package by name, loaded at first use."""

    def __init__(self, package: str, noun: str) -> None:
        self._package = package
        self._noun = noun
        self._entries: dict[str, C] | None = None

    def _load(self) -> dict[str, C]:
        if self._entries is None:
            package = importlib.import_module(self._package)
            found: list[C] = []
            for info in pkgutil.iter_modules(package.__path__):
                module = importlib.import_module(f"{self._package}.{info.name}")
                entry = getattr(module, "ENTRY", None)
                if entry is not None:
                    found.append(entry)
                found.extend(getattr(module, "ENTRIES", ()))
            found.sort(key=lambda entry: (entry.order, entry.name))
            self._entries = {entry.name: entry for entry in found}
        return self._entries

    def __iter__(self) -> Iterator[C]:
        return iter(self._load().values())

    def __contains__(self, name: object) -> bool:
        return name in self._load()

    def names(self) -> list[str]:
        """All names in the order they are shown."""
        return list(self._load())

    def get(self, name: str) -> C:
        """The entry of that name.

        Raises:
            BadInput: with the nearest known name.
        """
        entries = self._load()
        if name in entries:
            return entries[name]
        near = difflib.get_close_matches(name, entries, 1, 0.5)
        raise BadInput(
            _("{noun}.name: there is no {noun} called {name!r}.").format(
                noun=self._noun, name=name
            ),
            field=f"{self._noun}.name",
            advice=_("Did you mean {near}?").format(near=near[0])
            if near
            else _("Choose one of {names}.").format(names=", ".join(entries)),
        )

    def options(self, name: str, given: dict[str, Any]) -> Any:
        """The checked options of one entry.

        Raises:
            BadInput: naming the option, with the nearest known one.
        """
        entry = self.get(name)
        known = entry.options.model_fields
        for key in given:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1, 0.5)
                raise BadInput(
                    _("{noun}.{key}: {name} has no such option.").format(
                        noun=self._noun, key=key, name=name
                    ),
                    field=f"{self._noun}.{key}",
                    advice=_("Did you mean {noun}.{near}?").format(noun=self._noun, near=near[0])
                    if near
                    else (
                        _("Its options are {names}.").format(names=", ".join(known))
                        if known
                        else _("It has no options.")
                    ),
                    code="unknown_field",
                )
        try:
            return entry.options.model_validate(given)
        except ValidationError as error:
            option = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else ""
            field = f"{self._noun}.{option}" if option else self._noun
            mine = [e for e in error.errors() if not option or str(e["loc"][0]) == option]
            raise BadInput(
                _("{field}: {why}.").format(field=field, why=reason(mine)),
                field=field,
                code="bad_field",
            ) from None


def _type_words(annotation: Any) -> str:
    """A type as a person reads it: `auto | int`, `16 | 32`, `str | list of str`."""
    parts = get_args(annotation)
    if get_origin(annotation) in (list, tuple):
        return f"list of {_type_words(parts[0])}"
    if not parts:
        return getattr(annotation, "__name__", str(annotation))
    words = [
        _type_words(p) if not isinstance(p, (str, int, float)) else str(p)
        for p in parts
        if p is not type(None) and (isinstance(p, (str, int, float, type)) or get_args(p))
    ]
    return " | ".join(dict.fromkeys(words))
