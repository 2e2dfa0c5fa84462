"""Optimizers that transformers has no name for, in the form its Trainer asks for."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import nn
from transformers import TrainingArguments

from engine.recipe import Training


class MuonWithAdamW(torch.optim.Optimizer):
    """Muon for the matrices inside the layers, AdamW for all that is no such matrix.

    Muon turns each update into the nearest orthogonal matrix, so that every direction of a weight
    learns at the same pace; embeddings, heads, norms and biases have no such geometry (Jordan 2024,
    'Muon: an optimizer for hidden layers in neural networks'). Updates are scaled to the size
    AdamW's would have, so that one learning rate serves both (Liu 2025, 'Muon is scalable for LLM
    training').
    """

    def __init__(
        self, matrices: list[nn.Parameter], others: list[nn.Parameter], lr: float, decay: float
    ) -> None:
        self.parts: dict[str, torch.optim.Optimizer] = {}
        if matrices:
            self.parts["muon"] = torch.optim.Muon(
                matrices, lr=lr, weight_decay=decay, adjust_lr_fn="match_rms_adamw"
            )
        if others:
            self.parts["adamw"] = torch.optim.AdamW(
                others, lr=lr, betas=(0.9, 0.95), weight_decay=0.0
            )
        super().__init__([*matrices, *others], {"lr": lr})
        self._share_groups()

    def _share_groups(self) -> None:
        """A schedule that moves our groups' learning rate moves that of the parts."""
        self.param_groups = [group for part in self.parts.values() for group in part.param_groups]

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:  # type: ignore[override]
        """Move every parameter that has a gradient."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for part in self.parts.values():
            part.step()
        return loss

    def state_dict(self) -> dict[str, Any]:
        """The states of both parts, by their names."""
        return {name: part.state_dict() for name, part in self.parts.items()}

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        """Take both parts' states up again."""
        for name, part in self.parts.items():
            part.load_state_dict(state_dict[name])
        self._share_groups()


def muon(model: nn.Module, *, lr: float, decay: float) -> MuonWithAdamW:
    """Muon over a model's trainable parameters; embeddings and head are left to AdamW."""
    ends = {
        id(parameter)
        for module in model.modules()
        if isinstance(module, nn.Embedding)
        for parameter in module.parameters(recurse=False)
    }
    head = getattr(model, "get_output_embeddings", lambda: None)()
    if head is not None:
        ends |= {id(parameter) for parameter in head.parameters()}
    trainable = [parameter for parameter in model.parameters() if parameter.requires_grad]
    matrices = [p for p in trainable if p.ndim == 2 and id(p) not in ends]
    chosen = {id(p) for p in matrices}
    return MuonWithAdamW(matrices, [p for p in trainable if id(p) not in chosen], lr, decay)


FACTORIES: dict[str, Callable[..., torch.optim.Optimizer]] = {"muon": muon}


def own_optimizer(name: str, arguments: TrainingArguments) -> Any:
    """A Trainer's `optimizer_cls_and_kwargs` for an optimizer of ours, None for the library's."""
    factory = FACTORIES.get(name)
    if factory is None:
        return None
    kwargs = {"lr": arguments.learning_rate, "decay": arguments.weight_decay}
    return (lambda: factory), kwargs


def schedule_arguments(training: Training, total_steps: int) -> dict[str, Any]:
    """What the learning rate's schedule needs beyond warmup and length."""
    if training.scheduler != "warmup_stable_decay":
        return {}
    decay = training.decay
    steps = round(decay * total_steps) if decay < 1 else int(decay)
    return {"num_decay_steps": min(steps, total_steps), "decay_type": "cosine"}
