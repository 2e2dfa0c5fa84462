"""Where a person writes: Enter sends, ctrl+j makes a new line, up and down bring back prompts."""

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea

from engine.words import _


class Prompt(TextArea):
    """A text field of one to five lines."""

    BINDINGS = [
        Binding("ctrl+j,shift+enter", "new_line", _("New line"), show=False),
    ]

    DEFAULT_CSS = """
    Prompt {
        height: auto; max-height: 5; border: none; padding: 0 1 0 0; background: transparent;
        scrollbar-size-vertical: 0;
    }
    Prompt:focus { border: none; background-tint: transparent; }
    Prompt .text-area--cursor-line { background: transparent; }
    Prompt .text-area--placeholder { color: $text-disabled; }
    """

    @dataclass
    class Sent(Message):
        """Enter was pressed on a prompt."""

        text: str

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, highlight_cursor_line=False, compact=True)
        self.cursor_blink = False
        self._sent: list[str] = []
        self._place = 0

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self._send()
        elif event.key in {"up", "down"} and self._recall(-1 if event.key == "up" else 1):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)

    def action_new_line(self) -> None:
        """Begin another line of the same prompt."""
        self.insert("\n")

    def remember(self, text: str) -> None:
        """Let `up` bring this prompt back."""
        if not self._sent or self._sent[-1] != text:
            self._sent.append(text)
        self._place = len(self._sent)

    def _send(self) -> None:
        text = self.text.strip()
        if text:
            self.post_message(self.Sent(text))

    def _recall(self, direction: int) -> bool:
        """Show an earlier or later prompt when the cursor cannot move that way."""
        row = self.cursor_location[0]
        if row != (0 if direction < 0 else self.document.line_count - 1):
            return False
        place = self._place + direction
        if not 0 <= place <= len(self._sent):
            return False
        self._place = place
        self.text = self._sent[place] if place < len(self._sent) else ""
        self.move_cursor(self.document.end)
        return True
