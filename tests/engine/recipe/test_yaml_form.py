"""What a recipe file may say, and what is told of one that is wrong."""

import time
from pathlib import Path

import pytest

from engine.errors import BadInput
from engine.recipe import AUTO, Recipe, dump, load, parse, with_field


def refused(text: str) -> BadInput:
    """The problem of a recipe that must not be read."""
    with pytest.raises(BadInput) as told:
        parse(text, origin="r.yaml")
    assert told.value.exit_code == 2
    assert "\n" not in str(told.value)
    return told.value


def test_an_almost_empty_recipe_is_the_default_one():
    recipe = parse("version: 1")
    assert recipe == Recipe()
    assert recipe.model.id == "pocket"
    assert recipe.training.learning_rate == AUTO


def test_numbers_and_words_are_read_as_yaml_1_2_reads_them():
    recipe = parse("training: {learning_rate: 1e-4}\ndata: {split: no}\n")
    assert recipe.training.learning_rate == 1e-4
    assert recipe.data.split == "no"


def test_a_choice_may_be_a_bare_name_and_keeps_its_own_options():
    recipe = parse("method: full\nstage: {name: dpo, beta: 0.2}\n")
    assert recipe.method.name == "full"
    assert recipe.stage.options == {"beta": 0.2}


@pytest.mark.parametrize("complete", [True, False])
def test_what_is_written_is_read_back_as_the_same_recipe(complete):
    recipe = parse(
        """
name: huanhuan
data: {sources: [{source: a.json, weight: 0.5}, {source: b}], system: "1e-4", packing: true}
method: {name: lora, rank: 8, targets: [q_proj, v_proj]}
training: {epochs: 0.5, learning_rate: 3e-5, eval_every: 0.1, save_every: null, max_steps: 7}
evaluation: {prompts: ["no", "null", "a: b", "# x", "\\u202e"]}
"""
    )
    assert parse(dump(recipe, complete=complete)) == recipe
    assert dump(parse(dump(recipe, complete=complete)), complete=complete) == dump(
        recipe, complete=complete
    )


@pytest.mark.parametrize(
    ("text", "line", "field", "nearest"),
    [
        ("training: {epoch: 3}", 1, "training.epoch", "training.epochs"),
        ("model:\n  id: pocket\n  dtyp: fp32\n", 3, "model.dtyp", "model.dtype"),
        ("trainning: {}", 1, "trainning", "training"),
        ("version: 1\nlearning_rate: 1e-4\n", 2, "learning_rate", "training.learning_rate"),
        ("data:\n  sources:\n  - {source: a}\n  - {sorce: b}\n", 4, "data.sources.1.sorce",
         "data.sources.1.source"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_named_with_its_line_and_the_nearest_one(text, line, field, nearest):
    problem = refused(text).problem
    assert problem.code == "unknown_field"
    assert problem.field == field
    assert problem.message.startswith(f"r.yaml, line {line}: ")
    assert problem.advice == f"Did you mean {nearest}?"


def test_an_unknown_key_like_no_other_gets_the_list():
    assert "quantization" in refused("zzz: 1").problem.advice


@pytest.mark.parametrize(
    ("text", "line", "field", "words"),
    [
        ("training:\n  epochs: -1\n", 2, "training.epochs", "a number above 0, found -1"),
        ("training: {epochs: .inf}", 1, "training.epochs", "finite"),
        ("training: {epochs: .nan}", 1, "training.epochs", "found NaN"),
        ("training: {epochs: true}", 1, "training.epochs", "a number, found true"),
        ("training: {max_steps: 0}", 1, "training.max_steps", "from 1 up"),
        ("training: {micro_batch: -4}", 1, "training.micro_batch", "auto or a number from 1 up"),
        ("training: {micro_batch: 2.5}", 1, "training.micro_batch", "a whole number"),
        ("training: {learning_rate: high}", 1, "training.learning_rate", 'found "high"'),
        ("training: {eval_every: 1.5}", 1, "training.eval_every", "a share between 0 and 1"),
        ("training: {save_every: -3}", 1, "training.save_every", "from 1 up"),
        ("training: {save_every: .inf}", 1, "training.save_every", "from 1 up"),
        ("training: {seed: -1}", 1, "training.seed", "from 0 up"),
        ("training: {scheduler: cosin}", 1, "training.scheduler", "cosine, linear"),
        ("data: {validation: -0.1}", 1, "data.validation", "from 0 up"),
        ("data: {packing: 3}", 1, "data.packing", "true or false"),
        ("data: {columns: {prompt: 1}}", 1, "data.columns.prompt", "expected text"),
        ("data: null", 1, "data", "fields below it"),
        ("model: {id: ''}", 1, "model.id", "expected text"),
        ("model: pocket", 1, "model", "fields below it"),
        ("output: {report_to: wandb}", 1, "output.report_to", "a list"),
        ("evaluation:\n  prompts:\n  - fine\n  - 1\n", 4, "evaluation.prompts.1", "expected text"),
        ("method: {rank: 8, name: 3}", 1, "method.name", "expected text"),
        ("version: 2", 1, "version", "expected 1, found 2"),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_what_may_stand_there(text, line, field, words):
    problem = refused(text).problem
    assert problem.field == field
    assert problem.message.startswith(f"r.yaml, line {line}: {field}: ")
    assert words in problem.message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: [", 1, "not valid YAML"),
        ("version: 1\ntraining:\n\tepochs: 1\n", 3, "not valid YAML"),
        ("name: a\nname: b\n", 2, "duplicate key"),
        ("training: {epochs: 1, epochs: 2}", 1, "duplicate key"),
        ("a: 1\n---\nb: 2\n", 2, "a single document"),
        ("x: &a [1]\ny: *a\n", 2, "aliases"),
        ("name: 'open", 1, "not valid YAML"),
        ("name: a: b\n", 1, "not valid YAML"),
        ("%YAML 3.1\n---\nname: a\n", 1, "not valid YAML"),
    ],
)
def test_text_that_is_no_yaml_is_refused_with_its_line(text, line, words):
    message = refused(text).problem.message
    assert message.startswith(f"r.yaml, line {line}: ")
    assert words in message


@pytest.mark.parametrize(
    "text", ["", "  \n", "# only a comment\n", "null", "- a\n", "words", "42", "\x00", "name: \x07"]
)
def test_text_without_fields_is_no_recipe(text):
    refused(text)


def test_what_the_library_did_not_expect_is_refused_too():
    refused("%YAML 1.12345\n---\nname: a\n")


def test_tags_build_nothing():
    assert parse("name: !!python/name:os.system x").name == "x"
    assert parse("!!python/object/apply:os.abort {}") == Recipe()


@pytest.mark.parametrize(
    "bomb",
    [
        "[" * 100_000,
        "a: {" * 20_000,
        "- " * 50_000,
        "\n".join(" " * n + "a:" for n in range(200)),
        "data: [" + "1," * 100_000 + "]",
        "\n".join(f"k{n}: 1" for n in range(20_000)),
    ],
    ids=["brackets", "maps", "dashes", "indents", "a long list", "many keys"],
)
def test_a_recipe_that_would_take_minutes_to_read_is_refused_at_once(bomb):
    # The library needs from ten seconds to five minutes for each of these; process time, so that
    # a busy machine makes no difference.
    started = time.process_time()
    refused(bomb)
    assert time.process_time() - started < 8


def test_a_file_is_named_in_what_is_wrong_with_it(tmp_path):
    file = tmp_path / "my recipe.yaml"
    file.write_text("training: {epochs: 0}")
    with pytest.raises(BadInput) as told:
        load(file)
    assert told.value.problem.message.startswith(f"{file}, line 1: training.epochs: ")


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    file = tmp_path / "r.yaml"
    file.write_bytes(b"\xef\xbb\xbfname: ember\n")
    assert load(file).name == "ember"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "not a text file"),
        ("name: ember".encode("utf-16"), "not a text file"),
        (b"\xc3(", "not a text file"),
        (b"name: " + b"x" * 300_000, "larger than any recipe"),
    ],
)
def test_a_file_that_holds_no_text_is_refused(tmp_path, content, words):
    file = tmp_path / "r.yaml"
    file.write_bytes(content)
    with pytest.raises(BadInput, match=words):
        load(file)


def test_what_is_no_readable_file_is_refused(tmp_path):
    with pytest.raises(BadInput, match="There is no file"):
        load(tmp_path / "none.yaml")
    with pytest.raises(BadInput, match="is a folder"):
        load(tmp_path)
    with pytest.raises(BadInput, match="cannot be read"):
        load(tmp_path / ("x" * 300))
    with pytest.raises(BadInput, match="cannot be read"):
        load(tmp_path / "a\x00b")


def test_an_endless_file_is_not_read_to_its_end():
    with pytest.raises(BadInput, match="larger than any recipe"):
        load(Path("/dev/zero"))


@pytest.mark.parametrize(
    "name",
    ["a/b", "..", "../x", ".hidden", "-rf", "", "  ", "a\x00b", "a\x1b[31m", "a\u202eb", "x" * 81,
     " a", "a ", "a\nb", "\ud800", "a\\b", "\u200b"],
)  # fmt: skip
def test_a_name_that_could_not_be_a_folder_everywhere_is_refused(name):
    with pytest.raises(BadInput) as told:
        with_field(Recipe(), "name", name)
    assert told.value.problem.field == "name"


@pytest.mark.parametrize("name", ["huanhuan", "甄嬛", "a b", "50% off", "É", "🦊", "CON", "a..b"])
def test_a_plain_name_in_any_language_is_a_name(name):
    assert parse(dump(Recipe(name=name))).name == name
