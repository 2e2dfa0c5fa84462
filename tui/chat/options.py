"""How answers are made: system prompt, temperature, top-p, longest length, seed."""

from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static, TextArea

from engine.words import _
from tui.chat.voice import ChatSettings
from tui.line_input import LineInput


class ChatOptions(ModalScreen[ChatSettings | None]):
    """A card over the chat; Enter keeps, Esc leaves all as it was."""

    BINDINGS = [
        Binding("escape", "cancel", _("Cancel")),
        Binding("ctrl+s", "keep", _("Keep"), priority=True),
    ]

    DEFAULT_CSS = """
    ChatOptions { background: $background; align: center middle; }
    ChatOptions #card {
        width: 66; max-width: 96%; height: auto; background: $surface; padding: 1 2;
        border: round $border-blurred; border-title-color: $accent;
        border-subtitle-color: $text-muted;
    }
    ChatOptions .row { height: 1; margin-bottom: 1; }
    ChatOptions .row Label { width: 18; color: $text-muted; }
    ChatOptions Input { width: 12; background: $panel; }
    ChatOptions .hint { color: $text-disabled; padding-left: 2; width: 1fr; }
    ChatOptions #system {
        height: 4; border: none; background: $panel; padding: 0 1; margin-bottom: 1;
    }
    ChatOptions #problem { color: $error; height: auto; }
    ChatOptions #buttons { height: 1; margin-top: 1; }
    ChatOptions Button { margin-right: 2; }
    """

    def __init__(self, settings: ChatSettings) -> None:
        super().__init__()
        self._settings = settings

    def compose(self) -> ComposeResult:
        """One row a setting."""
        now = self._settings
        with Vertical(id="card") as card:
            card.border_title = _("Answers")
            card.border_subtitle = _("ctrl+s keeps · esc cancels")
            yield Label(_("System prompt"), classes="muted", markup=False)
            area = TextArea(now.system, id="system", compact=True, highlight_cursor_line=False)
            area.cursor_blink = False
            yield area
            yield self._row(
                "temperature", _("Temperature"), now.temperature, _("0 is the likeliest")
            )
            yield self._row("top_p", _("Top-p"), now.top_p, _("above 0, up to 1"))
            yield self._row("max_new_tokens", _("Longest answer"), now.max_new_tokens, _("tokens"))
            yield self._row("seed", _("Seed"), now.seed, _("empty: left to chance"))
            yield Static("", id="problem", markup=False)
            with Horizontal(id="buttons"):
                yield Button(_("Keep"), id="keep", compact=True, variant="primary")
                yield Button(_("Cancel"), id="cancel", compact=True)

    def _row(self, name: str, label: str, value: object, hint: str) -> Horizontal:
        field = LineInput("" if value is None else str(value), id=name, select_on_focus=True)
        return Horizontal(
            Label(label, markup=False),
            field,
            Static(hint, classes="hint", markup=False),
            classes="row",
        )

    def on_mount(self) -> None:
        """Begin at the temperature: it is what is changed most."""
        self.query_one("#temperature", Input).focus()

    @on(Button.Pressed, "#keep")
    @on(Input.Submitted)
    def action_keep(self) -> None:
        """Check and keep."""
        problem = self._check()
        self.query_one("#problem", Static).update(problem or "")
        if problem is None:
            self.dismiss(self._settings)

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Leave all as it was."""
        self.dismiss(None)

    def _check(self) -> str | None:
        """Take the fields over, or say what is wrong with one."""
        text = {name: self.query_one(f"#{name}", Input).value.strip() for name in
                ("temperature", "top_p", "max_new_tokens", "seed")}  # fmt: skip
        try:
            temperature = float(text["temperature"])
            if not 0 <= temperature <= 5:
                raise ValueError
        except ValueError:
            return _("Temperature is a number from 0 to 5.")
        try:
            top_p = float(text["top_p"])
            if not 0 < top_p <= 1:
                raise ValueError
        except ValueError:
            return _("Top-p is a number above 0 and up to 1.")
        try:
            longest = int(text["max_new_tokens"])
            if not 1 <= longest <= 100_000:
                raise ValueError
        except ValueError:
            return _("The longest answer is a count of tokens, from 1 on.")
        try:
            seed = int(text["seed"]) if text["seed"] else None
            if seed is not None and seed < 0:
                raise ValueError
        except ValueError:
            return _("A seed is a whole number from 0 on, or nothing.")
        self._settings = replace(
            self._settings,
            system=self.query_one("#system", TextArea).text,
            temperature=temperature,
            top_p=top_p,
            max_new_tokens=longest,
            seed=seed,
        )
        return None
