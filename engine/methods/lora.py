"""LoRA: low-rank adapters beside frozen linear layers (Hu 2021), through peft."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from engine.methods.base import AdapterMethod
from engine.models.facts import LinearShape, ModelFacts
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
    targets: str | tuple[str, ...] = Field(
        "all-linear", description=_("layers that get an adapter: all-linear, or a list of names")
    )


class Lora(AdapterMethod):
    """Small matrices A and B beside each linear layer; only they are trained."""

    name = "lora"
    summary = _("Trains small adapters beside frozen layers: near full quality, little memory.")
    options = LoraOptions
    order = 10
    quantized_base = True
    merges = True
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
            chosen["alpha"] = (
                float(2 * rank),
                _("twice the rank, so that the learning rate holds when the rank changes"),
            )
        return chosen

    def trainable_parameters(self, options: LoraOptions, facts: ModelFacts) -> int:
        rank = DEFAULT_RANK if options.rank == "auto" else options.rank
        return self._parameters(rank, options.model_dump(), facts)

    def _parameters(self, rank: int, options: dict[str, Any], facts: ModelFacts) -> int:
        """Σ rank · (in + out) over the target layers."""
        targets = options.get("targets", "all-linear")
        return sum(
            linear.count * rank * (linear.inputs + linear.outputs)
            for linear in facts.linears
            if _is_target(linear, targets)
        )

    def apply(self, model: "PreTrainedModel", options: LoraOptions) -> Any:
        from peft import LoraConfig, TaskType, get_peft_model

        if options.rank == "auto" or options.alpha == "auto":
            raise ValueError("rank and alpha are resolved by the plan before a model is built")
        config = LoraConfig(
            task_type=TaskType.CAUSAL_LM,
            r=options.rank,
            lora_alpha=options.alpha,  # type: ignore[arg-type]
            lora_dropout=options.dropout,
            target_modules=options.targets
            if isinstance(options.targets, str)
            else list(options.targets),
        )
        return get_peft_model(model, config)

    def load(self, model: "PreTrainedModel", folder: Path, *, trainable: bool = False) -> Any:
        from peft import PeftModel

        return PeftModel.from_pretrained(
            model, str(folder), is_trainable=trainable, local_files_only=True
        )

    def save(self, model: Any, folder: Path) -> None:
        model.save_pretrained(folder, safe_serialization=True)

    def base_shown(self, model: Any) -> AbstractContextManager[Any]:
        return model.disable_adapter()  # type: ignore[no-any-return]


def _is_target(linear: LinearShape, targets: str | tuple[str, ...] | list[str]) -> bool:
    if linear.head:
        return False
    if targets == "all-linear":
        return True
    names = [targets] if isinstance(targets, str) else list(targets)
    return linear.name in names


def _short(count: int) -> str:
    for limit, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if count >= limit:
            return f"{count / limit:.3g} {letter}"
    return str(count)


ENTRY = Lora()
