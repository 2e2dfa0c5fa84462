"""From a pydantic field to what a form needs: which values may stand there, as text and back."""

import types
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from engine.words import _

ON, OFF = "on", "off"

SHORT = {"activation_checkpointing": _("checkpointing"), "trust_remote_code": _("trust its code")}
"""Labels where a field's own name is too long for the column."""


@dataclass(frozen=True)
class FieldSpec:
    """One row of a form. `choices` is set where only a few values are possible."""

    field: str
    """Dotted name in the recipe."""
    label: str
    help: str
    default: Any
    kinds: frozenset[str]
    """Of: auto, none, bool, int, float, text, list."""
    words: tuple[str, ...] = ()
    """Values given by name."""
    limits: str = ""
    """Which numbers are allowed, in words."""

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Pairs of value and shown words when the field is a choice among few, else empty."""
        if self.kinds & {"int", "float", "text", "list"}:
            return ()
        values = [("auto", _("auto"))] if "auto" in self.kinds else []
        if "none" in self.kinds:
            values.append(("", _("none")))
        if "bool" in self.kinds:
            values += [(ON, _("on")), (OFF, _("off"))]
        return tuple(values + [(word, word) for word in self.words])

    def parse(self, text: str) -> Any:
        """The value that a person's text means; whether it is allowed is the recipe's to say."""
        text = text.strip()
        if text == "":
            if "none" in self.kinds:
                return None
            return "auto" if "auto" in self.kinds else self.default
        if text.lower() == "auto" and "auto" in self.kinds:
            return "auto"
        if text in (ON, OFF) and "bool" in self.kinds:
            return text == ON
        if text in self.words:
            return text
        if "int" in self.kinds or "float" in self.kinds:
            number = _number(text)
            if number is not None:
                return number
        if "list" in self.kinds and "," in text:
            return [part.strip() for part in text.split(",") if part.strip()]
        if "list" in self.kinds and "text" not in self.kinds:
            return [text]
        return text

    def show(self, value: Any) -> str:
        """A value as the text that `parse` reads back."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return ON if value else OFF
        if isinstance(value, float):
            return f"{value:.10g}"
        if isinstance(value, (list, tuple)):
            return ", ".join(str(item) for item in value)
        return str(value)


def specs_of(
    model: type[BaseModel], prefix: str, names: Sequence[str] | None = None
) -> list[FieldSpec]:
    """Specifications of a model's fields, all of them or those named, in that order."""
    wanted = names if names is not None else list(model.model_fields)
    return [_spec(f"{prefix}.{name}", name, model.model_fields[name]) for name in wanted]


def _spec(field: str, name: str, info: FieldInfo) -> FieldSpec:
    kinds, words = _kinds(info.annotation)
    return FieldSpec(
        field=field,
        label=SHORT.get(name, name.replace("_", " ")),
        help=info.description or "",
        default=info.get_default(call_default_factory=True),
        kinds=frozenset(kinds),
        words=tuple(words),
        limits=_limits([info, *_annotated(info.annotation)]),
    )


def _annotated(annotation: Any) -> list[Any]:
    """Every `Annotated` part of an annotation, wherever it stands in a union."""
    if get_origin(annotation) is Annotated:
        return [annotation]
    return [found for part in get_args(annotation) for found in _annotated(part)]


def _limits(places: list[Any]) -> str:
    """Bounds of numbers as pydantic's constraints tell them: from 1 to 1024."""
    bounds: dict[str, Any] = {}
    for place in places:
        rules = [*getattr(place, "metadata", ()), *getattr(place, "__metadata__", ())]
        inner = [part for rule in rules for part in getattr(rule, "metadata", ())]
        for rule in [*rules, *inner]:
            for name in ("ge", "gt", "le", "lt"):
                value = getattr(rule, name, None)
                if value is not None:
                    bounds.setdefault(name, value)
    low = (
        _("from {n}").format(n=bounds["ge"])
        if "ge" in bounds
        else _("above {n}").format(n=bounds["gt"])
        if "gt" in bounds
        else ""
    )
    high = (
        _("to {n}").format(n=bounds["le"])
        if "le" in bounds
        else _("below {n}").format(n=bounds["lt"])
        if "lt" in bounds and "ge" in bounds
        else ""
    )
    return " ".join(part for part in (low, high) if part)


def _kinds(annotation: Any) -> tuple[set[str], list[str]]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kinds(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        kinds: set[str] = set()
        words: list[str] = []
        for part in get_args(annotation):
            more_kinds, more_words = _kinds(part)
            kinds |= more_kinds
            words += more_words
        return kinds, words
    if origin is Literal:
        values = get_args(annotation)
        named = [str(value) for value in values if value != "auto"]
        return ({"auto"} if "auto" in values else set()), named
    if annotation is type(None):
        return {"none"}, []
    if annotation is bool:
        return {"bool"}, []
    if annotation is int:
        return {"int"}, []
    if annotation is float:
        return {"float"}, []
    if origin in (tuple, list):
        return {"list"}, []
    return {"text"}, []


def _number(text: str) -> int | float | None:
    """A number as people write it: 16, 2e-4, 0.5, 1_000."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None
