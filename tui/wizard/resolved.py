"""What the plan made of a field that was left on auto, in words for a form."""

from engine.recipe import read_field
from engine.words import _
from tui.run.amounts import rate
from tui.wizard.answers import PlanAnswer


def value_words(field: str, value: object) -> str:
    """A value as it stands in a form."""
    if isinstance(value, bool):
        return _("on") if value else _("off")
    if value is None:
        return _("none")
    if field.endswith("learning_rate") and isinstance(value, (int, float)):
        return rate(value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def resolved_text(plan: PlanAnswer | None, field: str) -> tuple[str, str]:
    """Value and reason that the plan found for a field; empty where it found none."""
    reason = plan.reason_for(field) if plan is not None else None
    if plan is None or reason is None:
        return "", ""
    value = read_field(plan.resolved, field)
    return value_words(field, value if value is not None else reason.value), reason.reason
