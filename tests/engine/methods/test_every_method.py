"""Every method trains what it counts, saves what it learned, and gives its base back."""

import pytest
import torch

from engine import recipe
from engine.methods import METHODS, AdapterMethod, load_adapter
from engine.models import facts
from tests.engine.methods.cells import ADAPTERS, CELLS
from tests.engine.methods.conftest import logits, train


def by_id(cell):
    return cell.id


def test_every_method_of_the_table_is_tried_here():
    tried = {cell.method for cell in CELLS} | {"qlora"}  # which is lora on another base
    assert tried == set(METHODS.names())


@pytest.mark.parametrize("cell", CELLS, ids=by_id)
def test_the_weights_counted_from_shapes_are_those_that_get_gradients(cell, trial):
    made = trial(cell)
    counted = made.method.trainable_parameters(
        made.options, facts(recipe.Model(id=str(made.folder)))
    )
    assert counted == sum(p.numel() for p in made.model.parameters() if p.requires_grad)


@pytest.mark.parametrize("cell", ADAPTERS, ids=by_id)
def test_it_learns_is_saved_loads_alike_and_shows_its_base(cell, trial, tmp_path):
    made = trial(cell)
    method = made.method
    assert isinstance(method, AdapterMethod)
    losses = train(made, cell.rate)
    assert losses[-1] < 0.9 * losses[0]
    tuned = logits(made.model, made.tokenizer)
    assert (tuned - made.base_logits).abs().max() > 1e-2

    with method.base_shown(made.model):
        shown = logits(made.model, made.tokenizer)
    assert (shown - made.base_logits).abs().max() <= cell.base_off
    assert torch.equal(logits(made.model, made.tokenizer), tuned)

    method.save(made.model, tmp_path)
    assert not list(tmp_path.glob("*.bin"))
    loaded = load_adapter(made.fresh(), tmp_path).eval()
    assert (logits(loaded, made.tokenizer) - tuned).abs().max() <= 1e-4
    with method.base_shown(loaded):
        assert torch.equal(logits(loaded, made.tokenizer), made.base_logits)
    if method.merges:
        merged = method.merge(loaded)
        assert (logits(merged, made.tokenizer) - tuned).abs().max() <= 1e-4
        assert type(merged) is type(made.fresh())
