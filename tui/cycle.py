"""A one-line choice among few values: left and right change it."""

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from engine.words import _
from tui.safe_text import plain


class Cycle(Widget, can_focus=True):
    """Shows `‹ value ›`; left, right and space go through the values, Home and End jump."""

    BINDINGS = [
        Binding("right,space,l", "step(1)", _("Next value"), show=False),
        Binding("left,h", "step(-1)", _("Value before"), show=False),
        Binding("home", "jump(0)", _("First value"), show=False),
        Binding("end", "jump(-1)", _("Last value"), show=False),
    ]

    DEFAULT_CSS = """
    Cycle { height: 1; width: 22; background: $surface; padding: 0 1; pointer: pointer; }
    Cycle:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
    """

    value: reactive[str] = reactive("")

    @dataclass
    class Changed(Message):
        """Another value is shown."""

        cycle: "Cycle"
        value: str

        @property
        def control(self) -> "Cycle":
            """The widget."""
            return self.cycle

    def __init__(
        self, values: list[tuple[str, str]], value: str | None = None, *, id: str | None = None
    ) -> None:
        """`values` are pairs of value and the words that are shown for it."""
        super().__init__(id=id)
        self.values = list(values)
        self._notes: dict[str, str] = {}
        self.set_reactive(Cycle.value, value if value is not None else self.values[0][0])

    def set_values(self, values: list[tuple[str, str]], value: str) -> None:
        """Offer other values; nothing is announced."""
        self.values = list(values)
        self.show(value)
        self.refresh(layout=True)

    def show(self, value: str) -> None:
        """Show a value without announcing it."""
        self.value = value

    def annotate(self, value: str, note: str) -> None:
        """Say beside one of the values what it comes to now; empty text takes it back."""
        if self._notes.get(value, "") != note:
            self._notes[value] = note
            self.refresh()

    def render(self) -> Content:
        words = next((text for value, text in self.values if value == self.value), self.value)
        note = self._notes.get(self.value)
        if note:
            words = f"{words} · {note}"
        return Content(f"‹ {plain(words)} ›")

    def action_step(self, by: int) -> None:
        """Go on by so many values, around the end."""
        names = [value for value, _text in self.values]
        here = names.index(self.value) if self.value in names else -by if by > 0 else 0
        self._take(names[(here + by) % len(names)])

    def action_jump(self, index: int) -> None:
        """Go to the first or last value."""
        self._take(self.values[index][0])

    def on_click(self, event: events.Click) -> None:
        left = event.x <= 2
        self.action_step(-1 if left else 1)

    def _take(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self, value))
