"""What a plan says."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from engine.recipe import Recipe

Verdict = Literal["fits", "tight", "does-not-fit"]


@dataclass(frozen=True)
class Reason:
    """Why a field that was left on `auto` got its value, and where that is known from."""

    field: str
    value: Any
    reason: str
    source: str


@dataclass(frozen=True)
class Plan:
    """Everything known before a run starts. Bytes are bytes on one device."""

    verdict: Verdict
    device: str
    device_kind: Literal["cuda", "cpu"]
    needed_bytes: int
    free_bytes: int
    total_bytes: int
    parts: dict[str, int]
    recipe: Recipe
    """The recipe with no `auto` left."""
    reasons: tuple[Reason, ...]
    steps: int
    steps_exact: bool
    """False where rows were sampled or will be packed: the trainer counts anew."""
    tokens: int
    """Tokens that pass through the model, over all epochs."""
    loss_tokens: int
    trainable_parameters: int
    seconds_estimate: float | None
    """Training alone, roughly; None for a device of unknown speed."""
    rows: dict[str, int]
    """`total kept cut dropped refused train evaluation`, as far as they are known now."""
    warnings: tuple[str, ...]
    advice: tuple[str, ...] = ()
    """What would make it fit, in the order to try it."""

    @property
    def fits(self) -> bool:
        """Whether the run may start."""
        return self.verdict != "does-not-fit"

    def to_json(self) -> dict[str, Any]:
        """The document of `plan --json`, also kept in the run's directory."""
        return {
            "verdict": self.verdict,
            "device": self.device,
            "device_kind": self.device_kind,
            "needed_bytes": self.needed_bytes,
            "free_bytes": self.free_bytes,
            "total_bytes": self.total_bytes,
            "parts": dict(self.parts),
            "resolved": self.recipe.model_dump(mode="json"),
            "reasons": [asdict(reason) for reason in self.reasons],
            "steps": self.steps,
            "steps_exact": self.steps_exact,
            "tokens": self.tokens,
            "loss_tokens": self.loss_tokens,
            "trainable_parameters": self.trainable_parameters,
            "seconds_estimate": self.seconds_estimate,
            "rows": dict(self.rows),
            "warnings": [*self.advice, *self.warnings],
        }
