"""Asking for a name, with what is wrong with it said beside the field."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from engine.errors import TunesmithError
from engine.words import _
from tui.safe_text import plain_lines


class NameCard(ModalScreen[str | None]):
    """`keep(name)` does what the name is for and returns what to tell; its errors stay here."""

    BINDINGS = [Binding("escape", "cancel", _("Cancel"))]

    DEFAULT_CSS = """
    NameCard { background: $background; align: center middle; }
    NameCard #card {
        width: 60; max-width: 96%; height: auto; background: $surface; padding: 1 2;
        border: round $border-blurred; border-title-color: $accent;
        border-subtitle-color: $text-muted;
    }
    NameCard Input { border: none; height: 1; padding: 0 1; background: $panel; }
    NameCard #problem { color: $error; height: auto; margin-top: 1; }
    """

    def __init__(self, title: str, name: str, keep: Callable[[str], str]) -> None:
        super().__init__()
        self._title = title
        self._name_now = name
        self._keep = keep

    def compose(self) -> ComposeResult:
        """A field and a line for what is wrong."""
        with Vertical(id="card") as card:
            card.border_title = self._title
            card.border_subtitle = _("enter keeps · esc cancels")
            field = Input(self._name_now, select_on_focus=True)
            field.cursor_blink = False
            yield field
            yield Static("", id="problem", markup=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            said = self._keep(event.value.strip())
        except TunesmithError as error:
            self.query_one("#problem", Static).update(plain_lines(str(error)))
            return
        self.dismiss(said)

    def action_cancel(self) -> None:
        """Keep nothing."""
        self.dismiss(None)
