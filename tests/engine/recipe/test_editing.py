"""Changing single fields, as `--set` and the wizard do, and telling recipes apart."""

import pytest

from engine.errors import BadInput
from engine.recipe import Recipe, apply_settings, differences, parse, read_field, with_field


@pytest.mark.parametrize(
    ("setting", "field", "value"),
    [
        ("training.epochs=1", "training.epochs", 1.0),
        ("training.epochs = 0.5", "training.epochs", 0.5),
        ("training.learning_rate=1e-4", "training.learning_rate", 1e-4),
        ("training.learning_rate=auto", "training.learning_rate", "auto"),
        ("training.compile=true", "training.compile", True),
        ("data.max_samples=null", "data.max_samples", None),
        ("data.system=", "data.system", None),
        ("data.system=You are C: a star * and # more", "data.system",
         "You are C: a star * and # more"),
        ("data.system=# one", "data.system", "# one"),
        ("data.system='null'", "data.system", "null"),
        ("data.system=[/INST] a=b", None, None),
        ("evaluation.prompts=[Who are you?, 'a, b']", "evaluation.prompts",
         ["Who are you?", "a, b"]),
        ("data.columns={prompt: question}", "data.columns", {"prompt": "question"}),
        ("method.rank=8", "method.rank", 8),
        ("method.name=full", "method", {"name": "full"}),
        ("method=full", "method", {"name": "full"}),
    ],
)  # fmt: skip
def test_a_setting_changes_its_field(setting, field, value):
    if field is None:
        with pytest.raises(BadInput, match="not valid YAML"):
            apply_settings(Recipe(), [setting])
        return
    assert read_field(apply_settings(Recipe(), [setting]), field) == value


def test_settings_are_applied_in_order():
    recipe = apply_settings(Recipe(), ["training.epochs=1", "training.epochs=2"])
    assert recipe.training.epochs == 2


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("training.epochs", "expected FIELD=VALUE"),
        ("=1", "expected FIELD=VALUE"),
        ("training.epoch=1", "Did you mean training.epochs?"),
        ("trainin.epochs=1", "Did you mean training?"),
        ("training.epochs.deep=1", "has no fields inside"),
        ("training.epochs=-1", "a number above 0"),
        ("training.epochs=many", 'found "many"'),
        ("training.=1", "unknown field"),
        ("name=a/b", "slash"),
        ("evaluation.prompts=[a", "not valid YAML"),
        ("data.columns={a: &x b, c: *x}", "aliases"),
    ],
)
def test_a_wrong_setting_is_one_sentence(setting, words):
    with pytest.raises(BadInput) as told:
        apply_settings(Recipe(), [setting])
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_another_entry_of_a_table_takes_the_old_ones_options_away():
    recipe = with_field(parse("method: {name: lora, rank: 8}"), "method.name", "full")
    assert recipe.method.options == {}


def test_one_source_takes_the_place_of_several():
    recipe = with_field(parse("data: {sources: [{source: a}]}"), "data.source", "persona")
    assert [source.source for source in recipe.data.all_sources()] == ["persona"]


def test_an_edit_leaves_the_recipe_it_started_from():
    recipe = Recipe()
    with_field(recipe, "training.seed", 7)
    assert recipe.training.seed == 42


def test_differences_name_the_fields_and_every_recipes_value():
    one = parse("method: {name: lora, rank: 8}")
    other = parse("method: {name: lora}\ntraining: {epochs: 1}")
    assert differences([one, other, one]) == {
        "method.rank": [8, None, 8],
        "training.epochs": [3.0, 1.0, 3.0],
    }
