"""Methods on a base in 4 or 8 bits: they learn, load alike and show the base exactly."""

import pytest
import torch

from engine.methods import METHODS, Situation, load_adapter
from engine.quantization.load import load_base
from engine.recipe import Model, Quantization
from tests.engine.methods.cells import ADAPTERS
from tests.engine.methods.conftest import logits, train

STORED = [
    Quantization.model_validate({"name": "bnb-4bit"}),
    Quantization.model_validate({"name": "bnb-4bit", "kind": "fp4", "double": False}),
    Quantization.model_validate({"name": "bnb-8bit"}),
]


def allowed(cell, stored):
    method = METHODS.get(cell.method)
    options = METHODS.options(cell.method, cell.options)
    return method.refusal(options, Situation("sft", stored.name)) is None


def words(value):
    return (
        value.id
        if hasattr(value, "method")
        else "-".join(str(v) for v in value.model_dump().values())
    )


CELLS = [
    (cell, stored)
    for stored in STORED
    for cell in ADAPTERS
    if cell.kind == "qwen2"
    and allowed(cell, stored)
    and (cell.method == "lora" or not stored.options)  # fp4 is the same to all of them
]


@pytest.mark.parametrize(("cell", "stored"), CELLS, ids=words)
def test_it_learns_and_loads_alike(cell, stored, trial, base_folder, tmp_path):
    def fresh():
        return load_base(Model(id=str(base_folder("qwen2"))), stored)

    made = trial(cell, loaded=fresh())
    losses = train(made, cell.rate)
    assert losses[-1] < 0.9 * losses[0]
    tuned = logits(made.model, made.tokenizer)
    with made.method.base_shown(made.model):
        assert torch.equal(logits(made.model, made.tokenizer), made.base_logits)
    made.method.save(made.model, tmp_path)
    loaded = load_adapter(fresh()[0], tmp_path).eval()
    assert (logits(loaded, made.tokenizer) - tuned).abs().max() <= 2e-2


def test_what_cannot_be_put_on_quantized_weights_is_refused_beforehand():
    refused = {
        (cell.method, *sorted(cell.options), stored.name)
        for cell in ADAPTERS
        for stored in STORED
        if not allowed(cell, stored)
    }
    assert {name for name, *_rest in refused} == {
        "lora", "loha", "lokr", "llama-adapter", "freeze", "bitfit",
    }  # fmt: skip
    assert ("lora", "alpha", "dora", "rank", "bnb-8bit") in refused
    assert ("lora", "alpha", "dora", "rank", "bnb-4bit") not in refused
    assert {stored for name, *_options, stored in refused if name == "loha"} == {"bnb-4bit"}
