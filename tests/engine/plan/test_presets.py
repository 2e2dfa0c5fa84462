"""Recipes by name: those that ship work, those that are saved come back, names stay inside."""

import json
import os
import stat

import pytest

from engine import recipe
from engine.errors import BadInput
from engine.plan import check, make_plan
from engine.plan.presets import (
    find_preset,
    names,
    presets,
    resolve_recipe,
    save_preset,
)
from engine.recipe import Recipe
from tests.engine.memory.test_estimate import LLAMA8, shape

QWEN_06 = shape(1024, 3072, 28, 16, 8, 128, 151936, kind="qwen3")

SHIPPED = [preset.name for preset in presets() if preset.shipped]
POCKET = [name for name in SHIPPED if find_preset(name).model.id == "pocket"]


def test_demo_comes_first():
    assert SHIPPED[0] == "demo"
    assert len(SHIPPED) >= 5


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_recipe_checks_against_the_tables(name):
    assert check(find_preset(name)).recipe.name == name


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_recipe_says_in_one_line_what_it_is_for(name):
    preset = next(p for p in presets() if p.name == name)
    assert 20 < len(preset.summary) <= 100


@pytest.mark.parametrize("name", POCKET)
def test_every_recipe_of_the_pocket_model_fits_here(name):
    plan = make_plan(find_preset(name))
    assert plan.verdict == "fits"
    assert plan.steps >= 10


@pytest.mark.parametrize(
    ("name", "model", "words", "gpu"),
    [("qlora-8b", LLAMA8, "16 GB", "16GiB"), ("lora-0.6b", QWEN_06, "6 GB", "6GiB")],
)
def test_a_recipe_of_a_real_model_fits_the_card_it_names(name, model, words, gpu, tiny_folder):
    given = recipe.with_field(find_preset(name), "model.id", str(tiny_folder))
    assert words in next(p for p in presets() if p.name == name).summary
    assert make_plan(given, gpu=gpu, facts=model).verdict == "fits"


def test_the_list_is_one_json_document():
    entries = json.loads(json.dumps([preset.describe() for preset in presets()]))
    assert all({"name", "summary", "options"} <= set(entry) for entry in entries)


class TestSaved:
    def test_it_comes_back_as_it_was(self):
        given = recipe.build({"name": "mine", "training": {"epochs": 0.5}, "method": "full"})
        path = save_preset(given, "my own")
        assert resolve_recipe("my own") == given
        assert names()[-1] == "my own"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert os.listdir(path.parent) == [path.name]

    def test_its_summary_tells_what_it_does(self):
        save_preset(recipe.build({"quantization": "bnb-4bit"}), "mine")
        (saved,) = [preset for preset in presets() if preset.saved]
        assert saved.summary == "sft with lora on pocket (bnb-4bit), data persona"

    def test_a_summary_of_several_lines_stays_one_comment(self):
        given = Recipe()
        save_preset(given, "mine", summary="one\nmethod: full\n\x1b[31m")
        assert resolve_recipe("mine") == given
        (saved,) = [preset for preset in presets() if preset.saved]
        assert "\x1b" not in saved.summary

    def test_a_name_that_is_taken_is_not_written_over(self):
        save_preset(Recipe(name="first"), "mine")
        with pytest.raises(BadInput, match="already"):
            save_preset(Recipe(name="second"), "mine")
        assert resolve_recipe("mine").name == "first"
        save_preset(Recipe(name="second"), "mine", replace=True)
        assert resolve_recipe("mine").name == "second"

    def test_a_shipped_name_cannot_be_taken(self):
        with pytest.raises(BadInput, match="ships"):
            save_preset(Recipe(), "demo", replace=True)

    @pytest.mark.parametrize(
        "name",
        [
            "", " ", ".", "..", "../x", "../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "~/x/y",
            ".hidden", "-rf", "x\0y", "x\ny", "x\x1b[31my", "\u202ex", "x" * 300, "\ud800", " x",
            "x ", "a\u200bb", "\u2028",
        ],
        ids=ascii,
    )  # fmt: skip
    def test_a_hostile_name_writes_nothing(self, name, tunesmith_home):
        with pytest.raises(BadInput) as refused:
            save_preset(Recipe(), name)
        assert refused.value.problem.field == "name"
        assert str(refused.value).isprintable()
        assert list(tunesmith_home.rglob("*.yaml")) == []

    @pytest.mark.parametrize("name", ["模型", "naïve", "a.b.c", "$(rm -rf ~)", "'; DROP--", "CON"])
    def test_an_odd_name_stays_in_the_folder(self, name, tunesmith_home):
        path = save_preset(Recipe(), name)
        assert path.parent == tunesmith_home / "presets"
        assert resolve_recipe(name) == Recipe()

    def test_a_broken_file_hides_no_other(self, tunesmith_home):
        save_preset(Recipe(), "good")
        (tunesmith_home / "presets" / "bad.yaml").write_bytes(b"\xff\xfe # x\n: : :")
        assert {"good", "bad"} <= set(names())
        with pytest.raises(BadInput):
            resolve_recipe("bad")

    def test_a_folder_that_cannot_be_written_is_told(self, tunesmith_home):
        (tunesmith_home / "presets").write_text("a file")
        with pytest.raises(BadInput, match="cannot be written"):
            save_preset(Recipe(), "mine")


class TestResolved:
    def test_a_file_is_read(self, tmp_path):
        path = tmp_path / "my.yaml"
        path.write_text("name: from-a-file\n")
        assert resolve_recipe(str(path)).name == "from-a-file"

    def test_a_file_without_ending_is_read_when_it_is_there(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "recipe").write_text("name: here\n")
        assert resolve_recipe("recipe").name == "here"

    @pytest.mark.parametrize(("wrong", "near"), [("dmeo", "demo"), ("pocket-raed", "pocket-read")])
    def test_the_nearest_preset_is_offered(self, wrong, near):
        with pytest.raises(BadInput, match=near) as refused:
            resolve_recipe(wrong)
        assert refused.value.problem.code == "no_preset"

    @pytest.mark.parametrize("reference", ["nowhere.yaml", "./nowhere", "x\0y", "x" * 5000, ""])
    def test_what_is_not_there_is_told(self, reference):
        with pytest.raises(BadInput):
            resolve_recipe(reference)
