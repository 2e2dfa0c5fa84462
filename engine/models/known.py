"""Bases to start from: one line each on when to choose it. Any other hub id works as well."""

from dataclasses import asdict, dataclass
from typing import Any

from engine.words import _


@dataclass(frozen=True)
class KnownModel:
    """One base of the list; `download_bytes` is the size of its safetensors."""

    name: str
    summary: str
    parameters: int
    download_bytes: int
    context: int
    licence: str
    gated: bool = False
    """The owner wants terms to be accepted on the hub before it can be fetched."""

    def describe(self) -> dict[str, Any]:
        """The entry as `models --json` prints it."""
        return {**asdict(self), "options": []}


def _known(
    name: str, billions: float, gigabytes: float, context: int, licence: str, summary: str,
    gated: bool = False,
) -> KnownModel:  # fmt: skip
    return KnownModel(
        name, summary, int(billions * 1e9), int(gigabytes * 1e9), context, licence, gated
    )


APACHE = "apache-2.0"

KNOWN: tuple[KnownModel, ...] = (
    _known("pocket", 0.00525, 0.0105, 1024, APACHE,
           _("Comes along: trains in a minute on any processor, to try everything out.")),
    _known("Qwen/Qwen3-0.6B", 0.596, 1.50, 40960, APACHE,
           _("Smallest of a strong family; a laptop or any GPU tunes it.")),
    _known("Qwen/Qwen3-1.7B", 1.72, 4.06, 40960, APACHE,
           _("Good answers for its size; 8 GB of GPU memory are plenty.")),
    _known("Qwen/Qwen3-4B", 4.02, 8.05, 40960, APACHE,
           _("The best that tunes well on 12 GB.")),
    _known("Qwen/Qwen3-8B", 8.19, 16.4, 40960, APACHE,
           _("A safe choice for real work: 4-bit on 16 GB, LoRA on 24 GB.")),
    _known("Qwen/Qwen3-14B", 14.8, 29.5, 40960, APACHE,
           _("More knowledge; 4-bit on 24 GB.")),
    _known("Qwen/Qwen3-32B", 32.8, 65.5, 40960, APACHE,
           _("The largest dense one of its family; 4-bit on 48 GB.")),
    _known("meta-llama/Llama-3.2-1B-Instruct", 1.24, 2.47, 131072, "llama3.2",
           _("Small, long context, known to every tool."), gated=True),
    _known("meta-llama/Llama-3.2-3B-Instruct", 3.21, 6.43, 131072, "llama3.2",
           _("Between toy and work horse; on 12 GB."), gated=True),
    _known("meta-llama/Llama-3.1-8B-Instruct", 8.03, 16.1, 131072, "llama3.1",
           _("The field's yardstick; most recipes were made for it."), gated=True),
    _known("mistralai/Mistral-7B-Instruct-v0.3", 7.25, 14.5, 32768, APACHE,
           _("Plain architecture, free licence, runs everywhere.")),
    _known("google/gemma-3-1b-it", 1.0, 2.0, 32768, "gemma",
           _("Small, and strong in many languages."), gated=True),
    _known("google/gemma-3-4b-it", 4.3, 8.6, 131072, "gemma",
           _("Many languages on 12 GB; its picture part stays as it is."), gated=True),
    _known("microsoft/Phi-4-mini-instruct", 3.84, 7.67, 131072, "mit",
           _("Strong at sums and code for its size.")),
    _known("HuggingFaceTB/SmolLM2-360M-Instruct", 0.362, 0.724, 8192, APACHE,
           _("For a processor without GPU, or for quick trials.")),
    _known("HuggingFaceTB/SmolLM2-1.7B-Instruct", 1.71, 3.42, 8192, APACHE,
           _("Open data and training recipe, for those who want to know it all.")),
    _known("HuggingFaceTB/SmolLM3-3B", 3.08, 6.15, 65536, APACHE,
           _("Fully open, six languages, long context.")),
    _known("allenai/OLMo-2-0425-1B-Instruct", 1.48, 2.97, 4096, APACHE,
           _("Every step of its training is public; for research.")),
)  # fmt: skip
