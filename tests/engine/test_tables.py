"""Tables find their entries by themselves and say what is wrong with a name or an option."""

import sys
from typing import Annotated, Literal

import pytest
from pydantic import Field

from engine.errors import BadInput
from engine.methods import METHODS
from engine.quantization import QUANTIZATIONS
from engine.stages import STAGES
from engine.tables import Choice, Options, Table

TABLES = [METHODS, STAGES, QUANTIZATIONS]


@pytest.fixture
def fruits(tmp_path, monkeypatch):
    """A table over a package made on the spot."""
    package = tmp_path / "fruits"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "base.py").write_text("# no entry here\n")
    (package / "pear.py").write_text(
        "from tests.engine.test_tables import Fruit\nENTRY = Fruit('pear', 20)\n"
    )
    (package / "citrus.py").write_text(
        "from tests.engine.test_tables import Fruit\n"
        "ENTRIES = [Fruit('lemon', 30), Fruit('lime', 10), Fruit('blood orange', 20)]\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, "tests.engine.test_tables", sys.modules[__name__])
    yield Table("fruits", "fruit")
    for name in [name for name in sys.modules if name.partition(".")[0] == "fruits"]:
        del sys.modules[name]


class FruitOptions(Options):
    size: Literal["auto"] | Annotated[int, Field(ge=1, le=9)] = Field("auto", description="in cm")
    ripe: bool = Field(True, description="now")
    kind: Literal["sweet", "sour"] = "sweet"
    trees: str | tuple[str, ...] = "all"


class Fruit(Choice):
    options = FruitOptions
    summary = "Choose it for its taste."

    def __init__(self, name: str, order: int) -> None:
        self.name = name
        self.order = order


def test_a_file_is_an_entry_or_several_and_order_decides(fruits):
    assert fruits.names() == ["lime", "blood orange", "pear", "lemon"]
    assert [entry.name for entry in fruits] == fruits.names()
    assert "pear" in fruits
    assert "apple" not in fruits
    assert fruits.get("pear").order == 20


def test_an_unknown_name_gets_the_nearest_or_all(fruits):
    with pytest.raises(BadInput, match=r"Did you mean lemon\?") as told:
        fruits.get("lemmon")
    assert told.value.problem.field == "fruit.name"
    with pytest.raises(BadInput, match="Choose one of lime, blood orange, pear, lemon"):
        fruits.get("quantum")


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"siez": 3}, "fruit.size", "Did you mean fruit.size?"),
        ({"zzz": 3}, "fruit.zzz", "size, ripe, kind, trees"),
        ({"size": 0}, "fruit.size", "auto or a number from 1 up"),
        ({"size": 10}, "fruit.size", "auto or a number up to 9"),
        ({"size": "big"}, "fruit.size", 'found "big"'),
        ({"kind": "salty"}, "fruit.kind", "sweet or sour"),
        ({"ripe": "soon"}, "fruit.ripe", "true or false"),
    ],
)
def test_a_wrong_option_is_named(fruits, given, field, words):
    with pytest.raises(BadInput) as told:
        fruits.options("pear", given)
    assert words in str(told.value)
    assert told.value.problem.field in {field, f"fruit.{next(iter(given))}"}
    assert "\n" not in str(told.value)


def test_options_come_checked_and_complete(fruits):
    options = fruits.options("pear", {"size": 4})
    assert (options.size, options.ripe, options.kind) == (4, True, "sweet")


def test_an_entry_describes_itself_as_commands_print_it(fruits):
    assert fruits.get("pear").describe() == {
        "name": "pear",
        "summary": "Choose it for its taste.",
        "options": [
            {"name": "size", "type": "auto | int", "default": "auto", "help": "in cm"},
            {"name": "ripe", "type": "bool", "default": True, "help": "now"},
            {"name": "kind", "type": "sweet | sour", "default": "sweet", "help": ""},
            {"name": "trees", "type": "str | list of str", "default": "all", "help": ""},
        ],
    }


@pytest.mark.parametrize("table", TABLES, ids=["methods", "stages", "quantizations"])
def test_every_shipped_entry_says_when_to_choose_it(table):
    assert table.names()
    for entry in table:
        told = entry.describe()
        assert told["summary"].endswith(".")
        assert "\n" not in told["summary"]
        assert table.options(entry.name, {}) is not None
        for option in told["options"]:
            assert option["help"], f"{entry.name}.{option['name']} has no help"
            assert option["type"]


def test_shipped_tables_have_what_the_first_recipe_needs():
    assert {"lora", "full"} <= set(METHODS.names())
    assert {"sft", "pretrain"} <= set(STAGES.names())
    assert {"none", "bnb-4bit"} <= set(QUANTIZATIONS.names())
