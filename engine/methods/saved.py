"""Saved adapters of any kind: which method made one, and the one call that puts it onto its base."""

import json
from pathlib import Path
from typing import Any

from engine.errors import BadInput
from engine.methods.base import AdapterMethod
from engine.methods.own_files import CONFIG, own_method
from engine.methods.table import METHODS
from engine.words import _

PEFT_CONFIG = "adapter_config.json"


def method_of_folder(folder: Path) -> AdapterMethod:
    """The method that made a saved adapter, as its config tells.

    Raises:
        BadInput: for a folder without an adapter, or one of a kind that is not in the table.
    """
    kind = ""
    if (folder / CONFIG).is_file():
        kind = own_method(folder)
        if kind in METHODS and isinstance(found := METHODS.get(kind), AdapterMethod):
            return found
    elif (folder / PEFT_CONFIG).is_file():
        try:
            config = json.loads((folder / PEFT_CONFIG).read_text())
            kind = str(config["peft_type"])
        except (OSError, ValueError, KeyError, TypeError):
            config = {}
        if kind == "PREFIX_TUNING":
            return _adapter("prefix" if config.get("prefix_projection") else "p-tuning-v2")
        for method in METHODS:
            if isinstance(method, AdapterMethod) and getattr(method, "peft_type", "") == kind:
                return method
    else:
        raise BadInput(
            _("There is no adapter in {folder}.").format(folder=folder),
            field="model.adapter",
            code="not_found",
            advice=_("An adapter's folder holds {peft} or {own}.").format(
                peft=PEFT_CONFIG, own=CONFIG
            ),
        )
    raise BadInput(
        _("The adapter in {folder} is of a kind that is not known here ({kind}).").format(
            folder=folder, kind=kind or "?"
        ),
        field="model.adapter",
        advice=_("Known are {names}.").format(
            names=", ".join(m.name for m in METHODS if isinstance(m, AdapterMethod))
        ),
    )


def load_adapter(model: Any, folder: str | Path, *, trainable: bool = False) -> Any:
    """Put a saved adapter onto its base: the one call for everything that a run saves.

    ```python
    from engine.methods import load_adapter
    model = load_adapter(AutoModelForCausalLM.from_pretrained(base), "run/adapter")
    ```
    """
    place = Path(folder)
    return method_of_folder(place).load(model, place, trainable=trainable)


def with_adapter_merged(model: Any, folder: Path) -> Any:
    """A base with a saved adapter folded into its weights, as if it had always been so."""
    method = method_of_folder(folder)
    return method.merge(method.load(model, folder))


def _adapter(name: str) -> AdapterMethod:
    method = METHODS.get(name)
    assert isinstance(method, AdapterMethod)
    return method
