"""What a failed validation means in words: what may stand there, and what stood there."""

import json
from collections.abc import Sequence
from typing import Any

from engine.words import _

_LIMITS = {
    "greater_than": ("gt", lambda: _("a number above {n}")),
    "greater_than_equal": ("ge", lambda: _("a number from {n} up")),
    "less_than": ("lt", lambda: _("a number below {n}")),
    "less_than_equal": ("le", lambda: _("a number up to {n}")),
}
_KINDS = {
    "int": lambda: _("a whole number"),
    "float": lambda: _("a number"),
    "bool": lambda: _("true or false"),
    "finite": lambda: _("a finite number"),
    "string": lambda: _("text"),
    "dict": lambda: _("fields below it"),
    "model": lambda: _("fields below it"),
    "mapping": lambda: _("fields below it"),
    "tuple": lambda: _("a list"),
    "list": lambda: _("a list"),
}


def reason(errors: Sequence[Any]) -> str:
    """One clause out of pydantic's errors for one place; a union has one error a branch."""
    allowed: list[str] = []
    for item in errors:
        context, kind = item.get("ctx", {}), item["type"]
        if kind == "value_error":
            return str(context["error"])
        if kind == "missing":
            return _("it is missing")
        if kind == "literal_error":
            allowed.append(str(context["expected"]).replace("'", ""))
        elif kind in _LIMITS:
            key, words = _LIMITS[kind]
            allowed.append(words().format(n=f"{context[key]:g}"))
        else:
            prefix = kind.split("_")[0]
            allowed.append(_KINDS[prefix]() if prefix in _KINDS else item["msg"])
    shown = json.dumps(errors[0]["input"], ensure_ascii=True, default=str)
    if len(shown) > 60:
        shown = shown[:57] + "..."
    return _("expected {allowed}, found {shown}").format(
        allowed=_(" or ").join(dict.fromkeys(allowed)), shown=shown
    )
