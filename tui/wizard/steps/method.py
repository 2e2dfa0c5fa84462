"""The third step: what kind of training, and which weights it trains."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from engine.methods import METHODS, Method
from engine.stages import STAGES
from engine.words import _
from tui.run.amounts import brief_count, figure
from tui.wizard.choice_section import ChoiceSection
from tui.wizard.fitting import method_hindrance
from tui.wizard.step import Step, StepBody

if TYPE_CHECKING:
    from tui.wizard.screen import WizardScreen


class MethodBody(StepBody):
    """Two lists, each with the options of what is chosen."""

    def __init__(self, wizard: "WizardScreen") -> None:
        super().__init__(wizard, id="step-method")

    def compose(self) -> ComposeResult:
        yield ChoiceSection(self.draft, "stage", STAGES, _("What is it to learn?"), lambda _e: None)
        yield ChoiceSection(self.draft, "method", METHODS, _("Which weights?"), self._hindrance)
        yield Static("", classes="note", id="method-note", markup=False)

    def opened(self) -> None:
        self.query_one("#section-stage", ChoiceSection).entries.focus()

    def recipe_changed(self) -> None:
        for section in self.query(ChoiceSection):
            section.refresh_values()

    def answers_changed(self) -> None:
        plan = self.wizard.plan.value if self.wizard.plan.fresh else None
        self.query_one("#section-method", ChoiceSection).refresh_values()
        self.show_resolved()
        facts = self.wizard.facts.value
        note = ""
        if facts is not None and plan is not None and plan.trainable is not None:
            note = _("Trains {count} of {all} weights ({share} %).").format(
                count=brief_count(plan.trainable),
                all=brief_count(facts.parameters),
                share=figure(100 * plan.trainable / max(1, facts.parameters), 2),
            )
        self.query_one("#method-note", Static).update(note)

    def _hindrance(self, method: Method) -> str | None:
        return method_hindrance(method, self.draft.recipe, self.wizard.facts.value)


class MethodStep(Step):
    """Chooses `stage` and `method`."""

    name = "method"
    title = _("Method")
    order = 30

    def body(self, wizard: "WizardScreen") -> StepBody:
        return MethodBody(wizard)


ENTRY = MethodStep()
