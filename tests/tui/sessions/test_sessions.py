"""The list of runs as a person uses it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable

from engine.events import RunStopped
from engine.recipe import build
from engine.runs import RunDirectory, all_runs, create
from tests.tui.conftest import PlayedLink, make_app, screen_text, wait_until
from tests.tui.run import journals
from tests.tui.run.trainers import ScriptedTrainer
from tui.home.screen import HomeScreen
from tui.run import follow
from tui.run.leave import Question
from tui.run.screen import RunScreen
from tui.sessions.screen import SessionsScreen

pytestmark = pytest.mark.usefixtures("fixed_machine")

Opened = Callable[..., AbstractAsyncContextManager[tuple[Pilot, SessionsScreen]]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    monkeypatch.setattr("tui.sessions.screen.REFRESH_SECONDS", 0.1)

    @asynccontextmanager
    async def open_screen(
        size: tuple[int, int] = (80, 24),
    ) -> AsyncIterator[tuple[Pilot, SessionsScreen]]:
        app = make_app(PlayedLink({}))
        async with app.run_test(size=size, notifications=True) as pilot:
            screen = SessionsScreen()
            await app.push_screen(screen)
            yield pilot, screen

    return open_screen


def a_run(name: str, *end: object, steps: int = 60) -> RunDirectory:
    run = create(build({"name": name}))
    events = [journals.started(run_name=name), *list(journals.events(steps))[1:], *end]
    journals.write(run, events)  # type: ignore[arg-type]
    return run


async def test_every_run_is_listed_with_sign_state_and_figures(opened: Opened) -> None:
    a_run("finished", journals.finished(), steps=300)
    a_run("broken", journals.failed())
    a_run("halted", RunStopped(60, 300, "checkpoints/step-000050", "control", 20.0))
    a_run("gone")
    living = create(build({"name": "living"}))
    trainer = ScriptedTrainer(living)
    trainer.say(journals.started(run_name="living"), journals.step(12))
    for size in ((80, 24), (200, 50)):
        async with opened(size) as (pilot, _screen):
            await wait_until(pilot, lambda: "living" in screen_text(pilot.app))
            shown = screen_text(pilot.app)
            for line in ("● running", "✓ done", "✗ failed", "■ stopped", "✗ lost"):
                assert line in shown
            assert "12/300" in shown
            assert "5 runs · 1 on" in shown


async def test_no_run_yet_says_how_to_make_one(opened: Opened) -> None:
    async with opened() as (pilot, _screen):
        await wait_until(pilot, lambda: "There are no runs yet" in screen_text(pilot.app))


async def test_a_living_run_is_kept_up_to_date(opened: Opened) -> None:
    run = create(build({"name": "living"}))
    trainer = ScriptedTrainer(run)
    trainer.say(journals.started(run_name="living"), journals.step(12))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: "12/300" in screen_text(pilot.app))
        rows = screen.query_one(DataTable).row_count
        trainer.say(journals.step(13))
        await wait_until(pilot, lambda: "13/300" in screen_text(pilot.app))
        assert screen.query_one(DataTable).row_count == rows
        a_run("newer", journals.finished())
        await wait_until(pilot, lambda: "newer" in screen_text(pilot.app))
        trainer.die()


async def test_enter_opens_a_run_and_escape_comes_back(opened: Opened) -> None:
    a_run("finished", journals.finished(), steps=300)
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.chosen)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "✓ Done" in screen_text(pilot.app))
        assert isinstance(pilot.app.screen, RunScreen)
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_words_filter_the_list(opened: Opened) -> None:
    a_run("apple", journals.finished())
    a_run("pear", journals.failed())
    async with opened() as (pilot, _screen):
        await wait_until(pilot, lambda: "pear" in screen_text(pilot.app))
        await pilot.press("slash", *"failed")
        await wait_until(pilot, lambda: "1 of 2 runs" in screen_text(pilot.app))
        assert "apple" not in screen_text(pilot.app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: "apple" in screen_text(pilot.app))


async def test_the_cursor_stays_on_its_run_when_another_appears(opened: Opened) -> None:
    a_run("older", journals.finished())
    a_run("old", journals.finished())
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.chosen)
        await pilot.press("G")
        chosen = screen.chosen
        assert chosen is not None
        a_run("newest", journals.finished())
        await wait_until(pilot, lambda: "3 runs" in screen_text(pilot.app))
        await wait_until(pilot, lambda: screen.chosen and screen.chosen.id == chosen.id)


async def test_a_stopped_run_is_resumed_and_a_finished_one_is_not(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[bool] = []
    monkeypatch.setattr(
        follow, "start_trainer", lambda run, **options: started.append(options["resume"])
    )
    a_run("halted", RunStopped(60, 300, None, "control", 20.0))
    a_run("whole", journals.finished())
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.chosen)
        assert screen.chosen is not None
        while screen.chosen.name != "whole":
            await pilot.press("j")
        await pilot.press("r")
        await wait_until(pilot, lambda: "This run is done" in screen_text(pilot.app))
        assert started == []
        while screen.chosen.name != "halted":
            await pilot.press("j" if screen._shown[-1].name == "halted" else "k")
        await pilot.press("r")
        await wait_until(pilot, lambda: started == [True])


async def test_replay_starts_the_same_recipe_anew(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[RunDirectory] = []
    monkeypatch.setattr(follow, "start_trainer", lambda run, **options: started.append(run))
    run = a_run("whole", journals.finished())
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.chosen)
        await pilot.press("y")
        await wait_until(pilot, lambda: started)
        assert started[0].id != run.id
        assert started[0].recipe() == run.recipe()


async def test_a_recipe_is_kept_as_a_preset_under_a_checked_name(opened: Opened) -> None:
    a_run("whole", journals.finished())
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.chosen)
        await pilot.press("v")
        await wait_until(pilot, lambda: "Save as preset" in screen_text(pilot.app))
        await pilot.press(*"a/b", "enter")
        await wait_until(pilot, lambda: "slash" in screen_text(pilot.app))
        await pilot.press("backspace", "backspace", "enter")
        await wait_until(pilot, lambda: pilot.app.screen is screen)
        await wait_until(pilot, lambda: "Saved as" in screen_text(pilot.app))


async def test_deleting_asks_with_the_bytes_and_keeps_by_default(opened: Opened) -> None:
    run = a_run("whole", journals.finished())
    (run.path / "weights").write_bytes(b"x" * 3 * 2**20)
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.chosen)
        await pilot.press("x")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, Question))
        assert "frees 3.0 MiB" in screen_text(pilot.app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: pilot.app.screen is screen)
        assert all_runs() == [run]
        await pilot.press("x")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, Question))
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: "There are no runs yet" in screen_text(pilot.app))


async def test_a_living_run_is_not_deleted(opened: Opened) -> None:
    run = create(build({"name": "living"}))
    trainer = ScriptedTrainer(run)
    trainer.say(journals.started(run_name="living"), journals.step(12))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.chosen)
        await pilot.press("x")
        await wait_until(pilot, lambda: "stop it first" in screen_text(pilot.app))
        trainer.die()


async def test_hostile_names_are_shown_as_text(opened: Opened) -> None:
    a_run("plain", journals.finished())
    (run,) = all_runs()
    run.journal_file.unlink()
    journals.write(
        run, [journals.started(run_name="[red]\x1b[2J[/INST]"), journals.step(1), journals.failed()]
    )
    async with opened((200, 50)) as (pilot, screen):
        await wait_until(pilot, lambda: screen.chosen)
        assert "[red]" in screen_text(pilot.app)
        assert "\x1b" not in screen_text(pilot.app)
