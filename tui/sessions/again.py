"""Doing a run again, going on with it, keeping its recipe: what a list and a run screen offer."""

from textual.screen import Screen

from engine.errors import TunesmithError
from engine.runs import RunDirectory
from engine.words import _
from tui.run.amounts import brief_path
from tui.safe_text import plain_lines
from tui.sessions import keeping
from tui.text_prompt import TextPrompt


def replay(screen: Screen, run: RunDirectory) -> None:
    """Make a run of the same recipe and open it."""
    try:
        again = keeping.replay(run)
    except TunesmithError as error:
        screen.app.notify(plain_lines(error), severity="error", markup=False)
        return
    _open(screen, again, resume_it=False)


def resume(screen: Screen, run: RunDirectory) -> None:
    """Go on from the run's last checkpoint."""
    _open(screen, run, resume_it=True)


def keep_as_preset(screen: Screen, run: RunDirectory, name: str) -> None:
    """Ask for a name and keep the run's recipe under it."""

    def refusal(chosen: str) -> str | None:
        try:
            path = keeping.save_as_preset(run, chosen)
        except TunesmithError as error:
            return str(error)
        screen.app.notify(
            _("Saved as {path}.").format(path=plain_lines(brief_path(path))), markup=False
        )
        return None

    screen.app.push_screen(TextPrompt(_("Save as preset"), name, refusal))


def _open(screen: Screen, run: RunDirectory, *, resume_it: bool) -> None:
    from tui.run.screen import RunScreen

    settings = getattr(screen.app, "settings", None)
    opened = RunScreen(
        run,
        start=True,
        resume=resume_it,
        in_process=bool(getattr(settings, "in_process", False)),
    )
    if isinstance(screen, RunScreen):
        screen.app.switch_screen(opened)
    else:
        screen.app.push_screen(opened)
