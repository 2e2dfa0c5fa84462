"""The wizard's screen: owns the draft and what the host answered about it; steps edit the draft."""

from typing import Any

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Static

from engine.errors import TunesmithError
from engine.recipe import Recipe
from engine.words import _
from tui.app import TunesmithApp
from tui.choice_list import ChoiceList, Row
from tui.draft_file import keeping
from tui.host_link import Answered, Progress
from tui.safe_text import plain
from tui.wizard.answers import Inquiry, PlanAnswer, read_facts, read_plan
from tui.wizard.draft import Draft
from tui.wizard.rail import Rail
from tui.wizard.step import STEPS, StepBody
from tui.wizard.summary import Overview, SummaryLine, SummaryPanel, memory_words

STEP_OF_SECTION = {
    "model": "model",
    "data": "dataset",
    "stage": "method",
    "method": "method",
    "quantization": "quantization",
    "name": "review",
}
"""Where a section of the recipe is edited."""
SETTLE_SECONDS = 0.25
"""The host is asked once the person paused this long."""


class WizardScreen(Screen[None]):
    """Model → Dataset → Stage and method → Quantization → Plan → Review → Run."""

    app = getters.app(TunesmithApp)

    BINDINGS = [
        Binding("ctrl+n", "next", _("Next"), tooltip=_("Go on to the next step")),
        Binding("escape", "back", _("Back"), tooltip=_("Back to the step before")),
        Binding("ctrl+z", "undo", _("Undo"), tooltip=_("Take the last change back"), show=False),
    ]
    HELP = _(
        "Moving onto a row chooses it; Enter goes on to the next step. Nothing is lost when you "
        "go back. Fields left on auto are filled by the plan."
    )

    DEFAULT_CSS = """
    WizardScreen #rail { margin-top: 0; }
    WizardScreen #middle { height: 1fr; }
    WizardScreen #steps { width: 1fr; height: 1fr; }
    WizardScreen #hint { height: 2; padding: 0 2; color: $text-muted; text-overflow: ellipsis; }
    WizardScreen #hint.-problem { color: $error; }
    WizardScreen #side { display: none; }
    WizardScreen.-wide #side { display: block; }
    WizardScreen.-wide #line { display: none; }
    WizardScreen.-wide #rail { padding: 1 2 0 2; height: 3; }
    """

    def __init__(self, recipe: Recipe | None = None, step: str = "model") -> None:
        super().__init__()
        self.draft = Draft(recipe)
        self.draft.on_change = self._draft_changed
        self.step = step
        self._bodies: dict[str, StepBody] = {}
        self._settling: Timer | None = None
        self._entries = list(STEPS)
        self._start_wanted = False
        self._hindrance = ""
        self._hint_shown = ""

    def compose(self) -> ComposeResult:
        yield Rail([(step.name, step.title) for step in self._entries], _("Run"), id="rail")
        with Horizontal(id="middle"):
            yield Vertical(id="steps")
            yield SummaryPanel(id="side")
        yield Static("", id="hint", markup=False)
        yield SummaryLine(id="line")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        link = self.app.link
        self.facts = Inquiry(link, self, "facts", _model_of, read_facts)
        self.plan = Inquiry(link, self, "plan", _recipe_of, read_plan)
        self._ask()
        self.open_step(self.step)

    # --- steps ---------------------------------------------------------------------------------

    def open_step(self, name: str) -> None:
        """Bring a step to the front; it is made when it is first opened."""
        self.step = name
        body = self._bodies.get(name)
        for other in self._bodies.values():
            if other.display and other is not body and other.ready:
                other.left()
            other.display = other is body
        if body is None:
            body = STEPS.get(name).body(self)
            self._bodies[name] = body
            self.query_one("#steps").mount(body)
        elif body.ready:
            body.opened()
        self._say("")
        self._show()

    def body_ready(self, body: StepBody) -> None:
        """A step that was just made is on the screen."""
        body.recipe_changed()
        body.answers_changed()
        if body is self._bodies.get(self.step):
            body.opened()
            self._show_hint()

    def _ready(self) -> list[StepBody]:
        return [body for body in self._bodies.values() if body.ready]

    @property
    def body(self) -> StepBody:
        """The open step's widget."""
        return self._bodies[self.step]

    def action_next(self) -> None:
        """Go on to the next step, unless something here has to be put right first."""
        hindrance = self.body.hindrance()
        if hindrance:
            self._say(hindrance)
            return
        names = [step.name for step in self._entries]
        here = names.index(self.step)
        if here + 1 < len(names):
            self.open_step(names[here + 1])
        else:
            self.start()

    def action_back(self) -> None:
        """Back to the step before; from the first one to the first screen."""
        names = [step.name for step in self._entries]
        here = names.index(self.step)
        if here:
            self.open_step(names[here - 1])
        else:
            if self._settling is not None:
                self._settling.stop()
                self._settled()
            self.dismiss()

    def action_undo(self) -> None:
        """Take the last change back."""
        field = self.draft.undo()
        self.app.tell(
            _("Nothing to undo.") if field is None else _("Undone: {field}.").format(field=field)
        )

    @on(Rail.Clicked)
    def _rail_clicked(self, message: Rail.Clicked) -> None:
        self.open_step(message.name)

    @on(ChoiceList.Entered)
    def _row_entered(self, message: ChoiceList.Entered) -> None:
        self.action_next()

    # --- the draft and the host ----------------------------------------------------------------

    def _draft_changed(self, field: str) -> None:
        self._say("")
        for body in self._ready():
            body.recipe_changed()
        self._show()
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLE_SECONDS, self._settled)

    def _settled(self) -> None:
        self._settling = None
        self.app.keep_draft(self.draft.recipe)
        self._ask()

    def on_unmount(self) -> None:
        if self._settling is not None:
            keeping(self.draft.recipe)()

    def _ask(self) -> None:
        recipe = self.draft.recipe
        asked = [self.facts.ask(recipe), self.plan.ask(recipe)]
        if any(asked):
            self._answers_changed()

    # --- the start -----------------------------------------------------------------------------

    def start(self) -> None:
        """Make the run and go to its screen; waits for the plan if that is under way."""
        plan = self.plan.value
        if self.plan.problem is not None and not self.plan.asking:
            self._say(str(self.plan.problem))
        elif plan is None or not self.plan.fresh or not self.plan.is_about(self.draft.recipe):
            self._start_wanted = True
            self._ask()
            self.app.tell(_("Starts as soon as the plan is made."))
        elif plan.verdict == "does-not-fit":
            from tui.run.leave import Question

            self.app.push_screen(
                Question(
                    _("It does not fit"),
                    _("The plan needs {memory}. Out of memory is likely.").format(
                        memory=memory_words(plan)
                    ),
                    [
                        Row("plan", _("Back to the plan"), _("change what costs memory")),
                        Row("start", _("Start anyway"), _("the run says so if memory runs out")),
                    ],
                ),
                self._start_answered,
            )
        else:
            self._start(plan)

    def _start_answered(self, answer: str | None) -> None:
        if answer == "plan":
            self.open_step("plan")
        elif answer == "start" and self.plan.value is not None:
            self._start(self.plan.value)

    def _start(self, plan: PlanAnswer) -> None:
        from engine.runs import create

        name = self.draft.recipe.name
        recipe = plan.resolved.model_copy(update={"name": name})
        document = {**plan.document, "resolved": {**plan.document["resolved"], "name": name}}
        try:
            run = create(recipe, document)
        except TunesmithError as problem:
            self._say(str(problem))
            return
        if self._settling is not None:
            self._settling.stop()
            self._settling = None
        self.app.keep_draft(None)
        self.app.show_new_run(run)

    def host_changed(self, state: str) -> None:
        """The app tells that the host came or went."""
        if state == "running":
            self._ask()

    @on(Progress)
    def _progressed(self, message: Progress) -> None:
        if self.plan.progressed(message):
            self._answers_changed()

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        if self.facts.answered(message) or self.plan.answered(message):
            self._answers_changed()
        if self._start_wanted and not self.plan.asking:
            self._start_wanted = False
            self.start()

    def _answers_changed(self) -> None:
        for body in self._ready():
            body.answers_changed()
        self._show()

    def overview(self) -> Overview:
        """The recipe and what is known of it."""
        problem = self.plan.problem
        return Overview(
            recipe=self.draft.recipe,
            facts=self.facts.value if self.facts.fresh else None,
            plan=self.plan.value,
            planning=self.plan.asking,
            problem=None if problem is None or self.plan.asking else str(problem),
            problem_step=STEPS.get(self._wrong_step()).title if self._wrong_step() else None,
        )

    def _wrong_step(self) -> str:
        """The step in which the plan's problem can be put right, empty without one."""
        problem = self.plan.problem
        if problem is None or self.plan.asking:
            return ""
        return STEP_OF_SECTION.get((problem.field or "").split(".")[0], "plan")

    def _show(self) -> None:
        overview = self.overview()
        self.query_one(SummaryLine).show(overview)
        self.query_one(SummaryPanel).show(overview)
        self.query_one(Rail).show(self.step, frozenset({self._wrong_step()} - {""}))
        self._show_hint()

    # --- the line at the bottom ----------------------------------------------------------------

    def on_descendant_focus(self) -> None:
        self._say("")

    @on(ChoiceList.Chosen)
    def _row_chosen(self) -> None:
        self._show_hint()

    def _say(self, problem: str) -> None:
        """Say what hinders; empty text brings the hint back."""
        self._hindrance = problem
        self._show_hint()

    def _show_hint(self) -> None:
        line = self.query_one("#hint", Static)
        text = f"✗ {plain(self._hindrance)}" if self._hindrance else plain(self._hint())
        if text != self._hint_shown:
            self._hint_shown = text
            line.update(text)
            line.set_class(bool(self._hindrance), "-problem")

    def _hint(self) -> str:
        """What the focused thing says about itself."""
        node = self.focused
        while node is not None and node is not self:
            hint = getattr(node, "hint", None)
            if isinstance(hint, str):
                return hint
            node = node.parent  # type: ignore[assignment]
        return ""


def _model_of(recipe: Recipe) -> dict[str, Any]:
    return {"model": recipe.model.model_dump(mode="json")}


def _recipe_of(recipe: Recipe) -> dict[str, Any]:
    tree = recipe.model_dump(mode="json")
    tree["name"] = None  # a name changes no plan
    return {"recipe": tree, "gpu": None}
