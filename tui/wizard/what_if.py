"""One key, one change, to see at once what it does to the plan."""

from typing import Any

from engine.recipe import Recipe

LARGEST_MICRO_BATCH = 1024
RANKS = (4, 8, 16, 32, 64, 128, 256, 512, 1024)


def stepped_micro_batch(resolved: Recipe, direction: int) -> int:
    """The micro batch doubled or halved; `direction` is 1 or -1."""
    now = resolved.training.micro_batch
    size = now if isinstance(now, int) else 1
    return min(LARGEST_MICRO_BATCH, size * 2) if direction > 0 else max(1, size // 2)


def stepped_rank(resolved: Recipe, direction: int) -> int:
    """The next larger or smaller of the usual ranks."""
    now: Any = resolved.method.options.get("rank", 16)
    rank = now if isinstance(now, int) else 16
    if direction > 0:
        return next((size for size in RANKS if size > rank), RANKS[-1])
    return next((size for size in reversed(RANKS) if size < rank), RANKS[0])


def toggled_checkpointing(resolved: Recipe) -> bool:
    """Activation checkpointing the other way round."""
    return resolved.training.activation_checkpointing is not True


def toggled_four_bit(resolved: Recipe) -> str:
    """Between the base as it is and 4 bits."""
    return "none" if resolved.quantization.name == "bnb-4bit" else "bnb-4bit"
