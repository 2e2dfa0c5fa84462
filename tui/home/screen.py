"""The first screen: what can be done, and the machine it would be done on."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Footer, Static

from engine import __version__
from engine.words import _
from tui.choice_list import ChoiceList, Row


class HomeScreen(Screen[None]):
    """New run, replay, sessions, demo, doctor."""

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
            yield Static(_("Fine-tune a language model from your terminal."), id="motto")
            yield ChoiceList(
                [
                    Row("new", _("New run"), _("choose model, data and method step by step")),
                    Row("presets", _("Replay a preset"), _("a recipe that ships, or one you saved")),
                    Row("sessions", _("Sessions"), _("watch, resume or repeat a run")),
                    Row("demo", _("Demo"), _("a small model learns who it is, in about a minute")),
                    Row("doctor", _("Doctor"), _("what this machine can do, and what is missing")),
                    Row("quit", _("Quit")),
                ],
                "new",
                id="menu",
            )
        yield Static("", id="machine", markup=False)
        yield Footer(show_command_palette=False)

    @on(ChoiceList.Entered, "#menu")
    async def _entered(self, message: ChoiceList.Entered) -> None:
        await self.action_open(message.id)

    async def action_open(self, place: str) -> None:
        """Open one of the places of the menu."""
        app = self.app
        if place == "new":
            app.open_wizard()
        elif place == "demo":
            app.open_demo()
        elif place == "quit":
            await app.action_quit()
