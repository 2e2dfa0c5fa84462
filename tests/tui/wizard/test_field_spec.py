"""Text of a form and values of a recipe are one another's reverse."""

from typing import Any

import pytest

from engine.methods import METHODS
from engine.recipe import Data, Model, Recipe, Training, read_field
from tui.wizard.draft import Draft
from tui.wizard.field_spec import FieldSpec, specs_of


def spec(field: str) -> FieldSpec:
    section, name = field.split(".")
    models: dict[str, Any] = {"training": Training, "data": Data, "model": Model}
    if section == "method":
        return specs_of(METHODS.get("lora").options, "method", [name])[0]
    return specs_of(models[section], section, [name])[0]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("training.learning_rate", "2e-4", 2e-4),
        ("training.learning_rate", "", "auto"),
        ("training.learning_rate", "auto", "auto"),
        ("training.epochs", "0.5", 0.5),
        ("training.max_steps", "", None),
        ("training.max_steps", "100", 100),
        ("training.scheduler", "linear", "linear"),
        ("training.compile", "on", True),
        ("training.activation_checkpointing", "off", False),
        ("training.activation_checkpointing", "auto", "auto"),
        ("data.system", "Be brief.", "Be brief."),
        ("data.split", "train[:10%]", "train[:10%]"),
        ("method.targets", "q_proj, v_proj", ["q_proj", "v_proj"]),
        ("method.targets", "all-linear", "all-linear"),
        ("method.rank", "32", 32),
        ("model.revision", "", None),
        ("model.revision", "1234567", "1234567"),
    ],
)
def test_text_means_the_value_a_person_expects(field: str, text: str, value: Any) -> None:
    assert spec(field).parse(text) == value


def all_specs() -> list[FieldSpec]:
    models: list[tuple[Any, str]] = [(Training, "training"), (Model, "model"), (Data, "data")]
    specs = [spec for model, name in models for spec in specs_of(model, name)]
    return [s for s in specs if s.field not in {"data.sources", "data.columns"}]


@pytest.mark.parametrize("one", all_specs(), ids=lambda spec: spec.field)
def test_every_default_is_shown_and_read_back(one: FieldSpec) -> None:
    value = read_field(Recipe(), one.field)
    assert one.parse(one.show(value)) == value
    assert Draft().edit(one.field, one.parse(one.show(value))) is False


def test_few_values_become_a_choice_and_numbers_do_not() -> None:
    assert [value for value, _words in spec("training.precision").choices] == [
        "auto", "fp32", "bf16", "fp16",
    ]  # fmt: skip
    assert [value for value, _words in spec("data.streaming").choices] == ["on", "off"]
    assert spec("training.learning_rate").choices == ()


def test_bounds_are_told_in_words() -> None:
    assert spec("method.rank").limits == "from 1 to 1024"
    assert spec("method.dropout").limits == "from 0 below 1"
    assert spec("training.learning_rate").limits == "above 0"
    assert spec("data.source").limits == ""
