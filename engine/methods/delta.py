"""What freeze and BitFit share: some of the base's own weights are trained, and they are saved.

What the base had there is kept in main memory, so that it can be shown and other deltas loaded.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import BadInput
from engine.methods.base import AdapterMethod, Refusal, Situation
from engine.methods.own_files import read_own, write_own
from engine.models.facts import ModelFacts
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel

_KEPT = "_tunesmith_deltas"
DEFAULT = "default"


class _Deltas:
    """The base's tensors of old, and those of every loaded delta that does not answer now."""

    def __init__(self) -> None:
        self.base: dict[str, Any] = {}
        self.others: dict[str, dict[str, Any]] = {}
        self.active = DEFAULT


class DeltaMethod(AdapterMethod):
    """Trains weights of the base; the result holds only those, and goes back onto the base."""

    merges = True

    @abstractmethod
    def trained(self, options: Any, names: Iterable[str], layers: int) -> set[str]:
        """Which of these parameters are trained, by name, in a model of so many layers."""

    @abstractmethod
    def nothing_to_train(self, facts: ModelFacts) -> Refusal:
        """Said when `trained` finds none."""

    def refusal(self, options: Any, situation: Situation) -> Refusal | None:
        found = super().refusal(options, situation)
        facts = situation.facts
        if found is not None or facts is None or not facts.tensors:
            return found
        names = [name for name, _size, _ndim in facts.tensors]
        return None if self.trained(options, names, facts.layers) else self.nothing_to_train(facts)

    def trainable_parameters(self, options: Any, facts: ModelFacts) -> int:
        chosen = self.trained(options, (n for n, _size, _ndim in facts.tensors), facts.layers)
        return sum(size for name, size, _ndim in facts.tensors if name in chosen)

    def apply(self, model: "PreTrainedModel", options: Any) -> Any:
        text = model.config.get_text_config()
        names = [name for name, _parameter in model.named_parameters()]
        chosen = self.trained(options, names, text.num_hidden_layers)
        if not chosen:
            raise ValueError(f"{self.name} finds nothing to train in this model")
        model.requires_grad_(False)
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(name in chosen)
        kept = _Deltas()
        kept.base = _values(model, chosen)
        object.__setattr__(model, _KEPT, kept)
        write_own_options(model, options)
        return model

    def save(self, model: Any, folder: Path) -> None:
        kept = _kept(model)
        write_own(folder, self.name, _options(model), _values(model, kept.base))

    def owns_checkpoints(self, options: Any) -> bool:
        return True

    def resume(self, model: Any, folder: Path) -> None:
        _name, _given, tensors = read_own(folder)
        _put(model, tensors)

    def load(self, model: "PreTrainedModel", folder: Path, *, trainable: bool = False) -> Any:
        _name, options, tensors = read_own(folder)
        _check_fit(model, tensors, folder)
        kept = _Deltas()
        kept.base = _values(model, tensors)
        object.__setattr__(model, _KEPT, kept)
        object.__setattr__(model, "_tunesmith_options", options)
        model.requires_grad_(False)
        _put(model, tensors)
        if trainable:
            for name, parameter in model.named_parameters():
                parameter.requires_grad_(name in tensors)
        return model

    @contextmanager
    def base_shown(self, model: Any) -> Iterator[None]:
        kept = _kept(model)
        tuned = _values(model, kept.base)
        _put(model, kept.base)
        try:
            yield
        finally:
            _put(model, tuned)

    def merge(self, model: Any) -> Any:
        """The weights are in the base already; only what it was before is let go."""
        object.__delattr__(model, _KEPT)
        return model

    def saved_options(self, folder: Path) -> dict[str, Any]:
        _name, options, _tensors = read_own(folder)
        return options

    def add(self, model: Any, folder: Path, name: str) -> None:
        """Loaded into main memory; `switch` puts it into the model."""
        _method, _given, tensors = read_own(folder)
        _check_fit(model, tensors, folder)
        kept = _kept(model)
        missing = tensors.keys() - kept.base.keys()
        kept.base |= _values(model, missing)
        kept.others[name] = tensors

    def switch(self, model: Any, name: str) -> None:
        kept = _kept(model)
        if name == kept.active:
            return
        following = kept.others.pop(name)
        kept.others[kept.active] = _values(model, kept.base)
        _put(model, kept.base | following)
        kept.active = name

    def names(self, model: Any) -> list[str]:
        kept = _kept(model)
        return [kept.active, *kept.others]


def write_own_options(model: Any, options: Any) -> None:
    """Keep the options with the model, for the file that is saved later."""
    object.__setattr__(model, "_tunesmith_options", options.model_dump(mode="json"))


def _options(model: Any) -> dict[str, Any]:
    options: dict[str, Any] = model.__dict__["_tunesmith_options"]
    return options


def _kept(model: Any) -> _Deltas:
    kept: _Deltas = model.__dict__[_KEPT]
    return kept


def _values(model: Any, names: Iterable[str]) -> dict[str, Any]:
    """Copies of some parameters in main memory."""
    wanted = set(names)
    return {n: p.detach().clone().cpu() for n, p in model.named_parameters() if n in wanted}


def _put(model: Any, tensors: dict[str, Any]) -> None:
    import torch

    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name in tensors:
                parameter.copy_(tensors[name])


def _check_fit(model: Any, tensors: dict[str, Any], folder: Path) -> None:
    known = {name: parameter.shape for name, parameter in model.named_parameters()}
    for name, tensor in tensors.items():
        if known.get(name) != tensor.shape:
            raise BadInput(
                _("{folder}: {name} is not a weight of this model, or has another shape.").format(
                    folder=folder, name=name
                ),
                field="model.adapter",
                advice=_("It was trained on another base."),
            )
