"""A resolved recipe means the same from every folder."""

from pathlib import Path

import pytest

from engine.plan.paths import whole_paths
from engine.recipe import Recipe


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rows.jsonl").write_text("{}")
    (tmp_path / "model").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def recipe(**data: object) -> Recipe:
    return Recipe.model_validate({"model": {"id": "./model"}, "data": data})


def test_files_and_folders_of_the_current_folder_are_written_in_full(here: Path) -> None:
    whole = whole_paths(recipe(source="rows.jsonl", eval_source="./rows.jsonl"))
    assert whole.model.id == str(here / "model")
    assert whole.data.source == whole.data.eval_source == str(here / "rows.jsonl")


def test_several_sources_are_all_written_in_full(here: Path) -> None:
    whole = whole_paths(recipe(sources=[{"source": "persona"}, {"source": "rows.jsonl"}]))
    assert [s.source for s in whole.data.sources] == ["persona", str(here / "rows.jsonl")]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("model", ["pocket", "run:last", "somebody/some-model"])
def test_names_stay_names(model: str) -> None:
    given = Recipe.model_validate({"model": {"id": model}, "data": {"source": "persona"}})
    assert whole_paths(given) == given


@pytest.mark.usefixtures("here")
def test_a_person_s_home_is_written_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(Path.cwd()))
    assert whole_paths(recipe(source="~/rows.jsonl")).data.source == str(Path.cwd() / "rows.jsonl")
