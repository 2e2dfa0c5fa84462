"""The plan: what a recipe will cost and whether it fits, with every `auto` resolved and why.

The app lists presets from here; what looks at models and data is imported only when it is used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.plan.checks import CheckedRecipe, check
    from engine.plan.document import Plan, Reason
    from engine.plan.make import make_plan
    from engine.plan.steps import count_steps

__all__ = ["CheckedRecipe", "Plan", "Reason", "check", "count_steps", "make_plan"]

_HOMES = {
    "CheckedRecipe": "checks",
    "Plan": "document",
    "Reason": "document",
    "check": "checks",
    "count_steps": "steps",
    "make_plan": "make",
}


def __getattr__(name: str) -> Any:
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
