"""The fifth step: what the recipe will cost, what was chosen for it and why, and what if."""

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from engine.errors import BadInput
from engine.methods import METHODS
from engine.quantization import QUANTIZATIONS
from engine.recipe import Data, Recipe, Training
from engine.words import _
from tui.background import Done, background
from tui.home import machine_facts
from tui.machine_view import machine_lines
from tui.safe_text import plain
from tui.wizard.draft import sentence
from tui.wizard.field_spec import FieldSpec, specs_of
from tui.wizard.fitting import quantization_hindrance
from tui.wizard.fold import Fold
from tui.wizard.options_form import FieldForm
from tui.wizard.plan_view import PlanView
from tui.wizard.resolved import value_words
from tui.wizard.step import Step, StepBody
from tui.wizard.what_if import (
    stepped_micro_batch,
    stepped_rank,
    toggled_checkpointing,
    toggled_four_bit,
)

if TYPE_CHECKING:
    from tui.wizard.screen import WizardScreen

FIRST = ["learning_rate", "epochs", "effective_batch", "micro_batch", "accumulation"]
SECOND = ["precision", "activation_checkpointing", "eval_every", "save_every"]
MACHINE_SECONDS = 5.0
"""How often the GPUs are looked at while this step is open."""


class PlanBody(StepBody):
    """Figures on top, then every value with its reason, then the machine."""

    BINDINGS = [
        Binding("right_square_bracket", "micro(1)", _("Larger batch"), show=False,
                tooltip=_("Double the micro batch")),
        Binding("left_square_bracket", "micro(-1)", _("[ ] Batch"), key_display=" ",
                tooltip=_("Halve the micro batch")),
        Binding("plus,equals_sign", "rank(1)", _("Larger rank"), show=False,
                tooltip=_("The next larger rank")),
        Binding("minus", "rank(-1)", _("- + Rank"), key_display=" ",
                tooltip=_("The next smaller rank")),
        Binding("c", "checkpointing", _("Checkpointing"),
                tooltip=_("Activation checkpointing on or off")),
        Binding("4", "four_bit", _("4-bit"), tooltip=_("Store the base in 4 bits, or as it is")),
        Binding("u", "auto", _("All auto"), show=False,
                tooltip=_("Leave batch, rank, checkpointing and learning rate to the plan again")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PlanBody FieldForm { margin-top: 1; }
    PlanBody Collapsible { margin-top: 1; }
    PlanBody #machine { height: auto; }
    PlanBody .heading { margin-top: 1; }
    PlanBody #more-reasons { display: none; text-wrap: nowrap; text-overflow: ellipsis; }
    PlanBody #more-reasons.-some { display: block; }
    """

    def __init__(self, wizard: "WizardScreen") -> None:
        super().__init__(wizard, id="step-plan")
        self._machine: Content | None = None

    def compose(self) -> ComposeResult:
        yield PlanView(id="figures")
        yield FieldForm(self.draft, self._specs(), id="plan-main")
        yield Static("", classes="note", id="more-reasons", markup=False)
        yield Static(_("This machine"), classes="heading", markup=False)
        yield Static("", id="machine", markup=False)
        yield Fold(_("More settings"), lambda: FieldForm(self.draft, _other_specs()))

    def on_mount(self) -> None:
        self._read_machine()
        self.set_interval(MACHINE_SECONDS, self._read_machine)

    def opened(self) -> None:
        self.query_one(PlanView).focus()

    def recipe_changed(self) -> None:
        self.query_one("#plan-main", FieldForm).set_specs(self._specs())
        for form in self.query(FieldForm):
            form.refresh_values()

    def answers_changed(self) -> None:
        plan = self.wizard.plan
        note = _("planning…") if plan.asking else ""
        if plan.asking and plan.phase:
            note = plain(plan.phase).replace("_", " ") + "…"
        problem = "" if plan.problem is None or plan.asking else str(plan.problem)
        self.query_one(PlanView).show(plan.value, note, problem)
        answer = plan.value
        self.show_resolved()
        shown = {row.spec.field for form in self.query(FieldForm) for row in form.rows()}
        lines = []
        for reason in answer.reasons if answer else ():
            if reason.field not in shown:
                value = value_words(reason.field, reason.value)
                lines.append(
                    Content.assemble(
                        reason.field.split(".")[-1].replace("_", " ").ljust(21),
                        (plain(value).ljust(21), "$foreground"), "  ", plain(reason.reason),
                    )
                )  # fmt: skip
        more = self.query_one("#more-reasons", Static)
        more.update(Content("\n").join(lines))
        more.set_class(bool(lines), "-some")

    def hindrance(self) -> str | None:
        problem = self.wizard.plan.problem
        return None if problem is None or self.wizard.plan.asking else str(problem)

    @on(PlanView.GoOn)
    def _go_on(self) -> None:
        self.wizard.action_next()

    def _specs(self) -> list[FieldSpec]:
        recipe = self.draft.recipe
        specs = specs_of(Training, "training", FIRST)
        if recipe.method.name in METHODS:
            options = METHODS.get(recipe.method.name).options
            names = [name for name in ("rank", "alpha") if name in options.model_fields]
            specs += specs_of(options, "method", names)
        specs += specs_of(Data, "data", ["max_length", "packing"])
        return specs + specs_of(Training, "training", SECOND)

    # --- what if -------------------------------------------------------------------------------

    def action_micro(self, direction: int) -> None:
        """Double or halve the micro batch; accumulation follows."""
        size = stepped_micro_batch(self._resolved(), direction)
        if self.draft.recipe.training.accumulation != "auto":
            self._change("training.accumulation", "auto")
        self._change("training.micro_batch", size)

    def action_rank(self, direction: int) -> None:
        """A larger or smaller adapter."""
        name = self.draft.recipe.method.name
        if name not in METHODS or "rank" not in METHODS.get(name).options.model_fields:
            self.app.tell(_("{method} has no rank.").format(method=name))
            return
        self._change("method.rank", stepped_rank(self._resolved(), direction))

    def action_checkpointing(self) -> None:
        """Compute activations twice, or keep them."""
        self._change("training.activation_checkpointing", toggled_checkpointing(self._resolved()))

    def action_four_bit(self) -> None:
        """The base in 4 bits, or as it is."""
        name = toggled_four_bit(self.draft.recipe)
        reason = quantization_hindrance(
            QUANTIZATIONS.get(name), self.draft.recipe, self.wizard.facts.value
        )
        if reason:
            self.app.tell(reason, severity="warning")
            return
        self._change("quantization.name", name)

    def action_auto(self) -> None:
        """Leave to the plan what the keys above change."""
        for field in ("micro_batch", "accumulation", "activation_checkpointing", "learning_rate"):
            self._change(f"training.{field}", "auto")
        options = self.draft.recipe.method.options
        for option in ("rank", "alpha"):
            if option in options:
                self._change(f"method.{option}", "auto")

    def _resolved(self) -> Recipe:
        """The recipe with what the plan knows, and what was changed since then on top."""
        plan = self.wizard.plan.value
        now = self.draft.recipe
        if plan is None:
            return now
        training: dict[str, Any] = {}
        for field in ("micro_batch", "activation_checkpointing"):
            value = getattr(now.training, field)
            training[field] = getattr(plan.resolved.training, field) if value == "auto" else value
        method = now.method
        if method.options.get("rank", "auto") == "auto":
            method = plan.resolved.method
        return now.model_copy(
            update={"training": now.training.model_copy(update=training), "method": method}
        )

    def _change(self, field: str, value: Any) -> None:
        try:
            self.draft.edit(field, value)
        except BadInput as problem:
            self.app.tell(sentence(problem), severity="error")

    # --- the machine ---------------------------------------------------------------------------

    def _read_machine(self) -> None:
        if self.display:
            background(self, "machine", machine_facts.read_machine)

    @on(Done)
    def _machine_read(self, message: Done) -> None:
        message.stop()
        words = (
            machine_lines(message.value)
            if message.problem is None
            else Content(plain(message.problem.message))
        )
        if self._machine is None or not words.is_same(self._machine):
            self._machine = words
            self.query_one("#machine", Static).update(words)


def _other_specs() -> list[FieldSpec]:
    names = [name for name in Training.model_fields if name not in {*FIRST, *SECOND}]
    return specs_of(Training, "training", names)


class PlanStep(Step):
    """Shows the plan and edits `training`."""

    name = "plan"
    title = _("Plan")
    order = 50

    def body(self, wizard: "WizardScreen") -> StepBody:
        return PlanBody(wizard)


ENTRY = PlanStep()
