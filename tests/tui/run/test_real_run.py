"""The run screen on runs that are really trained, in processes of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.events import Chat, RunFinished, Step
from engine.runs import RunDirectory, create, is_owned, read_journal
from tests.tiny_models import edit_json, tiny_model
from tests.tui.conftest import PlayedLink, make_app, screen_text, wait_until
from tests.tui.run.real_runs import tiny_recipe
from tui.run.screen import RunScreen
from tui.run.state import RunView

pytestmark = [pytest.mark.usefixtures("fixed_machine"), pytest.mark.slow]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def runs() -> Iterator[list[RunDirectory]]:
    """Runs whose trainers must not outlive the test."""
    made: list[RunDirectory] = []
    yield made
    for run in made:
        if is_owned(run):
            import os
            import signal

            os.kill(int(run.lock_file.read_text()), signal.SIGKILL)


async def test_from_the_start_of_a_run_to_answers_during_and_after_it(
    model: Path, runs: list[RunDirectory]
) -> None:
    run = create(tiny_recipe(model, max_steps=400, eval_every=50, save_every=200))
    runs.append(run)
    app = make_app(PlayedLink({}))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = RunScreen(run, start=True)
        await app.push_screen(screen)
        await wait_until(pilot, lambda: screen.view.step > 2, 120)
        await pilot.press("t", *"Who are you?", "enter")
        await wait_until(pilot, lambda: "tokens/s" in screen_text(app).partition("chat")[2])
        asked_at = screen.view.step
        await pilot.press("escape")
        await wait_until(pilot, lambda: screen.view.step > asked_at or screen.view.ended)
        await wait_until(pilot, lambda: screen.view.state == "done", 180)
        await wait_until(pilot, lambda: "✓ Done" in screen_text(app))
        await pilot.press("t", *"And now?", "enter")
        await wait_until(pilot, lambda: len(screen.view.chat) == 2)
        assert screen.follower.connection is not None
    entries = read_journal(run.journal_file)
    assert sum(isinstance(e.event, RunFinished) for e in entries) == 1
    during, after = [e for e in entries if isinstance(e.event, Chat)]
    (end,) = [e for e in entries if isinstance(e.event, RunFinished)]
    assert during.seq < end.seq < after.seq
    assert (run.result("adapter") / "adapter_model.safetensors").is_file()
    steps = [e.event.step for e in entries if isinstance(e.event, Step)]
    assert steps == list(range(1, 401))


async def test_a_second_screen_on_a_living_run_shows_the_same_and_goes_on_live(
    model: Path, runs: list[RunDirectory]
) -> None:
    run = create(tiny_recipe(model, max_steps=5000, eval_every=1000, save_every=2000))
    runs.append(run)
    first_app = make_app(PlayedLink({}))
    first: RunView
    async with first_app.run_test(size=(80, 24)) as pilot:
        screen = RunScreen(run, start=True)
        await first_app.push_screen(screen)
        await wait_until(pilot, lambda: screen.view.step > 5, 120)
        first = screen.view
        await pilot.press("d")
    assert is_owned(run), "training goes on without a screen"
    second_app = make_app(PlayedLink({}))
    async with second_app.run_test(size=(80, 24)) as pilot:
        screen = RunScreen(run, start=False)
        await second_app.push_screen(screen)
        await wait_until(pilot, lambda: screen.view.step > first.step)
        before, now = first.curve("loss"), screen.view.curve("loss")
        assert list(now.values[: before.length]) == list(before.values[: before.length])
        step = screen.view.step
        await wait_until(pilot, lambda: screen.view.step > step)
        await wait_until(pilot, lambda: screen.follower.connection)
        await pilot.press("s", "enter")
        await wait_until(pilot, lambda: "■ Stopped" in screen_text(second_app))
        assert screen.view.checkpoint is not None
        assert (run.path / screen.view.checkpoint.path).is_dir()


async def test_a_run_that_cannot_begin_shows_the_reason_and_the_advice(
    tmp_path: Path, runs: list[RunDirectory]
) -> None:
    broken = tiny_model(tmp_path / "broken")
    edit_json(broken / "config.json", model_type=None, architectures=None)
    run = create(tiny_recipe(broken))
    runs.append(run)
    app = make_app(PlayedLink({}))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = RunScreen(run, start=True)
        await app.push_screen(screen)
        await wait_until(pilot, lambda: screen.view.state == "failed", 120)
        await wait_until(pilot, lambda: "✗ failed" in screen_text(app))
        assert screen.view.ending is not None
        message = screen.view.ending.what.message
        assert message.split()[0] in screen_text(app)
        assert "Traceback" not in screen_text(app)
