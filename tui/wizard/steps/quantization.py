"""The fourth step: how the frozen base is held in memory."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from engine.quantization import QUANTIZATIONS, Quantization
from engine.words import _
from tui.run.amounts import brief_bytes
from tui.wizard.choice_section import ChoiceSection
from tui.wizard.fitting import quantization_hindrance
from tui.wizard.step import Step, StepBody
from tui.wizard.summary import bar

if TYPE_CHECKING:
    from tui.wizard.screen import WizardScreen

DTYPE_BYTES = {"fp32": 4, "bf16": 2, "fp16": 2}


class QuantizationBody(StepBody):
    """A list, its options, and what each way takes for this base."""

    DEFAULT_CSS = """
    QuantizationBody #sizes { margin-top: 1; height: auto; }
    """

    def __init__(self, wizard: "WizardScreen") -> None:
        super().__init__(wizard, id="step-quantization")

    def compose(self) -> ComposeResult:
        yield ChoiceSection(
            self.draft, "quantization", QUANTIZATIONS, _("How is the base stored?"), self._hindrance
        )
        yield Static("", id="sizes", markup=False)

    def opened(self) -> None:
        self.query_one(ChoiceSection).entries.focus()

    def recipe_changed(self) -> None:
        self.query_one(ChoiceSection).refresh_values()
        self._show_sizes()

    def answers_changed(self) -> None:
        self.query_one(ChoiceSection).refresh_values()
        self._show_sizes()

    def _hindrance(self, quantization: Quantization) -> str | None:
        return quantization_hindrance(quantization, self.draft.recipe, self.wizard.facts.value)

    def _show_sizes(self) -> None:
        """The base's weights, stored each way."""
        facts = self.wizard.facts.value
        shown = self.query_one("#sizes", Static)
        if facts is None:
            shown.update("")
            return
        recipe = self.draft.recipe
        dtype = recipe.model.dtype
        if dtype == "auto" and self.wizard.plan.value is not None:
            dtype = self.wizard.plan.value.resolved.model.dtype
        each = DTYPE_BYTES.get(dtype, 2)
        sizes = []
        for entry in QUANTIZATIONS:
            chosen = recipe.quantization.name == entry.name
            options = QUANTIZATIONS.options(
                entry.name, recipe.quantization.options if chosen else {}
            )
            sizes.append((entry.name, entry.weight_bytes(options, facts, each), chosen))
        most = max(size for _name, size, _chosen in sizes)
        width = max(len(name) for name, _size, _chosen in sizes)
        lines = [Content.styled(_("The base's weights in memory"), "$text-muted"), Content("")]
        for name, size, chosen in sizes:
            style = "$accent" if chosen else "$text-muted"
            lines.append(
                Content.assemble(
                    "› " if chosen else "  ", name.ljust(width + 2), (bar(size, most, 24), style),
                    "  ", brief_bytes(size),
                )
            )  # fmt: skip
        shown.update(Content("\n").join(lines))


class QuantizationStep(Step):
    """Chooses `quantization`."""

    name = "quantization"
    title = _("Quantization")
    order = 40

    def body(self, wizard: "WizardScreen") -> StepBody:
        return QuantizationBody(wizard)


ENTRY = QuantizationStep()
