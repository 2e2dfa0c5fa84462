"""The shell: going in and out of screens, leaving, small windows, a lost host."""

from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widgets import Static

from tests.tui import played
from tests.tui.conftest import PlayedLink, make_app, screen_text, wait_until
from tui.app import TunesmithApp
from tui.draft_file import draft_path
from tui.help.screen import HelpScreen
from tui.home.screen import HomeScreen
from tui.host_link import HostChanged
from tui.too_small import TooSmallScreen
from tui.wizard.screen import WizardScreen

pytestmark = pytest.mark.usefixtures("fixed_machine")


@pytest.fixture
def app() -> TunesmithApp:
    return make_app(PlayedLink(played.answers()))


async def test_the_first_screen_names_the_machine(app: TunesmithApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "RTX 4090 · 20.0 GiB of 24.0 GiB free" in screen_text(app))


async def test_escape_goes_back_and_never_quits(app: TunesmithApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, WizardScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert app.is_running


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_q_quits(app: TunesmithApp, key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert app._exit


async def test_q_is_a_letter_in_a_field(app: TunesmithApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, WizardScreen))
        await pilot.press("tab", "q")
        assert not app._exit
        assert app.screen.query_one("#path Input").value == "q"


async def test_ctrl_c_quits_only_the_second_time(app: TunesmithApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("ctrl+c")
        await wait_until(pilot, lambda: "ctrl+c again" in screen_text(app))
        assert not app._exit
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app._exit


async def test_a_screen_with_a_run_on_is_asked_before_the_app_quits(app: TunesmithApp) -> None:
    class Guarded(Screen[None]):
        asked = 0

        def guard_quit(self) -> bool:
            Guarded.asked += 1
            return True

    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Guarded())
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert Guarded.asked == 1
        assert not app._exit


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_lists_the_keys_of_the_screen_below(app: TunesmithApp, key: str) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press(key)
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen))
        text = screen_text(app)
        for words in ("New run", "Sessions", "Leave the app; runs go on", "Keys of this screen"):
            assert words in text
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_the_palette_offers_what_the_screen_can_do(app: TunesmithApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        names = [command.title for command in app.get_system_commands(app.screen)]
        assert {"New run", "Doctor", "Help", "Theme", "Restart the engine host"} <= set(names)
        assert len(names) == len(set(names))


async def test_a_small_window_gets_a_card_until_it_grows(app: TunesmithApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(60, 15)
        await wait_until(pilot, lambda: isinstance(app.screen, TooSmallScreen))
        assert "too small" in str(app.screen.query_one(Static).content)
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_a_lost_host_is_told_with_the_way_to_a_new_one(app: TunesmithApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.post_message(HostChanged("lost", "it ended with exit code -9"))
        await wait_until(pilot, lambda: "Restart the engine host" in screen_text(app))
        assert "exit code -9" in screen_text(app)


async def test_a_recipe_under_way_is_there_again_after_the_app_was_gone(
    app: TunesmithApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, WizardScreen))
        app.screen.draft.edit("training.epochs", 7)
        await wait_until(pilot, lambda: draft_path().is_file())
    again = make_app(PlayedLink(played.answers()))
    async with again.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Continue" in screen_text(again))
        await pilot.press("j", "enter")
        await wait_until(pilot, lambda: isinstance(again.screen, WizardScreen))
        assert again.screen.draft.recipe.training.epochs == 7


async def test_an_edit_just_before_the_end_is_kept_too(app: TunesmithApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, WizardScreen))
        app.screen.draft.edit("training.epochs", 9)
        app.exit()
        await pilot.pause()
    assert "epochs: 9" in draft_path().read_text()


async def test_nothing_is_sent_while_nothing_happens(app: TunesmithApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "RTX 4090" in screen_text(app))
        await pilot.pause(0.2)
        drawn = []
        app._display = lambda screen, renderable: drawn.append(renderable)  # type: ignore
        await pilot.pause(1.0)
        assert drawn == []


async def test_an_error_of_our_own_ends_in_one_sentence_and_a_file(
    app: TunesmithApp, tunesmith_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "a row of somebody's data"

    def fail() -> None:
        row = secret
        raise RuntimeError("no such luck" if row else "")

    async def run() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            app.call_later(fail)
            await pilot.pause(0.2)

    with pytest.raises(RuntimeError):
        await run()
    told = capsys.readouterr().err.replace("\n", "")
    assert "RuntimeError" in told
    assert str(tunesmith_home / "app.log") in told
    assert secret not in told
    assert app.return_code == 1
    log = (tunesmith_home / "app.log").read_text()
    assert "no such luck" in log
    assert secret not in log
