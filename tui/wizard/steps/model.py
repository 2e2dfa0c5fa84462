"""The first step: which base model is tuned, and what it is."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from engine.errors import BadInput
from engine.models.facts import ModelFacts
from engine.models.known import KNOWN
from engine.recipe import Model
from engine.words import _
from tui.choice_list import ChoiceList, Row
from tui.host_link import Answered, Progress, Ticket
from tui.run.amounts import brief_bytes, brief_count
from tui.safe_text import plain
from tui.wizard.draft import sentence
from tui.wizard.field_spec import specs_of
from tui.wizard.file_picker import FilePicker
from tui.wizard.fold import Fold
from tui.wizard.options_form import FieldForm
from tui.wizard.path_field import PathField
from tui.wizard.step import Step, StepBody
from tui.wizard.summary import bar

if TYPE_CHECKING:
    from tui.wizard.screen import WizardScreen

OTHER = "other:"
ADVANCED = ["revision", "dtype", "attention", "rope_scaling", "adapter", "trust_remote_code"]


class ModelBody(StepBody):
    """A list of bases, a box for any other, and the facts of the one that is chosen."""

    BINDINGS = [
        Binding("t", "talk", _("Talk to it"), tooltip=_("Chat with the base before any training")),
        Binding(
            "d", "download", _("Download"), tooltip=_("Fetch the weights now; again to cancel")
        ),
        Binding("ctrl+o", "browse", _("Browse"), tooltip=_("Pick a model's folder on this disk")),
    ]

    DEFAULT_CSS = """
    ModelBody #models { max-height: 8; }
    ModelBody #model-facts { margin-top: 1; height: auto; min-height: 4; }
    ModelBody #model-note { height: auto; color: $text-muted; }
    ModelBody #download { height: auto; color: $accent; display: none; }
    ModelBody #download.-on { display: block; }
    ModelBody PathField { margin-top: 1; }
    ModelBody Collapsible { margin-top: 1; }
    """

    def __init__(self, wizard: "WizardScreen") -> None:
        super().__init__(wizard, id="step-model")
        self._download: Ticket | None = None

    def compose(self) -> ComposeResult:
        yield ChoiceList(id="models")
        yield PathField(
            _("folder or hub id"), _("./my-model  or  owner/name"), lambda _entry: False, id="path"
        )
        yield Static("", id="download", markup=False)
        yield Static("", id="model-facts", markup=False)
        yield Static("", id="model-note", markup=False)
        yield Fold(_("Advanced"), self._advanced)

    def _advanced(self) -> FieldForm:
        return FieldForm(self.draft, specs_of(Model, "model", ADVANCED), id="model-advanced")

    def opened(self) -> None:
        self.query_one(ChoiceList).focus()

    # --- what is shown -------------------------------------------------------------------------

    def recipe_changed(self) -> None:
        name = self.draft.recipe.model.id
        rows = [
            Row(
                model.name,
                model.name,
                model.summary,
                (brief_count(model.parameters), brief_bytes(model.download_bytes)),
            )
            for model in KNOWN
        ]
        known = any(row.id == name for row in rows)
        if not known:
            rows.insert(0, Row(name, name, _("your own choice"), ("", "")))
        rows.append(Row(OTHER, _("another…"), _("a folder on this disk, or any hub id"), ("", "")))
        models = self.query_one(ChoiceList)
        models.set_rows(rows, models.chosen if models.chosen == OTHER else name)
        self.query_one(PathField).show("" if known else name)
        for form in self.query(FieldForm):
            form.refresh_values()

    def answers_changed(self) -> None:
        self.show_resolved()
        facts, problem = self.wizard.facts, self.wizard.facts.problem
        field = self.query_one(PathField)
        shown = self.query_one("#model-facts", Static)
        note = self.query_one("#model-note", Static)
        if facts.asking:
            shown.update(_("Looking at {model}…").format(model=plain(self.draft.recipe.model.id)))
            note.update("")
            field.tell("")
        elif problem is not None:
            shown.update("")
            note.update("")
            field.tell(str(problem), problem=True)
        elif facts.value is not None:
            field.tell("")
            shown.update(_facts_table(facts.value))
            note.update("\n".join(_warnings(facts.value, self.draft.recipe.model)))

    def hindrance(self) -> str | None:
        if self.query_one(ChoiceList).chosen == OTHER:
            return _("Type a folder or a hub id first, or choose a model of the list.")
        facts = self.wizard.facts
        if facts.problem is not None and not facts.asking and facts.problem.code != "gone":
            return str(facts.problem)
        return None

    # --- what the person does ------------------------------------------------------------------

    @on(ChoiceList.Chosen, "#models")
    def _chosen(self, message: ChoiceList.Chosen) -> None:
        if message.id != OTHER:
            self._choose(message.id)

    @on(ChoiceList.Entered, "#models")
    def _entered_row(self, message: ChoiceList.Entered) -> None:
        if message.id == OTHER:
            message.stop()
            self.query_one(PathField).box.focus()

    @on(PathField.Entered)
    def _typed(self, message: PathField.Entered) -> None:
        message.stop()
        if message.text:
            self._choose(message.text)

    def _choose(self, name: str) -> None:
        models = self.query_one(ChoiceList)
        try:
            self.draft.edit("model.id", name)
        except BadInput as problem:
            self.query_one(PathField).tell(sentence(problem), problem=True)
            return
        if models.chosen == OTHER:
            models.choose(name)

    def action_browse(self) -> None:
        """Pick a folder."""
        here = Path(self.draft.recipe.model.id).expanduser()
        start = here.parent if here.is_dir() else Path.cwd()
        self.app.push_screen(
            FilePicker(
                _("Pick a model's folder"), start, folders=True, may_be_picked=lambda path: False
            ),
            self._picked,
        )

    def _picked(self, path: Path | None) -> None:
        if path is not None:
            self._choose(_short_path(path))

    def action_talk(self) -> None:
        """Talk to the base as it is."""
        if self.wizard.facts.problem is not None:
            self.app.tell(str(self.wizard.facts.problem), severity="warning")
            return
        self.app.open_base_chat(self.draft.recipe)

    def action_download(self) -> None:
        """Fetch the weights, or stop fetching them."""
        if self._download is not None:
            self.app.link.cancel(self._download)
            return
        self._download = self.app.link.ask(
            self, "download", {"model": self.draft.recipe.model.model_dump(mode="json")}
        )
        self._show_download(_("Asking for the files…"))

    def _show_download(self, words: str | Content) -> None:
        line = self.query_one("#download", Static)
        line.update(words)
        line.set_class(bool(words), "-on")

    @on(Progress)
    def _progressed(self, message: Progress) -> None:
        if message.ticket != self._download:
            return
        message.stop()
        done, total = message.value.get("done") or 0, message.value.get("total") or 0
        text = Content.assemble(
            bar(done, total, 20),
            " ",
            _("{done} of {total}").format(done=brief_bytes(done), total=brief_bytes(total or None)),
            "  ",
            (plain(message.value.get("file") or ""), "$text-muted"),
            (_("   d cancels"), "$text-muted"),
        )
        self._show_download(text)

    @on(Answered)
    def _downloaded(self, message: Answered) -> None:
        if message.ticket != self._download:
            return
        message.stop()
        self._download = None
        self._show_download("")
        if message.problem is None:
            self.app.tell(
                _("All files are here: {path}").format(path=message.value.get("path", ""))
            )
        elif message.problem.code == "cancelled":
            self.app.tell(_("Download stopped; what was fetched is kept."))
        else:
            self.query_one(PathField).tell(str(message.problem), problem=True)


def _short_path(path: Path) -> str:
    """A path as a person would type it: below here with ./, else whole."""
    try:
        below = os.path.relpath(path)
    except ValueError:
        return str(path)
    return str(path) if below.startswith("..") else f"./{below}"


def _facts_table(facts: ModelFacts) -> Content:
    """Two columns of labels and values."""
    heads = (
        _("{heads}, {kv} for keys").format(heads=facts.heads, kv=facts.kv_heads)
        if facts.kv_heads != facts.heads
        else str(facts.heads)
    )
    disk = brief_bytes(facts.disk_bytes) if facts.disk_bytes else _("not here yet")
    pairs = [
        (_("parameters"), brief_count(facts.parameters)),
        (_("layers"), str(facts.layers)),
        (_("context"), _("{n} tokens").format(n=f"{facts.context:,}")),
        (_("heads"), heads),
        (_("vocabulary"), f"{facts.vocabulary:,}"),
        (_("hidden"), _("{hidden}, inner {inner}").format(
            hidden=facts.hidden, inner=facts.intermediate)),
        (_("on disk"), disk),
        (_("architecture"), facts.model_type),
        (_("weights in"), facts.quantized or facts.dtype),
        (_("embeddings"), _("tied") if facts.tied_embeddings else _("not tied")),
        (_("biases"), _("yes") if facts.has_biases else _("no")),
        (_("chat template"), _("yes") if facts.chat_template else _("none")),
    ]  # fmt: skip
    half = (len(pairs) + 1) // 2
    lines = []
    for left, right in zip(pairs[:half], pairs[half:] + [("", "")] * half, strict=False):
        lines.append(
            Content.assemble(
                (left[0].ljust(12), "$text-muted"), plain(left[1]).ljust(22),
                (right[0].ljust(14), "$text-muted"), plain(right[1]),
            )
        )  # fmt: skip
    return Content("\n").join(lines)


def _warnings(facts: ModelFacts, model: Model) -> list[str]:
    told = [f"▲ {plain(warning)}" for warning in facts.warnings]
    if facts.needs_remote_code and not model.trust_remote_code:
        told.append(
            _("▲ This model brings Python code of its own. It runs only if you switch on "
              "“trust remote code”; do so only for authors you trust.")
        )  # fmt: skip
    if model.trust_remote_code:
        told.append(
            _("▲ Code that comes with this model will run on this machine with your rights.")
        )
    return told


class ModelStep(Step):
    """Chooses `model`."""

    name = "model"
    title = _("Model")
    order = 10

    def body(self, wizard: "WizardScreen") -> StepBody:
        return ModelBody(wizard)


ENTRY = ModelStep()
