"""What a base model is, known from its config alone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LinearShape:
    """One kind of linear layer: `count` layers of that name, `(out, in)` each."""

    name: str
    inputs: int
    outputs: int
    count: int
    bias: bool
    head: bool = False
    """The output head, which quantizers and `all-linear` adapters leave alone."""
    transposed: bool = False
    """GPT-2's Conv1D, which stores its weight as `(in, out)` and which not every method takes."""

    @property
    def parameters(self) -> int:
        """Weights and biases of all of them."""
        return self.count * (self.inputs * self.outputs + (self.outputs if self.bias else 0))


@dataclass(frozen=True)
class ModelFacts:
    """Shape facts of one base model. Sizes are counts, `disk_bytes` is bytes."""

    id: str
    path: str | None
    """The local folder, None while only the config was fetched."""
    architecture: str
    model_type: str
    parameters: int
    layers: int
    hidden: int
    intermediate: int
    heads: int
    kv_heads: int
    head_dim: int
    vocabulary: int
    context: int
    dtype: str
    disk_bytes: int | None
    tied_embeddings: bool
    linears: tuple[LinearShape, ...]
    chat_template: bool
    quantized: str | None = None
    """The method a checkpoint was quantized with, as its config tells."""
    needs_remote_code: bool = False
    warnings: tuple[str, ...] = ()
    sdpa: bool = True
    """Whether the architecture has torch's fused attention; eager otherwise."""
    active_parameters: int | None = None
    """Weights that one token passes through, where experts make that fewer than all."""
    tensors: tuple[tuple[str, int, int], ...] = ()
    """Every parameter: its name, its number of elements, its number of dimensions."""

    @property
    def has_biases(self) -> bool:
        """Whether any linear layer carries a bias."""
        return any(linear.bias for linear in self.linears)
