"""BOFT (Liu 2024): orthogonal turns in small blocks, and a factor for each output."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from engine.methods.base import BITSANDBYTES, Refusal, Situation
from engine.methods.peft_adapter import PeftMethod, task_of
from engine.methods.plain_layers import plain_layers_only
from engine.methods.targets import Targets, for_peft, shapes, targets_field
from engine.models.facts import ModelFacts
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class BoftOptions(Options):
    """Options of BOFT."""

    block: Annotated[int, Field(ge=2, le=256)] = Field(
        4, description=_("inputs that are turned together; must divide every layer's width")
    )
    dropout: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.0, description=_("share of blocks left unturned while training")
    )
    targets: Targets = targets_field()


class Boft(PeftMethod):
    """A rotation of blocks and a scale, multiplied onto each weight."""

    name = "boft"
    summary = _("OFT in small blocks with a scale an output; exact, but slow and memory-hungry.")
    options = BoftOptions
    order = 72
    common = False
    quantized = BITSANDBYTES
    merges = True
    peft_type = "BOFT"
    config_fields = {
        "block": "boft_block_size", "dropout": "boft_dropout", "targets": "target_modules",
    }  # fmt: skip
    learning_rate = 4e-4
    learning_rate_source = "BOFT (Liu 2024) and OFTv2 (Qiu 2025): 1e-4 to 5e-4"

    def refusal(self, options: BoftOptions, situation: Situation) -> Refusal | None:
        found = super().refusal(options, situation) or plain_layers_only(
            self.name, options.targets, situation
        )
        if found is not None or situation.facts is None:
            return found
        for linear in shapes(situation.facts, options.targets):
            if linear.inputs % options.block:
                return Refusal(
                    _(
                        'peft: "in_features ({width}) must be divisible by boft_block_size '
                        '({block})", which the layer {layer} is not.'
                    ).format(width=linear.inputs, block=options.block, layer=linear.name),
                    _("Choose a divisor of every width, such as 2 or 4."),
                    "method.block",
                )
        return None

    def trainable_parameters(self, options: BoftOptions, facts: ModelFacts) -> int:
        """Σ in · b + out: in / b blocks of b · b, and a factor for each output."""
        return sum(
            linear.count * (linear.inputs * options.block + linear.outputs)
            for linear in shapes(facts, options.targets)
        )

    def kept_bytes(self, options: BoftOptions, facts: ModelFacts, tokens: int, each: int) -> float:
        """A permutation and a rotation of in · in in fp32, and the turned and scaled weight."""
        return sum(
            linear.count * (2 * 4.0 * linear.inputs**2 + 2 * each * linear.inputs * linear.outputs)
            for linear in shapes(facts, options.targets)
        )

    def config(self, options: BoftOptions, model: "PreTrainedModel") -> Any:
        from peft import BOFTConfig

        # peft would compile a CUDA kernel here and now; without it the arithmetic is the same.
        from peft.tuners.boft import layer

        layer._FBD_CUDA = False
        return BOFTConfig(
            task_type=task_of(model),
            boft_block_size=options.block,
            boft_dropout=options.dropout,
            boft_n_butterfly_factor=1,
            target_modules=for_peft(options.targets),
        )

    def load(self, model: "PreTrainedModel", folder: Any, *, trainable: bool = False) -> Any:
        from peft.tuners.boft import layer

        layer._FBD_CUDA = False
        return super().load(model, folder, trainable=trainable)


ENTRY = Boft()
