"""Trained tensors written and read as they are, for checkpoints that have to go on exactly.

What a method saves as its result may be something else: PiSSA's is converted, P-tuning's encoder
is computed away, AdaLoRA's pruned rows are cut out.
"""

from pathlib import Path
from typing import Any

FILE = "training_state.safetensors"


def write_trained(model: Any, folder: Path, extra: dict[str, Any] | None = None) -> None:
    """All tensors that get gradients, by their names; `extra` under `extra.` beside them."""
    from safetensors.torch import save_file

    tensors = {
        name: parameter.detach().contiguous().clone().cpu()
        for name, parameter in model.named_parameters()
        if parameter.requires_grad
    }
    tensors |= {f"extra.{name}": t.detach().clone().cpu() for name, t in (extra or {}).items()}
    save_file(tensors, folder / FILE, metadata={"format": "pt"})


def read_trained(model: Any, folder: Path) -> dict[str, Any]:
    """Put the tensors back into a model of the same form; what was `extra` is returned.

    Raises:
        ValueError: when file and model do not have the same tensors.
    """
    import torch
    from safetensors.torch import load_file

    tensors = load_file(folder / FILE)
    extra = {
        name.removeprefix("extra."): tensors.pop(name)
        for name in list(tensors)
        if name.startswith("extra.")
    }
    trained = {n: p for n, p in model.named_parameters() if p.requires_grad}
    if tensors.keys() != trained.keys():
        raise ValueError(f"{folder / FILE} holds other tensors than the model trains")
    with torch.no_grad():
        for name, parameter in trained.items():
            parameter.copy_(tensors[name])
    return extra
