"""The figures of a step: tokens, speed, memory, time to go."""

import resource
import sys
import time
from collections import deque
from typing import Any

import psutil
import torch


class TokenMeter:
    """Counts the tokens that pass through the model in training, padding left out.

    Sums stay on the device until they are read, so that counting costs no wait.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        self._tokens: Any = 0
        self._with_loss: Any = 0
        self._hook = model.register_forward_pre_hook(self._count, with_kwargs=True)

    def _count(self, module: Any, _args: Any, kwargs: dict[str, Any]) -> None:
        labels, ids = kwargs.get("labels"), kwargs.get("input_ids")
        if not module.training or labels is None or ids is None:
            return
        mask, places = kwargs.get("attention_mask"), kwargs.get("position_ids")
        if mask is None and places is not None:
            # Packed rows come without a mask; a place 0 that no place 1 follows is padding.
            follows = torch.nn.functional.pad(places[:, 1:], (0, 1))
            mask = (places != 0) | (follows == 1)
        self._tokens = self._tokens + (mask.sum() if mask is not None else ids.numel())
        self._with_loss = self._with_loss + (labels != -100).sum()

    def take(self) -> tuple[int, int]:
        """Tokens and tokens with loss since the last call."""
        taken = int(self._tokens), int(self._with_loss)
        self._tokens = self._with_loss = 0
        return taken

    def close(self) -> None:
        """Stop counting."""
        self._hook.remove()


class StepClock:
    """Durations of steps without the time spent paused, chatting, evaluating or saving."""

    def __init__(self, window: int = 50) -> None:
        self._durations: deque[float] = deque(maxlen=window)
        self._begun: float | None = None
        self._since_log = 0.0

    def begin(self) -> None:
        """A step begins."""
        self._begun = time.monotonic()

    def hold(self, seconds: float) -> None:
        """So much of the current step was not training."""
        if self._begun is not None:
            self._begun += seconds

    def end(self) -> None:
        """A step ended."""
        if self._begun is not None:
            duration = max(time.monotonic() - self._begun, 1e-9)
            self._durations.append(duration)
            self._since_log += duration
            self._begun = None

    def take(self) -> float:
        """Seconds of training since the last call."""
        seconds, self._since_log = self._since_log, 0.0
        return seconds

    def seconds_to_go(self, steps: int) -> float | None:
        """Expected seconds for so many more steps, from the recent ones."""
        if not self._durations:
            return None
        return steps * sum(self._durations) / len(self._durations)


def memory_now() -> tuple[int, int]:
    """Bytes in use and their peak: of the GPU where there is one, else of this process."""
    if torch.cuda.is_available():
        return torch.cuda.memory_allocated(), torch.cuda.max_memory_allocated()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return psutil.Process().memory_info().rss, peak * (1 if sys.platform == "darwin" else 1024)
