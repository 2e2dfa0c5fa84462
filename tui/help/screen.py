"""What the keys do on the screen below and in the thing that has the focus."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from engine.words import _
from tui.safe_text import plain

OUR_WORDS = {
    "app.focus_next": _("Next field or list"),
    "app.focus_previous": _("Field or list before"),
    "screen.copy_text": _("Copy what is selected; twice quits"),
}
"""Textual's own keys in our words."""
LEFT_OUT = {"scroll_left", "scroll_right", "page_left", "page_right", "help_quit"}
"""Keys that do nothing here."""


class HelpScreen(ModalScreen[None]):
    """Reads the bindings that hold below it: one registry for keys, palette and help."""

    BINDINGS = [
        Binding("escape,q,question_mark,f1,enter", "dismiss", _("Close"), show=False),
    ]

    def __init__(self, below: Screen) -> None:
        super().__init__()
        self._below = below

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help-card") as card:
            card.border_title = _("Keys")
            card.border_subtitle = _("esc closes")
            yield Static(self._text(), markup=False)

    def on_mount(self) -> None:
        self.query_one("#help-card").focus()

    def _text(self) -> Content:
        parts: list[Content] = []
        for node in (self._below, getattr(self._below, "body", None)):
            intro = getattr(node, "HELP", None)
            if intro:
                parts.append(Content(intro))
        groups = self._groups()
        width = max((len(key) for rows in groups.values() for key in rows.values()), default=0)
        for name, rows in groups.items():
            lines = [Content.styled(name, "bold")]
            for words, key in rows.items():
                lines.append(
                    Content.assemble("  ", (plain(key).ljust(width), "$accent"), "  ", plain(words))
                )
            parts.append(Content("\n").join(lines))
        return Content("\n\n").join(parts)

    def _groups(self) -> dict[str, dict[str, str]]:
        """Words and keys by where they hold; keys that do the same stand together."""
        groups: dict[str, dict[str, str]] = {_("This screen"): {}, _("Here"): {}}
        groups[_("Everywhere")] = {}
        for node, binding, enabled, tooltip in self._below.active_bindings.values():
            words = tooltip or binding.description
            if not words or not enabled or binding.action in LEFT_OUT:
                continue
            words = OUR_WORDS.get(binding.action, words)
            if node is self.app or binding.action in OUR_WORDS:
                rows = groups[_("Everywhere")]
            elif node is self._below.focused or binding.action.startswith(("scroll_", "page_")):
                rows = groups[_("Here")]
            else:
                rows = groups[_("This screen")]
            key = self.app.get_key_display(binding).strip() or _key_name(binding.key)
            rows[words] = f"{rows[words]} {key}" if words in rows else key
        return {name: rows for name, rows in groups.items() if rows}


def _key_name(key: str) -> str:
    return {"left_square_bracket": "[", "right_square_bracket": "]", "minus": "-"}.get(key, key)
