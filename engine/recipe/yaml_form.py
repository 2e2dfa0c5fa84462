"""A recipe as YAML: read strictly, written plainly.

YAML 1.2, so `1e-4` is a number and `no` is text; a key given twice, an unknown key or a wrong
value is refused with its line.
"""

import difflib
import io
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
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
    except (OSError, ValueError) as error:
        raise BadInput(
            _("{path} cannot be read: {why}.").format(
                path=path, why=getattr(error, "strerror", None) or error
            ),
            field=str(path),
        ) from None
    if len(data) > MAX_BYTES:
        raise BadInput(
            _("{path} is larger than any recipe (over {n} bytes).").format(path=path, n=MAX_BYTES),
            field=str(path),
            advice=_("A recipe is a short YAML file; is this a data set?"),
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
        refuse_bombs(text, origin)
        tree = reader().load(text)
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
    except Exception as error:  # the library asserts and trips over what it did not expect
        why = str(error).split("\n")[0] or type(error).__name__
        raise BadInput(
            _("{origin}: not valid YAML ({why}).").format(origin=origin, why=why), field=origin
        ) from None
    if not isinstance(tree, dict):
        raise BadInput(
            _("{origin} is not a recipe: it has no fields.").format(origin=origin), field=origin
        )
    return build(plain_tree(tree), origin, lambda path: _line_of(tree, path))


def build(tree: dict[str, Any], origin: str = "recipe", line_of: Any = lambda path: None) -> Recipe:
    """Check a recipe given as nested mappings."""
    refuse_unknown(Recipe, tree, (), origin, line_of)
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


def reader() -> YAML:
    reader = YAML(typ="rt", pure=True)
    reader.version = (1, 2)
    return reader


def refuse_bombs(text: str, origin: str) -> None:
    """Refuse what costs far more than its size: aliases grow, deep nesting takes minutes to read.

    A recipe writes its values out and is four levels deep.
    """
    depth = 0
    for count, token in enumerate(reader().scan(text)):
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


def plain_tree(node: Any) -> Any:
    """Strip the YAML library's own types: mappings, lists and scalars only."""
    if isinstance(node, dict):
        return {str(key): plain_tree(value) for key, value in node.items()}
    if isinstance(node, (list, tuple, set)):
        return [plain_tree(item) for item in node]
    for kind in _PLAIN:
        if isinstance(node, kind):
            return kind(node)
    return node if node is None else str(node)


def _line_of(tree: Any, path: tuple[str, ...]) -> int | None:
    """Line (from 1) of the deepest part of a dotted path that the file has."""
    line = None
    for part in path:
        # Whatever has no position (a merged key, a tagged node) leaves the line found so far.
        try:
            if isinstance(tree, dict):
                position = tree.lc.key(part)  # type: ignore[attr-defined]
                tree = tree[part]
            else:
                position = tree.lc.item(int(part))
                tree = tree[int(part)]
            line = position[0] + 1
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            break
    return line


def refuse_unknown(
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
                refuse_unknown(inner, item, (*path, key, str(index)), origin, line_of)
        else:
            refuse_unknown(inner, value, (*path, key), origin, line_of)


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
