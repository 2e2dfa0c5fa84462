"""How a run ended, and what can be done next."""

from textual.content import Content

from engine.events import RunFailed, RunFinished, RunStopped
from engine.runs import RunDirectory
from engine.words import _
from tui.run.amounts import brief_count, brief_path, figure, whole_seconds
from tui.run.state import RunView
from tui.safe_text import plain, plain_lines


def ending_words(view: RunView, run: RunDirectory) -> Content:
    """A few lines: the outcome first, then where things lie, then what next."""
    if view.ending is None:
        return Content("")
    what = view.ending.what
    if isinstance(what, RunFinished):
        return _finished(what, view, run)
    if isinstance(what, RunStopped):
        return _stopped(what, run)
    return _failed(what, run)


def _finished(what: RunFinished, view: RunView, run: RunDirectory) -> Content:
    figures = [_("loss {n}").format(n=figure(what.loss))]
    if what.eval_loss is not None:
        figures.append(_("eval loss {n}").format(n=figure(what.eval_loss)))
    figures.append(_("{n} tokens").format(n=brief_count(what.tokens)))
    figures.append(whole_seconds(what.seconds))
    lines = [
        Content.assemble((_("✓ Done"), "bold $success"), "  " + " · ".join(figures)),
        _place(_("result"), plain(brief_path(run.result(what.result)))),
    ]
    if run.loss_picture.exists():
        lines.append(_place(_("curve"), plain(brief_path(run.loss_picture))))
    next_keys = (
        ("t", _("talk to it")),
        ("b", _("beside its base")),
        ("y", _("replay")),
        ("v", _("keep as a preset")),
    )
    lines.append(
        Content("   ").join(
            Content.assemble((key, "$accent"), f" {words}") for key, words in next_keys
        )
    )
    return Content("\n").join(lines)


def _stopped(what: RunStopped, run: RunDirectory) -> Content:
    head = _("■ Stopped at step {step} of {total}").format(step=what.step, total=what.total_steps)
    lines = [Content.styled(head, "bold")]
    if what.checkpoint:
        lines.append(_place(_("saved"), plain(brief_path(run.path / what.checkpoint))))
    return Content("\n").join(lines)


def _failed(what: RunFailed, run: RunDirectory) -> Content:
    lines = [Content.assemble(("✗ ", "bold $error"), (plain_lines(what.message), "bold"))]
    if what.advice:
        lines.append(Content(plain_lines(what.advice)))
    where = [plain(what.reason)]
    if what.step:
        where.append(_("step {n}").format(n=what.step))
    if what.checkpoint:
        where.append(_("checkpoint {path}").format(path=plain(what.checkpoint)))
    where.append(plain(brief_path(run.log_file)))
    lines.append(Content.styled(" · ".join(where), "$text-muted"))
    return Content("\n").join(lines)


def _place(label: str, path: str) -> Content:
    return Content.assemble((f"{label:<7} ", "$text-muted"), path)
