"""The second step: what is trained on, with rows as the model will see them."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from engine.data.files import is_data_file
from engine.data.formats import FORMATS
from engine.data.sources import shipped
from engine.errors import BadInput
from engine.recipe import AUTO, Data, with_field
from engine.recipe.fields import Source
from engine.words import _
from tui.choice_list import ChoiceList, Row
from tui.run.amounts import brief_source
from tui.wizard.data.add_source import AddSource
from tui.wizard.data.check_pane import CheckPane
from tui.wizard.data.mixture import MixScreen, with_sources
from tui.wizard.data.panes import DataPanes
from tui.wizard.data.reading_pane import ReadingPane
from tui.wizard.draft import sentence
from tui.wizard.field_spec import FieldSpec, specs_of
from tui.wizard.file_picker import FilePicker
from tui.wizard.fold import Fold
from tui.wizard.options_form import FieldForm, FieldRow
from tui.wizard.path_field import PathField
from tui.wizard.step import Step, StepBody

if TYPE_CHECKING:
    from tui.wizard.screen import WizardScreen

OTHER = "other:"
MIXTURE = "mixture:"
MAIN = ["loss_on", "validation", "max_length"]
ADVANCED = [
    "split", "config", "revision", "template", "thinking", "system", "packing", "group_by_length",
    "max_samples", "eval_source", "streaming",
]  # fmt: skip


class DatasetBody(StepBody):
    """A list of data sets, a box for any other, how it is read, and a preview below."""

    BINDINGS = [
        Binding("ctrl+o", "browse", _("Browse"), tooltip=_("Pick a file on this disk")),
        Binding("p,f2", "pane('preview')", _("Preview"), show=False,
                tooltip=_("Rows as the model sees them")),
        Binding("r,f3", "pane('reading')", _("Reading"),
                tooltip=_("How rows are read: formats and columns")),
        Binding("c,f4", "pane('check')", _("Check"),
                tooltip=_("Every row accounted for, and advice")),
        Binding("t,f5", "tokens", _("Tokens"),
                tooltip=_("Look through the rows, token by token")),
        Binding("m,f6", "mix", _("Mix"), tooltip=_("Several data sets with weights")),
        Binding("escape", "form", _("Form"), tooltip=_("Back to the form")),
    ]  # fmt: skip

    HELP = _(
        "Preview: rows as the model sees them. Reading: which format, which column is which "
        "field. Check: what becomes of every row, why, and advice that a key takes. The letters "
        "below work in lists, the F-keys in boxes too."
    )

    DEFAULT_CSS = """
    DatasetBody { overflow: hidden; padding: 0; }
    DatasetBody #data-form { height: auto; max-height: 65%; padding: 0 2; scrollbar-size-vertical: 1; }
    DatasetBody #sources { max-height: 5; }
    DatasetBody FieldForm { margin-top: 0; }
    DatasetBody #data-main { margin-top: 1; }
    """

    def __init__(self, wizard: "WizardScreen") -> None:
        super().__init__(wizard, id="step-dataset")
        self._timer: Any = None
        self._refused: FieldRow | None = None
        """The row beside which the engine's complaint stands."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="data-form", can_focus=False):
            yield ChoiceList(id="sources")
            yield PathField(
                _("file or hub id"), _("./data.jsonl  or  owner/name"), _is_data, id="path"
            )
            yield FieldForm(self.draft, [_format_spec(), *specs_of(Data, "data", MAIN)],
                            id="data-main")  # fmt: skip
            yield Fold(_("Advanced"), self._advanced)
        yield DataPanes(self.wizard)

    @property
    def panes(self) -> DataPanes:
        """What is known of the data, below the form."""
        return self.query_one(DataPanes)

    def _advanced(self) -> FieldForm:
        return FieldForm(self.draft, specs_of(Data, "data", ADVANCED), id="data-advanced")

    def opened(self) -> None:
        self.query_one("#sources", ChoiceList).focus()
        self.panes.ask()

    def left(self) -> None:
        self.panes.stop()

    def recipe_changed(self) -> None:
        data = self.draft.recipe.data
        names = shipped()
        rows = [Row(name, name, summary) for name, summary in names.items()]
        mixed = data.all_sources()
        several = len(mixed) > 1
        source = MIXTURE if several else mixed[0].source
        if several:
            label = " + ".join(brief_source(one.source, 16) for one in mixed[:3])
            label += " + …" if len(mixed) > 3 else ""
            rows.insert(0, Row(MIXTURE, label, _("{n} sources, mixed").format(n=len(mixed))))
        elif source not in names:
            rows.insert(0, Row(source, brief_source(source), _("your own choice")))
        rows.append(Row(OTHER, _("another…"), _("a file or folder on this disk, or a hub id")))
        sources = self.query_one("#sources", ChoiceList)
        sources.set_rows(rows, sources.chosen if sources.chosen == OTHER else source)
        self.query_one(PathField).show("" if several or source in names else source)
        for form in self.query(FieldForm):
            form.refresh_values()
        self.panes.draft_changed()
        if self.display:
            if self._timer is not None:
                self._timer.stop()
            self._timer = self.set_timer(0.25, self.panes.ask)

    def answers_changed(self) -> None:
        self.show_resolved()
        self._show_format()
        problem = self.panes.preview.problem
        if problem is not None and problem.code == "gone" and self.app.link.state == "running":
            self.panes.ask()

    def hindrance(self) -> str | None:
        if self.query_one("#sources", ChoiceList).chosen == OTHER:
            return _("Type a file or a hub id first, or choose a data set of the list.")
        problem = self.panes.problem
        return None if problem is None or problem.code == "gone" else str(problem)

    @on(DataPanes.Told)
    def _told(self, message: DataPanes.Told) -> None:
        """Say what is wrong where it can be put right."""
        message.stop()
        field, problem = self.query_one("#path", PathField), self.panes.problem
        if self._refused is not None:
            self._refused.refuse("")
            self._refused = None
        field.tell("")
        self._show_format()
        if problem is None or self.query_one(ReadingPane).asks:
            return
        row = self._row_of(problem.field)
        if row is not None:
            row.refuse(str(problem))
            self._refused = row
        elif problem.field != "data.columns":
            field.tell(str(problem), problem=True)

    def _show_format(self) -> None:
        """Say beside `auto` what the rows are recognized as; that needs no plan."""
        row = self._row_of("data.format")
        if row is not None:
            on_auto = self.draft.recipe.data.format == AUTO
            recognized = self.panes.recognized if on_auto else ""
            row.set_resolved(recognized, _("recognized from the first rows") if recognized else "")

    def _row_of(self, field: str | None) -> FieldRow | None:
        """The form row whose field the engine complains about."""
        if field is None or field == "data.source":
            return None
        rows = (form.row(field) for form in self.query(FieldForm))
        return next((row for row in rows if row is not None), None)

    # --- the panes below -----------------------------------------------------------------------

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Where the window is low, the part that is worked in gets the room."""
        below = self.panes in event.widget.ancestors
        if below != self.has_class("-below"):
            self.set_class(below, "-below")
            self.refresh_bindings()

    def action_pane(self, name: str) -> None:
        """Bring a pane forward."""
        self.panes.bring(name)

    def action_form(self) -> None:
        """Back to the form."""
        self.query_one("#sources", ChoiceList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape goes from the panes to the form, and from there to the step before."""
        below = self.has_class("-below")
        return {"form": below, "browse": not below}.get(action, True)

    @on(ReadingPane.Chosen)
    def _reading_chosen(self, message: ReadingPane.Chosen) -> None:
        message.stop()
        data = self.draft.recipe.data
        if (data.format, data.columns) == (message.format, message.columns):
            return
        self._replace({"data.format": message.format, "data.columns": message.columns})

    @on(CheckPane.Taken)
    def _advice_taken(self, message: CheckPane.Taken) -> None:
        message.stop()
        self._replace({one.field: one.value for one in message.advice})

    @on(CheckPane.UndoWanted)
    def _undo_wanted(self, message: CheckPane.UndoWanted) -> None:
        message.stop()
        self.wizard.action_undo()

    @on(CheckPane.RowWanted)
    def _row_wanted(self, message: CheckPane.RowWanted) -> None:
        message.stop()
        names = [one.source for one in self.draft.recipe.data.all_sources()]
        if message.source in names or message.source != self.draft.recipe.data.eval_source:
            self._open_tokens(message.source, message.row)
        else:
            self.app.tell(
                _("Row {n} stands in {source}, which is only evaluated on.").format(
                    n=message.row, source=message.source
                )
            )

    def _replace(self, values: dict[str, Any]) -> None:
        """Change some fields at once, so that one undo takes them all back."""
        try:
            recipe = self.draft.recipe
            for field, value in values.items():
                recipe = with_field(recipe, field, value, origin="")
        except BadInput as problem:
            self.app.tell(sentence(problem), severity="error")
        else:
            self.draft.replace(recipe, ", ".join(values))

    def action_tokens(self) -> None:
        """Look through the rows, token by token."""
        self._open_tokens("", 1)

    def _open_tokens(self, source: str, row: int) -> None:
        plan = self.wizard.plan
        recipe = self.draft.recipe
        resolved = plan.value.resolved if plan.value and plan.is_about(recipe) else None
        self.app.open_tokens(resolved if plan.fresh and resolved else recipe, source, row)

    # --- several sources -----------------------------------------------------------------------

    def action_mix(self) -> None:
        """Several data sets with weights."""
        self.app.push_screen(MixScreen(self.draft), self._mixed)

    def _mixed(self, answer: str | None) -> None:
        if answer == "add":
            self.app.push_screen(AddSource(shipped(), _is_data), self._added)

    def _added(self, source: str | None) -> None:
        if source == "":
            self._browse(self._add)
        elif source:
            self._add(source)
        else:
            self.action_mix()

    def _add(self, source: str) -> None:
        sources: Sequence[Source] = self.draft.recipe.data.all_sources()
        try:
            mixed = with_sources(self.draft.recipe, [*sources, Source(source=source)])
        except BadInput as problem:
            self.app.tell(sentence(problem), severity="error")
        else:
            self.draft.replace(mixed, "data.sources")
        self.action_mix()

    # --- one source ----------------------------------------------------------------------------

    @on(ChoiceList.Chosen, "#sources")
    def _chosen(self, message: ChoiceList.Chosen) -> None:
        if message.id not in {OTHER, MIXTURE}:
            self._choose(message.id)

    @on(ChoiceList.Entered, "#sources")
    def _entered_row(self, message: ChoiceList.Entered) -> None:
        if message.id == OTHER:
            message.stop()
            self.query_one(PathField).box.focus()

    @on(PathField.Entered)
    def _typed(self, message: PathField.Entered) -> None:
        message.stop()
        if message.text:
            self._choose(message.text)

    def _choose(self, source: str) -> None:
        sources = self.query_one("#sources", ChoiceList)
        mixed = self.draft.recipe.data.all_sources()
        if len(mixed) == 1 and source == mixed[0].source:
            return
        try:
            recipe = with_field(self.draft.recipe, "data.source", source, origin="")
            # What was chosen for other rows is no answer to how these are read.
            for field, value in (("data.format", AUTO), ("data.columns", {})):
                recipe = with_field(recipe, field, value, origin="")
        except BadInput as problem:
            self.query_one("#path", PathField).tell(sentence(problem), problem=True)
            return
        self.draft.replace(recipe, "data.source")
        if sources.chosen == OTHER:
            sources.choose(source)

    def action_browse(self) -> None:
        """Pick a file or a folder."""
        self._browse(self._choose)

    def _browse(self, take: Callable[[str], None]) -> None:
        here = Path(self.draft.recipe.data.source).expanduser()
        start = here.parent if here.parent.is_dir() and here.exists() else Path.cwd()

        def picked(path: Path | None) -> None:
            if path is not None:
                below = os.path.relpath(path)
                take(str(path) if below.startswith("..") else f"./{below}")

        self.app.push_screen(
            FilePicker(
                _("Pick a data file or a folder"),
                start,
                folders=True,
                files=True,
                may_be_picked=is_data_file,
            ),
            picked,
        )


def _is_data(entry: "os.DirEntry[str]") -> bool:
    return is_data_file(Path(entry.name))


def _format_spec() -> FieldSpec:
    """`data.format` as a choice among the formats of the table."""
    info = Data.model_fields["format"]
    return FieldSpec(
        "data.format", _("format"), info.description or "", AUTO, frozenset({"auto"}),
        tuple(FORMATS.names()),
    )  # fmt: skip


class DatasetStep(Step):
    """Chooses `data`."""

    name = "dataset"
    title = _("Dataset")
    order = 20

    def body(self, wizard: "WizardScreen") -> StepBody:
        return DatasetBody(wizard)


ENTRY = DatasetStep()
