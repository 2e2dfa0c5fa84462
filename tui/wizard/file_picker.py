"""Pick a file or a folder from the disk."""

from collections.abc import Callable, Iterable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import DirectoryTree, Static

from engine.words import _
from tui.safe_text import plain


class _Tree(DirectoryTree):
    """Folders, and the files that may be picked."""

    BINDINGS = [
        Binding("j", "cursor_down", _("Down"), show=False),
        Binding("k", "cursor_up", _("Up"), show=False),
    ]
    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def __init__(self, path: Path, may_be_picked: Callable[[Path], bool]) -> None:
        super().__init__(path)
        self._may_be_picked = may_be_picked

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Hidden entries and files of other kinds stay out."""
        for path in paths:
            if path.name.startswith("."):
                continue
            try:
                if path.is_dir() or self._may_be_picked(path):
                    yield path
            except OSError:
                continue


class FilePicker(ModalScreen[Path | None]):
    """A tree of folders; Enter opens or picks, `s` picks the folder, backspace goes up."""

    BINDINGS = [
        Binding("enter", "pick", _("Open or pick")),
        Binding("s", "take_folder", _("Pick this folder")),
        Binding("backspace", "up", _("Folder above")),
        Binding("escape", "cancel", _("Cancel")),
    ]

    DEFAULT_CSS = """
    FilePicker #picker {
        width: 76; max-width: 96%; height: 90%; background: $surface;
        border: round $border-blurred; border-title-color: $accent; padding: 1 2 0 2;
        border-subtitle-color: $text-muted;
    }
    FilePicker #where { color: $text-muted; height: 1; text-overflow: ellipsis; text-wrap: nowrap; }
    FilePicker DirectoryTree { background: transparent; height: 1fr; padding: 0; }
    """

    def __init__(
        self,
        title: str,
        start: Path,
        *,
        folders: bool,
        files: bool | None = None,
        may_be_picked: Callable[[Path], bool] = lambda path: True,
    ) -> None:
        """`folders`, `files`: what may be picked; without a word on files, one or the other."""
        super().__init__()
        self._title = title
        self._start = start if start.is_dir() else Path.cwd()
        self._folders = folders
        self._files = not folders if files is None else files
        self._may_be_picked = may_be_picked

    def compose(self) -> ComposeResult:
        with Vertical(id="picker") as card:
            card.border_title = self._title
            yield Static("", id="where", markup=False)
            card.border_subtitle = self._keys()
            yield _Tree(self._start, self._may_be_picked)

    def _keys(self) -> str:
        if not self._folders:
            return _("enter opens or picks · backspace goes up · esc cancels")
        if not self._files:
            return _("enter opens · s picks the folder · backspace goes up · esc cancels")
        return _("enter opens or picks · s picks the folder · backspace goes up · esc cancels")

    def on_mount(self) -> None:
        self._show_place()
        self.query_one(_Tree).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A folder can only be picked where one is asked for."""
        return self._folders if action == "take_folder" else True

    @on(DirectoryTree.FileSelected)
    def _file_selected(self, event: DirectoryTree.FileSelected) -> None:
        event.stop()
        if self._files:
            self.dismiss(event.path)

    def action_pick(self) -> None:
        """Open the folder or pick the file under the cursor."""
        self.query_one(_Tree).action_select_cursor()

    def action_take_folder(self) -> None:
        """Pick the folder under the cursor."""
        node = self.query_one(_Tree).cursor_node
        path = node.data.path if node is not None and node.data is not None else self._start
        self.dismiss(path if path.is_dir() else path.parent)

    def action_up(self) -> None:
        """Show the folder above."""
        self._start = self._start.resolve().parent
        self.query_one(_Tree).path = self._start
        self._show_place()

    def action_cancel(self) -> None:
        """Pick nothing."""
        self.dismiss(None)

    def _show_place(self) -> None:
        self.query_one("#where", Static).update(plain(self._start.resolve()))
