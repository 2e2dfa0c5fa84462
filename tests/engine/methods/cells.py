"""What each method is tried with: a tiny model of a kind that it can go on, and small options."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Cell:
    """One method with options, on one kind of tiny model."""

    method: str
    options: dict[str, Any] = field(default_factory=dict)
    kind: str = "qwen2"
    rate: float = 0.01
    base_off: float = 0.0
    """How far the base that is shown may be from the base: only PiSSA's is put together anew."""

    @property
    def id(self) -> str:
        """As pytest shows it."""
        switches = [f"{k}={v}" if v is not True else k for k, v in self.options.items()]
        return "-".join([self.method, *switches, *([] if self.kind == "qwen2" else [self.kind])])


_LORA = {"rank": 4, "alpha": 8.0}
CELLS = (
    Cell("lora", _LORA),
    Cell("lora", {**_LORA, "dora": True}),
    Cell("lora", {**_LORA, "rslora": True}),
    Cell("lora", {**_LORA, "pissa": True}, base_off=1e-4),
    Cell("lora", {**_LORA, "pissa": True, "rslora": True, "dora": True}, base_off=1e-4),
    Cell("lora", _LORA, kind="gpt2"),
    Cell("adalora", {"rank": 2, "start_rank": 4}),
    Cell("ia3", rate=0.05),
    Cell("ia3", kind="gpt2", rate=0.05),
    Cell("prompt", {"tokens": 6}, rate=0.1),
    Cell("prompt", {"tokens": 6, "text": "answer as Ember"}, rate=0.1),
    Cell("prefix", {"tokens": 6, "network": 16}),
    Cell("prefix", {"tokens": 6}, kind="qwen3"),
    Cell("p-tuning", {"tokens": 6}),
    Cell("p-tuning", {"tokens": 6, "encoder": "lstm", "network": 24}),
    Cell("p-tuning-v2", {"tokens": 6}, rate=0.1),
    Cell("vera", {"rank": 32}, rate=0.05),
    Cell("oft", {"block": 16}),
    Cell("oft", {"block": 12, "shared": True}),
    Cell("boft"),
    Cell("loha", {"rank": 4, "alpha": 16.0}),
    Cell("lokr", {"rank": 4, "alpha": 16.0}),
    Cell("lokr", {"rank": 2, "alpha": 8.0, "both": True, "factor": 8}),
    Cell("ln-tuning", rate=0.05),
    Cell("ln-tuning", kind="gpt2", rate=0.05),
    Cell("llama-adapter", {"tokens": 4, "layers": 2}, kind="llama", rate=0.3),
    Cell("llama-adapter", {"tokens": 4, "layers": 2}, kind="gpt2", rate=0.3),
    Cell("freeze", {"layers": 1}),
    Cell("freeze", {"modules": ("down_proj", "*.q_proj.weight"), "head": True}),
    Cell("bitfit", rate=0.05),
    Cell("bitfit", kind="gpt2", rate=0.05),
    Cell("adapter", {"reduction": 8}),
    Cell("adapter", {"placement": "houlsby", "reduction": 4, "non_linearity": "gelu"}),
    Cell("adapter", {"placement": "houlsby"}, kind="gpt2"),
    Cell("full"),
)
ADAPTERS = tuple(cell for cell in CELLS if cell.method != "full")
