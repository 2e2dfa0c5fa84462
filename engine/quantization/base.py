"""What every way of storing the base answers: how it is loaded and how many bytes it takes."""

from typing import Any

from engine.models.facts import ModelFacts
from engine.tables import Choice


class Quantization(Choice):
    """One way to hold the frozen base in memory."""

    bits: int | None = None
    """Bits a weight of the quantized layers; None keeps the model's own type."""

    def unavailable(self) -> str | None:
        """Why it cannot be chosen on this machine, None when it can."""
        return None

    def weight_bytes(self, options: Any, facts: ModelFacts, dtype_bytes: int) -> int:
        """Bytes of the base's weights in memory."""
        return facts.parameters * dtype_bytes

    def load_arguments(self, options: Any, compute_dtype: str) -> dict[str, Any]:
        """Arguments for `from_pretrained` beside the dtype."""
        return {}

    def after_load(self, model: Any) -> None:
        """Mend what the library leaves to do once the model is built."""
