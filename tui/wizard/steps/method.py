"""The third step: what kind of training, and which weights it trains."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from engine.methods import METHODS, Method
from engine.recipe import with_field
from engine.stages import STAGES
from engine.words import _
from tui.choice_list import Row
from tui.run.amounts import brief_count, figure
from tui.wizard.choice_section import ChoiceSection
from tui.wizard.fitting import QLORA, is_qlora, method_hindrance
from tui.wizard.step import Step, StepBody

if TYPE_CHECKING:
    from tui.wizard.screen import WizardScreen


MORE = "+more"
"""Row that unfolds the rest; no method is called so."""


class MethodSection(ChoiceSection):
    """The methods. QLoRA is a row of its own, though a recipe has it as lora and 4 bits."""

    _unfolded = False

    def _rows(self) -> list[Row]:
        """Those that few people need stay folded until one looks for them or has one."""
        rows = super()._rows()
        entry = self._entry()
        if self._unfolded or not getattr(entry, "common", True):
            self._unfolded = True
            return rows
        shown = [row for row in rows if METHODS.get(row.id).common]
        hidden = [row.id for row in rows if not METHODS.get(row.id).common]
        names = ", ".join(hidden)
        return [*shown, Row(MORE, _("more …"), names)]

    @property
    def _current(self) -> str:
        recipe = self._draft.recipe
        return QLORA if is_qlora(recipe) else recipe.method.name

    def choose(self, name: str) -> None:
        if name == MORE:
            self._unfolded = True
            self.refresh_values()
            return
        now, before = self._draft.recipe, self._current
        if QLORA not in {before, name}:
            super().choose(name)
            return
        plain = with_field(now, "quantization.name", "none", origin="")
        changed = with_field(plain, "method.name", name, origin="")
        if {before, name} == {"lora", QLORA}:
            changed = changed.model_copy(update={"method": now.method})
        self._draft.replace(changed)


class MethodBody(StepBody):
    """Two lists, each with the options of what is chosen."""

    def __init__(self, wizard: "WizardScreen") -> None:
        super().__init__(wizard, id="step-method")

    def compose(self) -> ComposeResult:
        yield ChoiceSection(self.draft, "stage", STAGES, _("What is it to learn?"), lambda _e: None)
        yield MethodSection(self.draft, "method", METHODS, _("Which weights?"), self._hindrance)
        yield Static("", classes="note", id="method-note", markup=False)

    def opened(self) -> None:
        # The step begins at its top; scrolling to a list whose rows are not laid out yet would
        # leave it anywhere.
        self.query_one("#section-stage", ChoiceSection).entries.focus(scroll_visible=False)

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
