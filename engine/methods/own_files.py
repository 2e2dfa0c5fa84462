"""Files of adapters that no library has: tensors as safetensors, and what they are beside them."""

import json
from pathlib import Path
from typing import Any

from engine.errors import BadInput
from engine.words import _

CONFIG = "tunesmith_adapter.json"
WEIGHTS = "tunesmith_adapter.safetensors"


def write_own(folder: Path, method: str, options: dict[str, Any], tensors: dict[str, Any]) -> None:
    """Write method, options and tensors; `engine.methods.load_adapter` reads them back."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: tensor.detach().contiguous().cpu() for name, tensor in tensors.items()},
        folder / WEIGHTS,
        metadata={"format": "pt"},
    )
    tree = {"method": method, "options": options}
    (folder / CONFIG).write_text(json.dumps(tree, indent=2, sort_keys=True) + "\n")


def own_method(folder: Path) -> str:
    """Which method wrote a folder, empty where that cannot be told."""
    try:
        return str(json.loads((folder / CONFIG).read_text())["method"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def read_own(folder: Path) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Method, options and tensors of a folder that `write_own` wrote.

    Raises:
        BadInput: for a folder that is not whole.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        tree = json.loads((folder / CONFIG).read_text())
        return str(tree["method"]), dict(tree["options"]), load_file(folder / WEIGHTS)
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise BadInput(
            _("{folder} holds no whole adapter of tunesmith's ({why}).").format(
                folder=folder, why=str(error).splitlines()[0] if str(error) else "?"
            ),
            field="model.adapter",
            advice=_("It needs {config} and {weights}.").format(config=CONFIG, weights=WEIGHTS),
        ) from None
