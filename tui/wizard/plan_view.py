"""The plan's figures: verdict, what takes the memory, how long it lasts."""

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from engine.words import _
from tui.machine_view import short_gpu_name
from tui.run.amounts import brief_bytes, brief_count, brief_seconds
from tui.safe_text import plain
from tui.wizard.answers import PlanAnswer
from tui.wizard.summary import EMPTY, bar, gauge, memory_words, verdict

BAR = 28


class PlanView(Widget, can_focus=True):
    """Shows a plan; has the focus while the what-if keys are in use."""

    BINDINGS = [Binding("enter", "go_on", _("Next"), show=False)]

    DEFAULT_CSS = """
    PlanView { height: auto; width: 1fr; }
    """

    hint = _(
        "What if? [ and ] change the micro batch, - and + the rank, c checkpointing, 4 the base "
        "to 4 bits, u leaves all to the plan again."
    )

    class GoOn(Message):
        """Enter was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._plan: PlanAnswer | None = None
        self._note = ""
        self._problem = ""

    def show(self, plan: PlanAnswer | None, note: str, problem: str) -> None:
        """Show a plan; `note` tells that a newer one is made, `problem` why there is none."""
        if (plan, note, problem) != (self._plan, self._note, self._problem):
            self._plan, self._note, self._problem = plan, note, problem
            self.refresh(layout=True)

    def action_go_on(self) -> None:
        """Go on to the next step."""
        self.post_message(self.GoOn())

    def render(self) -> Content:
        plan = self._plan
        mark = Content.styled("› " if self.has_focus else "  ", "$accent")
        if self._problem:
            return Content.assemble(mark, (f"✗ {plain(self._problem)}", "$error"))
        if plan is None:
            return Content.assemble(mark, (self._note or _("Planning…"), "$text-muted"))
        head = Content.assemble(
            mark, verdict(plan), "   ", gauge(plan, 20), " ", memory_words(plan),
            (_(" on {device}").format(device=short_gpu_name(plan.device)), "$text-muted"),
        )  # fmt: skip
        words = [_("{n} steps").format(n=f"{plan.steps:,}")]
        if plan.kept_rows is not None:
            rows = _("{n} rows").format(n=f"{plan.kept_rows:,}")
            if plan.lost_rows:
                rows += _(" ({n} left out)").format(n=f"{plan.lost_rows:,}")
            words.append(rows)
        if plan.tokens:
            words.append(_("{n} tokens").format(n=brief_count(plan.tokens)))
        if plan.seconds:
            words.append(_("about {time}").format(time=brief_seconds(plan.seconds)))
        if self._note:
            words.append(self._note)
        lines = [head, Content.styled("  " + " · ".join(words), "$text-muted"), Content("")]
        most = max((size for _name, size in plan.parts), default=1)
        for name, size in plan.parts:
            lines.append(
                Content.assemble(
                    f"  {part_words(name).ljust(16)}", (brief_bytes(size).rjust(9), "$foreground"),
                    "  ", (bar(size, most, BAR).replace(EMPTY, " "), "$accent"),
                )
            )  # fmt: skip
        lines += [Content.styled(f"  ▲ {plain(text)}", "$warning") for text in plan.warnings]
        return Content("\n").join(lines)


def part_words(name: str) -> str:
    """A part of the estimate as people call it."""
    return {
        "weights": _("weights"),
        "adapter": _("adapter"),
        "gradients": _("gradients"),
        "optimizer": _("optimizer"),
        "activations": _("activations"),
        "logits": _("logits and loss"),
        "context": _("CUDA, libraries"),
        "fragmentation": _("reserve"),
    }.get(name, plain(name))
