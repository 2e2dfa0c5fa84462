"""VeRA (Kopiczko 2024): one pair of random matrices for all layers, only their scales are learned."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from engine.methods.base import BITSANDBYTES
from engine.methods.peft_adapter import PeftMethod, task_of
from engine.methods.targets import Targets, for_peft, shapes, targets_field
from engine.models.facts import ModelFacts
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class VeraOptions(Options):
    """Options of VeRA."""

    rank: Annotated[int, Field(ge=1, le=4096)] = Field(
        256, description=_("size of the shared random matrices; costs little, so it may be high")
    )
    dropout: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.0, description=_("share of adapter inputs dropped while training")
    )
    start: Annotated[float, Field(gt=0, le=10)] = Field(
        0.1, description=_("value that the scales between the matrices begin with")
    )
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(
        0, description=_("seed of the random matrices; adapters on one base need the same")
    )
    save_projection: bool = Field(
        True, description=_("save the random matrices too; without them a load draws them anew")
    )
    targets: Targets = targets_field()


class Vera(PeftMethod):
    """Two vectors a layer around random matrices that all layers share."""

    name = "vera"
    summary = _("LoRA with shared random matrices: fewer weights than any; for many small tasks.")
    options = VeraOptions
    order = 70
    common = False
    quantized = BITSANDBYTES
    merges = True
    peft_type = "VERA"
    config_fields = {
        "rank": "r", "dropout": "vera_dropout", "start": "d_initial",
        "seed": "projection_prng_key", "targets": "target_modules",
    }  # fmt: skip
    learning_rate = 4e-3
    learning_rate_source = "VeRA (Kopiczko 2024): 4e-3 for instruction tuning"
    rate_follows_width = False

    def trainable_parameters(self, options: VeraOptions, facts: ModelFacts) -> int:
        """Σ rank + out: a scale for each shared direction, and one for each output."""
        return sum(
            linear.count * (options.rank + linear.outputs)
            for linear in shapes(facts, options.targets)
        )

    def kept_bytes(self, options: VeraOptions, facts: ModelFacts, tokens: int, each: int) -> float:
        """The shared matrices, as wide as the widest layer, and what is between them."""
        found = list(shapes(facts, options.targets))
        widest = max((s.inputs for s in found), default=0) + max(
            (s.outputs for s in found), default=0
        )
        between = sum(s.count * (options.rank + s.outputs) for s in found)
        return 4.0 * options.rank * widest + float(each * tokens * between)

    def config(self, options: VeraOptions, model: "PreTrainedModel") -> Any:
        from peft import VeraConfig

        return VeraConfig(
            task_type=task_of(model),
            r=options.rank,
            vera_dropout=options.dropout,
            d_initial=options.start,
            projection_prng_key=options.seed,
            save_projection=options.save_projection,
            target_modules=for_peft(options.targets),
        )


ENTRY = Vera()
