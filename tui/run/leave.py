"""Leaving while a run is on: detach, stop and save, or stay."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from engine.words import _
from tui.choice_list import ChoiceList, Row
from tui.run.state import RunView
from tui.safe_text import plain

DETACH, STOP, STAY = "detach", "stop", "stay"


class Question(ModalScreen[str]):
    """An opaque card with choices; what is cheap and safe stands first."""

    BINDINGS = [Binding("escape", "dismiss('stay')", _("Stay"))]

    DEFAULT_CSS = """
    Question { background: $background; align: center middle; }
    Question #card {
        width: 64; max-width: 96%; height: auto; background: $surface; padding: 1 2;
        border: round $border-blurred; border-title-color: $accent;
        border-subtitle-color: $text-muted;
    }
    Question #words { height: auto; margin-bottom: 1; }
    """

    def __init__(self, title: str, words: str, rows: list[Row]) -> None:
        super().__init__()
        self._title = title
        self._words = words
        self._rows = rows

    def compose(self) -> ComposeResult:
        """The words and the choices."""
        with Vertical(id="card") as card:
            card.border_title = self._title
            card.border_subtitle = _("enter chooses · esc stays")
            yield Static(self._words, id="words", markup=False)
            default = next(row.id for row in self._rows if row.reason is None)
            yield ChoiceList(self._rows, default, id="choices")

    def on_mount(self) -> None:
        """The first choice is the default."""
        self.query_one("#choices").focus()

    @on(ChoiceList.Entered)
    def _entered(self, message: ChoiceList.Entered) -> None:
        message.stop()
        self.dismiss(message.id)

    def action_dismiss(self, result: str | None = None) -> None:  # type: ignore[override]
        """Answer without choosing from the list."""
        self.dismiss(result)


def progress_words(view: RunView, name: str) -> str:
    """The run and where it is."""
    if not view.total_steps:
        return _("{name} is starting.").format(name=plain(name))
    return _("{name} is at step {step} of {total}.").format(
        name=plain(name), step=view.step, total=view.total_steps
    )


def leave_question(view: RunView, name: str, *, in_process: bool = False) -> Question:
    """What a person is asked who leaves while a run is on."""
    held = _("it lives in this app and would end with it") if in_process else None
    rows = [
        Row(DETACH, _("Detach"), _("training goes on; attach again any time"), reason=held),
        Row(STOP, _("Stop and save"), _("saves a checkpoint; resume later")),
        Row(STAY, _("Stay"), _("back to the run")),
    ]
    return Question(_("A run is on"), progress_words(view, name), rows)


def stop_question(view: RunView, name: str) -> Question:
    """Asked before a run is stopped."""
    rows = [
        Row(STOP, _("Stop and save"), _("saves a checkpoint; resume later")),
        Row(STAY, _("Go on"), _("training continues")),
    ]
    return Question(_("Stop the run?"), progress_words(view, name), rows)
