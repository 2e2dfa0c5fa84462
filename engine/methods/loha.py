"""LoHa (Hyeon-Woo 2022): the product, number by number, of two low-rank matrices."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from engine.methods.base import BNB_8BIT, Refusal, Situation
from engine.methods.peft_adapter import PeftMethod, task_of
from engine.methods.plain_layers import plain_layers_only
from engine.methods.targets import Targets, for_peft, shapes, targets_field
from engine.models.facts import ModelFacts
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class LohaOptions(Options):
    """Options of LoHa."""

    rank: Annotated[int, Field(ge=1, le=512)] = Field(
        8, description=_("rank of each factor; their product reaches its square")
    )
    alpha: Annotated[float, Field(gt=0)] = Field(
        8.0, description=_("the adapter's output is scaled by alpha / rank")
    )
    dropout: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.0, description=_("share of ranks dropped while training")
    )
    targets: Targets = targets_field()


class Loha(PeftMethod):
    """(B₁A₁) ⊙ (B₂A₂) beside each linear layer."""

    name = "loha"
    summary = _("High rank from few weights, as picture models use it; slower than LoRA.")
    options = LohaOptions
    order = 73
    common = False
    quantized = frozenset({BNB_8BIT})
    merges = True
    peft_type = "LOHA"
    config_fields = {
        "rank": "r", "alpha": "alpha", "dropout": "rank_dropout", "targets": "target_modules",
    }  # fmt: skip
    learning_rate = 5e-4
    learning_rate_source = "LyCORIS (Yeh 2024): LoRA's range, its upper end"

    def refusal(self, options: LohaOptions, situation: Situation) -> Refusal | None:
        return super().refusal(options, situation) or plain_layers_only(
            self.name, options.targets, situation
        )

    def trainable_parameters(self, options: LohaOptions, facts: ModelFacts) -> int:
        """Σ 2 · rank · (in + out)."""
        return sum(
            2 * linear.count * options.rank * (linear.inputs + linear.outputs)
            for linear in shapes(facts, options.targets)
        )

    def kept_bytes(self, options: LohaOptions, facts: ModelFacts, tokens: int, each: int) -> float:
        """The product written out, as large as the weight itself, in fp32."""
        return sum(
            4.0 * linear.count * linear.inputs * linear.outputs
            for linear in shapes(facts, options.targets)
        )

    def config(self, options: LohaOptions, model: "PreTrainedModel") -> Any:
        from peft import LoHaConfig

        return LoHaConfig(
            task_type=task_of(model),
            r=options.rank,
            alpha=options.alpha,  # type: ignore[arg-type]
            rank_dropout=options.dropout,
            target_modules=for_peft(options.targets),
        )


ENTRY = Loha()
