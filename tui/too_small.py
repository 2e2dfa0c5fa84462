"""The card that asks for a larger window."""

from textual.app import ComposeResult
from textual.containers import Middle
from textual.screen import ModalScreen
from textual.widgets import Static

from engine.words import _


class TooSmallScreen(ModalScreen[None]):
    """Covers the app while the window is too small; goes away by itself."""

    def __init__(self, minimum: tuple[int, int]) -> None:
        super().__init__()
        self._minimum = minimum

    def compose(self) -> ComposeResult:
        columns, rows = self._minimum
        with Middle():
            yield Static(
                _("This window is too small.\n\ntunesmith needs {columns} x {rows}.").format(
                    columns=columns, rows=rows
                ),
                markup=False,
            )
