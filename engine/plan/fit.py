"""The largest micro batch that fits, and what else gives way for it."""

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass

from engine.memory import Device, Memory, estimate
from engine.methods import METHODS, Method
from engine.models import ModelFacts
from engine.plan.draft import Draft
from engine.plan.rows import Sequences
from engine.recipe import Recipe
from engine.words import _

LARGEST_ON_CPU = 8
"""Rows in a micro batch from which on a processor gains nothing."""
ENOUGH_TOKENS = 2048
"""A micro batch this large keeps a GPU busy; less is not worth memory for activations."""
ENOUGH_ROWS = 4
MEMORY = "memory estimate"


@dataclass(frozen=True)
class Setting:
    """One way to run the recipe; `micro_batch` times `accumulation` is one step of one device."""

    dtype: str
    precision: str
    optimizer: str
    checkpointing: bool
    micro_batch: int
    accumulation: int

    def applied(self, recipe: Recipe) -> Recipe:
        """The recipe with this setting."""
        training = recipe.training.model_copy(
            update={
                "precision": self.precision,
                "optimizer": self.optimizer,
                "activation_checkpointing": self.checkpointing,
                "micro_batch": self.micro_batch,
                "accumulation": self.accumulation,
            }
        )
        model = recipe.model.model_copy(update={"dtype": self.dtype})
        return recipe.model_copy(update={"training": training, "model": model})


@dataclass(frozen=True)
class Fit:
    """The setting that was found and what it takes."""

    setting: Setting
    memory: Memory
    device: Device

    @property
    def verdict(self) -> str:
        """`fits` with the estimate's margin to spare, `tight` without, else `does-not-fit`."""
        needed, free = self.memory.needed_bytes, self.device.free_bytes
        if needed <= free * (1 - self.memory.margin):
            return "fits"
        return "tight" if needed <= free else "does-not-fit"


def find_fit(
    draft: Draft,
    method: Method,
    facts: ModelFacts,
    device: Device,
    sequences: Sequences,
    processes: int,
) -> Fit:
    """Go through the settings that are open, best first, and take the first that fits.

    What the person fixed is fixed. When nothing fits, the one that needs least is taken.
    """
    recipe = draft.recipe()
    smallest: Fit | None = None
    for setting in _settings(draft, method, facts, device, processes):
        memory = estimate(setting.applied(recipe), facts, device, length=sequences.longest)
        fit = Fit(setting, memory, device)
        if smallest is None or memory.needed_bytes < smallest.memory.needed_bytes:
            smallest = fit
        if fit.verdict == "fits" and _worth_it(draft, setting, sequences, processes):
            return fit
    assert smallest is not None  # every list of choices has at least one
    return smallest


def explain(draft: Draft, fit: Fit, facts: ModelFacts, device: Device, method: Method) -> None:
    """Write the setting into the draft with its reasons."""
    setting, free = fit.setting, device.free_bytes / 2**30
    where = _("{free:.1f} GiB free").format(free=free)
    draft.choose(
        "model.dtype", setting.dtype, _dtype_words(setting, device, method.adapter), "device"
    )
    draft.choose(
        "training.precision",
        setting.precision,
        _("a processor computes fastest and exactly in fp32")
        if device.kind == "cpu"
        else _("its tensor cores compute in {kind}").format(kind=setting.precision),
        "device",
    )
    draft.choose(
        "training.optimizer",
        setting.optimizer,
        _("AdamW with states in 8 bits, since full ones do not fit")
        if "8bit" in setting.optimizer
        else _("AdamW, the field's default"),
        MEMORY if "8bit" in setting.optimizer else "transformers",
    )
    draft.choose(
        "training.activation_checkpointing",
        setting.checkpointing,
        _("saves memory for about a third more time: {where}").format(where=where)
        if setting.checkpointing
        else _("activations fit, so nothing is computed twice")
        if method.checkpointing
        else _("it drops the cache, in which {method} learns").format(method=method.name),
        MEMORY,
    )
    chosen = draft.is_auto("training.micro_batch")
    draft.choose(
        "training.micro_batch",
        setting.micro_batch,
        _micro_words(draft, fit, device, where),
        MEMORY,
    )
    draft.choose(
        "training.accumulation",
        setting.accumulation,
        _("{micro} x {n} rows make one step; accumulating costs no memory").format(
            micro=setting.micro_batch, n=setting.accumulation
        )
        if chosen or setting.accumulation > 1
        else _("a micro batch is a whole step"),
        "training.effective_batch",
    )


def _settings(
    draft: Draft, method: Method, facts: ModelFacts, device: Device, processes: int
) -> Iterator[Setting]:
    """All settings that the person left open, the best first."""
    for dtype, precision in _types(draft, method, facts, device):
        for optimizer in _optimizers(draft, method, device):
            for checkpointing in _checkpointing(draft, method):
                for micro, accumulation in _batches(draft, device, processes):
                    yield Setting(dtype, precision, optimizer, checkpointing, micro, accumulation)


def _types(
    draft: Draft, method: Method, facts: ModelFacts, device: Device
) -> list[tuple[str, str]]:
    """Types of weights and of arithmetic.

    Frozen weights lose nothing in half precision. Weights that are trained do: small updates
    vanish in 8 bits of mantissa, so fp32 comes first and bf16 only where it must.
    """
    half = "bf16" if device.has_bf16 else "fp16"
    precision = draft["training.precision"]
    if precision == "auto":
        precision = "fp32" if device.kind == "cpu" else half
    if not draft.is_auto("model.dtype"):
        return [(draft["model.dtype"], precision)]
    options = METHODS.options(method.name, draft.recipe().method.options)
    if method.exact_base(options) is not None:
        return [("fp32", precision)]
    if method.adapter:
        first = "fp32" if device.kind == "cpu" or precision == "fp32" else half
        second = "bf16" if device.kind == "cpu" or first == "fp32" else first
        return [(dtype, precision) for dtype in dict.fromkeys((first, second))]
    dtypes = ["fp32", "bf16"] if device.has_bf16 or device.kind == "cpu" else ["fp32"]
    return [(dtype, precision) for dtype in dtypes]


def _optimizers(draft: Draft, method: Method, device: Device) -> list[str]:
    if not draft.is_auto("training.optimizer"):
        return [draft["training.optimizer"]]
    if device.kind == "cpu":
        return ["adamw_torch"]
    names = ["adamw_torch_fused"]
    if not method.adapter and importlib.util.find_spec("bitsandbytes") is not None:
        names.append("adamw_bnb_8bit")
    return names


def _checkpointing(draft: Draft, method: Method) -> list[bool]:
    if draft.is_auto("training.activation_checkpointing"):
        return [False, True] if method.checkpointing else [False]
    return [bool(draft["training.activation_checkpointing"])]


def _batches(draft: Draft, device: Device, processes: int) -> list[tuple[int, int]]:
    """(micro batch, accumulation), the largest micro batch first; their product is kept."""
    rows = max(1, int(draft["training.effective_batch"]) // processes)
    micro, accumulation = draft["training.micro_batch"], draft["training.accumulation"]
    if micro != "auto" and accumulation != "auto":
        return [(int(micro), int(accumulation))]
    if micro != "auto":
        return [(int(micro), max(1, round(rows / int(micro))))]
    limit = LARGEST_ON_CPU if device.kind == "cpu" else rows
    if accumulation != "auto":
        first = max(1, round(rows / int(accumulation)))
        sizes = {first, *(first >> n for n in range(first.bit_length()))}
        return [(size, int(accumulation)) for size in sorted(sizes, reverse=True)]
    divisors = {d for n in range(1, int(rows**0.5) + 1) if rows % n == 0 for d in (n, rows // n)}
    return [(d, rows // d) for d in sorted(divisors, reverse=True) if d <= max(1, limit)]


def _worth_it(draft: Draft, setting: Setting, sequences: Sequences, processes: int) -> bool:
    """Without checkpointing, a micro batch that starves the GPU is worse than with it."""
    open_to = ("training.activation_checkpointing", "training.micro_batch")
    if setting.checkpointing or not all(draft.is_auto(field) for field in open_to):
        return True
    whole = max(1, int(draft["training.effective_batch"]) // processes)
    rows = setting.micro_batch
    return rows >= min(whole, ENOUGH_ROWS) or rows * sequences.longest >= ENOUGH_TOKENS


def _dtype_words(setting: Setting, device: Device, adapter: bool) -> str:
    if setting.dtype == "fp32":
        if adapter and device.kind == "cuda" and setting.precision == "fp32":
            return _("as training.precision, so that nothing is converted")
        if adapter and device.kind == "cuda":
            return _("this method needs the base's weights exactly, which half precision rounds")
        if adapter:
            return _("a processor computes fastest and exactly in fp32")
        return _("weights that are trained keep their small updates in fp32")
    if adapter and device.kind == "cuda":
        return _("frozen weights lose nothing that matters in {kind}").format(kind=setting.dtype)
    return _("in fp32 the weights do not fit; {kind} rounds small updates away").format(
        kind=setting.dtype
    )


def _micro_words(draft: Draft, fit: Fit, device: Device, where: str) -> str:
    size, verdict = fit.setting.micro_batch, fit.verdict
    if verdict == "does-not-fit":
        return _("the smallest there is, and still too large: {where}").format(where=where)
    if size * fit.setting.accumulation == size:
        return _("a whole step at once fits: {where}").format(where=where)
    if device.kind == "cpu" and size >= LARGEST_ON_CPU:
        return _("a processor gains nothing from more rows at once")
    return _("the largest that leaves {share:.0%} to spare: {where}").format(
        share=fit.memory.margin, where=where
    )
