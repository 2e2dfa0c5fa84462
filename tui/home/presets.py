"""Recipes that ship and those the person saved."""

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Footer, Static

from engine.errors import TunesmithError
from engine.words import _
from tui.app import TunesmithApp
from tui.choice_list import ChoiceList, Row


class PresetsScreen(Screen[None]):
    """Enter opens a preset ready to start; `e` opens it at the first step."""

    app = getters.app(TunesmithApp)

    BINDINGS = [
        Binding("enter", "replay", _("Replay"), tooltip=_("Open it at the review, ready to start")),
        Binding("e", "edit", _("Edit"), tooltip=_("Open it in the wizard at the first step")),
        Binding("escape", "dismiss", _("Back")),
    ]
    HELP = _("A preset is a recipe with a name. The wizard's review saves one.")

    DEFAULT_CSS = """
    PresetsScreen #page { padding: 1 3; height: 1fr; }
    PresetsScreen #title { text-style: bold; }
    PresetsScreen #about { color: $text-muted; margin-bottom: 1; }
    PresetsScreen ChoiceList { height: auto; max-height: 1fr; }
    PresetsScreen #hint { height: 2; padding: 0 3; color: $text-muted; }
    """

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Static(_("Presets"), id="title", markup=False)
            yield Static(
                _("Enter opens one ready to start; e goes through it step by step first."),
                id="about",
                markup=False,
            )
            yield ChoiceList(id="presets")
        yield Static("", id="hint", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._read()

    def on_screen_resume(self) -> None:
        self._read()

    def _read(self) -> None:
        from engine.plan.presets import presets

        rows = [
            Row(preset.name, preset.name, preset.summary, (_("saved"),) if preset.saved else ("",))
            for preset in presets()
        ]
        entries = self.query_one(ChoiceList)
        entries.set_rows(rows, entries.chosen or (rows[0].id if rows else None))
        entries.focus()
        self._show_hint()

    @on(ChoiceList.Chosen)
    def _show_hint(self) -> None:
        self.query_one("#hint", Static).update(self.query_one(ChoiceList).hint)

    @on(ChoiceList.Entered)
    def _entered(self, message: ChoiceList.Entered) -> None:
        message.stop()
        self.action_replay()

    def action_replay(self) -> None:
        """Open the chosen preset, ready to start."""
        self._open("review")

    def action_edit(self) -> None:
        """Open the chosen preset at the first step."""
        self._open("model")

    def _open(self, step: str) -> None:
        from engine.plan.presets import resolve_recipe

        name = self.query_one(ChoiceList).chosen
        if name is None:
            return
        try:
            recipe = resolve_recipe(name)
        except TunesmithError as problem:
            self.app.tell(str(problem), severity="error")
            return
        self.app.open_wizard(recipe, step)
