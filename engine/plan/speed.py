"""How long a run takes, roughly: floating-point operations over what the device really reaches."""

from engine.machine import Machine, card_of
from engine.memory import Device
from engine.models import ModelFacts

GPU_EFFICIENCY = 0.35
"""Share of the data sheet's rate that training reaches without fused kernels: assumed."""
QUANTIZED_FACTOR = 0.75
"""What unpacking 4-bit weights before each product leaves of it: assumed."""
SECONDS_A_LAYER = 0.0012
"""A layer's forward and backward cannot be faster than its kernels are started: assumed."""
GPU_SECONDS_A_STEP = 0.03
"""The trainer's own part of a micro batch (batching, metrics, the optimizer): assumed."""
CPU_FLOPS_PER_CORE = 40e9
"""fp32: one core of a server reached 60e9 on the pocket model; several cores share their caches."""
CPU_SECONDS_A_STEP = 0.03
"""Python's own part of a micro batch on a processor."""


def seconds(
    facts: ModelFacts,
    device: Device,
    machine: Machine,
    *,
    tokens: int,
    length: int,
    micro_batches: int,
    trained: int,
    adapter: bool,
    checkpointing: bool,
    quantized: bool,
    processes: int = 1,
) -> float | None:
    """Seconds of training alone; None for a card whose speed is not known.

    Args:
        tokens: all that pass through the model.
        length: of a typical sequence, in tokens.
        micro_batches: forward and backward passes of one process, over all steps.
    """
    work = tokens * flops_per_token(facts, length, trained, adapter, checkpointing)
    if device.kind == "cpu":
        rate = CPU_FLOPS_PER_CORE * machine.cpus
        return work / rate + micro_batches * CPU_SECONDS_A_STEP
    card = card_of(device.name)
    if card is None:
        return None
    rate = card.half_flops * GPU_EFFICIENCY * (QUANTIZED_FACTOR if quantized else 1.0)
    starts = micro_batches * facts.layers * SECONDS_A_LAYER * (1.5 if checkpointing else 1.0)
    return max(work / rate / processes, starts) + micro_batches * GPU_SECONDS_A_STEP


def flops_per_token(
    facts: ModelFacts, length: int, trained: int, adapter: bool, checkpointing: bool
) -> float:
    """2 a weight forward, 2 for the inputs' gradient, 2 for the weights' own (Kaplan 2020).

    A frozen weight has no gradient of its own; checkpointing goes forward twice; attention adds
    4 · q · length / 2 a layer each way.
    """
    weights = facts.active_parameters or facts.parameters
    if not facts.tied_embeddings:
        weights -= facts.vocabulary * facts.hidden  # looking a row up is no product
    attention = 2.0 * facts.layers * facts.heads * facts.head_dim * length
    forward = 2.0 * weights + attention
    backward = 2.0 * weights + 2 * attention + 2.0 * weights * (not adapter)
    beside = 6.0 * trained if adapter else 0.0
    return forward * (2 if checkpointing else 1) + backward + beside
