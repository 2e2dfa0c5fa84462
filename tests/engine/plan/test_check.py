"""Recipes whose choices do not exist or do not go together, told in one sentence."""

from dataclasses import replace

import pytest

from engine import recipe
from engine.errors import BadInput
from engine.plan import check, make_plan
from tests.engine.plan.conftest import GIB, a_card, a_machine


def refusal(tree):
    with pytest.raises(BadInput) as refused:
        check(recipe.build(tree))
    return refused.value.problem


@pytest.mark.parametrize(
    ("tree", "field", "words"),
    [
        ({"method": "lore"}, "method.name", "lora"),
        ({"stage": "stf"}, "stage.name", "sft"),
        ({"quantization": "bnb-4bits"}, "quantization.name", "bnb-4bit"),
        ({"method": {"name": "lora", "rnak": 8}}, "method.rnak", "method.rank"),
        ({"method": {"name": "lora", "rank": 0}}, "method.rank", "0"),
        ({"method": {"name": "lora", "dropout": 1.5}}, "method.dropout", "1.5"),
        ({"method": {"name": "full", "rank": 8}}, "method.rank", "no such option"),
        ({"stage": {"name": "sft", "beta": 1}}, "stage.beta", "no such option"),
        ({"quantization": {"name": "bnb-4bit", "kind": "nf5"}}, "quantization.kind", "nf5"),
        ({"training": {"optimizer": "adamw"}}, "training.optimizer", "adamw_torch"),
        ({"method": "full", "quantization": "bnb-4bit"}, "method.name", "lora"),
        ({"method": "full", "model": {"dtype": "fp16"}}, "model.dtype", "bf16"),
        ({"data": {"streaming": True}}, "data.max_samples", "max_samples"),
        (
            {"data": {"validation": 0}, "training": {"early_stopping": 3}},
            "training.early_stopping",
            "data.validation",
        ),
        ({"training": {"early_stopping": 3, "eval_every": None}}, "training.early_stopping", ""),
        ({"model": {"rope_scaling": "yarn"}}, "model.rope_scaling", "none"),
        ({"model": {"adapter": "x"}, "method": "full"}, "model.adapter", "merge"),
        ({"model": {"adapter": "x"}, "method": "pissa"}, "method.pissa", "Take"),
        (
            {"method": "prefix", "training": {"activation_checkpointing": True}},
            "training.activation_checkpointing",
            "false",
        ),
        ({"method": "prompt", "data": {"packing": True}}, "data.packing", "auto"),
        ({"method": "loraplus", "training": {"optimizer": "muon"}}, "method.loraplus", "auto"),
        ({"method": "pissa", "model": {"dtype": "bf16"}}, "model.dtype", "fp32"),
        ({"method": "pissa", "quantization": "bnb-4bit"}, "method.pissa", "PiSSA"),
        ({"method": "dora", "quantization": "bnb-8bit"}, "method.dora", "bnb-4bit"),
        ({"method": "loha", "quantization": "bnb-4bit"}, "method.name", "loha"),
        ({"method": "lokr", "quantization": "bnb-4bit"}, "method.name", "lokr"),
        ({"method": "freeze", "quantization": "bnb-8bit"}, "method.name", "lora"),
        ({"method": {"name": "adalora", "start_rank": 8}}, "method", "start_rank"),
        ({"training": {"kernels": "liger"}}, "training.kernels", "none"),
        ({"launch": {"nodes": 2}}, "launch.nodes", "1"),
        ({"launch": {"strategy": "zero3"}}, "launch.strategy", "none"),
        ({"output": {"push_to": "a/b"}}, "output.push_to", "null"),
        ({"output": {"report_to": ["wandb"]}}, "output.report_to", "[]"),
        ({"evaluation": {"metrics": ["bleu"]}}, "evaluation.metrics", "[]"),
    ],
    ids=str,
)
def test_a_choice_that_cannot_be_is_refused_with_the_way_out(tree, field, words):
    problem = refusal(tree)
    assert problem.field == field
    assert words in str(problem)
    assert "\n" not in str(problem)


def test_a_quantization_that_is_not_installed_is_refused(monkeypatch):
    from engine.quantization import QUANTIZATIONS

    entry = type(QUANTIZATIONS.get("bnb-4bit"))
    monkeypatch.setattr(entry, "unavailable", lambda self: "bitsandbytes is not installed")
    assert refusal({"quantization": "bnb-4bit"}).code == "unavailable"


def test_what_can_be_is_handed_on_with_its_checked_options():
    checked = check(recipe.build({"method": {"name": "lora", "rank": 4}}))
    assert checked.method.name == "lora"
    assert checked.method_options.rank == 4
    assert checked.stage.name == "sft"
    assert checked.quantization.name == "none"


class TestWithTheModel:
    def test_a_quantized_checkpoint_is_not_quantized_again(self, tiny, eight_billion):
        stored = replace(eight_billion, quantized="bitsandbytes")
        with pytest.raises(BadInput, match="already"):
            make_plan(tiny(quantization="bnb-4bit"), facts=stored)

    def test_a_quantized_checkpoint_is_not_tuned_in_full(self, tiny, eight_billion):
        stored = replace(eight_billion, quantized="gptq")
        with pytest.raises(BadInput, match="lora"):
            make_plan(tiny(method="full"), facts=stored)

    def test_a_checkpoint_whose_library_is_missing_is_told(self, tiny, eight_billion, monkeypatch):
        from engine.plan import checks as module

        monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
        with pytest.raises(BadInput, match="gptqmodel"):
            make_plan(tiny(), facts=replace(eight_billion, quantized="awq"))


class TestWithTheDevice:
    @pytest.mark.parametrize(
        ("fields", "gpu", "field"),
        [
            ({"training.precision": "fp16"}, None, "training.precision"),
            ({"training.precision": "bf16"}, "t4", "training.precision"),
            ({"model.attention": "flash_attention_2"}, None, "model.attention"),
        ],
        ids=str,
    )
    def test_what_it_cannot_do_is_refused(self, tiny, fields, gpu, field):
        with pytest.raises(BadInput) as refused:
            make_plan(tiny(fields), machine=a_machine(), gpu=gpu)
        assert refused.value.problem.field == field

    def test_flash_attention_that_is_not_installed_is_refused(self, tiny, cuda_torch, monkeypatch):
        monkeypatch.setattr("engine.plan.checks.has_flash_attention", lambda: False)
        with pytest.raises(BadInput, match="flash-attn"):
            make_plan(
                tiny({"model.attention": "flash_attention_2"}),
                machine=a_machine(a_card(24 * GIB)),
            )

    def test_several_processes_here_are_refused(self, tiny):
        with pytest.raises(BadInput, match="one device"):
            make_plan(tiny({"launch.processes": 2}), machine=a_machine())

    def test_a_card_nobody_knows_is_refused(self, tiny):
        with pytest.raises(BadInput, match="--gpu"):
            make_plan(tiny(), gpu="voodoo-2")


def test_pissa_gets_its_base_in_fp32_where_other_adapters_get_half(tiny, cuda_torch):
    machine = a_machine(a_card(24 * GIB))
    plan = make_plan(tiny(method="pissa"), machine=machine)
    assert (plan.recipe.model.dtype, plan.recipe.training.precision) == ("fp32", "bf16")
    assert make_plan(tiny(method="dora"), machine=machine).recipe.model.dtype == "bf16"


@pytest.mark.parametrize("name", ["prefix", "p-tuning-v2"])
def test_checkpointing_is_never_chosen_where_it_drops_the_cache(name, tiny, eight_billion):
    plan = make_plan(tiny(method=name), gpu="16GiB", facts=eight_billion)
    assert plan.recipe.training.activation_checkpointing is False
    assert not any("activation_checkpointing" in line for line in plan.advice)


def test_a_rate_of_vectors_does_not_follow_the_width(tiny):
    assert make_plan(tiny(method="ia3")).recipe.training.learning_rate == 3e-3
    assert make_plan(tiny(method="lora")).recipe.training.learning_rate > 2e-4
