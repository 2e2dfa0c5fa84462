"""A card that asks for one more data set: a shipped one, a file, a folder or a hub id."""

from collections.abc import Callable
from os import DirEntry

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from engine.words import _
from tui.choice_list import ChoiceList, Row
from tui.wizard.path_field import PathField


class AddSource(ModalScreen[str | None]):
    """Ends with what was chosen or typed; with an empty text to browse the disk."""

    BINDINGS = [
        Binding("ctrl+o", "browse", _("Browse")),
        Binding("escape", "cancel", _("Cancel"), show=False),
    ]

    DEFAULT_CSS = """
    AddSource #add {
        width: 76; max-width: 96%; height: auto; max-height: 90%; background: $surface;
        border: round $border-blurred; border-title-color: $accent; padding: 1 2;
        border-subtitle-color: $text-muted;
    }
    AddSource ChoiceList { max-height: 10; margin-bottom: 1; }
    AddSource Input { background: $panel; }
    """

    def __init__(self, shipped: dict[str, str], fits: Callable[["DirEntry[str]"], bool]) -> None:
        super().__init__()
        self._shipped = shipped
        self._fits = fits

    def compose(self) -> ComposeResult:
        with Vertical(id="add") as card:
            card.border_title = _("Add a data set")
            card.border_subtitle = _("enter adds · ctrl+o browses · esc cancels")
            rows = [Row(name, name, summary) for name, summary in self._shipped.items()]
            yield ChoiceList(rows, rows[0].id if rows else None)
            yield PathField(_("file or hub id"), _("./data.jsonl  or  owner/name"), self._fits)

    def on_mount(self) -> None:
        self.query_one(ChoiceList).focus()

    @on(ChoiceList.Chosen)
    def _moved(self, message: ChoiceList.Chosen) -> None:
        message.stop()

    @on(ChoiceList.Entered)
    def _picked(self, message: ChoiceList.Entered) -> None:
        message.stop()
        self.dismiss(message.id)

    @on(PathField.Entered)
    def _typed(self, message: PathField.Entered) -> None:
        message.stop()
        if message.text and self.query_one(PathField).box.has_focus:
            self.dismiss(message.text)

    def action_browse(self) -> None:
        """Look through the disk instead."""
        self.dismiss("")

    def action_cancel(self) -> None:
        """Add nothing."""
        self.dismiss(None)
