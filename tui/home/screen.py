"""The first screen: what can be done, and the machine it would be done on."""

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Footer, Static

from engine import __version__
from engine.words import _
from tui.app import TunesmithApp
from tui.background import Done, background
from tui.choice_list import ChoiceList, Row
from tui.home import machine_facts
from tui.home.latest import LatestRuns


class HomeScreen(Screen[None]):
    """New run, replay, sessions, demo, doctor."""

    app = getters.app(TunesmithApp)

    BINDINGS = [
        Binding("n", "open('new')", _("New run")),
        Binding("p", "open('presets')", _("Presets")),
        Binding("s", "open('sessions')", _("Sessions")),
        Binding("d", "open('demo')", _("Demo")),
        Binding("o", "open('doctor')", _("Doctor")),
    ]
    HELP = _("Move with the arrows or j and k, open with Enter, or press the letter.")

    DEFAULT_CSS = """
    HomeScreen { layout: vertical; }
    HomeScreen #home { padding: 1 3; height: 1fr; }
    HomeScreen #brand { text-style: bold; color: $accent; }
    HomeScreen #motto { color: $text-muted; margin-bottom: 1; }
    HomeScreen #machine { color: $text-muted; padding: 0 3 1 3; height: auto; }
    """

    def compose(self) -> ComposeResult:
        with Vertical(id="home"):
            yield Static(f"tunesmith {__version__}", id="brand", markup=False)
            yield Static(
                _("Fine-tune a language model from your terminal."), id="motto", markup=False
            )
            yield ChoiceList(_rows(False), "new", id="menu")
            yield LatestRuns()
        yield Static("", id="machine", markup=False)
        yield Footer(show_command_palette=False)

    @on(ChoiceList.Entered, "#menu")
    async def _entered(self, message: ChoiceList.Entered) -> None:
        await self.action_open(message.id)

    def on_mount(self) -> None:
        self.call_after_refresh(lambda: background(self, "machine", machine_facts.read_machine))

    def on_screen_resume(self) -> None:
        self.draft_changed()
        self.call_after_refresh(self.query_one(LatestRuns).read)

    def on_screen_suspend(self) -> None:
        self.query_one(LatestRuns).pause()

    @on(ChoiceList.Entered, "#latest")
    def _run_entered(self, message: ChoiceList.Entered) -> None:
        directory = self.query_one(LatestRuns).directory(message.id)
        if directory is not None:
            self.app.open_run(directory)

    def draft_changed(self) -> None:
        """A recipe to go on with came or went."""
        menu = self.query_one("#menu", ChoiceList)
        menu.set_rows(_rows(self.app.draft is not None), menu.chosen or "new")

    @on(Done)
    def _machine_read(self, message: Done) -> None:
        message.stop()
        if message.problem is None:
            from tui.machine_view import machine_line

            self.query_one("#machine", Static).update(machine_line(message.value))

    async def action_open(self, place: str) -> None:
        """Open one of the places of the menu."""
        app = self.app
        if place == "new":
            app.open_wizard()
        elif place == "continue":
            app.open_wizard(app.draft)
        elif place == "presets":
            from tui.home.presets import PresetsScreen

            app.push_screen(PresetsScreen())
        elif place == "sessions":
            from tui.sessions.screen import SessionsScreen

            app.push_screen(SessionsScreen())
        elif place == "demo":
            app.open_demo()
        elif place == "doctor":
            from tui.home.doctor import DoctorScreen

            app.push_screen(DoctorScreen())
        elif place == "quit":
            await app.action_quit()


def _rows(draft: bool) -> list[Row]:
    """The menu; a recipe under way can be gone on with."""
    rows = [
        Row("new", _("New run"), _("choose model, data and method step by step")),
        Row("presets", _("Presets"), _("start from a recipe that ships, or one you saved")),
        Row("sessions", _("Sessions"), _("watch, resume or repeat a run")),
        Row("demo", _("Demo"), _("a small model learns who it is, in about a minute")),
        Row("doctor", _("Doctor"), _("what this machine can do, and what is missing")),
        Row("quit", _("Quit"), _("runs that are on go on")),
    ]
    if draft:
        rows.insert(1, Row("continue", _("Continue"), _("the recipe you were working on")))
    return rows
