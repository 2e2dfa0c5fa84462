"""The second step: what is trained on, with rows as the model will see them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from engine.data.files import is_data_file
from engine.data.formats import FORMATS
from engine.data.sources import shipped
from engine.errors import BadInput
from engine.recipe import AUTO, Data, Recipe
from engine.words import _
from tui.choice_list import ChoiceList, Row
from tui.host_link import Answered
from tui.wizard.answers import Inquiry
from tui.wizard.draft import COLUMNS, sentence
from tui.wizard.field_spec import FieldSpec, specs_of
from tui.wizard.file_picker import FilePicker
from tui.wizard.fold import Fold
from tui.wizard.options_form import FieldForm, FieldRow
from tui.wizard.path_field import PathField
from tui.wizard.preview import LIMIT, TokenPreview, read_preview
from tui.wizard.step import Step, StepBody

if TYPE_CHECKING:
    from tui.wizard.screen import WizardScreen

OTHER = "other:"
MAIN = ["loss_on", "validation", "max_length"]
ADVANCED = [
    "split", "config", "revision", "template", "thinking", "system", "packing", "group_by_length",
    "max_samples", "eval_source", "streaming",
]  # fmt: skip


class DatasetBody(StepBody):
    """A list of data sets, a box for any other, how it is read, and a preview below."""

    BINDINGS = [
        Binding("ctrl+o", "browse", _("Browse"), tooltip=_("Pick a file on this disk")),
    ]

    DEFAULT_CSS = """
    DatasetBody { overflow: hidden; padding: 0; }
    DatasetBody #data-form { height: auto; max-height: 65%; padding: 0 2; scrollbar-size-vertical: 1; }
    DatasetBody #sources { max-height: 5; }
    DatasetBody FieldForm { margin-top: 0; }
    DatasetBody #data-main { margin-top: 1; }
    DatasetBody #columns { padding-left: 0; }
    """

    def __init__(self, wizard: "WizardScreen") -> None:
        super().__init__(wizard, id="step-dataset")
        self.preview = Inquiry(wizard.app.link, self, "preview", _preview_of, read_preview)
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
            yield Fold(_("Columns"), self._columns, id="columns-fold")
            yield Fold(_("Advanced"), self._advanced)
        yield TokenPreview()

    def _columns(self) -> FieldForm:
        return FieldForm(self.draft, _column_specs(self.draft.recipe), id="columns")

    def _advanced(self) -> FieldForm:
        return FieldForm(self.draft, specs_of(Data, "data", ADVANCED), id="data-advanced")

    def opened(self) -> None:
        self.query_one(ChoiceList).focus()
        self._ask()

    def recipe_changed(self) -> None:
        data = self.draft.recipe.data
        names = shipped()
        rows = [Row(name, name, summary) for name, summary in names.items()]
        several = len(data.all_sources()) > 1
        source = data.all_sources()[0].source
        known = source in names and not several
        if not known:
            note = (
                _("{n} sources, mixed").format(n=len(data.all_sources()))
                if several
                else _("your own choice")
            )
            rows.insert(0, Row(source, source, note))
        rows.append(Row(OTHER, _("another…"), _("a file or folder on this disk, or a hub id")))
        sources = self.query_one(ChoiceList)
        sources.set_rows(rows, sources.chosen if sources.chosen == OTHER else source)
        self.query_one(PathField).show("" if known or several else source)
        for form in self.query("#columns").results(FieldForm):
            form.set_specs(_column_specs(self.draft.recipe))
        for form in self.query(FieldForm):
            form.refresh_values()
        if self.display:
            if self._timer is not None:
                self._timer.stop()
            self._timer = self.set_timer(0.25, self._ask)

    def answers_changed(self) -> None:
        self.show_resolved()
        self._show_preview()

    def hindrance(self) -> str | None:
        if self.query_one(ChoiceList).chosen == OTHER:
            return _("Type a file or a hub id first, or choose a data set of the list.")
        problem = self.preview.problem
        if problem is not None and not self.preview.asking and problem.code != "gone":
            return str(problem)
        return None

    def _ask(self) -> None:
        if self.preview.ask(self.draft.recipe):
            self._show_preview()

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        if self.preview.answered(message):
            message.stop()
            self._show_preview()

    def _show_preview(self) -> None:
        pane, field = self.query_one(TokenPreview), self.query_one(PathField)
        problem = self.preview.problem
        if self._refused is not None:
            self._refused.refuse("")
            self._refused = None
        if self.preview.asking:
            field.tell("")
            if self.preview.value is None:
                pane.say(_("Reading the first rows…"))
        elif problem is not None:
            field.tell("")
            row = self._row_of(problem.field)
            if row is not None:
                row.refuse(str(problem))
                self._refused = row
                pane.say(_("There is nothing to show until that is put right."))
            else:
                field.tell(str(problem), problem=True)
                pane.say(_("There is nothing to show yet."))
        elif self.preview.value is not None:
            field.tell("")
            pane.show(self.preview.value)

    def _row_of(self, field: str | None) -> FieldRow | None:
        """The form row whose field the engine complains about."""
        if field is None or field == "data.source":
            return None
        if field == "data.columns":
            self.query_one("#columns-fold", Fold).collapsed = False
            given = self.draft.recipe.data.columns
            rows = self.query("#columns FieldRow").results(FieldRow)
            return next((row for row in rows if row.spec.field[len(COLUMNS) :] in given), None)
        for form in self.query(FieldForm):
            row = form.row(field)
            if row is not None:
                return row
        return None

    @on(ChoiceList.Chosen, "#sources")
    def _chosen(self, message: ChoiceList.Chosen) -> None:
        if message.id != OTHER:
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
        sources = self.query_one(ChoiceList)
        data = self.draft.recipe.data
        if len(data.all_sources()) > 1 and source == data.all_sources()[0].source:
            return
        try:
            self.draft.edit("data.source", source)
        except BadInput as problem:
            self.query_one(PathField).tell(sentence(problem), problem=True)
            return
        if sources.chosen == OTHER:
            sources.choose(source)

    def action_browse(self) -> None:
        """Pick a file."""
        here = Path(self.draft.recipe.data.source).expanduser()
        start = here.parent if here.parent.is_dir() and here.exists() else Path.cwd()
        self.app.push_screen(
            FilePicker(
                _("Pick a data file"),
                start,
                folders=False,
                may_be_picked=is_data_file,
            ),
            self._picked,
        )

    def _picked(self, path: Path | None) -> None:
        if path is None:
            return
        below = os.path.relpath(path)
        self._choose(str(path) if below.startswith("..") else f"./{below}")


def _is_data(entry: "os.DirEntry[str]") -> bool:
    return is_data_file(Path(entry.name))


def _preview_of(recipe: Recipe) -> dict[str, Any]:
    """Only what changes the preview, so that nothing else asks anew."""
    tree = recipe.model_dump(mode="json")
    return {
        "recipe": {
            "model": tree["model"],
            "data": {**tree["data"], "validation": 0.0},
            "stage": tree["stage"],
        },
        "limit": LIMIT,
    }


def _format_spec() -> FieldSpec:
    """`data.format` as a choice among the formats of the table."""
    info = Data.model_fields["format"]
    return FieldSpec(
        "data.format", _("format"), info.description or "", AUTO, frozenset({"auto"}),
        tuple(FORMATS.names()),
    )  # fmt: skip


def _column_specs(recipe: Recipe) -> list[FieldSpec]:
    """One row a field of the format; with format auto, of all formats of this stage."""
    from engine.stages import STAGES

    chosen = recipe.data.format
    kind = STAGES.get(recipe.stage.name).kind if recipe.stage.name in STAGES else None
    formats = [
        entry for entry in FORMATS
        if (entry.name == chosen if chosen != AUTO else entry.kind == kind)
    ]  # fmt: skip
    fields = {field.name: field for entry in formats for field in entry.fields}
    return [
        FieldSpec(f"data.columns.{name}", name, field.help, None, frozenset({"none", "text"}), ())
        for name, field in fields.items()
    ]


class DatasetStep(Step):
    """Chooses `data`."""

    name = "dataset"
    title = _("Dataset")
    order = 20

    def body(self, wizard: "WizardScreen") -> StepBody:
        return DatasetBody(wizard)


ENTRY = DatasetStep()
