"""Ask for one line of text; a check says beside it what is wrong."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from engine.words import _
from tui.line_input import LineInput
from tui.safe_text import plain


class TextPrompt(ModalScreen[str | None]):
    """A card with one box. `refusal(text)` gives the sentence that keeps it open, or None."""

    BINDINGS = [Binding("escape", "cancel", _("Cancel"), show=False)]

    DEFAULT_CSS = """
    TextPrompt #card {
        width: 64; max-width: 96%; height: auto; background: $surface; padding: 1 2;
        border: round $border-blurred; border-title-color: $accent;
        border-subtitle-color: $text-muted;
    }
    TextPrompt Input { background: $panel; }
    TextPrompt #told { color: $error; height: auto; }
    """

    def __init__(
        self,
        title: str,
        value: str,
        refusal: Callable[[str], str | None],
        *,
        placeholder: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._refusal = refusal
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        with Vertical(id="card") as card:
            card.border_title = self._title
            card.border_subtitle = _("enter takes it · esc cancels")
            yield LineInput(self._value, placeholder=self._placeholder)
            yield Static("", id="told", markup=False)

    @on(Input.Changed)
    def _changed(self) -> None:
        self.query_one("#told", Static).update("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        refusal = self._refusal(text)
        if refusal:
            self.query_one("#told", Static).update(f"✗ {plain(refusal)}")
        else:
            self.dismiss(text)

    def action_cancel(self) -> None:
        """Answer nothing."""
        self.dismiss(None)
