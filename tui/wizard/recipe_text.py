"""The recipe as YAML with the plan's values marked, for reading and for copying."""

from textual.content import Content

from engine.recipe import Recipe, dump
from engine.words import _
from tui.safe_text import plain
from tui.wizard.answers import PlanAnswer

MAIN = {"version", "name", "model.id", "data.source", "stage.name", "method.name",
        "quantization.name", "training.epochs"}  # fmt: skip
"""Fields that are always shown."""
SECTIONS = {f"{name}:" for name in Recipe.model_fields}


def marked_yaml(recipe: Recipe, plan: PlanAnswer | None, *, complete: bool) -> Content:
    """YAML lines; a value that the plan filled in bears its reason as a comment."""
    reasons = {reason.field: reason.reason for reason in plan.reasons} if plan else {}
    lines = []
    for line, field in _shown(_with_fields(dump(recipe)), complete):
        key, colon, value = line.partition(":")
        parts: list[tuple[str, str]] = [(plain(key) + colon, "$text-muted"), (plain(value), "")]
        if field in reasons:
            parts[1] = (plain(value), "$accent")
            parts.append((_("  # auto: {why}").format(why=plain(reasons[field])), "$text-disabled"))
        lines.append(Content.assemble(*parts))
    return Content("\n").join(lines)


def _shown(lines: list[tuple[str, str]], complete: bool) -> list[tuple[str, str]]:
    """All lines, or those of the main choices and of what differs from the defaults."""
    if complete:
        return lines
    usual = {line for line, _field in _with_fields(dump(Recipe()))}
    kept = []
    keeps = False
    several = any(field == "data.sources" and line not in usual for line, field in lines)
    for line, field in lines:
        if field:
            keeps = field in MAIN or line not in usual
            if field == "data.source" and several:
                keeps = False  # the sources below take its place
        if keeps and line not in SECTIONS:
            kept.append((line, field))
        elif line in SECTIONS:
            kept.append((line, field))
            keeps = False
    return [
        (line, field)
        for n, (line, field) in enumerate(kept)
        if line not in SECTIONS or (n + 1 < len(kept) and kept[n + 1][0].startswith(" "))
    ]


def _with_fields(text: str) -> list[tuple[str, str]]:
    """Each line with the dotted field it holds, empty where it holds none."""
    found = []
    path: list[tuple[int, str]] = []
    for line in text.rstrip("\n").split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        key, colon, _value = line.strip().partition(":")
        while path and path[-1][0] >= indent:
            path.pop()
        if colon and not key.startswith(("-", "#")):
            path.append((indent, key))
            found.append((line, ".".join(name for _indent, name in path)))
        else:
            found.append((line, ""))
    return found
