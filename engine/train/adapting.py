"""Where a tuning method reaches into the trainer that a stage built."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.methods import METHODS, AdapterMethod, Method
from engine.models.adapters import CONTINUE, find_adapter
from engine.recipe import Recipe


def put_on(base: Any, method: Method, recipe: Recipe) -> Any:
    """The method on its base, new or begun by an earlier adapter, ready to train."""
    options = METHODS.options(recipe.method.name, recipe.method.options)
    reference = recipe.model.adapter
    if reference is None or recipe.model.adapter_use != CONTINUE:
        return method.apply(base, options)
    assert isinstance(method, AdapterMethod)  # the plan has seen to that
    return method.load(base, find_adapter(reference), trainable=True)


@contextmanager
def types_kept(model: Any) -> Iterator[None]:
    """Trained weights are fp32 afterwards as before, to the last bit.

    TRL casts adapters of a quantized base to bf16, which a reload does not reproduce.
    """
    before = {n: p.data.clone() for n, p in model.named_parameters() if p.requires_grad}
    yield
    for name, parameter in model.named_parameters():
        if name in before:
            parameter.data = before[name].float()


def hand_over(trainer: Any, method: Method, recipe: Recipe, total_steps: int) -> None:
    """Let the method mend the trainer, and write its checkpoints where the library's will not do.

    transformers would write the whole model for what it does not know as an adapter, and of some
    adapters less than is needed to go on exactly.
    """
    options = METHODS.options(recipe.method.name, recipe.method.options)
    method.prepare_training(trainer, options, total_steps)
    if not method.owns_checkpoints(options):
        return

    def save(output_dir: str | None = None, state_dict: Any = None) -> None:
        folder = Path(output_dir or trainer.args.output_dir)
        folder.mkdir(parents=True, exist_ok=True)
        method.save_checkpoint(trainer.model, folder)
        trainer.processing_class.save_pretrained(folder)

    def load(folder: str, model: Any = None) -> None:
        method.resume(trainer.model, Path(folder))

    trainer._save = save
    trainer._load_from_checkpoint = load
