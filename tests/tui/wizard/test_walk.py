"""Going through the wizard by keyboard alone, forth and back, and to the start of a run."""

from typing import Any

import pytest

from engine.errors import Problem
from engine.recipe import Recipe, load
from engine.runs import all_runs
from tests.tui import played
from tests.tui.conftest import PlayedLink, screen_text, wait_until
from tests.tui.wizard.conftest import Opened
from tui.choice_list import ChoiceList
from tui.run.leave import Question
from tui.wizard.step import STEPS

ORDER = ["model", "dataset", "method", "quantization", "plan", "review"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Runs that were handed to the run screen, which is not opened here."""
    runs: list[Any] = []
    monkeypatch.setattr("tui.app.TunesmithApp.show_new_run", lambda self, run: runs.append(run))
    return runs


def test_the_steps_stand_in_the_order_of_the_design() -> None:
    assert STEPS.names() == ORDER


async def test_enter_alone_leads_from_the_first_step_to_a_run(
    wizard: Opened, started: list[Any]
) -> None:
    async with wizard() as (pilot, screen):
        for name in ORDER[1:]:
            await pilot.press("enter")
            await wait_until(pilot, lambda name=name: screen.step == name and screen.body.ready)
            await pilot.pause(0.1)
        await pilot.press("enter")
        await wait_until(pilot, lambda: started)
        run = started[0]
        resolved = load(run.recipe_file)
        assert resolved.training.learning_rate == 2e-4
        assert resolved.method.options["rank"] == 16
        assert run.plan()["verdict"] == "fits"
        assert all_runs() == [run]


async def test_back_and_forth_loses_nothing(wizard: Opened) -> None:
    async with wizard() as (pilot, screen):
        await pilot.press("j")
        await wait_until(pilot, lambda: screen.draft.recipe.model.id != "pocket")
        chosen = screen.draft.recipe.model.id
        for _step in range(5):
            await pilot.press("ctrl+n")
            await pilot.pause(0.1)
        assert screen.step == "review"
        for _step in range(5):
            await pilot.press("escape")
        assert screen.step == "model"
        assert screen.query_one("#models", ChoiceList).chosen == chosen
        assert screen.draft.recipe.model.id == chosen


async def test_undo_takes_the_last_change_back_on_the_screen_too(wizard: Opened) -> None:
    async with wizard("method") as (pilot, screen):
        await pilot.press("tab", "j", "j")
        await wait_until(pilot, lambda: screen.draft.recipe.method.name == "full")
        await pilot.press("ctrl+z", "ctrl+z")
        await wait_until(pilot, lambda: screen.draft.recipe.method.name == "lora")
        assert screen.query_one("#section-method ChoiceList", ChoiceList).chosen == "lora"


async def test_the_summary_follows_the_recipe(wizard: Opened) -> None:
    async with wizard("dataset") as (pilot, _screen):
        assert "pocket · persona · sft · lora" in screen_text(pilot.app)
        await pilot.press("j")
        await wait_until(pilot, lambda: "pocket · replay · sft · lora" in screen_text(pilot.app))
        await wait_until(pilot, lambda: "472 MiB of 20.0 GiB ✓ fits" in screen_text(pilot.app))


async def test_a_wide_window_has_the_summary_at_the_side(wizard: Opened) -> None:
    async with wizard("method", size=(140, 40)) as (pilot, _screen):
        await wait_until(pilot, lambda: "Your recipe" in screen_text(pilot.app))
        text = screen_text(pilot.app)
        for words in ("lora · rank 16", "3 epochs · 18 steps", "about 1m 14s", "✓ fits"):
            assert words in text


async def test_only_the_latest_of_many_edits_is_planned(wizard: Opened, link: PlayedLink) -> None:
    async with wizard("plan") as (pilot, screen):
        before = len([1 for command, _args in link.asked if command == "plan"])
        for epochs in (4, 5, 6, 7):
            screen.draft.edit("training.epochs", epochs)
        await wait_until(pilot, lambda: screen.plan.is_about(screen.draft.recipe))
        plans = [args for command, args in link.asked if command == "plan"][before:]
        assert [plan["recipe"]["training"]["epochs"] for plan in plans] == [7]


async def test_an_old_answer_never_replaces_a_newer_question(
    wizard: Opened, link: PlayedLink
) -> None:
    async with wizard("plan") as (pilot, screen):
        link.hold.add("plan")
        screen.draft.edit("training.micro_batch", 512)
        await wait_until(pilot, lambda: len(link.held) == 1)
        screen.draft.edit("training.micro_batch", 1)
        await wait_until(pilot, lambda: len(link.held) == 2)
        assert link.cancelled[-1] == link.held[0][0]
        link.held.reverse()  # the newer answer comes first
        link.release()
        await wait_until(pilot, lambda: screen.plan.fresh)
        await pilot.pause(0.1)
        assert screen.plan.value is not None
        assert screen.plan.value.resolved.training.micro_batch == 1


async def test_start_waits_for_a_plan_that_is_under_way(
    wizard: Opened, link: PlayedLink, started: list[Any]
) -> None:
    async with wizard("review") as (pilot, screen):
        link.hold.add("plan")
        screen.draft.edit("training.epochs", 9)
        await pilot.press("enter")
        await wait_until(pilot, lambda: link.held)
        assert not started
        link.release()
        await wait_until(pilot, lambda: started)
        assert load(started[0].recipe_file).training.epochs == 9


async def test_what_does_not_fit_starts_only_when_asked_twice(
    wizard: Opened, started: list[Any]
) -> None:
    recipe = Recipe.model_validate({"training": {"micro_batch": 4096}, "name": "too much"})
    async with wizard("review", recipe) as (pilot, screen):
        await wait_until(pilot, lambda: "✗ does not fit" in screen_text(pilot.app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, Question))
        assert not started
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.step == "plan")
        await pilot.press("ctrl+n", "enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, Question))
        await pilot.press("j", "enter")
        await wait_until(pilot, lambda: started)
        assert load(started[0].recipe_file).name == "too much"


async def test_without_a_plan_there_is_no_start_and_the_reason_is_told(
    wizard: Opened, link: PlayedLink, started: list[Any]
) -> None:
    link.answers["plan"] = Problem(
        "bad_field", "training.micro_batch is too large.", "training.micro_batch", "Take 8."
    )
    async with wizard("review") as (pilot, _screen):
        await wait_until(pilot, lambda: "too large. Take 8." in screen_text(pilot.app))
        await pilot.press("ctrl+n")
        await pilot.pause(0.1)
        assert not started


async def test_a_host_that_comes_back_is_asked_again(wizard: Opened, link: PlayedLink) -> None:
    link.answers["plan"] = Problem("gone", "The engine host process is gone.")
    async with wizard("plan") as (pilot, screen):
        await wait_until(pilot, lambda: "is gone" in screen_text(pilot.app))
        link.answers["plan"] = played.plan_document
        screen.host_changed("running")
        await wait_until(pilot, lambda: "✓ fits" in screen_text(pilot.app))
