"""Names that stand for lora with options, and for a base in 4 bits."""

import pytest

from engine.errors import BadInput
from engine.recipe import apply_settings, dump, parse, with_field


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("dora", {"dora": True}),
        ("rslora", {"rslora": True}),
        ("pissa", {"pissa": True}),
        ("loraplus", {"loraplus": 16.0}),
    ],
)
def test_a_variant_is_lora_with_an_option(name, options):
    recipe = parse(f"method: {name}")
    assert recipe.method.name == "lora"
    assert recipe.method.options == options
    assert recipe.quantization.name == "none"
    assert parse(dump(recipe)) == recipe


def test_variants_combine():
    recipe = parse("method: {name: dora, rslora: true, loraplus: 4, rank: 8}")
    assert recipe.method.options == {"dora": True, "rslora": True, "loraplus": 4, "rank": 8}


def test_qlora_is_lora_on_a_base_in_4_bits():
    recipe = parse("method: {name: qlora, rank: 8}")
    assert (recipe.method.name, recipe.quantization.name) == ("lora", "bnb-4bit")
    assert recipe.method.options == {"rank": 8}
    assert parse(dump(recipe)) == recipe


def test_how_qlora_stores_the_base_may_be_said_in_detail():
    assert parse("method: qlora\nquantization: {kind: fp4}").quantization.model_dump() == {
        "name": "bnb-4bit", "kind": "fp4",
    }  # fmt: skip
    assert parse("method: qlora\nquantization: bnb-8bit").quantization.name == "bnb-8bit"


def test_qlora_with_a_base_as_it_is_contradicts_itself():
    with pytest.raises(BadInput, match="quantization is none"):
        parse("method: qlora\nquantization: none")


def test_edited_to_qlora_the_default_storage_gives_way():
    recipe = parse("name: x")
    for edited in (
        with_field(recipe, "method.name", "qlora"),
        with_field(recipe, "method", "qlora"),
        apply_settings(recipe, ["method.name=qlora"]),
    ):
        assert (edited.method.name, edited.quantization.name) == ("lora", "bnb-4bit")
    stored = with_field(recipe, "quantization.name", "bnb-8bit")
    assert with_field(stored, "method.name", "qlora").quantization.name == "bnb-8bit"
