"""What a recipe will cost, as a script and as a person reads it."""

import pytest

from engine.runs import all_runs

PARTS = {
    "weights", "adapter", "gradients", "optimizer", "activations", "logits", "context",
    "fragmentation",
}  # fmt: skip


def autos(tree) -> list[str]:
    """Every value that is still left to the plan."""
    if isinstance(tree, dict):
        return [value for inner in tree.values() for value in autos(inner)]
    if isinstance(tree, list):
        return [value for inner in tree for value in autos(inner)]
    return ["auto"] if tree == "auto" else []


def test_a_plan_is_the_document_of_the_contract(tunesmith, recipe_file):
    said = tunesmith("plan", recipe_file, "--json")
    assert said.code == 0
    plan = said.document
    assert {"verdict", "device", "needed_bytes", "free_bytes", "parts", "resolved", "reasons",
            "steps", "tokens", "seconds_estimate", "warnings"} <= set(plan)  # fmt: skip
    assert plan["verdict"] in {"fits", "tight"}
    assert set(plan["parts"]) == PARTS
    assert plan["steps"] == 8
    assert autos(plan["resolved"]) == []
    for reason in plan["reasons"]:
        assert set(reason) == {"field", "value", "reason", "source"}
        assert reason["reason"]


def test_a_plan_for_people_names_verdict_parts_and_reasons(tunesmith, recipe_file):
    said = tunesmith("plan", recipe_file)
    assert said.code == 0
    assert said.out.startswith("It fits. It needs ")
    for words in ("weights", "optimizer", "method.alpha", "8 steps"):
        assert words in said.out


def test_settings_change_the_plan(tunesmith, recipe_file):
    plan = tunesmith(
        "plan", recipe_file, "--set", "training.max_steps=3", "--set", "method.rank=2",
        "--name", "other", "--json",
    ).document  # fmt: skip
    assert plan["steps"] == 3
    assert plan["resolved"]["method"]["rank"] == 2
    assert plan["resolved"]["name"] == "other"


def test_a_card_that_is_not_here_can_be_planned_for(tunesmith, recipe_file):
    plan = tunesmith("plan", recipe_file, "--gpu", "24GiB", "--json").document
    assert plan["verdict"] == "fits"
    assert plan["free_bytes"] <= 24 * 2**30


@pytest.mark.parametrize("verb", ["plan", "train"])
def test_what_does_not_fit_is_exit_3_with_its_plan(tunesmith, recipe_file, verb):
    words = (verb, recipe_file, "--set", "training.micro_batch=4000000")
    said = tunesmith(*words, "--json")
    assert said.code == 3
    assert said.document["verdict"] == "does-not-fit"
    assert said.document["warnings"]
    shown = tunesmith(*words)
    assert shown.code == 3
    assert "It does not fit." in shown.out
    assert ("--anyway" in shown.err) == (verb == "train")
    assert all_runs() == []
