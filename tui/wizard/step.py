"""What a step of the wizard is: an entry in a table, and a body that edits the draft."""

from typing import TYPE_CHECKING, Any

from textual import getters, on
from textual.containers import VerticalScroll

from engine.tables import Choice, Table
from tui.app import TunesmithApp
from tui.wizard.options_form import FieldForm, FieldRow
from tui.wizard.resolved import resolved_text

if TYPE_CHECKING:
    from tui.wizard.screen import WizardScreen


class Step(Choice):
    """One step. `title` stands in the rail at the top; smaller `order` comes first."""

    title: str = ""

    def body(self, wizard: "WizardScreen") -> "StepBody":
        """The step's widget, made when it is first opened."""
        raise NotImplementedError  # every entry overrides this


class StepBody(VerticalScroll, can_focus=False):
    """The part of the screen that a step fills."""

    app = getters.app(TunesmithApp)

    DEFAULT_CSS = """
    StepBody { height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
    StepBody .heading { color: $text-muted; height: 1; }
    StepBody .note { color: $text-muted; height: auto; }
    StepBody .problem { color: $error; height: auto; }
    """

    HELP = ""

    def __init__(self, wizard: "WizardScreen", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.wizard = wizard
        self.draft = wizard.draft
        self.ready = False
        """All widgets of the body are there."""

    def on_mount(self) -> None:
        self.call_after_refresh(self._is_ready)

    def _is_ready(self) -> None:
        self.ready = True
        self.wizard.body_ready(self)

    @on(FieldForm.Arrived)
    def _form_arrived(self, message: FieldForm.Arrived) -> None:
        message.stop()
        if self.ready:
            self.recipe_changed()
            self.answers_changed()

    def opened(self) -> None:
        """The step came to the front: put the focus where work begins."""

    def left(self) -> None:
        """Another step came to the front: what is worked on for this one only may end."""

    def recipe_changed(self) -> None:
        """The draft changed, here or elsewhere."""

    def answers_changed(self) -> None:
        """Facts, preview or plan arrived, failed or are asked anew."""

    def show_resolved(self) -> None:
        """Say beside each field left on auto what the plan makes of it, and why."""
        plan = self.wizard.plan.value
        for row in self.query(FieldRow):
            field = row.spec.field
            on_auto = self.draft.read(field) == "auto"
            row.set_resolved(*(resolved_text(plan, field) if on_auto else ("", "")))

    def hindrance(self) -> str | None:
        """Why the next step cannot be opened yet, None when it can."""
        return None


STEPS: Table[Step] = Table("tui.wizard.steps", "step")
"""The wizard's steps in order."""
