"""A first estimate of a run's peak memory, by part, from shapes alone.

The one way in is `estimate`: a resolved recipe, the model's facts, a device and the longest
sequence in; a `Memory` out. What computes it may change behind that.

Formulas are sums over what autograd keeps, checked against measured runs on a T4 (57 runs of five
models from 0.1 to 1.7 B: allocated peak off by 4 % on average, -12 to +13 %). Symbols: h hidden,
i width of the MLP, q = heads·d, k = kv heads·d, L layers, V vocabulary, N tokens in a micro batch.
"""

from dataclasses import dataclass, field

from engine.memory.device import Device
from engine.memory.optimizers import state_bytes
from engine.methods import METHODS
from engine.models import ModelFacts
from engine.quantization import QUANTIZATIONS
from engine.recipe import Recipe
from engine.words import _

MIB = 1 << 20
BYTES = {"fp32": 4, "bf16": 2, "fp16": 2}
PARTS = (
    "weights", "adapter", "gradients", "optimizer", "activations", "logits", "context",
    "fragmentation",
)  # fmt: skip

CUDA_CONTEXT = 300 * MIB
"""Context, libraries' kernels and workspaces: 141 MiB measured on a T4, 256 on an RTX 3090."""
CUBLAS_WORKSPACE = 2 * 8.125 * MIB
CUBLAS_WORKSPACE_HOPPER = 2 * 32 * MIB
CPU_CONTEXT = 600 * MIB
"""torch, transformers, trl, peft and datasets in one process before any model: 540 measured."""
TILE_TOKENS, TILE_WORDS = 4096, 32768
"""TRL's fused head works on tiles of so many tokens and words (trl.kernels.chunked_logprob)."""
PREQUANTIZED_BYTES = 0.55
"""A weight of a 4-bit checkpoint (0.52 in groups of 128) with what stays in half precision."""
EAGER_SCORE_BYTES = 17
"""Bytes an attention score costs where they are written out: fitted to TinyLlama on a T4."""
HEAD_NORMS = ("qwen3", "gemma3", "olmo2", "olmo3")
"""Architectures that normalize queries and keys, and keep them in fp32 for it."""
FRAGMENTED = {"sdpa": 0.10, "eager": 0.25, "cpu": 0.35}
"""What an allocator keeps beside what is in use, as a share of what comes and goes: CUDA's on the
T4 runs, glibc's on small Qwen2 models."""
CPU_TILES = 9
"""Tensors of a tile's size that the fused head's backward holds where there is no Triton."""


@dataclass(frozen=True)
class Memory:
    """Bytes of one process at its peak, by part in `PARTS`."""

    parts: dict[str, int]
    notes: tuple[str, ...] = ()
    margin: float = 0.10
    """Share of the device to leave free: what this estimate may be off."""
    confident: bool = field(default=True)
    """False for settings that no measured run has checked."""

    @property
    def needed_bytes(self) -> int:
        """The sum of all parts."""
        return sum(self.parts.values())


@dataclass(frozen=True)
class _Step:
    """What one micro batch is, out of recipe and device."""

    rows: int
    length: int
    weight_bytes: int
    """Bytes of an unquantized weight."""
    compute_bytes: int
    autocast: bool
    checkpointing: bool
    eager: bool
    cuda: bool

    @property
    def tokens(self) -> int:
        return self.rows * self.length


def estimate(
    recipe: Recipe,
    facts: ModelFacts,
    device: Device,
    *,
    length: int | None = None,
    fused_head: bool = True,
) -> Memory:
    """The peak of training on one device.

    Args:
        recipe: with dtype, attention, precision, micro_batch, optimizer, activation_checkpointing
            and data.max_length resolved.
        length: tokens of the longest sequence in the data, where it is shorter than max_length.
        fused_head: TRL's head, which never writes all logits out; False is transformers' own loss.

    Raises:
        BadInput: for options the tables do not know.
    """
    method = METHODS.get(recipe.method.name)
    options = METHODS.options(method.name, recipe.method.options)
    storage = QUANTIZATIONS.get(recipe.quantization.name)
    storage_options = QUANTIZATIONS.options(storage.name, recipe.quantization.options)
    training = recipe.training
    step = _Step(
        rows=int(training.micro_batch),
        length=min(int(recipe.data.max_length), length or int(recipe.data.max_length))
        + method.extra_tokens(options),
        weight_bytes=BYTES[recipe.model.dtype],
        compute_bytes=BYTES[training.precision],
        autocast=training.precision != "fp32",
        checkpointing=bool(training.activation_checkpointing),
        eager=recipe.model.attention == "eager",
        cuda=device.kind == "cuda",
    )
    if facts.quantized:
        weights = facts.disk_bytes or int(facts.parameters * PREQUANTIZED_BYTES)
    else:
        weights = storage.weight_bytes(storage_options, facts, step.weight_bytes)
    trained = method.trainable_parameters(options, facts)
    each = 4 if method.adapter else step.weight_bytes  # adapters are kept in fp32
    dropout = float(getattr(options, "dropout", 0.0))
    parts = {
        "weights": weights,
        "adapter": trained * each if method.adapter else 0,
        "gradients": trained * each,
        "optimizer": state_bytes(str(training.optimizer), trained, each),
    }
    kept = _kept(facts, step, trained, method.adapter, dropout)
    kept += method.kept_bytes(options, facts, step.tokens, step.compute_bytes)
    layer = _one_layer(facts, step, dropout)
    parts["logits"] = _logits(facts, step, fused_head, trains_head=not method.adapter)
    # A recomputed layer and the loss never stand at the same time.
    parts["activations"] = int(kept + max(0, layer - parts["logits"]))
    parts["context"] = _context(facts, step, device, storage.bits)
    share = FRAGMENTED["cpu" if not step.cuda else "eager" if step.eager else "sdpa"]
    parts["fragmentation"] = int(share * (parts["activations"] + parts["logits"]))
    return Memory(
        parts={name: parts[name] for name in PARTS},
        notes=_notes(facts, storage.bits),
        margin=0.15 if step.eager else 0.10,
        confident=not training.compile and training.kernels in {"auto", "none"},
    )


def _layer_bytes(facts: ModelFacts, step: _Step, dropout: float) -> float:
    """Bytes one layer keeps for its backward pass, for all N tokens.

    Flash attention in half precision keeps 12h+4q+4k+8i a token and 4 a head; autocast around fp32
    adapters keeps the norms in fp32 too: 18h+6q+4k+8i. fp32 doubles the first. Padded batches go
    through the memory-efficient kernel, which repeats keys and values to the width of queries.
    """
    h, i = facts.hidden, facts.intermediate
    q, k = facts.heads * facts.head_dim, facts.kv_heads * facts.head_dim
    if step.rows > 1 or step.eager:
        k = q
    if step.autocast:
        token = 18.0 * h + 6 * q + 4 * k + 8 * i
    else:
        token = (12.0 * h + 4 * q + 4 * k + 8 * i) * step.compute_bytes / 2
    token += 4 * facts.heads
    if facts.model_type.startswith(HEAD_NORMS):
        token += 4 * (q + facts.kv_heads * facts.head_dim)
    if dropout > 0:  # each adapter keeps its dropped input and the mask
        token += (h * 4 + q + i) * (step.compute_bytes + 1)
    return token * step.tokens


def _scores(facts: ModelFacts, step: _Step) -> float:
    """Attention scores written out: rows · heads · length², while one layer works."""
    if not step.eager:
        return 0.0
    return EAGER_SCORE_BYTES * step.rows * facts.heads * float(step.length) ** 2


def _one_layer(facts: ModelFacts, step: _Step, dropout: float) -> float:
    """What the layer at work needs beside what is kept: gradients of its widest tensors."""
    widest = 3.0 * facts.intermediate * step.compute_bytes * step.tokens
    recomputed = _layer_bytes(facts, step, dropout) if step.checkpointing else 0.0
    return recomputed + widest + _scores(facts, step)


def _kept(facts: ModelFacts, step: _Step, trained: int, adapter: bool, dropout: float) -> float:
    """What stays until its layer's backward: every layer's own, or its input alone.

    Checkpointing keeps 2h bytes a token and layer in half precision. Autocast keeps a half-precision
    copy of each trained fp32 weight while the micro batch lasts.
    """
    if step.checkpointing:
        width = step.weight_bytes if step.autocast else step.compute_bytes
        kept = float(facts.layers * width * facts.hidden * step.tokens)
    else:
        kept = facts.layers * _layer_bytes(facts, step, dropout)
        if step.eager:  # the weights after softmax, in fp32 and in the computing type
            each = 4 + step.compute_bytes
            kept += facts.layers * each * step.rows * facts.heads * float(step.length) ** 2
    if step.autocast and (adapter or step.weight_bytes == 4):
        kept += 2.0 * trained
    return kept


def _logits(facts: ModelFacts, step: _Step, fused: bool, trains_head: bool) -> int:
    """Peak of head and loss.

    Written-out logits cost 14 bytes a token and word in half precision (16 with an fp32 head). The
    fused head takes one tile, 6h a token, and 4h a word where the head is trained. Without Triton
    the tile's statistics are whole tensors too.
    """
    h, v, n = facts.hidden, facts.vocabulary, step.tokens
    if not fused:
        return (16 if step.compute_bytes == 4 else 14) * n * v
    rows = min(n, TILE_TOKENS)
    if step.cuda:
        tile = rows * TILE_WORDS * step.compute_bytes
    else:
        tile = CPU_TILES * rows * min(v, TILE_WORDS) * 4
    return tile + 6 * n * h + (4 * v * h if trains_head else 0)


def _context(facts: ModelFacts, step: _Step, device: Device, bits: int | None) -> int:
    """What is there before and beside the model."""
    if not step.cuda:
        return CPU_CONTEXT
    hopper = device.compute_capability is not None and device.compute_capability >= (9, 0)
    fixed = CUDA_CONTEXT + (CUBLAS_WORKSPACE_HOPPER if hopper else CUBLAS_WORKSPACE)
    if bits is not None or facts.quantized:  # one layer at a time is unpacked to compute with it
        fixed += 2 * max((s.inputs * s.outputs for s in facts.linears if not s.head), default=0)
    return int(fixed)


def _notes(facts: ModelFacts, bits: int | None) -> tuple[str, ...]:
    notes = []
    if facts.active_parameters and bits is not None:
        notes.append(_("The experts are not quantized; they keep their full size in memory."))
    return tuple(notes)
