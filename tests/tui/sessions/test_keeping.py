"""What is done with runs on disk."""

from pathlib import Path

import pytest

from engine.errors import BadInput
from engine.recipe import build, load
from engine.runs import RunDirectory, all_runs, create, find
from tests.tui.run import journals
from tests.tui.run.trainers import ScriptedTrainer
from tui.sessions import keeping
from tui.sessions.listing import RunList, matches


@pytest.fixture
def run() -> RunDirectory:
    return create(build({"name": "first", "training": {"seed": 7}}), {"steps": 300})


def test_a_replay_is_a_new_run_of_the_same_recipe_and_plan(run: RunDirectory) -> None:
    again = keeping.replay(run)
    assert again.id != run.id
    assert again.recipe() == run.recipe()
    assert again.plan() == {"steps": 300}
    assert not again.journal_file.exists()


def test_a_preset_is_the_recipe_of_the_run(run: RunDirectory) -> None:
    assert load(keeping.save_as_preset(run, "mine")) == run.recipe()


@pytest.mark.parametrize("name", ["", "a/b", ".hidden", "x\x1b[2J", "a" * 300])
def test_a_preset_name_that_is_no_file_name_is_refused(run: RunDirectory, name: str) -> None:
    with pytest.raises(BadInput) as raised:
        keeping.save_as_preset(run, name)
    assert raised.value.problem.field == "name"


def test_a_preset_is_never_overwritten(run: RunDirectory) -> None:
    keeping.save_as_preset(run, "mine")
    with pytest.raises(BadInput, match="already"):
        keeping.save_as_preset(run, "mine")


def test_a_deleted_run_is_gone_with_its_bytes(run: RunDirectory) -> None:
    run.journal_file.write_bytes(b"x" * 10_000)
    assert keeping.bytes_on_disk(run) > 10_000
    keeping.delete(run)
    assert all_runs() == []
    assert not run.path.exists()


def test_a_run_kept_elsewhere_is_deleted_with_its_place_in_the_list(tmp_path: Path) -> None:
    run = create(build({"output": {"dir": str(tmp_path / "far")}}))
    keeping.delete(find(run.id))
    assert all_runs() == []
    assert list((tmp_path / "far").iterdir()) == []


def test_a_living_run_is_not_deleted(run: RunDirectory) -> None:
    trainer = ScriptedTrainer(run)
    with pytest.raises(BadInput, match="running"):
        keeping.delete(run)
    assert run.path.exists()
    trainer.die()


def test_a_list_read_again_sees_new_runs_and_changed_ones(run: RunDirectory) -> None:
    listed = RunList()
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(10))
    assert [(s.state, s.step) for s in listed.read()] == [("running", 10)]
    trainer.say(journals.step(11))
    other = create(build({"name": "second"}))
    assert [(s.id, s.state) for s in listed.read()] == [(other.id, "queued"), (run.id, "running")]
    trainer.say(journals.finished())
    trainer.die()
    assert [s.state for s in listed.read()] == ["queued", "done"]
    assert [s.id for s in listed.read(1)] == [other.id]


def test_what_ended_is_read_once(run: RunDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    journals.write(run, [*journals.events(10), journals.failed()])
    listed = RunList()
    first = listed.read()
    monkeypatch.setattr("tui.sessions.listing.summarize", lambda run: pytest.fail("read again"))
    assert listed.read() == first


def test_a_filter_wants_every_word_in_any_order(run: RunDirectory) -> None:
    journals.write(run, [journals.started(run_name="Huanhuan"), journals.failed()])
    (summary,) = RunList().read()
    assert matches(summary, "")
    assert matches(summary, "lora HUAN failed")
    assert not matches(summary, "lora done")
