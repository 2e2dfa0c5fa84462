"""OFT (Qiu 2023): learns to turn a layer's inputs in blocks, which keeps angles between them."""

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


class OftOptions(Options):
    """Options of OFT."""

    block: Annotated[int, Field(ge=2, le=1024)] = Field(
        32, description=_("inputs that are turned together; the nearest divisor of the width")
    )
    dropout: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.0, description=_("share of blocks left unturned while training")
    )
    shared: bool = Field(
        False, description=_("one turn for all blocks of a layer; far fewer weights")
    )
    targets: Targets = targets_field()


class Oft(PeftMethod):
    """A rotation in front of each layer, made of skew-symmetric blocks (Cayley)."""

    name = "oft"
    summary = _("Turns a layer's inputs instead of adding to it: keeps most of what it knew.")
    options = OftOptions
    order = 71
    common = False
    quantized = BITSANDBYTES
    merges = True
    peft_type = "OFT"
    config_fields = {
        "block": "oft_block_size", "dropout": "module_dropout", "shared": "block_share",
        "targets": "target_modules",
    }  # fmt: skip
    learning_rate = 4e-4
    learning_rate_source = "OFTv2 (Qiu 2025): 4e-4 for language models"

    def refusal(self, options: OftOptions, situation: Situation) -> Refusal | None:
        return super().refusal(options, situation) or plain_layers_only(
            self.name, options.targets, situation
        )

    def trainable_parameters(self, options: OftOptions, facts: ModelFacts) -> int:
        """Σ blocks · b · (b − 1) / 2: what a skew-symmetric block of size b is made of."""
        total = 0
        for linear in shapes(facts, options.targets):
            size = nearest_divisor(linear.inputs, options.block)
            blocks = 1 if options.shared else linear.inputs // size
            total += linear.count * blocks * (size * (size - 1) // 2)
        return total

    def kept_bytes(self, options: OftOptions, facts: ModelFacts, tokens: int, each: int) -> float:
        """Cayley's series: four powers of each block, in fp32. Turned inputs are not kept."""
        return sum(
            4 * 4.0 * linear.count * linear.inputs * nearest_divisor(linear.inputs, options.block)
            for linear in shapes(facts, options.targets)
        )

    def config(self, options: OftOptions, model: "PreTrainedModel") -> Any:
        from peft import OFTConfig

        return OFTConfig(
            task_type=task_of(model),
            oft_block_size=options.block,
            module_dropout=options.dropout,
            block_share=options.shared,
            target_modules=for_peft(options.targets),
        )


def nearest_divisor(width: int, wanted: int) -> int:
    """The divisor of a layer's width closest to `wanted`, the smaller on a tie, as peft takes."""
    if wanted >= width:
        return width
    higher = next(n for n in range(wanted, width + 1) if width % n == 0)
    lower = next(n for n in range(wanted, 0, -1) if width % n == 0)
    return lower if wanted - lower <= higher - wanted else higher


ENTRY = Oft()
