"""The run screen on runs whose trainer does as the test says."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.errors import Problem
from engine.events import Paused, Resumed, RunStopped, Warn
from engine.protocol import result
from engine.runs import Order, RunDirectory, take_file_order
from tests.tui.conftest import PlayedLink, make_app, screen_text, wait_until
from tests.tui.run import journals
from tests.tui.run.trainers import ScriptedTrainer
from tui.chat.pane import ChatPane
from tui.home.screen import HomeScreen
from tui.run.amounts import figure
from tui.run.leave import Question
from tui.run.screen import RunScreen

pytestmark = pytest.mark.usefixtures("fixed_machine")

Opened = Callable[..., AbstractAsyncContextManager[tuple[Pilot, RunScreen]]]


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    return journals.a_run(tmp_path)


@pytest.fixture
def opened(run: RunDirectory) -> Opened:
    @asynccontextmanager
    async def open_screen(
        size: tuple[int, int] = (80, 24), answers: dict | None = None
    ) -> AsyncIterator[tuple[Pilot, RunScreen]]:
        app = make_app(PlayedLink(answers or {}))
        async with app.run_test(size=size, notifications=True) as pilot:
            screen = RunScreen(run, start=False)
            await app.push_screen(screen)
            yield pilot, screen

    return open_screen


async def test_a_living_run_shows_figures_curve_and_its_state(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(120))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.view.step == 120)
        shown = screen_text(pilot.app)
        for words in ("huanhuan", "sft · lora · pocket", "● training", "step 120 of 300",
                      "epoch 1.20", "59s left", figure(journals.loss_at(120)), "@100", "1.2e-4", "12k", "5.0 GiB",
                      "◆ eval", "▇"):  # fmt: skip
            assert words in shown
        trainer.say(journals.step(121))
        await wait_until(pilot, lambda: "step 121 of 300" in screen_text(pilot.app))


async def test_everything_has_its_place_in_a_wide_window(run: RunDirectory, opened: Opened) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(120))
    async with opened((200, 50)) as (pilot, screen):
        await wait_until(pilot, lambda: "One row was cut" in screen_text(pilot.app))
        shown = screen_text(pilot.app)
        for words in ("perplexity", "step 150", "96 of 102 rows", "chat", "Who are you?"):
            assert words in shown
        await pilot.press("l")
        await wait_until(pilot, lambda: "One row was cut" not in screen_text(pilot.app))


async def test_in_a_narrow_window_the_log_takes_the_place_of_the_chat(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(120))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.view.step == 120)
        assert "One row was cut" not in screen_text(pilot.app)
        await pilot.press("l")
        await wait_until(pilot, lambda: "One row was cut" in screen_text(pilot.app))
        await pilot.press("l")
        await wait_until(pilot, lambda: "ask the model" in screen_text(pilot.app))


async def test_log_lines_are_as_wide_as_the_log_whenever_they_came(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(60))
    words = "a warning that is long enough to be wrapped where the log is narrow"
    async with opened((200, 50)) as (pilot, screen):
        await wait_until(pilot, lambda: screen.view.step == 60)
        await pilot.press("l")
        trainer.say(Warn("w", words))
        await wait_until(pilot, lambda: screen.view.log[-1].text == words)
        await pilot.press("l")
        await wait_until(pilot, lambda: words in screen_text(pilot.app))
        await pilot.resize_terminal(120, 50)
        await wait_until(pilot, lambda: words not in screen_text(pilot.app))
        await pilot.resize_terminal(200, 50)
        await wait_until(pilot, lambda: words in screen_text(pilot.app))


async def test_one_key_pauses_and_goes_on(run: RunDirectory, opened: Opened) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(10))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.follower.connection and screen.view.step == 10)
        await pilot.press("p")
        await wait_until(pilot, lambda: [r.command for r in trainer.asked] == ["pause"])
        trainer.say(Paused(10))
        await wait_until(pilot, lambda: "○ paused" in screen_text(pilot.app))
        await pilot.press("p")
        await wait_until(pilot, lambda: trainer.asked[-1].command == "continue")
        trainer.say(Resumed(10, 300), journals.step(11))
        await wait_until(pilot, lambda: "● training" in screen_text(pilot.app))


async def test_a_checkpoint_and_an_evaluation_are_asked_for_by_a_key(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(10))
    trainer.reply("checkpoint", {"step": 10, "path": "checkpoints/step-000010"})
    trainer.refuse("evaluate", Problem("bad_input", "There is nothing to evaluate on."))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.follower.connection)
        await pilot.press("c")
        await wait_until(pilot, lambda: "Checkpoint of step 10 saved." in screen_text(pilot.app))
        await pilot.press("e")
        await wait_until(pilot, lambda: "nothing to evaluate on" in screen_text(pilot.app))


async def test_orders_before_there_is_a_trainer_say_so(run: RunDirectory, opened: Opened) -> None:
    async with opened() as (pilot, _screen):
        await pilot.press("p")
        await wait_until(pilot, lambda: "cannot be reached yet" in screen_text(pilot.app))


async def test_where_no_socket_can_be_a_file_asks_for_a_checkpoint(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(10))
    run.control_file.unlink()
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.view.step == 10)
        await pilot.press("c")
        await wait_until(pilot, lambda: run.command_file.exists())
        assert take_file_order(run) == "checkpoint"
        await pilot.press("p")
        await wait_until(pilot, lambda: "cannot be reached yet" in screen_text(pilot.app))


async def test_stop_asks_first_and_then_saves(run: RunDirectory, opened: Opened) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(10))

    def stop(order: Order) -> None:
        trainer.say(RunStopped(10, 300, "checkpoints/step-000010", "control", 4.0))
        order.send(result(order.request, {"state": "stopped", "step": 10}))

    trainer.on("stop", stop)
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.follower.connection)
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, Question))
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is screen)
        assert trainer.asked == []
        await pilot.press("s", "enter")
        await wait_until(pilot, lambda: "■ Stopped at step 10 of 300" in screen_text(pilot.app))
        assert "checkpoints/step-000010" in screen_text(pilot.app)
        assert "Resume" in screen_text(pilot.app)
        assert "Pause" not in screen_text(pilot.app)


async def test_a_failed_run_shows_its_reason_and_advice(run: RunDirectory, opened: Opened) -> None:
    journals.write(run, [*journals.events(130), journals.failed()])
    for size in ((80, 24), (200, 50)):
        async with opened(size) as (pilot, _screen):
            await wait_until(pilot, lambda: "✗ failed" in screen_text(pilot.app))
            shown = screen_text(pilot.app)
            assert "The loss is not a finite number at step 130." in shown
            assert "Lower the learning rate; the last good checkpoint is of step 100." in shown
            assert "nan_loss" in shown
            assert "engine.log" in shown.replace("\n", "")


async def test_a_lost_trainer_is_a_failure_that_can_be_resumed(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(60))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.view.step == 60)
        trainer.die()
        await wait_until(pilot, lambda: "✗ lost" in screen_text(pilot.app))
        assert "The trainer is gone and said nothing." in screen_text(pilot.app)
        assert screen.check_action("resume", ()) is True


async def test_a_finished_run_says_where_its_result_lies_and_what_is_next(
    run: RunDirectory, opened: Opened
) -> None:
    journals.write(run, [*journals.events(300), journals.finished()])
    run.loss_picture.write_bytes(b"png")
    async with opened((120, 40)) as (pilot, _screen):
        await wait_until(pilot, lambda: "✓ Done" in screen_text(pilot.app))
        shown = screen_text(pilot.app).replace("\n", "")
        assert "adapter" in shown
        assert "loss.png" in shown
        for key in ("Talk", "beside its base", "Replay", "Preset"):
            assert key in shown
        assert "Resume" not in shown


async def test_a_finished_run_is_talked_to_through_the_host(
    run: RunDirectory, opened: Opened
) -> None:
    journals.write(run, [*journals.events(300), journals.finished()])
    answer = {"answer": "I am done.", "tokens": 4, "seconds": 0.1, "stopped": "eos"}
    async with opened(answers={"chat": answer}) as (pilot, screen):
        await wait_until(pilot, lambda: screen.view.state == "done")
        await pilot.press("t", *"hello", "enter")
        await wait_until(pilot, lambda: "I am done." in screen_text(pilot.app))
        (command, args) = pilot.app.link.asked[-1]
        assert command == "chat"
        assert args["run"] == run.id
        assert args["messages"][-1] == {"role": "user", "content": "hello"}


async def test_hostile_log_lines_and_names_are_shown_as_text(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(
        journals.started(run_name="[bold]x[/INST]", model="\x1b]0;title\x07"),
        journals.step(1),
        Warn("w", "[@click=app.quit]press[/] \x1b[2J\x9b31m [/INST]"),
    )
    async with opened((200, 50)) as (pilot, screen):
        await wait_until(pilot, lambda: "press" in screen_text(pilot.app))
        shown = screen_text(pilot.app)
        assert "[bold]x[/INST]" in shown
        assert "[@click=app.quit]press[/]" in shown
        assert not any(c in shown for c in "\x1b\x07\x9b")


async def test_another_curve_is_shown_by_a_key(run: RunDirectory, opened: Opened) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(60))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.view.step == 60)
        for words in ("eval loss", "learning rate", "gradient norm", "tokens/s", "memory, GiB"):
            await pilot.press("m")
            await wait_until(pilot, lambda words=words: f" {words}" in screen_text(pilot.app))
        await pilot.press("m")
        await wait_until(pilot, lambda: "smoothed, raw below" in screen_text(pilot.app))


# --- leaving ------------------------------------------------------------------------------------


async def test_detach_leaves_at_once_and_the_trainer_hears_nothing(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(10))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.view.step == 10)
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        told = "".join(screen_text(pilot.app).replace("▌", "").split())
        assert run.id in told
        assert "comesback" in told
        assert trainer.asked == []


async def test_going_back_while_a_run_is_on_asks_and_detaches_by_default(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(10))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.view.step == 10)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, Question))
        assert "huanhuan is at step 10 of 300." in screen_text(pilot.app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert trainer.asked == []


async def test_quitting_while_a_run_is_on_asks_and_can_be_taken_back(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(10))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.view.step == 10)
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, Question))
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, Question))
        await pilot.press("enter")
        await wait_until(pilot, lambda: not pilot.app.is_running)


async def test_stop_and_save_on_leaving_waits_until_it_is_saved(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(10))
    trainer.reply("stop", {"state": "stopped"})
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.follower.connection)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, Question))
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: [r.command for r in trainer.asked] == ["stop"])
        assert pilot.app.screen is screen
        trainer.say(RunStopped(10, 300, None, "control", 4.0))
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_a_run_that_ended_is_left_without_a_question(
    run: RunDirectory, opened: Opened
) -> None:
    journals.write(run, [*journals.events(300), journals.finished()])
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.view.ended)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_escape_in_the_prompt_comes_back_to_the_keys_of_the_screen(
    run: RunDirectory, opened: Opened
) -> None:
    trainer = ScriptedTrainer(run)
    trainer.say(*journals.events(10))
    async with opened() as (pilot, screen):
        await wait_until(pilot, lambda: screen.follower.connection)
        await pilot.press("t")
        await pilot.press("p", "q")
        assert screen.query_one(ChatPane).query_one("Prompt").text == "pq"  # type: ignore[attr-defined]
        await pilot.press("escape")
        await wait_until(pilot, lambda: screen.focused is None)
        assert trainer.asked == []
        await pilot.press("p")
        await wait_until(pilot, lambda: trainer.asked)
