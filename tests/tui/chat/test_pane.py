"""The chat pane on a trainer that answers as the test says."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

from engine.connection import Connection
from engine.errors import Problem
from engine.events import Chat
from engine.runs import connect
from tests.tui.conftest import PlayedLink, make_app, screen_text, wait_until
from tests.tui.run import journals
from tests.tui.run.trainers import ScriptedTrainer
from tui.chat.pane import ChatPane
from tui.chat.prompt import Prompt
from tui.chat.voice import HostVoice, TrainerVoice, Voice

pytestmark = pytest.mark.usefixtures("fixed_machine")


class Talk:
    """A pane on a screen of its own, and the trainer behind it."""

    def __init__(self, pilot: Pilot, pane: ChatPane, trainer: ScriptedTrainer) -> None:
        self.pilot, self.pane, self.trainer = pilot, pane, trainer

    async def say(self, text: str) -> None:
        """Write a prompt and send it."""
        self.pane.query_one(Prompt).text = text
        await self.pilot.press("enter")

    async def until(self, words: str) -> None:
        """Wait until words are on the screen."""
        await wait_until(self.pilot, lambda: words in screen_text(self.pilot.app))

    @property
    def shown(self) -> str:
        return screen_text(self.pilot.app)


class PaneScreen(Screen[None]):
    def __init__(self, voice: Callable[[], Voice | None]) -> None:
        super().__init__()
        self._voice = voice

    def compose(self) -> ComposeResult:
        yield ChatPane(self._voice, why_silent=lambda: "the model is not loaded yet")


Talking = Callable[..., AbstractAsyncContextManager[Talk]]


@pytest.fixture
def talking(tmp_path: Path) -> Talking:
    @asynccontextmanager
    async def talk(
        size: tuple[int, int] = (80, 24), *, has_base: bool = True, silent: bool = False
    ) -> AsyncIterator[Talk]:
        run = journals.a_run(tmp_path)
        trainer = ScriptedTrainer(run)
        line: Connection = connect(run)
        voice = TrainerVoice(lambda: line, "live weights", has_base=has_base)
        app = make_app(PlayedLink({}))
        async with app.run_test(size=size, notifications=True) as pilot:
            screen = PaneScreen(lambda: None if silent else voice)
            await app.push_screen(screen)
            pane = screen.query_one(ChatPane)
            pane.focus_prompt()
            yield Talk(pilot, pane, trainer)
        line.close()

    return talk


async def test_an_answer_streams_in_and_says_how_fast_it_was(talking: Talking) -> None:
    async with talking() as talk:
        await talk.say("Who are you?")
        await talk.until("I am Huanhuan.")
        await talk.until("5 tokens · 10.0 tokens/s")
        assert "› Who are you?" in talk.shown
        assert talk.pane.query_one(Prompt).text == ""


async def test_the_pane_says_that_it_waits_for_the_step(talking: Talking) -> None:
    async with talking() as talk:
        talk.trainer.before_answer.clear()
        await talk.say("hello")
        await talk.until("waiting for the step to end")
        talk.trainer.before_answer.set()
        await talk.until("I am Huanhuan.")
        assert "waiting for the step" not in talk.shown


async def test_a_conversation_carries_its_turns_and_settings(talking: Talking) -> None:
    async with talking() as talk:
        await talk.say("first")
        await talk.until("tokens/s")
        await talk.say("second")
        await wait_until(talk.pilot, lambda: len(talk.trainer.asked) == 2)
        args = talk.trainer.asked[1].args
        assert [m["content"] for m in args["messages"]] == ["first", "I am Huanhuan.", "second"]
        assert (args["base"], args["temperature"], args["top_p"]) == (False, 0.7, 0.95)
        assert args["max_new_tokens"] == 256


async def test_markup_and_control_codes_of_a_model_are_shown_as_text(talking: Talking) -> None:
    async with talking() as talk:
        talk.trainer.pieces = [
            "[/INST][bold]x ",
            "\x1b]52;c;aGk=\x07",
            "\x9b31m [@click=app.quit]y[/]",
        ]
        await talk.say("[/INST] \x1b[2J")
        await talk.until("tokens/s")
        assert "[/INST][bold]x" in talk.shown
        assert "[@click=app.quit]y[/]" in talk.shown
        assert not any(c in talk.shown for c in "\x1b\x07\x9b")


async def test_the_same_prompt_goes_to_the_tuned_model_and_its_base(talking: Talking) -> None:
    async with talking((140, 30)) as talk:
        await talk.pilot.press("ctrl+t")
        await talk.say("Who are you?")
        await talk.until("As the base: I am Huanhuan.")
        assert [r.args["base"] for r in talk.trainer.asked] == [False, True]
        row = next(line for line in talk.shown.splitlines() if "tuned" in line and "base" in line
                   and "temperature" not in line)  # fmt: skip
        assert row.index("tuned") < row.index("base")


async def test_in_a_narrow_pane_the_two_answers_stand_below_each_other(talking: Talking) -> None:
    async with talking() as talk:
        await talk.pilot.press("ctrl+t")
        await talk.say("Who are you?")
        await talk.until("As the base: I am Huanhuan.")
        lines = [line.strip() for line in talk.shown.splitlines()]
        assert lines.index("tuned") < lines.index("base")


async def test_each_side_remembers_its_own_answers_only(talking: Talking) -> None:
    async with talking() as talk:
        await talk.pilot.press("ctrl+t")
        await talk.say("one")
        await wait_until(talk.pilot, lambda: talk.shown.count("tokens/s") == 2)
        await talk.say("two")
        await wait_until(talk.pilot, lambda: len(talk.trainer.asked) == 4)
        contents = [[m["content"] for m in r.args["messages"]] for r in talk.trainer.asked[2:]]
        assert contents == [
            ["one", "I am Huanhuan.", "two"],
            ["one", "As the base: I am Huanhuan.", "two"],
        ]


async def test_a_model_without_a_base_says_so(talking: Talking) -> None:
    async with talking(has_base=False) as talk:
        await talk.pilot.press("ctrl+t")
        await talk.until("no base beside")
        await talk.say("hello")
        await wait_until(talk.pilot, lambda: len(talk.trainer.asked) == 1)
        assert talk.trainer.asked[0].args["base"] is False


async def test_escape_stops_an_answer_and_keeps_what_was_said(talking: Talking) -> None:
    async with talking() as talk:
        talk.trainer.before_answer.clear()
        await talk.say("hello")
        await wait_until(talk.pilot, lambda: talk.trainer.asked)
        await talk.pilot.press("escape")
        talk.trainer.before_answer.set()
        await wait_until(talk.pilot, lambda: not talk.pane.answering)
        await talk.until("stopped")


async def test_one_answer_at_a_time(talking: Talking) -> None:
    async with talking() as talk:
        talk.trainer.before_answer.clear()
        await talk.say("hello")
        await wait_until(talk.pilot, lambda: talk.trainer.asked)
        await talk.say("again")
        await talk.until("One answer at a time")
        assert talk.pane.query_one(Prompt).text == "again"
        talk.trainer.before_answer.set()


async def test_a_failed_answer_is_one_line(talking: Talking) -> None:
    async with talking() as talk:
        talk.trainer.refuse("chat", Problem("out_of_memory", "There is no memory left."))
        await talk.say("hello")
        await talk.until("✗ There is no memory left.")


async def test_a_trainer_that_dies_in_the_middle_is_one_line_too(talking: Talking) -> None:
    async with talking() as talk:
        talk.trainer.before_answer.clear()
        await talk.say("hello")
        await wait_until(talk.pilot, lambda: talk.trainer.asked)
        talk.trainer.die()
        await talk.until("✗ The trainer process is gone.")
        talk.trainer.before_answer.set()


async def test_nobody_there_keeps_the_prompt_and_says_why(talking: Talking) -> None:
    async with talking(silent=True) as talk:
        await talk.say("hello")
        await talk.until("the model is not loaded yet")
        assert talk.pane.query_one(Prompt).text == "hello"


async def test_turns_of_the_journal_are_shown_once(talking: Talking) -> None:
    async with talking() as talk:
        await talk.pane.add_finished([Chat(7, "earlier", "an answer", False, 3, 1.0)])
        await talk.pane.add_finished([Chat(7, "earlier", "a base answer", True, 3, 1.0)])
        await talk.until("a base answer")
        assert talk.shown.count("› earlier") == 1
        await talk.say("hello")
        await talk.until("I am Huanhuan.")
        await talk.pane.add_finished([Chat(8, "hello", "I am Huanhuan.", False, 5, 0.5)])
        await talk.pilot.pause(0.4)
        assert talk.shown.count("› hello") == 1
        await talk.pane.add_finished([Chat(9, "hello", "said elsewhere", False, 5, 0.5)])
        await talk.until("said elsewhere")


async def test_options_are_checked_and_used(talking: Talking) -> None:
    async with talking() as talk:
        await talk.pilot.press("ctrl+o")
        await talk.until("Temperature")
        field = talk.pilot.app.screen.query_one("#temperature")
        field.value = "hot"  # type: ignore[attr-defined]
        await talk.pilot.press("enter")
        await talk.until("Temperature is a number from 0 to 5.")
        field.value = "0"  # type: ignore[attr-defined]
        talk.pilot.app.screen.query_one("#system").text = "Be brief."  # type: ignore[attr-defined]
        await talk.pilot.press("enter")
        await talk.until("temperature 0 · system prompt")
        await talk.say("hello")
        await wait_until(talk.pilot, lambda: talk.trainer.asked)
        args = talk.trainer.asked[0].args
        assert args["temperature"] == 0
        assert args["messages"][0] == {"role": "system", "content": "Be brief."}


async def test_the_last_answer_is_copied_and_written_to_a_file(
    talking: Talking, tunesmith_home: Path
) -> None:
    async with talking() as talk:
        await talk.pilot.press("ctrl+y")
        await talk.until("no answer to copy")
        await talk.say("hello")
        await talk.until("tokens/s")
        await talk.pilot.press("ctrl+y")
        await wait_until(talk.pilot, lambda: (tunesmith_home / "answer.txt").exists())
        assert (tunesmith_home / "answer.txt").read_text() == "I am Huanhuan.\n"
        assert talk.pilot.app.clipboard == "I am Huanhuan."


async def test_clearing_begins_anew(talking: Talking) -> None:
    async with talking() as talk:
        await talk.say("first")
        await talk.until("tokens/s")
        await talk.pilot.press("ctrl+l")
        await wait_until(talk.pilot, lambda: "first" not in talk.shown)
        await talk.say("second")
        await wait_until(talk.pilot, lambda: len(talk.trainer.asked) == 2)
        assert [m["content"] for m in talk.trainer.asked[1].args["messages"]] == ["second"]


async def test_up_brings_an_earlier_prompt_back(talking: Talking) -> None:
    async with talking() as talk:
        await talk.say("first")
        await talk.until("tokens/s")
        await talk.pilot.press("up")
        assert talk.pane.query_one(Prompt).text == "first"
        await talk.pilot.press("down")
        assert talk.pane.query_one(Prompt).text == ""


async def test_a_prompt_may_have_several_lines(talking: Talking) -> None:
    async with talking() as talk:
        await talk.pilot.press("a", "ctrl+j", "b", "enter")
        await wait_until(talk.pilot, lambda: talk.trainer.asked)
        assert talk.trainer.asked[0].args["messages"][-1]["content"] == "a\nb"


async def test_the_base_model_of_a_wizard_is_talked_to_through_the_host() -> None:
    answer = {"answer": "I am the base.", "tokens": 4, "seconds": 0.1, "stopped": "length"}
    link = PlayedLink({"chat": answer})
    app = make_app(link)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        voice = HostVoice(link, {"model": {"id": "pocket"}}, "pocket", has_base=False)
        screen = PaneScreen(lambda: voice)
        await app.push_screen(screen)
        screen.query_one(ChatPane).focus_prompt()
        await pilot.press(*"hi", "enter")
        await wait_until(pilot, lambda: "I am the base." in screen_text(app))
        assert "cut at the longest length" in screen_text(app)
        assert link.asked[-1][1]["model"] == {"id": "pocket"}
