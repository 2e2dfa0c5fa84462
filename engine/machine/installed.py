"""Which libraries are installed, in which version, without importing any of them."""

import importlib.util
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.requirements import Requirement

_ROOT = Path(__file__).resolve().parents[2]


def version(distribution: str) -> str | None:
    """The version of an installed distribution, None where it is missing."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def importable(module: str) -> bool:
    """Whether a top-level module can be found; it is not run."""
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def torch_build() -> tuple[str | None, str | None]:
    """torch's version and the CUDA version it was built for, read from its version file."""
    import ast

    spec = importlib.util.find_spec("torch")
    for folder in spec.submodule_search_locations or () if spec else ():
        try:
            tree = ast.parse((Path(folder) / "version.py").read_text())
        except (OSError, SyntaxError, ValueError):
            continue
        values: dict[str, str | None] = {}
        for node in tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if isinstance(node, ast.AnnAssign):
                target = node.target
            value = getattr(node, "value", None)
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
                values[target.id] = value.value if isinstance(value.value, str) else None
        return values.get("__version__") or version("torch"), values.get("cuda")
    return version("torch"), None


def requirements() -> "list[Requirement]":
    """What the project needs, from its metadata or, in a checkout, from pyproject.toml."""
    import tomllib

    from packaging.requirements import InvalidRequirement, Requirement

    try:
        with (_ROOT / "pyproject.toml").open("rb") as file:
            lines = tomllib.load(file)["project"]["dependencies"]
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        try:
            lines = metadata.requires("tunesmith") or []
        except metadata.PackageNotFoundError:
            lines = []
    found = []
    for line in lines:
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            continue
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            found.append(requirement)
    return found
