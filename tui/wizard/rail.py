"""The line at the top: where in the wizard one is."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

SEPARATOR = "  "


class Rail(Widget):
    """Steps in a row: done, here, to come. A click opens one."""

    DEFAULT_CSS = """
    Rail { height: 2; padding: 0 2; color: $text-muted; }
    """

    @dataclass
    class Clicked(Message):
        """A step was clicked."""

        name: str

    def __init__(self, steps: list[tuple[str, str]], last: str, *, id: str | None = None) -> None:
        """`steps` are pairs of name and title; `last` is what comes after them."""
        super().__init__(id=id)
        self._steps = steps
        self._last = last
        self._here = steps[0][0]
        self._problems: frozenset[str] = frozenset()
        self._visited: set[str] = set()

    def show(self, here: str, problems: frozenset[str] = frozenset()) -> None:
        """Mark the open step and those with something wrong in them."""
        names = [name for name, _title in self._steps]
        self._visited.update(names[: names.index(here) + 1])
        if (here, problems) != (self._here, self._problems):
            self._here, self._problems = here, problems
            self.refresh()

    def render(self) -> Content:
        parts: list[Content] = []
        for name, title in [*self._steps, ("", self._last)]:
            if name == self._here:
                parts.append(Content.styled(f"● {title}", "bold $accent"))
            elif name in self._problems:
                parts.append(Content.styled(f"✗ {title}", "$error"))
            elif name in self._visited:
                parts.append(Content.assemble("✓ ", (title, "$foreground")))
            else:
                parts.append(Content(f"○ {title}"))
        return Content(SEPARATOR).join(parts)

    def on_click(self, event: events.Click) -> None:
        x = event.x - self.styles.padding.left
        start = 0
        for name, title in self._steps:
            end = start + 2 + len(title)
            if start <= x < end:
                self.post_message(self.Clicked(name))
                return
            start = end + len(SEPARATOR)
