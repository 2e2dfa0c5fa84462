"""What the keys do on the screen below and in the thing that has the focus."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from engine.words import _
from tui.safe_text import plain


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
        groups: dict[str, list[tuple[str, str]]] = {}
        seen: set[str] = set()
        for node, binding, enabled, tooltip in self._below.active_bindings.values():
            if not binding.description or not enabled or binding.action in seen:
                continue
            seen.add(binding.action)
            if node is self._below.focused:
                group = _("Here")
            elif node is self.app:
                group = _("Everywhere")
            else:
                group = _("This screen")
            key = self.app.get_key_display(binding)
            groups.setdefault(group, []).append((key, tooltip or binding.description))
        parts: list[Content] = []
        intro = getattr(self._below, "HELP", None)
        if intro:
            parts.append(Content(intro))
        width = max((len(key) for rows in groups.values() for key, _text in rows), default=0)
        for name in (_("This screen"), _("Here"), _("Everywhere")):
            if name not in groups:
                continue
            lines = [Content.styled(name, "bold")]
            for key, text in groups[name]:
                lines.append(
                    Content.assemble("  ", (plain(key).ljust(width), "$accent"), "  ", plain(text))
                )
            parts.append(Content("\n").join(lines))
        return Content("\n\n").join(parts)
