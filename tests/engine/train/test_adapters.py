"""Adapters beyond one run: trained on, folded in with a new one on top, several to talk to."""

import pytest

from engine.chat import ChatMessage, ChatRequest
from engine.chat.load import talker_for_run
from engine.errors import BadInput
from engine.plan import make_plan
from engine.recipe import apply_settings
from engine.runs import create
from engine.train import train
from tests.engine.train.conftest import events

QUESTION = ChatRequest(
    messages=(ChatMessage(role="user", content="who are you, number 3?"),),
    temperature=0.0,
    max_new_tokens=12,
)


@pytest.fixture
def first(new_run):
    """A finished LoRA run."""
    run = new_run()
    assert train(run) == 0
    return run


def planned(recipe, *settings):
    return make_plan(apply_settings(recipe, list(settings))).recipe


def test_an_adapter_is_trained_on_with_the_options_it_has(first, recipe):
    resolved = planned(recipe, "method.rank=auto", "method.alpha=auto", "method.dropout=0.1",
                       f"model.adapter=run:{first.id}")  # fmt: skip
    assert resolved.method.options["rank"] == 8
    assert resolved.method.options["alpha"] == 16
    second = create(resolved)
    assert train(second) == 0
    ended, went_on = events(first, "step")[-1].loss, events(second, "step")[0].loss
    assert went_on < 0.5 * events(first, "step")[0].loss
    assert went_on == pytest.approx(ended, abs=0.5)
    base = talker_for_run(str(first.path)).respond(QUESTION.model_copy(update={"base": True}))
    talker = talker_for_run(str(second.path))
    assert talker.respond(QUESTION.model_copy(update={"base": True})).answer == base.answer


def test_an_adapter_folded_in_is_the_base_of_a_new_one(first, recipe):
    resolved = planned(recipe, "method=ia3", f"model.adapter=run:{first.id}",
                       "model.adapter_use=merge", "training.learning_rate=0.005")  # fmt: skip
    second = create(resolved)
    assert train(second) == 0
    assert events(second, "step")[0].loss < 0.5 * events(first, "step")[0].loss
    merged = talker_for_run(str(second.path)).respond(QUESTION.model_copy(update={"base": True}))
    assert merged.answer == talker_for_run(str(first.path)).respond(QUESTION).answer


@pytest.mark.parametrize(
    ("settings", "field", "words"),
    [
        (["method=ia3"], "method.name", "was made by lora"),
        (["method.rank=16"], "method.rank", "has 8"),
        (["model.adapter_use=merge", "quantization=bnb-4bit"], "model.adapter_use", "rounds"),
        (["model.adapter=run:none"], "model.adapter", "no run none"),
        (["model.adapter=./nowhere"], "model.adapter", "no folder"),
    ],
    ids=str,
)
def test_what_does_not_go_with_the_adapter_is_told(first, recipe, settings, field, words):
    with pytest.raises(BadInput, match=words) as told:
        planned(recipe, f"model.adapter=run:{first.id}", *settings)
    assert told.value.problem.field == field


def test_several_adapters_answer_in_turn_without_loading_anew(first, new_run):
    other = new_run("training.max_steps=3", "training.seed=7")
    assert train(other) == 0
    talker = talker_for_run(str(first.path))
    alone = talker.respond(QUESTION).answer
    talker.add_adapter(other.path / "adapter", "other")
    assert talker.adapters() == ["default", "other"]
    expected = talker_for_run(str(other.path)).respond(QUESTION).answer
    assert expected != alone
    for name, answer in (("other", expected), ("default", alone), (None, alone)):
        assert talker.respond(QUESTION.model_copy(update={"adapter": name})).answer == answer
    with pytest.raises(BadInput, match="Loaded are default, other"):
        talker.respond(QUESTION.model_copy(update={"adapter": "third"}))
    with pytest.raises(BadInput, match="is taken"):
        talker.add_adapter(other.path / "adapter", "other")


def test_adapters_are_loaded_onto_a_base_one_talks_to(first, new_run, recipe):
    from engine.chat.load import talker_for_model

    other = new_run("training.max_steps=3", "training.seed=7")
    assert train(other) == 0
    talker = talker_for_model(recipe.model)
    base = talker.respond(QUESTION).answer
    assert talker.adapters() == []
    talker.add_adapter(first.path / "adapter", "ember")
    talker.add_adapter(other.path / "adapter", "other")
    assert talker.adapters() == ["ember", "other"]
    for name, run in (("ember", first), ("other", other), ("ember", first)):
        expected = talker_for_run(str(run.path)).respond(QUESTION).answer
        assert talker.respond(QUESTION.model_copy(update={"adapter": name})).answer == expected
    assert talker.respond(QUESTION.model_copy(update={"base": True})).answer == base


def test_adapters_of_two_kinds_do_not_lie_beside_each_other(first, new_run):
    other = new_run("method=ia3", "training.max_steps=1")
    assert train(other) == 0
    with pytest.raises(BadInput, match="peft mixes no kinds"):
        talker_for_run(str(first.path)).add_adapter(other.path / "adapter", "other")


def test_ranks_really_move(new_run):
    run = new_run("method=adalora", "method.rank=2", "method.start_rank=4", "method.settled=0.25")
    assert train(run) == 0
    import json

    from safetensors.torch import load_file

    pattern = json.loads((run.path / "adapter" / "adapter_config.json").read_text())["rank_pattern"]
    ranks = {name: sum(kept) for name, kept in pattern.items()}
    assert sum(ranks.values()) <= 2 * len(ranks) < sum(len(kept) for kept in pattern.values())
    assert len(set(ranks.values())) > 1
    saved = load_file(run.path / "adapter" / "adapter_model.safetensors")
    rows = [t.shape[0] for name, t in saved.items() if "lora_A" in name]
    assert sorted(rows) == sorted(ranks.values())


def test_loraplus_gives_b_its_own_rate(new_run, monkeypatch):
    from engine.train import work

    seen = []
    free = work._free_optimizer

    def look(trainer):
        seen.extend(trainer.lr_scheduler.base_lrs)
        free(trainer)

    monkeypatch.setattr(work, "_free_optimizer", look)
    run = new_run(
        "method=loraplus", "method.rank=4", "method.alpha=8", "training.learning_rate=0.001"
    )
    assert train(run) == 0
    assert sorted(set(seen)) == pytest.approx([1e-6, 0.001, 0.016])
