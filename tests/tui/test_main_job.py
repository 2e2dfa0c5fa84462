"""The main job for real, by keyboard at 80x24: from the first screen to an answer of what was
trained, with a real engine host and a real trainer."""

from typing import Any

import pytest
from textual.widgets import Input

from engine.runs import summarize
from tests.tui.conftest import make_app, screen_text, wait_until
from tui.app import TunesmithApp
from tui.host_link import HostLink
from tui.run.screen import RunScreen
from tui.wizard.options_form import FieldRow
from tui.wizard.screen import WizardScreen

pytestmark = pytest.mark.slow
LONG = 240.0
"""Seconds for what waits on imports of torch or on training."""


@pytest.fixture
def app() -> TunesmithApp:
    return TunesmithApp()


async def fill(pilot: Any, screen: WizardScreen, field: str, text: str) -> None:
    """Type into a field of the open step."""
    row = next(row for row in screen.body.query(FieldRow) if row.spec.field == field)
    row.query_one(Input).focus()
    await pilot.pause()
    await pilot.press("end", "ctrl+u", *text)


async def test_from_the_first_screen_to_an_answer(app: TunesmithApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, WizardScreen))
        wizard = app.screen
        assert isinstance(wizard, WizardScreen)
        await wait_until(pilot, lambda: "parameters" in screen_text(app), LONG)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "tokens," in screen_text(app), LONG)
        for step in ("method", "quantization", "plan"):
            await pilot.press("ctrl+n")
            await wait_until(pilot, lambda step=step: wizard.step == step and wizard.body.ready)
        await fill(pilot, wizard, "training.epochs", "0.4")
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: wizard.step == "review" and wizard.body.ready)
        await fill(pilot, wizard, "name", "walk")
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: isinstance(app.screen, RunScreen), LONG)
        run = app.screen
        assert isinstance(run, RunScreen)
        await wait_until(pilot, lambda: run.view.ended, LONG)
        assert run.view.state == "done", run.view
        summary = summarize(run.run)
        assert (summary.name, summary.state) == ("walk", "done")
        assert 0 < summary.step == summary.total_steps < 10
        await pilot.press("t")
        await pilot.press(*"Who are you?", "enter")
        await wait_until(pilot, lambda: "Who are you?" in screen_text(app))
        await wait_until(
            pilot,
            lambda: not run.query_one("#chat").answering and _answered(run),  # type: ignore
            LONG,
        )
    assert run.run.result("adapter").is_dir()


def _answered(run: RunScreen) -> bool:
    turns = run.query_one("#chat").conversation.turns  # type: ignore[attr-defined]
    return bool(turns) and all(answer.text for answer in turns[-1].answers)


async def test_problems_of_the_real_engine_stand_beside_their_fields(
    shared_host: HostLink, tmp_path: Any
) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "binary.jsonl").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "columns.jsonl").write_text('{"a": 1, "b": 2}\n')
    (tmp_path / "folder").mkdir()
    app = make_app(shared_host)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_wizard(None, "dataset")
        await wait_until(pilot, lambda: isinstance(app.screen, WizardScreen))
        screen = app.screen
        assert isinstance(screen, WizardScreen)
        await wait_until(pilot, lambda: "tokens," in screen_text(app), LONG)
        for source, words in (
            ("gone.jsonl", "there is no such file"),
            ("empty.jsonl", "is empty"),
            ("binary.jsonl", "is binary"),
            ("folder", "is a folder"),
            ("columns.jsonl", "no format reads"),
        ):
            box = screen.query_one("#step-dataset #path Input", Input)
            box.focus()
            await pilot.pause()
            await pilot.press("end", "ctrl+u")
            box.insert_text_at_cursor(str(tmp_path / source))
            await pilot.press("enter")
            await wait_until(pilot, lambda words=words: words in _joined(screen_text(app)), LONG)
            await pilot.press("ctrl+n")
            await pilot.pause()
            assert screen.step == "dataset", source
        screen.open_step("model")
        await wait_until(pilot, lambda: screen.body.ready)
        for model, words in (
            ("folder", "has no config.json"),
            ("empty.jsonl", "is a file"),
            ("gone", "no folder"),
        ):
            box = screen.query_one("#step-model #path Input", Input)
            box.focus()
            await pilot.pause()
            await pilot.press("end", "ctrl+u")
            box.insert_text_at_cursor(str(tmp_path / model))
            await pilot.press("enter")
            await wait_until(pilot, lambda words=words: words in _joined(screen_text(app)), LONG)


def _joined(text: str) -> str:
    """The screen as one line, so that wrapped sentences are found."""
    return " ".join(text.split())
