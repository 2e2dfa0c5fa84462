"""What every tuning method answers: how it changes a model, what it saves, what it costs."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.models.facts import ModelFacts
from engine.tables import Choice

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class Method(Choice, ABC):
    """One way to choose which weights are trained."""

    adapter: bool = False
    """Trains weights beside a frozen base, which can be switched off again."""
    quantized_base: bool = False
    """May go on a base stored in 8 or 4 bits."""
    merges: bool = False
    """The result can be folded into the base's own weights."""
    result: str = "model"
    """Folder of the result in the run's directory: `adapter` or `model`."""
    learning_rate: float = 2e-5
    """Peak rate that is safe for most models, with its source in `learning_rate_source`."""
    learning_rate_source: str = ""

    def resolve(self, options: dict[str, Any], facts: ModelFacts) -> dict[str, tuple[Any, str]]:
        """Values for options left on `auto`: `{option: (value, reason)}`."""
        return {}

    @abstractmethod
    def trainable_parameters(self, options: Any, facts: ModelFacts) -> int:
        """Weights that get gradients, counted from shapes alone."""

    @abstractmethod
    def apply(self, model: "PreTrainedModel", options: Any) -> Any:
        """The model made ready for training this way (peft's wrapper for adapters)."""

    @abstractmethod
    def save(self, model: Any, folder: Path) -> None:
        """Write what was trained as safetensors."""


class AdapterMethod(Method):
    """A method whose result is laid beside its base and can be switched off."""

    adapter = True
    result = "adapter"

    @abstractmethod
    def load(self, model: "PreTrainedModel", folder: Path, *, trainable: bool = False) -> Any:
        """A saved adapter put onto its base."""

    @abstractmethod
    def base_shown(self, model: Any) -> AbstractContextManager[Any]:
        """Inside this context the model answers as its base does."""
