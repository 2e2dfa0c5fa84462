"""The third step: what kind of training, and which weights it trains."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from engine.methods import METHODS, Method
from engine.stages import STAGES
from engine.words import _
from tui.safe_text import plain
from tui.wizard.choice_section import ChoiceSection
from tui.wizard.fitting import method_hindrance
from tui.wizard.resolved import resolved_text
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
        section = self.query_one("#section-method", ChoiceSection)
        for option in self.draft.recipe.method.options | {"rank": None, "alpha": None}:
            field = f"method.{option}"
            section.set_resolved(field, *resolved_text(plan, field))
        section.refresh_values()
        facts = self.wizard.facts.value
        note = ""
        if facts is not None and self.draft.recipe.method.name in METHODS:
            note = _trained(METHODS.get(self.draft.recipe.method.name), self, facts.parameters)
        self.query_one("#method-note", Static).update(plain(note))

    def _hindrance(self, method: Method) -> str | None:
        return method_hindrance(method, self.draft.recipe, self.wizard.facts.value)


def _trained(method: Method, body: MethodBody, parameters: int) -> str:
    """How many weights get gradients."""
    from tui.run.amounts import brief_count

    facts = body.wizard.facts.value
    if facts is None or not parameters:
        return ""
    plan = body.wizard.plan
    choice = plan.value.resolved.method if plan.fresh and plan.value else body.draft.recipe.method
    try:
        count = method.trainable_parameters(METHODS.options(choice.name, choice.options), facts)
    except (NotImplementedError, ArithmeticError, ValueError):
        return ""
    return _("Trains {count} of {all} weights ({share:.2f} %).").format(
        count=brief_count(count), all=brief_count(parameters), share=100 * count / parameters
    )


class MethodStep(Step):
    """Chooses `stage` and `method`."""

    name = "method"
    title = _("Method")
    order = 30

    def body(self, wizard: "WizardScreen") -> StepBody:
        return MethodBody(wizard)


ENTRY = MethodStep()
