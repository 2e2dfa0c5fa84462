"""What the estimate adds for a method is about what autograd really keeps for it."""

import pytest
import torch

from engine import recipe
from engine.methods import METHODS
from engine.models import facts, find, load

TOKENS = 64
POCKET = recipe.Model(id="pocket")


def kept_by(name, options):
    """Bytes of all tensors that the backward pass will need, weights left out."""
    base, _tokenizer = load(find(POCKET), dtype="fp32")
    model = METHODS.get(name).apply(base, METHODS.options(name, options))
    own = {t.data_ptr() for t in (*model.parameters(), *model.buffers())}
    held, alive = {}, []

    def pack(tensor):
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in own:
            held[storage.data_ptr()] = storage.nbytes()
            alive.append(tensor)  # or its address would be given to the next
        return tensor

    ids = torch.arange(5, 5 + TOKENS)[None]
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        model.train()(input_ids=ids, labels=ids, use_cache=False)
    return sum(held.values())


@pytest.fixture(scope="module")
def plain():
    return kept_by("lora", {"rank": 8, "alpha": 16.0})


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("lora", {"rank": 8, "alpha": 16.0, "dora": True}), ("vera", {}), ("boft", {}),
        ("loha", {}), ("lokr", {}), ("oft", {}), ("adapter", {"placement": "houlsby"}),
        ("ia3", {}), ("ln-tuning", {}), ("prefix", {}), ("adalora", {}),
    ],
    ids=str,
)  # fmt: skip
def test_what_a_method_keeps_is_counted(name, options, plain):
    method = METHODS.get(name)
    extra = kept_by(name, options) - plain
    known = facts(POCKET)
    told = method.kept_bytes(METHODS.options(name, options), known, TOKENS, 4)
    assert told >= 0.6 * extra
    assert told <= 2 * max(extra, 0) + 0.2 * plain + 4 * TOKENS * known.hidden * 42
