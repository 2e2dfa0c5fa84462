"""AdaLoRA (Zhang 2023): LoRA that moves its ranks to the layers that need them, through peft."""

import warnings
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from engine.methods.base import BITSANDBYTES
from engine.methods.peft_adapter import PeftMethod, task_of
from engine.methods.raw_weights import read_trained, write_trained
from engine.methods.targets import Targets, for_peft, shapes, targets_field
from engine.models.facts import ModelFacts
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel

_SCORES = ("ipt", "exp_avg_ipt", "exp_avg_unc")


class AdaLoraOptions(Options):
    """Options of AdaLoRA."""

    rank: Annotated[int, Field(ge=1, le=512)] = Field(
        8, description=_("mean rank that is left at the end")
    )
    start_rank: Literal["auto"] | Annotated[int, Field(ge=2, le=1024)] = Field(
        "auto", description=_("rank of every layer at the start; above rank")
    )
    alpha: Annotated[float, Field(gt=0)] = Field(
        32.0, description=_("the adapter's output is scaled by alpha / rank")
    )
    dropout: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.0, description=_("share of adapter inputs dropped while training")
    )
    warmup: Annotated[float, Field(ge=0, lt=0.9)] = Field(
        0.1, description=_("share of all steps before the first rank is taken away")
    )
    settled: Annotated[float, Field(ge=0, lt=0.9)] = Field(
        0.3, description=_("last share of all steps, in which ranks stay as they are")
    )
    every: Annotated[int, Field(ge=1, le=1000)] = Field(
        1, description=_("steps between two allocations of rank")
    )
    orthogonality: Annotated[float, Field(ge=0, le=10)] = Field(
        0.1, description=_("weight of the penalty that keeps directions apart")
    )
    targets: Targets = targets_field()

    @property
    def first_rank(self) -> int:
        """The rank at the start; half as much again as is left at the end, as in the paper."""
        return ceil(1.5 * self.rank) if self.start_rank == "auto" else self.start_rank

    @model_validator(mode="after")
    def _there_is_something_to_take(self) -> "AdaLoraOptions":
        if self.first_rank <= self.rank:
            raise ValueError(_("start_rank must be above rank, or nothing is ever moved"))
        if self.warmup + self.settled >= 1:
            raise ValueError(_("warmup and settled together must leave steps in between"))
        return self


class AdaLora(PeftMethod):
    """Begins with more rank than it keeps, and takes it from where it matters least."""

    name = "adalora"
    summary = _("LoRA that moves its rank to where it matters; for a tight parameter budget.")
    options = AdaLoraOptions
    order = 60
    common = False
    quantized = BITSANDBYTES
    merges = True
    peft_type = "ADALORA"
    config_fields = {
        "rank": "target_r", "start_rank": "init_r", "alpha": "lora_alpha",
        "dropout": "lora_dropout", "targets": "target_modules",
    }  # fmt: skip
    learning_rate = 1e-3
    learning_rate_source = "AdaLoRA (Zhang 2023): 5e-4 to 1e-3"

    def resolve(self, options: dict[str, Any], facts: ModelFacts) -> dict[str, tuple[Any, str]]:
        if options.get("start_rank", "auto") != "auto":
            return {}
        rank = int(options.get("rank", 8))
        return {
            "start_rank": (
                ceil(1.5 * rank),
                _("half as much again as is left at the end, as in the paper"),
            )
        }

    def trainable_parameters(self, options: AdaLoraOptions, facts: ModelFacts) -> int:
        """Σ start rank · (in + out + 1): two matrices and a singular value a direction."""
        return sum(
            linear.count * options.first_rank * (linear.inputs + linear.outputs + 1)
            for linear in shapes(facts, options.targets)
        )

    def kept_bytes(
        self, options: AdaLoraOptions, facts: ModelFacts, tokens: int, each: int
    ) -> float:
        """A times its singular values, written out in fp32."""
        return sum(
            4.0 * linear.count * options.first_rank * linear.inputs
            for linear in shapes(facts, options.targets)
        )

    def why_not_continued(self, folder: Path) -> str:
        return _("adalora cuts what it saves to the ranks that are left, and has none to move.")

    def config(self, options: AdaLoraOptions, model: "PreTrainedModel") -> Any:
        from peft import AdaLoraConfig

        return AdaLoraConfig(
            task_type=task_of(model),
            target_r=options.rank,
            init_r=options.first_rank,
            lora_alpha=options.alpha,  # type: ignore[arg-type]
            lora_dropout=options.dropout,
            deltaT=options.every,
            target_modules=for_peft(options.targets),
            orth_reg_weight=0.0,  # peft adds it to a loss that TRL does not use; we add it to ours
            total_step=1,  # not known before the data is; set when training is prepared
        )

    def apply(self, model: "PreTrainedModel", options: AdaLoraOptions) -> Any:
        """peft's cast of half-precision adapters would have each layer's rank trained, unsaved."""
        wrapped = super().apply(model, options)
        for name, parameter in wrapped.named_parameters():
            if ".ranknum." in name:
                parameter.requires_grad_(False)
        return wrapped

    def prepare_training(self, trainer: Any, options: AdaLoraOptions, total_steps: int) -> None:
        """Plan the allocation over the steps there are, and run it after each of them."""
        from transformers import TrainerCallback

        tuner = trainer.model.base_model
        config = trainer.model.peft_config[trainer.model.active_adapter]
        config.total_step = total_steps
        config.tinit = int(options.warmup * total_steps)
        config.tfinal = min(int(options.settled * total_steps), total_steps - config.tinit - 1)
        settles = total_steps - config.tfinal

        class Allocation(TrainerCallback):  # type: ignore[misc]
            """Gradients are still there once the optimizer has stepped; peft scores by them."""

            def on_optimizer_step(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
                step = state.global_step + 1
                if trainer.accelerator.optimizer_step_was_skipped and step != settles:
                    return
                tuner.update_and_allocate(step)

        trainer.add_callback(Allocation())
        if options.orthogonality > 0:
            _add_penalty(trainer, options.orthogonality)

    def save(self, model: Any, folder: Path) -> None:
        with warnings.catch_warnings():
            # peft takes a layer that lost all its ranks for a broken file.
            warnings.filterwarnings("ignore", message=".*invalid shape.*")
            super().save(model, folder)

    def owns_checkpoints(self, options: AdaLoraOptions) -> bool:
        return True

    def save_checkpoint(self, model: Any, folder: Path) -> None:
        """Scores and masks go along: peft forgets them, and cuts what it saves to the masks."""
        import torch

        self.save(model, folder)
        tuner = model.base_model
        extra = {
            f"{kind}.{name}": value
            for kind in _SCORES
            for name, value in getattr(tuner.rankallocator, kind).items()
        }
        pattern = model.peft_config[model.active_adapter].rank_pattern or {}
        extra |= {f"rank.{name}": torch.tensor(kept) for name, kept in pattern.items()}
        write_trained(model, folder, extra)

    def resume(self, model: Any, folder: Path) -> None:
        extra = read_trained(model, folder)
        tuner = model.base_model
        device = next(model.parameters()).device
        for kind in _SCORES:
            scores = {
                name.removeprefix(f"{kind}."): value.to(device)
                for name, value in extra.items()
                if name.startswith(f"{kind}.")
            }
            setattr(tuner.rankallocator, kind, scores)
        pattern = {
            name.removeprefix("rank."): value.tolist()
            for name, value in extra.items()
            if name.startswith("rank.")
        }
        model.peft_config[model.active_adapter].rank_pattern = pattern or None


def _add_penalty(trainer: Any, weight: float) -> None:
    """Σ ‖PᵀP − I‖ over all A and B, in the mean, added to the loss while training."""
    import torch

    compute = trainer.compute_loss
    adapter = trainer.model.active_adapter

    def penalized(model: Any, inputs: Any, return_outputs: bool = False, **kwargs: Any) -> Any:
        answer = compute(model, inputs, return_outputs=return_outputs, **kwargs)
        if not model.training:
            return answer
        distances = []
        for name, matrix in model.named_parameters():
            if f"lora_A.{adapter}" in name or f"lora_B.{adapter}" in name:
                square = matrix @ matrix.T if "lora_A" in name else matrix.T @ matrix
                eye = torch.eye(len(square), device=square.device, dtype=square.dtype)
                distances.append(torch.linalg.norm(square - eye))
        penalty = weight * torch.stack(distances).mean()
        counted = trainer.model_accepts_loss_kwargs and kwargs.get("num_items_in_batch") is not None
        if counted or trainer.compute_loss_func is not None:
            # A loss that is a share of the whole step's; any other the trainer divides itself.
            penalty = penalty / trainer.current_gradient_accumulation_steps
        if return_outputs:
            loss, outputs = answer
            return loss + penalty, outputs
        return answer + penalty

    trainer.compute_loss = penalized


ENTRY = AdaLora()
