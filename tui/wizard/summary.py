"""The recipe in a few words and its memory as a gauge: a column at the side, or one line."""

from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static

from engine.models.facts import ModelFacts
from engine.recipe import Recipe
from engine.words import _
from tui.run.amounts import brief_bytes, brief_count, brief_seconds, rate
from tui.safe_text import plain
from tui.wizard.answers import PlanAnswer

FULL, EMPTY = "━", "─"

VERDICTS = {
    "fits": ("✓", _("fits"), "$success"),
    "tight": ("▲", _("tight"), "$warning"),
    "does-not-fit": ("✗", _("does not fit"), "$error"),
}
"""Verdict: sign, words and colour; never the colour alone."""


@dataclass(frozen=True)
class Overview:
    """What the summary shows: the recipe, and what is known of it so far."""

    recipe: Recipe
    facts: ModelFacts | None = None
    plan: PlanAnswer | None = None
    planning: bool = False
    """A newer plan is on its way."""
    problem: str | None = None
    problem_step: str | None = None
    """Title of the step in which it can be put right."""


def verdict(plan: PlanAnswer) -> Content:
    """Sign and words of a verdict in its colour."""
    sign, words, colour = VERDICTS.get(plan.verdict, ("?", plan.verdict, "$foreground"))
    return Content.styled(f"{sign} {words}", colour)


def bar(part: float, whole: float, width: int) -> str:
    """A bar of `width` cells; anything above nothing shows at least one."""
    if whole <= 0:
        return EMPTY * width
    filled = round(width * part / whole)
    if part > 0:
        filled = max(1, filled)
    filled = min(width, filled)
    return FULL * filled + EMPTY * (width - filled)


def gauge(plan: PlanAnswer, width: int) -> Content:
    """How much of the free memory the run would take."""
    _sign, _words, colour = VERDICTS.get(plan.verdict, ("", "", "$foreground"))
    return Content.styled(bar(plan.needed_bytes, plan.free_bytes, width), colour)


def memory_words(plan: PlanAnswer) -> str:
    """Needed of free memory."""
    return _("{needed} of {free}").format(
        needed=brief_bytes(plan.needed_bytes), free=brief_bytes(plan.free_bytes)
    )


def model_name(name: str) -> str:
    """A hub id or folder without what stands before its last slash."""
    return plain(name.rstrip("/").rsplit("/", 1)[-1] or name)


def short_source(recipe: Recipe) -> str:
    """The data set's name, with how many more are mixed in."""
    sources = recipe.data.all_sources()
    more = f" +{len(sources) - 1}" if len(sources) > 1 else ""
    return model_name(sources[0].source) + more


class SummaryLine(Static):
    """One line under the step: recipe and gauge, where there is no room at the side."""

    DEFAULT_CSS = """
    SummaryLine { height: 1; padding: 0 2; color: $text-muted; text-wrap: nowrap;
                  text-overflow: ellipsis; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._overview: Overview | None = None

    def show(self, overview: Overview) -> None:
        """Show another state."""
        if overview != self._overview:
            self._overview = overview
            self.update(self._text(overview))

    def on_resize(self) -> None:
        if self._overview is not None:
            self.update(self._text(self._overview))

    def _text(self, overview: Overview) -> Content:
        recipe = overview.recipe
        words = [model_name(recipe.model.id), short_source(recipe), recipe.stage.name]
        words.append(recipe.method.name)
        if recipe.quantization.name != "none":
            words.append(recipe.quantization.name)
        left = Content(" · ".join(words))
        right = _status(overview, 10)
        room = self.size.width - left.cell_length - right.cell_length
        if room < 2:
            left = left.truncate(max(0, self.size.width - 2 - right.cell_length), ellipsis=True)
            room = self.size.width - left.cell_length - right.cell_length
        return Content.assemble(left, " " * max(2, room), right)


class SummaryPanel(Static):
    """The column at the side of a wide window."""

    DEFAULT_CSS = """
    SummaryPanel { width: 40; height: 1fr; padding: 0 2 0 3; border-left: solid $border-blurred; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._overview: Overview | None = None

    def show(self, overview: Overview) -> None:
        """Show another state."""
        if overview != self._overview:
            self._overview = overview
            self.update(self._text(overview))

    def _text(self, overview: Overview) -> Content:
        recipe, plan, facts = overview.recipe, overview.plan, overview.facts
        resolved = plan.resolved if plan else recipe
        size = f" · {brief_count(facts.parameters)}" if facts else ""
        method = recipe.method.name
        rank = resolved.method.options.get("rank", "auto")
        if rank != "auto":
            method += _(" · rank {rank}").format(rank=rank)
        training = resolved.training
        length = (
            _("{n} steps").format(n=recipe.training.max_steps)
            if recipe.training.max_steps
            else _("{n} epochs").format(n=f"{recipe.training.epochs:g}")
        )
        if plan:
            length += (
                _(" · {n} steps").format(n=plan.steps) if not recipe.training.max_steps else ""
            )
        rows = [
            (_("model"), model_name(recipe.model.id) + size),
            (_("data"), short_source(recipe)),
            (_("stage"), plain(recipe.stage.name)),
            (_("method"), plain(method)),
            (_("base"), _base_words(recipe)),
            (_("length"), length),
        ]
        if training.learning_rate != "auto":
            rows.append((_("rate"), rate(training.learning_rate)))
        if plan and plan.seconds:
            rows.append((_("time"), _("about {time}").format(time=brief_seconds(plan.seconds))))
        lines = [Content.styled(_("Your recipe"), "bold"), Content("")]
        lines += [Content.assemble((label.ljust(8), "$text-muted"), text) for label, text in rows]
        lines += [Content(""), Content.styled(_("Memory"), "bold"), Content("")]
        if plan:
            lines += [gauge(plan, 34), Content(memory_words(plan)), verdict(plan)]
            if overview.planning:
                lines.append(Content.styled(_("planning anew…"), "$text-muted"))
        if overview.problem:
            lines.append(Content.styled(f"✗ {plain(overview.problem)}", "$error"))
        elif not plan:
            lines.append(Content.styled(_("planning…"), "$text-muted"))
        return Content("\n").join(lines)


def _base_words(recipe: Recipe) -> str:
    name = recipe.quantization.name
    return _("as it is") if name == "none" else plain(name)


def _status(overview: Overview, width: int) -> Content:
    plan = overview.plan
    if overview.problem:
        words = _("✗ no plan, see {step}").format(step=overview.problem_step or _("Plan"))
        return Content.styled(words, "$error")
    if plan is None:
        return Content(_("planning…"))
    mark = Content.styled(" …", "$text-muted") if overview.planning else Content("")
    return Content.assemble(
        gauge(plan, width), " ", (memory_words(plan), "$foreground"), " ", verdict(plan), mark
    )
