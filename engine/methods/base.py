"""What every tuning method answers: how it changes a model, what it saves, what it costs."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.models.facts import ModelFacts
from engine.tables import Choice
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel

BNB_4BIT, BNB_8BIT = "bnb-4bit", "bnb-8bit"
BITSANDBYTES = frozenset({BNB_4BIT, BNB_8BIT})
ANY_STORAGE = frozenset({"*"})
"""For a method that the library puts onto every quantized base it knows."""


@dataclass(frozen=True)
class Situation:
    """What a method would be used with. What is not known yet is None and is not judged."""

    stage: str = "sft"
    stored: str | None = None
    """How the base is quantized: an entry of the table, or a checkpoint's own kind (gptq, awq)."""
    facts: ModelFacts | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a method cannot be used: one sentence, and the way out."""

    why: str
    advice: str
    field: str = "method.name"


class Method(Choice, ABC):
    """One way to choose which weights are trained."""

    common: bool = True
    """False for what few people need: the wizard may fold it away."""
    adapter: bool = False
    """Trains weights beside a frozen base, so they cost memory of their own and are kept in fp32."""
    quantized: frozenset[str] = frozenset()
    """On which quantized bases it may go: names of the table, or `ANY_STORAGE`."""
    merges: bool = False
    """The result can be folded into the base's own weights."""
    result: str = "model"
    """Folder of the result in the run's directory: `adapter` or `model`."""
    checkpointing: bool = True
    """Works with activation checkpointing."""
    packing: bool = True
    """Rows packed into one sequence stay apart."""
    learning_rate: float = 2e-5
    """Peak rate that is safe for most models, with its source in `learning_rate_source`."""
    learning_rate_source: str = ""
    rate_follows_width: bool = True
    """Trains matrices, whose rate under Adam goes with 1 / width; that of vectors does not
    (Tensor Programs V, Yang 2022, table 3)."""

    @property
    def quantized_base(self) -> bool:
        """May go on a base stored in 8 or 4 bits."""
        return bool(self.quantized)

    def describe(self) -> dict[str, Any]:
        return {
            **super().describe(),
            "common": self.common,
            "merges": self.merges,
            "quantized": sorted(self.quantized),
        }

    def resolve(self, options: dict[str, Any], facts: ModelFacts) -> dict[str, tuple[Any, str]]:
        """Values for options left on `auto`: `{option: (value, reason)}`."""
        return {}

    def rate(self, options: Any) -> tuple[float, str]:
        """The peak learning rate that fits these options, and its source."""
        return self.learning_rate, self.learning_rate_source

    def refusal(self, options: Any, situation: Situation) -> Refusal | None:
        """Why it cannot be used so, None when it can."""
        stored = situation.stored
        if stored is not None and not self.quantized & {stored, "*"}:
            return Refusal(
                _("{method} cannot be put on a base that is stored as {stored}.").format(
                    method=self.name, stored=stored
                )
                if self.quantized
                else _("{method} trains the base itself, which {stored} holds in few bits.").format(
                    method=self.name, stored=stored
                ),
                _("Set method: lora, or quantization: none."),
            )
        return None

    def exact_base(self, options: Any) -> str | None:
        """Why the base has to be held in fp32, None when it need not."""
        return None

    @abstractmethod
    def trainable_parameters(self, options: Any, facts: ModelFacts) -> int:
        """Weights that get gradients, counted from shapes alone."""

    def extra_tokens(self, options: Any) -> int:
        """Tokens it puts in front of every row, each as costly as one of the row's own."""
        return 0

    def kept_bytes(self, options: Any, facts: ModelFacts, tokens: int, each: int) -> float:
        """What autograd keeps for it beyond the base's own activations, in bytes.

        Args:
            tokens: of a micro batch.
            each: bytes of a number as the forward pass computes it.
        """
        return 0.0

    @abstractmethod
    def apply(self, model: "PreTrainedModel", options: Any) -> Any:
        """The model made ready for training this way (peft's wrapper for adapters)."""

    def prepare_training(self, trainer: Any, options: Any, total_steps: int) -> None:
        """Mend or extend the stage's trainer, once it is built and its steps are counted."""

    @abstractmethod
    def save(self, model: Any, folder: Path) -> None:
        """Write what was trained as safetensors."""

    def owns_checkpoints(self, options: Any) -> bool:
        """Writes and reads its checkpoints itself (`save_checkpoint`, `resume`)."""
        return False

    def save_checkpoint(self, model: Any, folder: Path) -> None:
        """Write all that `resume` needs; `load` reads such a folder too."""
        self.save(model, folder)

    def resume(self, model: Any, folder: Path) -> None:
        """Take the weights of a checkpoint up in a model made by `apply`."""
        raise NotImplementedError  # asked only of methods that own their checkpoints


class AdapterMethod(Method):
    """A method whose result is laid onto its base and can be switched off."""

    result = "adapter"

    @abstractmethod
    def load(self, model: "PreTrainedModel", folder: Path, *, trainable: bool = False) -> Any:
        """A saved adapter put onto its base."""

    @abstractmethod
    def base_shown(self, model: Any) -> AbstractContextManager[Any]:
        """Inside this context the model answers as its base does."""

    def merge(self, model: Any) -> Any:
        """The base with what was trained folded into its weights; only where `merges`."""
        raise NotImplementedError  # never asked of methods that do not merge

    def saved_options(self, folder: Path) -> dict[str, Any]:
        """Options of a saved adapter, as far as a recipe has them."""
        return {}

    def why_not_continued(self, folder: Path) -> str | None:
        """Why a saved adapter cannot be trained on, None when it can."""
        return None

    def add(self, model: Any, folder: Path, name: str) -> None:
        """Load another saved adapter beside the one at work, under a name of its own."""
        raise NotImplementedError

    def switch(self, model: Any, name: str) -> None:
        """Let another loaded adapter answer."""
        raise NotImplementedError

    def names(self, model: Any) -> list[str]:
        """Adapters that are loaded, the one at work first."""
        return ["default"]
