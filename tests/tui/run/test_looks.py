"""How the run screen looks, at 80x24 and 200x50."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.events import Entry, Event
from engine.runs import RunDirectory
from tests.tui.conftest import PlayedLink, make_app
from tests.tui.run import journals
from tui.app import TunesmithApp
from tui.chat.pane import ChatPane
from tui.run.log import RunLog
from tui.run.screen import RunScreen
from tui.run.state import RunHistory

pytestmark = pytest.mark.usefixtures("fixed_machine")

PLACE = Path("/home/you/.local/share/tunesmith/runs/20260801-120000-huanhuan")


class SilentScreen(RunScreen):
    """Shows one moment of a run and follows nothing."""

    def __init__(self, said: list[Event]) -> None:
        super().__init__(RunDirectory(PLACE), start=False)
        self._history = RunHistory()
        for number, event in enumerate(said):
            self._history.apply(Entry(number + 1, 1, journals.START + number * 0.33, event))

    def _follow(self) -> None:
        """Nobody trains."""

    async def on_mount(self) -> None:
        self.view = self._history.view()
        self._show()
        self.query_one(RunLog).show(self.view.log)
        await self.query_one(ChatPane).add_finished(list(self.view.chat))


MOMENTS: dict[str, Callable[[], list[Event]]] = {
    "starting": lambda: list(journals.events(0)),
    "training": lambda: list(journals.events(160)),
    "done": lambda: [*journals.events(300), journals.finished()],
    "failed": lambda: [*journals.events(130), journals.failed()],
}


@pytest.fixture(autouse=True)
def _same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setattr("tui.run.dashboard.time.time", lambda: journals.START + 56)


@pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=["80x24", "200x50"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_the_run_screen(moment: str, size: tuple[int, int], snap_compare: Callable) -> None:
    app: TunesmithApp = make_app(PlayedLink({}))
    app.get_default_screen = lambda: SilentScreen(MOMENTS[moment]())  # type: ignore[method-assign]
    assert snap_compare(app, terminal_size=size)


@pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=["80x24", "200x50"])
def test_the_run_screen_in_ascii(size: tuple[int, int], snap_compare: Callable) -> None:
    app: TunesmithApp = make_app(PlayedLink({}), ascii_only=True)
    app.get_default_screen = lambda: SilentScreen(MOMENTS["training"]())  # type: ignore[method-assign]
    assert snap_compare(app, terminal_size=size)


def test_the_question_on_leaving(snap_compare: Callable) -> None:
    app: TunesmithApp = make_app(PlayedLink({}))
    app.get_default_screen = lambda: SilentScreen(MOMENTS["training"]())  # type: ignore[method-assign]
    assert snap_compare(app, terminal_size=(80, 24), press=["escape"])
