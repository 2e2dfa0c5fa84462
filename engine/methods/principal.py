"""PiSSA (Meng 2024): an adapter that starts from the weights' own main directions.

peft takes those directions out of the base, so the base under such an adapter is a remainder and
switching the adapter off shows no base. Therefore the start is remembered: taken off again it
turns the trained adapter into a plain one of twice the rank on the untouched base.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.methods.raw_weights import read_trained, write_trained

_START = "_tunesmith_pissa_start"


def remember_start(model: Any) -> None:
    """Keep what the adapter is before training, in main memory."""
    start = {
        name: parameter.detach().clone().cpu()
        for name, parameter in model.named_parameters()
        if parameter.requires_grad
    }
    object.__setattr__(model, _START, start)


def has_start(model: Any) -> bool:
    """Whether the model's adapter was begun as PiSSA here, and so stands on a remainder."""
    return _START in getattr(model, "__dict__", {})


def _start(model: Any) -> dict[str, Any]:
    start: dict[str, Any] = model.__dict__[_START]
    return start


@contextmanager
def start_shown(model: Any) -> Iterator[None]:
    """Inside, the adapter is what it was at the start: base and adapter make the old weights."""
    import torch

    start = _start(model)
    with torch.no_grad():
        parameters = {n: p for n, p in model.named_parameters() if n in start}
        trained = {n: p.detach().clone() for n, p in parameters.items()}
        for name, parameter in parameters.items():
            parameter.copy_(start[name])
    try:
        yield
    finally:
        with torch.no_grad():
            for name, parameter in parameters.items():
                parameter.copy_(trained[name])


def save_converted(model: Any, folder: Path) -> None:
    """A plain LoRA of twice the rank: the trained product less the one it began with.

    B·A − B₀·A₀ = [B, −B₀]·[A; A₀], with alpha raised so that the scale stays (peft's
    `subtract_mutated_init` does the same, but loads a second adapter into the live model).
    """
    import torch
    from peft import get_peft_model_state_dict
    from safetensors.torch import save_file

    name = model.active_adapter
    config = model.peft_config[name]
    start = {key.replace(f".{name}.", "."): value for key, value in _start(model).items()}
    converted = {}
    for key, tensor in get_peft_model_state_dict(model, adapter_name=name).items():
        tensor = tensor.detach().cpu()
        if ".lora_A." in key:
            tensor = torch.cat([tensor, start[key].to(tensor.dtype)], dim=0)
        elif ".lora_B." in key:
            tensor = torch.cat([tensor, -start[key].to(tensor.dtype)], dim=1)
        converted[key] = tensor.contiguous()
    folder.mkdir(parents=True, exist_ok=True)
    save_file(converted, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    config.save_pretrained(folder)
    path = folder / "adapter_config.json"
    tree = json.loads(path.read_text())
    tree["r"] = 2 * config.r
    tree["lora_alpha"] = config.lora_alpha * (2**0.5 if config.use_rslora else 2)
    tree["init_lora_weights"] = True
    tree["inference_mode"] = True
    path.write_text(json.dumps(tree, indent=2, sort_keys=True))


def write_exact(model: Any, folder: Path) -> None:
    """Adapter and start as they are, to go on from."""
    write_trained(model, folder, _start(model))


def read_exact(model: Any, folder: Path) -> None:
    """Go on from a checkpoint. The base becomes the remainder that belongs to its start.

    The start is computed anew when a run is resumed, and another machine may find other signs.
    """
    import torch

    start = read_trained(model, folder)
    mine = _start(model)
    if all(torch.equal(start[name], mine[name]) for name in start):
        return
    with torch.no_grad():
        for path, layer in model.named_modules():
            adapter = model.active_adapter
            if adapter not in getattr(layer, "lora_A", {}):
                continue
            a, b = (f"{path}.lora_{letter}.{adapter}.weight" for letter in "AB")
            weight = layer.get_base_layer().weight
            scale = layer.scaling[adapter]
            there = mine[b] @ mine[a] - start[b] @ start[a]
            if weight.shape != there.shape:  # GPT-2 stores its weights transposed
                there = there.T
            weight.add_((scale * there).to(weight))
    object.__setattr__(model, _START, start)
