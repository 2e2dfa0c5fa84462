"""LoRA: low-rank adapters beside frozen linear layers (Hu 2021), through peft.

DoRA, rank-stabilized LoRA, PiSSA and LoRA+ are options of it, and combine.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from engine.methods.base import ANY_STORAGE, BNB_8BIT, Refusal, Situation
from engine.methods.peft_adapter import PeftMethod, task_of
from engine.methods.targets import Targets, for_peft, shapes, targets_field
from engine.models.facts import ModelFacts
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel

DEFAULT_RANK = 16


class LoraOptions(Options):
    """Options of LoRA."""

    rank: Literal["auto"] | Annotated[int, Field(ge=1, le=1024)] = Field(
        "auto",
        description=_("size of the adapter; more rank holds more facts and costs more memory"),
    )
    alpha: Literal["auto"] | Annotated[float, Field(gt=0)] = Field(
        "auto", description=_("the adapter's output is scaled by alpha / rank")
    )
    dropout: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.0, description=_("share of adapter inputs dropped while training")
    )
    targets: Targets = targets_field()
    dora: bool = Field(
        False, description=_("DoRA: learn each weight's size apart from its direction; slower")
    )
    rslora: bool = Field(
        False, description=_("rsLoRA: scale by alpha / √rank, which keeps high ranks learning")
    )
    pissa: bool = Field(
        False, description=_("PiSSA: start from the weights' main directions; learns faster")
    )
    loraplus: Annotated[float, Field(ge=1, le=1000)] | None = Field(
        None, description=_("LoRA+: B learns so many times faster than A; 16 is usual")
    )


class Lora(PeftMethod):
    """Small matrices A and B beside each linear layer; only they are trained."""

    name = "lora"
    summary = _("Trains small adapters beside frozen layers: near full quality, little memory.")
    options = LoraOptions
    order = 10
    quantized = ANY_STORAGE
    merges = True
    peft_type = "LORA"
    config_fields = {
        "rank": "r", "alpha": "lora_alpha", "dropout": "lora_dropout",
        "targets": "target_modules", "dora": "use_dora", "rslora": "use_rslora",
    }  # fmt: skip
    learning_rate = 2e-4
    learning_rate_source = "QLoRA (Dettmers 2023) and LoRA Without Regret (2025): 10 x full tuning"

    def resolve(self, options: dict[str, Any], facts: ModelFacts) -> dict[str, tuple[Any, str]]:
        chosen: dict[str, tuple[Any, str]] = {}
        rank = options.get("rank", "auto")
        if rank == "auto":
            rank = DEFAULT_RANK
            chosen["rank"] = (
                rank,
                _("{rank} is the field's default and holds about {n} trained tokens").format(
                    rank=rank, n=_short(self._parameters(rank, options, facts))
                ),
            )
        if options.get("alpha", "auto") == "auto":
            if options.get("pissa"):
                chosen["alpha"] = float(rank), _("PiSSA's weights are of full size already")
            else:
                chosen["alpha"] = (
                    float(2 * rank),
                    _("twice the rank, so that the learning rate holds when the rank changes"),
                )
        return chosen

    def rate(self, options: LoraOptions) -> tuple[float, str]:
        if options.loraplus is not None:
            return 1e-4, "LoRA+ (Hayou 2024): half of LoRA's rate for A"
        return super().rate(options)

    def exact_base(self, options: LoraOptions) -> str | None:
        if options.pissa:
            return _("PiSSA takes the base's weights apart, and half precision rounds what is left")
        return None

    def refusal(self, options: LoraOptions, situation: Situation) -> Refusal | None:
        found = super().refusal(options, situation)
        if found is not None or situation.stored is None:
            return found
        if options.pissa:
            return Refusal(
                _(
                    "PiSSA takes the base's weights apart, which {stored} does not allow (peft: "
                    '"initialize PiSSA under float32, float16, or bfloat16").'
                ).format(stored=situation.stored),
                _("Set method.pissa: false, or quantization: none."),
                "method.pissa",
            )
        if options.dora and situation.stored == BNB_8BIT:
            return Refusal(
                _("DoRA cannot read weights of 8 bits back to measure them."),
                _("Set quantization: bnb-4bit, or method.dora: false."),
                "method.dora",
            )
        return None

    def trainable_parameters(self, options: LoraOptions, facts: ModelFacts) -> int:
        rank = DEFAULT_RANK if options.rank == "auto" else options.rank
        return self._parameters(rank, options.model_dump(), facts)

    def _parameters(self, rank: int, options: dict[str, Any], facts: ModelFacts) -> int:
        """Σ rank · (in + out) over the target layers; DoRA has one size an output more."""
        sizes = bool(options.get("dora", False))
        return sum(
            linear.count * (rank * (linear.inputs + linear.outputs) + sizes * linear.outputs)
            for linear in shapes(facts, options.get("targets", "all-linear"))
        )

    def kept_bytes(self, options: LoraOptions, facts: ModelFacts, tokens: int, each: int) -> float:
        """DoRA keeps a layer's output and its adapter's to scale them, and B·A written out."""
        if not options.dora:
            return 0.0
        return sum(
            linear.count * (2.0 * each * tokens + 4.0 * linear.inputs) * linear.outputs
            for linear in shapes(facts, options.targets)
        )

    def config(self, options: LoraOptions, model: "PreTrainedModel") -> Any:
        from peft import LoraConfig

        if options.rank == "auto" or options.alpha == "auto":
            raise ValueError("rank and alpha are resolved by the plan before a model is built")
        return LoraConfig(
            task_type=task_of(model),
            r=options.rank,
            lora_alpha=options.alpha,  # type: ignore[arg-type]
            lora_dropout=options.dropout,
            target_modules=for_peft(options.targets),
            use_dora=options.dora,
            use_rslora=options.rslora,
            init_lora_weights="pissa" if options.pissa else True,
        )

    def apply(self, model: "PreTrainedModel", options: LoraOptions) -> Any:
        wrapped = super().apply(model, options)
        if options.pissa:
            from engine.methods.principal import remember_start

            remember_start(wrapped)
        return wrapped

    def prepare_training(self, trainer: Any, options: LoraOptions, total_steps: int) -> None:
        """LoRA+: the stage's own optimizer, with groups of two rates."""
        if options.loraplus is None:
            return
        from peft.optimizers import create_loraplus_optimizer

        optimizer_class, given = trainer.get_optimizer_cls_and_kwargs(trainer.args, trainer.model)

        def factory(model: Any, **arguments: Any) -> Any:
            return create_loraplus_optimizer(
                model,
                optimizer_class,
                loraplus_lr_ratio=options.loraplus,
                loraplus_weight_decay=trainer.args.weight_decay,
                **arguments,
            )

        trainer.optimizer_cls_and_kwargs = (lambda: factory), given

    def owns_checkpoints(self, options: LoraOptions) -> bool:
        return options.pissa

    def save(self, model: Any, folder: Path) -> None:
        from engine.methods import principal

        if principal.has_start(model):
            principal.save_converted(model, folder)
        else:
            super().save(model, folder)

    def save_checkpoint(self, model: Any, folder: Path) -> None:
        from engine.methods import principal

        self.save(model, folder)
        principal.write_exact(model, folder)

    def resume(self, model: Any, folder: Path) -> None:
        from engine.methods import principal

        principal.read_exact(model, folder)

    def base_shown(self, model: Any) -> AbstractContextManager[Any]:
        from engine.methods import principal

        if principal.has_start(model):
            return principal.start_shown(model)
        return super().base_shown(model)


def _short(count: int) -> str:
    for limit, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if count >= limit:
            return f"{count / limit:.3g} {letter}"
    return str(count)


ENTRY = Lora()
