"""The last step before the run: the recipe as YAML, its name, and the start."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from engine import locations
from engine.errors import TunesmithError
from engine.recipe import Recipe, dump
from engine.words import _
from tui.choice_list import ChoiceList, Row
from tui.text_prompt import TextPrompt
from tui.wizard.field_spec import FieldSpec
from tui.wizard.options_form import FieldForm
from tui.wizard.recipe_text import marked_yaml
from tui.wizard.step import Step, StepBody

if TYPE_CHECKING:
    from tui.wizard.screen import WizardScreen


class RecipeView(VerticalScroll, can_focus=True):
    """The YAML, scrolled with the arrows or j and k."""

    BINDINGS = [
        Binding("j", "scroll_down", _("Down"), show=False),
        Binding("k", "scroll_up", _("Up"), show=False),
        Binding("g", "scroll_home", _("To the top"), show=False),
        Binding("G", "scroll_end", _("To the end"), show=False),
    ]


class ReviewBody(StepBody):
    """A small menu above the recipe."""

    BINDINGS = [
        Binding("s", "do('preset')", _("Save preset"), tooltip=_("Keep this recipe under a name")),
        Binding("y", "do('copy')", _("Copy"), tooltip=_("Copy the YAML to your clipboard")),
        Binding("w", "do('write')", _("Write file"), tooltip=_("Write the YAML to a file")),
        Binding("f", "complete", _("All fields"), tooltip=_("Show fields with their defaults too")),
    ]

    DEFAULT_CSS = """
    ReviewBody { overflow: hidden; padding: 0; }
    ReviewBody #review-menu { padding: 0 2; }
    ReviewBody FieldForm { padding: 0 2 0 4; margin: 1 0; }
    ReviewBody RecipeView {
        height: 1fr; border-top: solid $border-blurred; padding: 0 4; scrollbar-size-vertical: 1;
        border-title-color: $text-muted; border-subtitle-color: $text-muted;
    }
    ReviewBody #yaml { text-wrap: nowrap; text-overflow: ellipsis; }
    ReviewBody RecipeView:focus { border-top: solid $accent; border-title-color: $accent; }
    """

    def __init__(self, wizard: "WizardScreen") -> None:
        super().__init__(wizard, id="step-review")
        self._complete = False

    def compose(self) -> ComposeResult:
        yield ChoiceList(
            [
                Row(
                    "start",
                    _("Start training"),
                    _("in a process of its own; it outlives this window"),
                ),
                Row("preset", _("Save as preset"), _("to replay it later")),
                Row("copy", _("Copy"), _("the YAML, through your terminal and to a file")),
                Row("write", _("Write to a file"), _("for tunesmith train FILE")),
            ],
            "start",
            id="review-menu",
        )
        yield FieldForm(
            self.draft,
            [FieldSpec("name", _("name of the run"), _("optional; sessions are listed by it"), None,
                       frozenset({"none", "text"}))],
        )  # fmt: skip
        with RecipeView() as view:
            view.border_title = _("Recipe")
            yield Static("", id="yaml", markup=False)

    def opened(self) -> None:
        self.query_one(ChoiceList).focus()

    def recipe_changed(self) -> None:
        self.query_one(FieldForm).refresh_values()
        self._show()

    def answers_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        plan = self.wizard.plan
        ready = plan.fresh and plan.value is not None
        recipe = self._recipe()
        self.query_one("#yaml", Static).update(
            marked_yaml(recipe, plan.value if ready else None, complete=self._complete)
        )
        view = self.query_one(RecipeView)
        if plan.asking:
            view.border_subtitle = _("planning…")
        elif plan.problem is not None:
            view.border_subtitle = _("no plan yet")
        else:
            view.border_subtitle = _("marked values were chosen by the plan")
        menu = self.query_one("#review-menu", ChoiceList)
        reason = None
        if plan.problem is not None and not plan.asking:
            reason = str(plan.problem)
        rows = [
            Row("start", row.label, _("in a process of its own; it outlives this window"),
                reason=reason)
            if row.id == "start" else row
            for row in menu.rows
        ]  # fmt: skip
        if rows != menu.rows:
            chosen = menu.chosen or "start"
            menu.set_rows(rows, chosen)

    def _recipe(self) -> Recipe:
        plan = self.wizard.plan
        if plan.fresh and plan.value is not None:
            return plan.value.resolved.model_copy(update={"name": self.draft.recipe.name})
        return self.draft.recipe

    @on(ChoiceList.Entered, "#review-menu")
    def _entered(self, message: ChoiceList.Entered) -> None:
        message.stop()
        self.action_do(message.id)

    def action_do(self, what: str) -> None:
        """One entry of the menu."""
        if what == "start":
            self.wizard.start()
        elif what == "preset":
            self._save_preset()
        elif what == "copy":
            self._copy()
        elif what == "write":
            self._write()

    def action_complete(self) -> None:
        """Show every field, or only those that differ from the defaults."""
        self._complete = not self._complete
        self._show()

    def _copy(self) -> None:
        text = dump(self._recipe())
        self.app.copy_to_clipboard(text)
        path = locations.private_directory(locations.home()) / "copied.yaml"
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            self.app.tell(
                _("Copied. A file could not be written: {why}").format(why=error.strerror or error),
                severity="warning",
            )
            return
        self.app.tell(_("Copied, and written to {path}").format(path=path))

    def _write(self) -> None:
        name = self.draft.recipe.name or "recipe"
        self.app.push_screen(
            TextPrompt(_("Write the recipe to"), f"./{name}.yaml", _file_refusal), self._write_to
        )

    def _write_to(self, text: str | None) -> None:
        if text is None:
            return
        path = Path(text).expanduser()
        try:
            path.write_text(dump(self._recipe()), encoding="utf-8")
        except OSError as error:
            self.app.tell(
                _("{path} cannot be written: {why}").format(path=path, why=error.strerror or error),
                severity="error",
            )
            return
        self.app.tell(_("Written to {path}").format(path=path.absolute()))

    def _save_preset(self) -> None:
        self.app.push_screen(
            TextPrompt(
                _("Name of the preset"),
                self.draft.recipe.name or "",
                partial(_save_refusal, self.draft.recipe),
            ),
            self._preset_saved,
        )

    def _preset_saved(self, name: str | None) -> None:
        if name is not None:
            self.app.tell(_("Saved. `tunesmith replay {name}` runs it.").format(name=name))


def _save_refusal(recipe: Recipe, name: str) -> str | None:
    """Save the recipe under that name, or say why it cannot be."""
    from engine.plan.presets import save_preset

    try:
        save_preset(recipe, name)
    except TunesmithError as problem:
        return str(problem)
    return None


def _file_refusal(text: str) -> str | None:
    path = Path(text).expanduser()
    if not text:
        return _("A file needs a name.")
    if path.is_dir():
        return _("{path} is a folder; add a file name.").format(path=path)
    if path.exists():
        return _("{path} exists; choose another name.").format(path=path)
    if not path.parent.is_dir():
        return _("There is no folder {path}.").format(path=path.parent)
    return None


class ReviewStep(Step):
    """Shows the recipe and starts the run."""

    name = "review"
    title = _("Review")
    order = 60

    def body(self, wizard: "WizardScreen") -> StepBody:
        return ReviewBody(wizard)


ENTRY = ReviewStep()
