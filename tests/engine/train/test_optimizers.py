"""Muon trains what it should, follows a schedule and is resumed exactly."""

import pytest
import torch
from transformers import Qwen2Config, Qwen2ForCausalLM, get_wsd_schedule

from engine.recipe import parse
from engine.train.optimizers import MuonWithAdamW, muon, schedule_arguments


@pytest.fixture
def model() -> Qwen2ForCausalLM:
    torch.manual_seed(0)
    return Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=64,
            hidden_size=32,
            intermediate_size=48,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=1,
            tie_word_embeddings=True,
        )
    )


def _step(model: Qwen2ForCausalLM, optimizer: MuonWithAdamW, seed: int) -> float:
    torch.manual_seed(seed)
    tokens = torch.randint(0, 8, (4, 12))
    loss = model(input_ids=tokens, labels=tokens).loss
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


def test_muon_takes_the_layers_matrices_and_adamw_all_the_rest(model):
    optimizer = muon(model, lr=0.01, decay=0.0)
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    taken = {
        part: {names[id(p)] for group in one.param_groups for p in group["params"]}
        for part, one in optimizer.parts.items()
    }
    assert len(taken["muon"]) == 2 * 7
    assert all(".layers." in name and name.endswith("_proj.weight") for name in taken["muon"])
    assert "model.embed_tokens.weight" in taken["adamw"]
    assert taken["muon"] | taken["adamw"] == set(names.values())


def test_frozen_weights_are_left_out(model):
    for parameter in model.parameters():
        parameter.requires_grad = False
    model.model.norm.weight.requires_grad = True
    optimizer = muon(model, lr=0.01, decay=0.0)
    assert list(optimizer.parts) == ["adamw"]


def test_the_loss_falls_and_the_schedule_reaches_both_parts(model):
    optimizer = muon(model, lr=0.01, decay=0.0)
    schedule = get_wsd_schedule(
        optimizer, num_warmup_steps=2, num_decay_steps=10, num_training_steps=30
    )
    losses = []
    for step in range(30):
        losses.append(_step(model, optimizer, step))
        schedule.step()
    assert losses[-1] < losses[0] - 1
    rates = {group["lr"] for part in optimizer.parts.values() for group in part.param_groups}
    assert len(rates) == 1
    assert rates.pop() < 0.001


def test_a_resumed_optimizer_takes_the_very_same_steps(model, tmp_path):
    optimizer = muon(model, lr=0.01, decay=0.01)
    for step in range(3):
        _step(model, optimizer, step)
    torch.save(optimizer.state_dict(), tmp_path / "optimizer.pt")
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    straight = [_step(model, optimizer, step) for step in range(3, 6)]
    model.load_state_dict(weights)
    resumed = muon(model, lr=0.5, decay=0.01)
    resumed.load_state_dict(torch.load(tmp_path / "optimizer.pt", weights_only=True))
    assert [_step(model, resumed, step) for step in range(3, 6)] == straight


def test_a_stable_schedule_ends_with_its_decay():
    training = parse("training: {scheduler: warmup_stable_decay, decay: 0.25}").training
    assert schedule_arguments(training, 40)["num_decay_steps"] == 10
    training = parse("training: {scheduler: warmup_stable_decay, decay: 60}").training
    assert schedule_arguments(training, 40)["num_decay_steps"] == 40
    assert schedule_arguments(parse("training: {scheduler: cosine}").training, 40) == {}
