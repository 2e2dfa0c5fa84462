"""That a row in a packed sequence is read as if it stood alone, and how that is found out."""

from types import SimpleNamespace

import pytest
import torch

from engine.stages.collation import packed_collator
from engine.stages.isolation import keeps_rows_apart
from tests.tiny_models import tiny_config


@pytest.fixture(params=["qwen2", "llama", "gemma3_text", "mistral"])
def kind(request):
    return request.param


def model_of(kind, attention="sdpa", **changes):
    from transformers import AutoModelForCausalLM

    torch.manual_seed(0)
    config = tiny_config(kind, initializer_range=0.2, **changes)
    return AutoModelForCausalLM.from_config(config, attn_implementation=attention).eval()


@pytest.mark.parametrize("attention", ["sdpa", "eager"])
def test_packed_rows_in_a_padded_batch_give_the_logits_that_they_give_alone(kind, attention):
    model = model_of(kind, attention)
    packs = [[[7, 8, 9, 10, 11], [20, 21], [30, 31, 32]], [[5, 6], [12, 13, 14]]]
    flat = [[token for row in pack for token in row] for pack in packs]
    batch = packed_collator(SimpleNamespace(pad_token_id=0))(
        [
            {"input_ids": ids, "labels": ids, "seq_lengths": [len(row) for row in pack]}
            for ids, pack in zip(flat, packs, strict=True)
        ]
    )
    assert batch["labels"][1].tolist() == [-100, 6, -100, 13, 14, *[-100] * 5]
    with torch.no_grad():
        together = model(**batch, use_cache=False).logits
        for ids, pack, said in zip(flat, packs, together, strict=True):
            alone = [model(input_ids=torch.tensor([row])).logits[0] for row in pack]
            assert torch.allclose(said[: len(ids)], torch.cat(alone), atol=1e-4)


@pytest.mark.parametrize("attention", ["sdpa", "eager"])
def test_a_packed_row_gives_the_logits_that_it_gives_alone(kind, attention):
    from trl.trainer.sft_trainer import DataCollatorForLanguageModeling

    model = model_of(kind, attention)
    rows = [[7, 8, 9, 10, 11], [20, 21], [30, 31, 32]]
    ids = [token for row in rows for token in row]
    batch = DataCollatorForLanguageModeling(pad_token_id=0, padding_free=True)(
        [{"input_ids": ids, "labels": ids, "seq_lengths": [5, 2, 3]}]
    )
    with torch.no_grad():
        together = model(**batch, use_cache=False).logits[0]
        alone = [model(input_ids=torch.tensor([row])).logits[0] for row in rows]
    assert torch.allclose(together, torch.cat(alone), atol=1e-4)
    assert keeps_rows_apart(model)


def test_a_model_that_looks_at_its_neighbours_is_found_out():
    model = model_of("qwen2")
    plain = model.forward

    def forward(*args, position_ids=None, **kwargs):
        return plain(*args, position_ids=torch.arange(8)[None], **kwargs)

    model.forward = forward
    assert not keeps_rows_apart(model)


def test_learned_prompts_are_not_trusted():
    from peft import PromptTuningConfig, get_peft_model

    model = get_peft_model(
        model_of("qwen2"), PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=4)
    )
    assert not keeps_rows_apart(model)


def test_a_model_that_cannot_be_tried_is_not_trusted():
    model = model_of("qwen2").train()

    def forward(*args, **kwargs):
        raise RuntimeError("flash attention only runs in half precision")

    model.forward = forward
    assert not keeps_rows_apart(model)
    assert model.training


def test_the_trial_leaves_no_trace():
    model = model_of("qwen2").train()
    before = torch.get_rng_state()
    keeps_rows_apart(model)
    assert model.training
    assert torch.equal(torch.get_rng_state(), before)
