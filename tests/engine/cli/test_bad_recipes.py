"""Whatever is wrong with a recipe is told in one sentence before anything is made."""

import json
import shutil

import pytest

from engine.runs import all_runs
from tests.engine.cli.conftest import RECIPE


@pytest.fixture(scope="module")
def broken(tmp_path_factory, model_folder):
    """Models and data that cannot be used, and the recipe files that are no recipes."""
    folder = tmp_path_factory.mktemp("broken")
    for name, missing in (("no-config", "config.json"), ("no-tokenizer", "tokenizer")):
        shutil.copytree(model_folder, folder / name)
        for path in (folder / name).iterdir():
            if path.name.startswith(missing):
                path.unlink()
    (folder / "empty-model").mkdir()
    (folder / "empty.jsonl").write_text("")
    (folder / "binary.jsonl").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff\xfe" * 100)
    (folder / "null.json").write_text("null")
    (folder / "broken.jsonl").write_text('{"messages": [{"role": "user"\n')
    rows = [{"question": "a", "label": 3}] * 4
    (folder / "columns.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "empty.yaml").write_text("")
    (folder / "binary.yaml").write_bytes(b"\x00\xff\x00")
    (folder / "parse.yaml").write_text("version: 1\ntraining: {epochs: [1\n")
    (folder / "unknown.yaml").write_text("training: {epoch: 1}\n")
    (folder / "slash.yaml").write_text("name: a/b\n")
    return folder


def refused(tunesmith, *words) -> str:
    """The sentence; told by `plan` and `train` alike, and nothing was made."""
    planned = tunesmith("plan", *words)
    assert planned.code == 2, planned
    trained = tunesmith("train", *words, "--json")
    assert trained.code == 2
    error = trained.document["error"]
    assert error["message"] in planned.sentence
    assert all_runs() == []
    return planned.sentence


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("none.yaml", "There is no file"),
        ("nothing", "There is no preset and no file called 'nothing'."),
        ("dmeo", "Did you mean demo?"),
        ("", "is a folder"),
        ("\x1b[31m", "There is no preset"),
        ("empty.yaml", "is empty"),
        ("binary.yaml", "not a text file"),
        ("parse.yaml", "line 3: not valid YAML"),
        ("unknown.yaml", "line 1: unknown field training.epoch. Did you mean training.epochs?"),
        ("slash.yaml", "line 1: name: a name may not contain a slash"),
        ("empty-model", "is a folder"),
        ("x" * 4000, "There is no preset"),
    ],
)
def test_a_recipe_that_is_none(tunesmith, broken, monkeypatch, reference, words):
    monkeypatch.chdir(broken)
    assert words in refused(tunesmith, reference)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("training.epochs=-1", "a number above 0, found -1"),
        ("training.epoch=1", "Did you mean training.epochs?"),
        ("training.epochs", "expected FIELD=VALUE"),
        ("training.micro_batch=0", "a number from 1 up"),
        ("training.learning_rate=-0.1", "training.learning_rate"),
        ("training.optimizer=adamm", "training.optimizer"),
        ("method.name=lorra", "Did you mean lora?"),
        ("method.rnak=8", "Did you mean method.rank?"),
        ("method.rank=-8", "method.rank"),
        ("stage.name=sfft", "Did you mean sft?"),
        ("quantization.name=bnb-4bits", "Did you mean bnb-4bit?"),
        ("data.format=alpacca", "data.format"),
        ("data.source=none.jsonl", "none.jsonl"),
        ("data.source=empty.jsonl", "empty.jsonl"),
        ("data.source=binary.jsonl", "binary.jsonl"),
        ("data.source=null.json", "null.json"),
        ("data.source=broken.jsonl", "broken.jsonl"),
        ("data.source=columns.jsonl", "columns.jsonl"),
        ("data.columns={prompt: nowhere}", "nowhere"),
        ("model.id=nowhere-at-all/nothing", "nowhere-at-all/nothing"),
        ("model.id=./no-config", "config.json"),
        ("model.id=./no-tokenizer", "tokenizer"),
        ("model.id=./empty-model", "config.json"),
        ("model.id=./gone", "gone"),
        ("model.id=columns.jsonl", "columns.jsonl"),
        ("name=../x", "slash"),
        ("name=\x1b[31m", "control"),
    ],
)
def test_a_field_that_cannot_be(tunesmith, broken, monkeypatch, recipe_file, setting, words):
    monkeypatch.chdir(broken)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    sentence = refused(tunesmith, recipe_file, "--set", setting)
    assert words in sentence
    assert "Traceback" not in sentence


@pytest.mark.parametrize("name", ["a/b", "..", "", "-x", "a\nb", "\u202e"])
def test_a_name_that_cannot_be(tunesmith, recipe_file, name):
    assert "name" in refused(tunesmith, recipe_file, f"--name={name}")


@pytest.mark.parametrize("card", ["", "big", "0x24GiB", "-4GiB", "rtx-409O", "nan"])
def test_a_card_that_is_none(tunesmith, recipe_file, card):
    said = tunesmith("plan", recipe_file, f"--gpu={card}")
    assert said.code == 2
    assert said.sentence


def test_a_place_that_cannot_be_written(tunesmith, recipe_file, monkeypatch):
    monkeypatch.setenv("TUNESMITH_HOME", "/proc/nowhere")
    said = tunesmith("train", recipe_file)
    assert said.code == 2
    assert "A run cannot be made in /proc/nowhere/runs" in said.sentence


def test_a_recipe_with_everything_left_out_is_the_default_one(tunesmith, tmp_path, model_folder,
                                                               rows_file):  # fmt: skip
    path = tmp_path / "short.yaml"
    path.write_text(RECIPE.format(model=model_folder, data=rows_file))
    document = tunesmith("plan", path, "--json").document
    assert document["resolved"]["training"]["scheduler"] == "cosine"
