"""A box for one line of text that sends nothing while nobody types."""

from typing import Any

from textual.widgets import Input


class LineInput(Input):
    """Textual's input, one row high, with a cursor that stands still."""

    def __init__(self, value: str = "", **arguments: Any) -> None:
        super().__init__(value, compact=True, **arguments)
        self.cursor_blink = False
