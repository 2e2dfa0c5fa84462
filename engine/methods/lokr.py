"""LoKr (Edalati 2022, LyCORIS 2024): a Kronecker product of a small and a low-rank matrix."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from engine.methods.base import BNB_8BIT, Refusal, Situation
from engine.methods.peft_adapter import PeftMethod, task_of
from engine.methods.plain_layers import plain_layers_only
from engine.methods.targets import Targets, for_peft, shapes, targets_field
from engine.models.facts import LinearShape, ModelFacts
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class LokrOptions(Options):
    """Options of LoKr."""

    rank: Annotated[int, Field(ge=1, le=512)] = Field(
        8, description=_("rank of the large factor; a high one leaves it whole")
    )
    alpha: Annotated[float, Field(gt=0)] = Field(
        8.0, description=_("the adapter's output is scaled by alpha / rank")
    )
    factor: Annotated[int, Field(ge=2, le=1024)] | None = Field(
        None, description=_("size of the small factor; none makes both as alike as can be")
    )
    both: bool = Field(False, description=_("split the small factor into two of low rank too"))
    dropout: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.0, description=_("share of ranks dropped while training")
    )
    targets: Targets = targets_field()


class Lokr(PeftMethod):
    """C ⊗ (B A) beside each linear layer."""

    name = "lokr"
    summary = _("A Kronecker product: full rank from very few weights; for tiny adapter files.")
    options = LokrOptions
    order = 74
    common = False
    quantized = frozenset({BNB_8BIT})
    merges = True
    peft_type = "LOKR"
    config_fields = {
        "rank": "r", "alpha": "alpha", "both": "decompose_both", "dropout": "rank_dropout",
        "targets": "target_modules",
    }  # fmt: skip
    learning_rate = 5e-4
    learning_rate_source = "LyCORIS (Yeh 2024): LoRA's range, its upper end"

    def refusal(self, options: LokrOptions, situation: Situation) -> Refusal | None:
        return super().refusal(options, situation) or plain_layers_only(
            self.name, options.targets, situation
        )

    def trainable_parameters(self, options: LokrOptions, facts: ModelFacts) -> int:
        return sum(
            linear.count * _parameters(linear, options) for linear in shapes(facts, options.targets)
        )

    def kept_bytes(self, options: LokrOptions, facts: ModelFacts, tokens: int, each: int) -> float:
        """The product written out, as large as the weight itself, in fp32."""
        return sum(
            4.0 * linear.count * linear.inputs * linear.outputs
            for linear in shapes(facts, options.targets)
        )

    def config(self, options: LokrOptions, model: "PreTrainedModel") -> Any:
        from peft import LoKrConfig

        return LoKrConfig(
            task_type=task_of(model),
            r=options.rank,
            alpha=options.alpha,  # type: ignore[arg-type]
            decompose_both=options.both,
            decompose_factor=options.factor or -1,
            rank_dropout=options.dropout,
            target_modules=for_peft(options.targets),
        )


def _parameters(linear: LinearShape, options: LokrOptions) -> int:
    """Small factor (l · m) and large one (k · n), either whole or of low rank."""
    factor = options.factor or -1
    m, n = split(linear.inputs, factor)
    out_l, out_k = split(linear.outputs, factor)
    rank = options.rank
    small = out_l * m
    if options.both and rank < max(out_l, m) / 2:
        small = rank * (out_l + m)
    large = out_k * n
    if rank < max(out_k, n) / 2:
        large = rank * (out_k + n)
    return small + large


def split(width: int, factor: int) -> tuple[int, int]:
    """A width as a product of two numbers, the smaller first, as peft's `factorization` does."""
    if factor > 0 and width % factor == 0:
        return factor, width // factor
    limit = width if factor == -1 else factor
    small, large = 1, width
    length = small + large
    while small < large:
        following = next(n for n in range(small + 1, width + 1) if width % n == 0)
        other = width // following
        if following + other > length or following > limit:
            break
        small, large = following, other
    return min(small, large), max(small, large)


ENTRY = Lokr()
