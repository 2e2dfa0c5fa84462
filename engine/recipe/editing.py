"""Editing a recipe by dotted field names, and telling recipes apart."""

from typing import Any

from engine.errors import BadInput
from engine.recipe.fields import Recipe
from engine.recipe.shorthands import STORED
from engine.recipe.yaml_form import build, plain_tree, reader, refuse_bombs, refuse_unknown
from engine.words import _


def apply_settings(recipe: Recipe, settings: list[str]) -> Recipe:
    """Change fields given as `training.epochs=1`; the value is read as YAML."""
    for setting in settings:
        field, sep, value = setting.partition("=")
        if not sep or not field.strip():
            raise BadInput(
                _("--set {setting}: expected FIELD=VALUE.").format(setting=setting),
                field=setting,
                advice=_("For example --set training.epochs=1"),
            )
        try:
            parsed = _setting(value.strip())
        except BadInput:
            raise
        except Exception:  # whatever the library raises
            raise BadInput(
                _("--set {field}: the value is not valid YAML.").format(field=field),
                field=field,
                advice=_("Check its brackets and quotes."),
            ) from None
        recipe = with_field(recipe, field.strip(), parsed, origin="--set")
    return recipe


def _setting(value: str) -> Any:
    """A value given on the command line: YAML in brackets or quotes, else one scalar.

    Free text may hold colons, stars and hashes that YAML would read as its own.
    """
    if value[:1] in {"[", "{", '"', "'"}:
        refuse_bombs(value, "--set")
        return plain_tree(reader().load(value))
    if value.lower() in {"", "~", "null"}:
        return None
    try:
        scalar = plain_tree(reader().load(value))
    except Exception:  # no YAML: it is text
        return value
    return scalar if isinstance(scalar, (bool, int, float)) else value


def with_field(recipe: Recipe, field: str, value: Any, origin: str = "recipe") -> Recipe:
    """The recipe with one dotted field changed, checked as a whole."""
    tree = recipe.model_dump(mode="json")
    parts = field.split(".")
    node = tree
    for depth, part in enumerate(parts[:-1]):
        inner = node.get(part)
        if not isinstance(inner, dict):
            refuse_unknown(Recipe, _nested(parts[: depth + 1], {}), (), origin, lambda path: None)
            raise BadInput(
                _("{origin}: {field} has no fields inside.").format(
                    origin=origin, field=".".join(parts[: depth + 1])
                ),
                field=field,
            )
        node = inner
    if parts[-1] == "name" and parts[0] in {"stage", "method", "quantization"} and len(parts) == 2:
        tree[parts[0]] = {"name": value}  # the options of another entry would not fit
    else:
        node[parts[-1]] = value
    stored = tree.get("quantization")
    if field in {"method", "method.name"} and value in STORED and stored == {"name": "none"}:
        del tree["quantization"]  # what was left at its default gives way
    if parts == ["data", "source"]:
        tree["data"]["sources"] = []
    return build(tree, origin)


def read_field(recipe: Recipe, field: str) -> Any:
    """The value of one dotted field, None where it is not written."""
    node: Any = recipe.model_dump(mode="json")
    for part in field.split("."):
        if not isinstance(node, dict):
            return None
        node = node.get(part)
    return node


def differences(recipes: list[Recipe]) -> dict[str, list[Any]]:
    """Dotted fields in which the recipes differ, with each recipe's value in order."""
    flat = [_flatten(recipe.model_dump(mode="json")) for recipe in recipes]
    fields = sorted({field for one in flat for field in one})
    rows = {field: [one.get(field) for one in flat] for field in fields}
    return {f: v for f, v in rows.items() if any(x != v[0] for x in v[1:])}


def _nested(parts: list[str], leaf: Any) -> dict[str, Any]:
    for part in reversed(parts):
        leaf = {part: leaf}
    result: dict[str, Any] = leaf
    return result


def _flatten(tree: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, dict) and value:
            flat.update(_flatten(value, f"{prefix}{key}."))
        else:
            flat[prefix + key] = value
    return flat
