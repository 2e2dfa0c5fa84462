"""A recipe as YAML: read strictly, written plainly, edited by dotted field names.

YAML 1.2, so `1e-4` is a number and `no` is text; a key given twice, an unknown key or a wrong
value is refused with its line.
"""

import difflib
import io
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.tokens import (
    AliasToken,
    BlockEndToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
)

from engine.errors import BadInput
from engine.recipe.fields import Recipe
from engine.validation import reason
from engine.words import _

MAX_BYTES = 250_000
MAX_DEPTH = 20
MAX_TOKENS = 20_000
_OPENING = (
    BlockMappingStartToken,
    BlockSequenceStartToken,
    FlowMappingStartToken,
    FlowSequenceStartToken,
)
_CLOSING = (BlockEndToken, FlowMappingEndToken, FlowSequenceEndToken)
_PLAIN: tuple[type, ...] = (bool, int, float, str)


def load(path: Path) -> Recipe:
    """Read and check a recipe file.

    Raises:
        BadInput: naming file, line and field.
    """
    try:
        if path.is_dir():
            raise BadInput(
                _("{path} is a folder, not a recipe.").format(path=path),
                field=str(path),
                advice=_("Name a .yaml file or a preset."),
            )
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput(
            _("There is no file {path}.").format(path=path),
            field=str(path),
            advice=_("`tunesmith presets` lists the recipes that ship."),
        ) from None
    except OSError as error:
        raise BadInput(
            _("{path} cannot be read: {why}.").format(path=path, why=error.strerror),
            field=str(path),
        ) from None
    if len(data) > MAX_BYTES:
        raise BadInput(
            _("{path} is larger than any recipe ({n} bytes).").format(path=path, n=len(data)),
            field=str(path),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(
            _("{path} is not a text file in UTF-8.").format(path=path), field=str(path)
        ) from None
    return parse(text, origin=str(path))


def parse(text: str, origin: str = "recipe") -> Recipe:
    """Check a recipe given as YAML text; `origin` is what errors call it."""
    if not text.strip():
        raise BadInput(
            _("{origin} is empty.").format(origin=origin),
            field=origin,
            advice=_("`tunesmith presets` lists recipes to start from."),
        )
    try:
        _refuse_bombs(text, origin)
        tree = _reader().load(text)
    except BadInput:
        raise
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = _(", line {n}").format(n=mark.line + 1) if mark else ""
        why = str(error.problem or error.context).split("\n")[0]
        if why.startswith("but ") and error.context:
            why = f"{error.context}, {why}"
        raise BadInput(
            _("{origin}{where}: not valid YAML ({why}).").format(
                origin=origin, where=where, why=why
            ),
            field=origin,
            advice=_("Check indentation, colons and quotes near that line."),
        ) from None
    except (YAMLError, ValueError, RecursionError, AttributeError, KeyError, TypeError) as error:
        why = str(error).split("\n")[0] or type(error).__name__
        raise BadInput(
            _("{origin}: not valid YAML ({why}).").format(origin=origin, why=why), field=origin
        ) from None
    if not isinstance(tree, dict):
        raise BadInput(
            _("{origin} is not a recipe: it has no fields.").format(origin=origin), field=origin
        )
    return build(_plain(tree), origin, lambda path: _line_of(tree, path))


def build(tree: dict[str, Any], origin: str = "recipe", line_of: Any = lambda path: None) -> Recipe:
    """Check a recipe given as nested mappings."""
    _refuse_unknown(Recipe, tree, (), origin, line_of)
    try:
        return Recipe.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        path = _recipe_path(first["loc"])
        field = ".".join(path)
        line = line_of(path)
        where = _(", line {n}").format(n=line) if line else ""
        raise BadInput(
            _("{origin}{where}: {field}: {why}.").format(
                origin=origin,
                where=where,
                field=field or "recipe",
                why=reason([e for e in error.errors() if _recipe_path(e["loc"]) == path]),
            ),
            field=field or None,
            code="bad_field",
        ) from None


def dump(recipe: Recipe, *, complete: bool = True) -> str:
    """The recipe as YAML text that `parse` reads back to the same recipe.

    `complete=False` leaves out every field that has its default.
    """
    tree = recipe.model_dump(mode="json", exclude_defaults=not complete)
    stream = io.StringIO()
    writer = YAML(typ="rt")
    writer.default_flow_style = False
    writer.width = 96
    writer.representer.add_representer(
        type(None), lambda r, _none: r.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    writer.dump({"version": recipe.version, **tree}, stream)
    return stream.getvalue()


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
        except (YAMLError, ValueError, AttributeError, KeyError, TypeError, RecursionError):
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
        _refuse_bombs(value, "--set")
        return _plain(_reader().load(value))
    try:
        scalar = _plain(_reader().load(value)) if value else None
    except (YAMLError, ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return value
    return value if isinstance(scalar, (str, list, dict)) else scalar


def with_field(recipe: Recipe, field: str, value: Any, origin: str = "recipe") -> Recipe:
    """The recipe with one dotted field changed, checked as a whole."""
    tree = recipe.model_dump(mode="json")
    parts = field.split(".")
    node = tree
    for depth, part in enumerate(parts[:-1]):
        inner = node.get(part)
        if not isinstance(inner, dict):
            _refuse_unknown(Recipe, _nested(parts[: depth + 1], {}), (), origin, lambda path: None)
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


def _reader() -> YAML:
    reader = YAML(typ="rt", pure=True)
    reader.version = (1, 2)
    return reader


def _refuse_bombs(text: str, origin: str) -> None:
    """Refuse what costs far more than its size: aliases grow, deep nesting takes minutes to read.

    A recipe writes its values out and is four levels deep.
    """
    depth = 0
    for count, token in enumerate(_reader().scan(text)):
        if count > MAX_TOKENS:
            raise BadInput(
                _("{origin} has more entries than any recipe.").format(origin=origin),
                field=origin,
                advice=_("A recipe is a short YAML file; is this a data set?"),
            )
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > MAX_DEPTH:
            raise BadInput(
                _("{origin}, line {n}: this is nested too deep for a recipe.").format(
                    origin=origin, n=token.start_mark.line + 1
                ),
                field=origin,
                advice=_("Check its brackets and indentation."),
            )
        if isinstance(token, AliasToken):
            raise BadInput(
                _("{origin}, line {n}: a recipe may not use YAML aliases (*{name}).").format(
                    origin=origin, n=token.start_mark.line + 1, name=token.value
                ),
                field=origin,
                advice=_("Write the value out."),
            )


def _plain(node: Any) -> Any:
    """Strip the YAML library's own types: mappings, lists and scalars only."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, (list, tuple, set)):
        return [_plain(item) for item in node]
    for kind in _PLAIN:
        if isinstance(node, kind):
            return kind(node)
    return node if node is None else str(node)


def _line_of(tree: Any, path: tuple[str, ...]) -> int | None:
    """Line (from 1) of the deepest part of a dotted path that the file has."""
    line = None
    for part in path:
        if isinstance(tree, list):
            if not part.isdigit() or int(part) >= len(tree):
                break
            line = tree.lc.item(int(part))[0] + 1
            tree = tree[int(part)]
        elif isinstance(tree, dict) and part in tree:
            line = tree.lc.key(part)[0] + 1
            tree = tree[part]
        else:
            break
    return line


def _refuse_unknown(
    model: type[BaseModel], tree: Any, path: tuple[str, ...], origin: str, line_of: Any
) -> None:
    """Walk models and mapping side by side; an unknown key is refused with the nearest one."""
    if not isinstance(tree, dict) or model.model_config.get("extra") == "allow":
        return
    for key, value in tree.items():
        if key not in model.model_fields:
            nearest = _nearest(key, path, model)
            here = (*path, key)
            line = line_of(here)
            raise BadInput(
                _("{origin}{where}: unknown field {field}.").format(
                    origin=origin,
                    where=_(", line {n}").format(n=line) if line else "",
                    field=".".join(here),
                ),
                field=".".join(here),
                advice=_("Did you mean {nearest}?").format(nearest=nearest)
                if nearest
                else _("Known here are {names}.").format(names=", ".join(model.model_fields)),
                code="unknown_field",
            )
        inner = _model_inside(model.model_fields[key].annotation)
        if inner is None:
            continue
        if isinstance(value, list):
            for index, item in enumerate(value):
                _refuse_unknown(inner, item, (*path, key, str(index)), origin, line_of)
        else:
            _refuse_unknown(inner, value, (*path, key), origin, line_of)


def _nearest(key: str, path: tuple[str, ...], model: type[BaseModel]) -> str | None:
    """The known field closest to `key`: here first, else anywhere in the recipe."""
    here = difflib.get_close_matches(key, model.model_fields, 1, 0.6)
    if here:
        return ".".join((*path, here[0]))
    everywhere = _all_fields(Recipe)
    leaves = [field.rsplit(".", 1)[-1] for field in everywhere]
    close = difflib.get_close_matches(key, leaves, 1, 0.6)
    return everywhere[leaves.index(close[0])] if close else None


def _all_fields(model: type[BaseModel], prefix: str = "") -> list[str]:
    fields = []
    for name, info in model.model_fields.items():
        fields.append(prefix + name)
        inner = _model_inside(info.annotation)
        if inner is not None:
            fields += _all_fields(inner, f"{prefix}{name}.")
    return fields


def _model_inside(annotation: Any) -> type[BaseModel] | None:
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def _recipe_path(loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """pydantic's location without the names it gives to the branches of a union."""
    path: list[str] = []
    model: type[BaseModel] | None = Recipe
    keyed = False
    for part in loc:
        if isinstance(part, int) or keyed:
            path.append(str(part))
            keyed = False
        elif model is not None and part in model.model_fields:
            path.append(part)
            annotation = model.model_fields[part].annotation
            keyed = get_origin(annotation) is dict
            model = _model_inside(annotation)
        elif model is not None and model.model_config.get("extra") == "allow":
            path.append(part)
    return tuple(path)


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
