"""Loading something to talk to: a base model, or what a run made of it."""

from pathlib import Path

from engine.chat.talker import Talker
from engine.errors import BadInput
from engine.methods import METHODS, AdapterMethod
from engine.quantization.load import load_base
from engine.recipe import Model, Quantization
from engine.runs import RunDirectory, find
from engine.runs.checkpoints import newest_whole
from engine.words import _


def talker_for_model(model: Model, quantization: Quantization | None = None) -> Talker:
    """A base model, ready to talk."""
    base, tokenizer = load_base(model, quantization or Quantization(name="none"))
    return Talker(base, tokenizer)


def talker_for_run(reference: str) -> Talker:
    """What a run trained, its base beside it. An unfinished run talks from its last checkpoint.

    Raises:
        BadInput: when there is no such run, or nothing was saved yet.
    """
    run = find(reference)
    recipe = run.recipe()
    method = METHODS.get(recipe.method.name)
    weights = trained_weights(run, method.result)
    stored, precision = recipe.quantization, recipe.training.precision
    template = recipe.data.template
    if isinstance(method, AdapterMethod):
        base, tokenizer = load_base(recipe.model, stored, precision)
        model = method.load(base, weights).eval()
        return Talker(model, tokenizer, method, template=template)
    whole = recipe.model.model_copy(update={"id": str(weights), "revision": None, "adapter": None})
    tuned, tokenizer = load_base(whole, stored, precision)
    return Talker(
        tuned,
        tokenizer,
        method,
        load_base=lambda: load_base(recipe.model, stored, precision)[0],
        template=template,
    )


def trained_weights(run: RunDirectory, folder: str) -> Path:
    """Folder with the run's result, or its newest whole checkpoint.

    Raises:
        BadInput: when neither is there.
    """
    result = run.result(folder)
    if result.is_dir():
        return result
    checkpoint, _damaged = newest_whole(run)
    if checkpoint is None:
        raise BadInput(
            _("Run {run} has saved nothing to talk to yet.").format(run=run.id),
            field="run",
            advice=_("`tunesmith resume {run}` goes on with it.").format(run=run.id),
        )
    return checkpoint
