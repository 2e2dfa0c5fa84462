"""The networks themselves, and how they are put behind a model's blocks and taken out again.

An adapter is a child of the module that it follows, so that the model's own parameters keep their
names; a hook adds what it says to that module's output. Generation and activation checkpointing
run the hook like the module itself.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor, nn

CHILD = "bottleneck"
_SET = "_tunesmith_bottlenecks"


def made(hidden: int, width: int, device: Any) -> "nn.ModuleDict":
    """One adapter's layers: down to a narrow width and up again (Houlsby 2019).

    The way up starts at zero, so that the model answers as before until the first step.
    """
    import torch
    from torch import nn

    down = nn.Linear(hidden, width, device=device, dtype=torch.float32)
    up = nn.Linear(width, hidden, device=device, dtype=torch.float32)
    for start in (down.bias, up.weight, up.bias):
        nn.init.zeros_(start)
    return nn.ModuleDict({"down": down, "up": up})


def said(layers: "nn.ModuleDict", non_linearity: str, hidden: "Tensor") -> "Tensor":
    """W₂ f(W₁ x), what an adapter adds to a block's output (…, hidden), in that one's type."""
    import torch
    from torch.nn import functional

    bend = torch.tanh if non_linearity == "tanh" else getattr(functional, non_linearity)
    down, up = layers["down"], layers["up"]
    inner = bend(down(hidden.to(down.weight.dtype)))
    answer: Tensor = up(inner.to(up.weight.dtype)).to(hidden.dtype)
    return answer


class BottleneckSet:
    """All adapters of one model by name, which of them answer, and in which order."""

    def __init__(self, model: "nn.Module") -> None:
        self._model = model
        self.options: dict[str, dict[str, Any]] = {}
        self.stack: tuple[str, ...] = ()
        """Names whose adapters are run one behind the other; none shows the base."""

    def add(self, name: str, options: dict[str, Any], places: Iterable[str]) -> None:
        """Put fresh adapters behind these modules; they are off until they are in `stack`."""
        from torch import nn

        hidden = self._model.config.get_text_config().hidden_size
        width = max(1, hidden // int(options["reduction"]))
        for path in places:
            module = self._model.get_submodule(path)
            if not hasattr(module, CHILD):
                module.add_module(CHILD, nn.ModuleDict())
                module.register_forward_hook(self._follow)
            device = next(module.parameters()).device
            getattr(module, CHILD)[name] = made(hidden, width, device).train(self._model.training)
        self.options[name] = options

    def _follow(self, module: "nn.Module", _inputs: Any, output: Any) -> Any:
        """Add what the active adapters say to a block's output, or to the first of several."""
        if not self.stack:
            return output
        hidden = output[0] if isinstance(output, tuple) else output
        adapters = getattr(module, CHILD)
        for name in self.stack:
            if name in adapters:
                bend = str(self.options[name]["non_linearity"])
                hidden = hidden + said(adapters[name], bend, hidden)
        return (hidden, *output[1:]) if isinstance(output, tuple) else hidden

    def parameters(self, name: str) -> Iterator[tuple[str, "nn.Parameter"]]:
        """Tensors of one adapter; the name's own part is left out of theirs."""
        mark = f".{CHILD}.{name}."
        for path, parameter in self._model.named_parameters():
            if mark in path:
                yield path.replace(mark, f".{CHILD}."), parameter

    @contextmanager
    def off(self) -> Iterator[None]:
        """Inside, the model answers as its base."""
        before, self.stack = self.stack, ()
        try:
            yield
        finally:
            self.stack = before


def set_of(model: "nn.Module") -> BottleneckSet:
    """The adapters of a model; an empty set the first time it is asked for."""
    if _SET not in model.__dict__:
        object.__setattr__(model, _SET, BottleneckSet(model))
    found: BottleneckSet = model.__dict__[_SET]
    return found
