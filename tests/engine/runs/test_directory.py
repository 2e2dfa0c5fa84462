"""Runs are made and found inside the home, whatever they are called."""

import contextlib
import os
from pathlib import Path

import pytest

from engine import locations
from engine.errors import BadInput
from engine.recipe import Recipe, with_field
from engine.runs import RunDirectory, all_runs, create, find
from engine.runs.directory import slug
from tests.engine.runs.journals import started

HOSTILE = [
    "../../outside", "/tmp/outside", "~/outside", "~root", "~nobody-of-that-name/x", "..", ".", "/",
    "a/../../b", "", " ", "-rf", "--json", "$(touch outside)", "`id`", "; rm -rf .", "|", "a\nb",
    "a\x00b", "\x1b[31mred", "\u202eevil", "\ud800", "COM1", "nul", "con.yaml", ".hidden", "x" * 5000,
    "甄嬛", "🦊" * 40, "%s%n", "{0}", "../" * 50, "\\\\server\\share", "last", "*", "a" * 255, "é" * 200,
    "\u200b", "\ufeff", "Ω≈ç√∫", "<b>", "[/INST]", "'\"",
]  # fmt: skip


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_a_run_is_private_and_holds_its_recipe_and_plan():
    recipe = Recipe(name="ember")
    run = create(recipe, {"verdict": "fits"})
    assert run.path.parent == locations.runs()
    assert run.id.endswith("-ember")
    assert run.path.stat().st_mode & 0o777 == 0o700
    assert run.recipe_file.stat().st_mode & 0o777 == 0o600
    assert run.plan_file.stat().st_mode & 0o777 == 0o600
    assert run.recipe() == recipe
    assert run.plan() == {"verdict": "fits"}


def test_a_plan_that_is_no_document_counts_as_none(run):
    assert run.plan() == {}
    run.plan_file.write_text("[1,")
    assert run.plan() == {}


def test_runs_of_one_name_in_one_second_get_numbers():
    ids = {create(Recipe(name="ember")).id for _n in range(5)}
    assert len(ids) == 5


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_makes_a_run_outside_the_home(tmp_path, monkeypatch, name):
    home = tmp_path / "place" / "home"
    monkeypatch.setenv("TUNESMITH_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    # Past the recipe's own check, as a run made by an older version could be.
    recipe = Recipe().model_copy(update={"name": name})
    with contextlib.suppress(BadInput):
        create(recipe)
    outside = {path for path in tree(tmp_path) if not path.startswith("place/home")}
    assert outside == {"place"}
    assert all(run.path.parent == locations.runs() for run in all_runs())


@pytest.mark.parametrize("name", HOSTILE)
def test_no_reference_finds_what_is_no_run(name, run):
    if name == "last":
        assert find(name) == run
        return
    with pytest.raises(BadInput) as told:
        find(name)
    assert told.value.problem.field == "run"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_slug_is_one_plain_file_name(name):
    word = slug(name)
    assert word
    assert len(word) <= 40
    assert all(c.isascii() and (c.isalnum() or c in "._-") for c in word)
    assert not word.startswith((".", "-"))


def test_a_run_elsewhere_is_listed_at_home(tmp_path):
    run = create(with_field(Recipe(name="far"), "output.dir", str(tmp_path / "disk")))
    assert run.path.parent == tmp_path / "disk"
    assert [found.path for found in all_runs()] == [run.path]
    assert find(run.id).path == run.path


@pytest.mark.parametrize("place", ["/proc/no", "/dev/null/x", "a\x00b", "~nobody-of-that-name/x"])
def test_a_place_that_cannot_be_written_is_one_sentence(place, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    recipe = with_field(Recipe(), "output.dir", place)
    if place.startswith("~"):
        assert create(recipe).path.is_relative_to(tmp_path)  # nobody's home: a plain name
        return
    with pytest.raises(BadInput, match="A run cannot be made"):
        create(recipe)


def test_a_home_that_is_a_file_is_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "home").write_text("")
    monkeypatch.setenv("TUNESMITH_HOME", str(tmp_path / "home"))
    assert all_runs() == []
    with pytest.raises(BadInput, match="A run cannot be made"):
        create(Recipe())


def test_a_run_is_found_by_id_beginning_name_directory_and_last(monkeypatch):
    older, newer = create(Recipe(name="ash")), create(Recipe(name="ember"))
    # Ids begin with the time they were made at.
    os.rename(older.path, older.path.with_name("20200101-000000-ash"))
    older = RunDirectory(older.path.with_name("20200101-000000-ash"))
    assert find(older.id) == older
    assert find("2020") == older
    assert find("ash") == older
    assert find(str(older.path)) == older
    assert find("last") == newer
    assert [run.id for run in all_runs()] == [newer.id, older.id]
    monkeypatch.chdir(older.path)
    assert find(".") == older
    assert find("./") == older


def test_the_newest_of_several_runs_of_a_name_is_meant():
    first, second = create(Recipe(name="ember")), create(Recipe(name="ember"))
    newest = max(first, second, key=lambda run: run.id)
    assert find("ember") == newest


def test_a_name_wins_over_the_beginning_of_several_ids():
    for number in range(2):
        (locations.runs() / f"20200101-00000{number}-x").mkdir(parents=True)
        run = RunDirectory(locations.runs() / f"20200101-00000{number}-x")
        run.recipe_file.write_text("name: '2020'" if number == 0 else "version: 1")
    assert find("2020").id == "20200101-000000-x"
    with pytest.raises(BadInput, match="means 2 runs") as told:
        find("20200101")
    assert told.value.problem.code == "ambiguous_run"


def test_the_name_in_the_journal_is_enough(run, say):
    say(run, started("phoenix"))
    run.recipe_file.write_text("{ this recipe was spoiled")
    assert find("phoenix") == run


def test_without_runs_the_first_one_is_advised():
    with pytest.raises(BadInput, match="no runs yet") as told:
        find("last")
    assert "demo" in told.value.problem.advice


def test_a_folder_without_a_recipe_is_no_run(tmp_path, run):
    (locations.runs() / "notes").mkdir()
    (locations.runs() / ".hidden").mkdir()
    (locations.runs() / "gone").symlink_to(tmp_path / "nowhere")
    assert all_runs() == [run]
    with pytest.raises(BadInput, match="is not a run's directory"):
        find(str(tmp_path))


def test_a_home_given_relative_is_the_same_for_children(tmp_path, monkeypatch):
    from engine import processes

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TUNESMITH_HOME", "here")
    assert processes.environment()["TUNESMITH_HOME"] == str(tmp_path / "here")
