"""A recipe's `training:` section as transformers' own arguments, shared by the stages."""

from typing import Any

from engine.stages.base import TrainerParts


def every(interval: Any, total_steps: int) -> int | None:
    """Steps between two events: a count from 1 on, a share of all steps below 1."""
    if interval is None:
        return None
    if interval < 1:
        return max(1, round(interval * total_steps))
    return int(interval)


def training_arguments(parts: TrainerParts) -> dict[str, Any]:
    """Keyword arguments that `transformers.TrainingArguments` and TRL's configs share.

    Saving, logging and evaluation are asked for step by step by our own callback, so that one
    place decides when; the library's own schedules stay off. No token is ever handed over.
    """
    import torch
    from transformers.training_args import OptimizerNames

    training = parts.recipe.training
    cuda = torch.cuda.is_available()
    # The library refuses names it does not know; the trainer puts our own optimizers in later.
    names = {name.value for name in OptimizerNames}
    return {
        "output_dir": str(parts.folder),
        "num_train_epochs": training.epochs,
        "learning_rate": training.learning_rate,
        "lr_scheduler_type": training.scheduler,
        "warmup_steps": training.warmup,
        "per_device_train_batch_size": training.micro_batch,
        "per_device_eval_batch_size": training.micro_batch,
        "gradient_accumulation_steps": training.accumulation,
        "optim": training.optimizer if training.optimizer in names else "adamw_torch",
        "weight_decay": training.weight_decay,
        "max_grad_norm": training.max_grad_norm,
        "bf16": training.precision == "bf16",
        "fp16": training.precision == "fp16",
        "activation_checkpointing": bool(training.activation_checkpointing),
        "neftune_noise_alpha": training.neftune_alpha,
        "torch_compile": training.compile,
        "seed": training.seed,
        "data_seed": training.seed,
        "use_cpu": not cuda,
        "logging_strategy": "no",
        "logging_nan_inf_filter": False,
        "eval_strategy": "no",
        "save_strategy": "no",
        "save_total_limit": None,
        "report_to": "none",
        "disable_tqdm": True,
        "dataloader_num_workers": 0,
        "dataloader_pin_memory": cuda,
        "include_num_input_tokens_seen": "no",
        "remove_unused_columns": True,
    }
