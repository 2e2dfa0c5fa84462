"""Below the form of the Dataset step: rows as the model sees them, how they are read, the check."""

from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message

from engine.data.rows import Kind
from engine.data.sources import is_hub_id
from engine.errors import Problem
from engine.recipe import AUTO, Recipe
from engine.words import _
from tui.choice_list import ChoiceList
from tui.host_link import Answered, Progress
from tui.wizard.answers import Inquiry
from tui.wizard.data.check_pane import CheckPane, brief
from tui.wizard.data.checkup import Checking
from tui.wizard.data.pane_tabs import PaneTab, PaneTabs
from tui.wizard.data.reading_pane import ReadingPane, read_recognition
from tui.wizard.preview import LIMIT, TokenPreview, read_preview

if TYPE_CHECKING:
    from tui.wizard.screen import WizardScreen

PREVIEW, READING, CHECK = "preview", "reading", "check"
SPLIT_WIDTH = 120
"""From so many columns on the check stands beside the preview or the reading."""


class DataPanes(Vertical):
    """Asks the host about the draft's data and shows its answers, one pane in front."""

    DEFAULT_CSS = """
    DataPanes { height: 1fr; min-height: 6; }
    DataPanes #data-pair { height: 1fr; }
    DataPanes .-behind { display: none; }
    DataPanes.-split CheckPane { border-left: solid $border-blurred; }
    """

    class Told(Message):
        """There is something new about the source: rows, or what is wrong with it."""

    def __init__(self, wizard: "WizardScreen") -> None:
        super().__init__(id="data-panes")
        link = wizard.app.link
        self._draft = wizard.draft
        self.preview = Inquiry(link, self, "preview", _preview_of, read_preview)
        self.recognition = Inquiry(link, self, "recognize", _recognize_of, read_recognition)
        self.checking = Checking(link, self)
        self.front = self._beside = PREVIEW
        self._asked_to_check = ""
        """The source that the person wants checked although it has to be fetched for it."""
        self._questioned: Any = None

    def compose(self) -> ComposeResult:
        yield PaneTabs()
        with Horizontal(id="data-pair"):
            yield TokenPreview(id=f"pane-{PREVIEW}")
            yield ReadingPane(id=f"pane-{READING}")
            yield CheckPane(id=f"pane-{CHECK}")

    def on_mount(self) -> None:
        self._bring(PREVIEW)

    def on_resize(self, event: events.Resize) -> None:
        """In a wide window the check stands beside the others."""
        split = event.size.width >= SPLIT_WIDTH
        if split != self.has_class("-split"):
            self.set_class(split, "-split")
            self._bring(self.front)

    def on_unmount(self) -> None:
        self.checking.stop()

    # --- which pane is in front ----------------------------------------------------------------

    def _bring(self, name: str) -> None:
        if name != CHECK:
            self._beside = name
        self.front = name
        seen = {self._beside, CHECK} if self.has_class("-split") else {name}
        for pane in (PREVIEW, READING, CHECK):
            self.query_one(f"#pane-{pane}").set_class(pane not in seen, "-behind")
        self._show_tabs()

    def bring(self, name: str) -> None:
        """Put a pane in front and the focus into it."""
        self._bring(name)
        if name == CHECK:
            self._asked_to_check = self._draft.recipe.data.source
            self._check()
            self.query_one(CheckPane).focus_list()
        elif name == READING:
            self.query_one("#readings", ChoiceList).focus()
        else:
            self.query_one(TokenPreview).focus()

    @on(PaneTabs.Picked)
    def _picked(self, message: PaneTabs.Picked) -> None:
        message.stop()
        self.bring(message.id)

    # --- questions -----------------------------------------------------------------------------

    def draft_changed(self) -> None:
        """An account of other data than the draft's is worth no more work."""
        if not self.checking.is_about(self._draft.recipe):
            self.checking.stop()

    def ask(self) -> None:
        """Ask whatever the draft as it is now leaves open."""
        recipe = self._draft.recipe
        self.recognition.ask(recipe)
        self.preview.ask(recipe)
        self._check()
        self.show()

    def stop(self) -> None:
        """Nobody looks any more."""
        self.checking.stop()

    def _check(self) -> None:
        recipe = self._draft.recipe
        if self.preview.fresh and self.preview.problem is None and not self._fetches(recipe):
            self.checking.ask(recipe)

    def _fetches(self, recipe: Recipe) -> bool:
        """Whether a check would fetch a whole data set that nobody asked for."""
        source = recipe.data.source
        return source != self._asked_to_check and any(
            is_hub_id(one.source) for one in recipe.data.all_sources()
        )

    @on(Progress)
    def _progressed(self, message: Progress) -> None:
        message.stop()
        if self.checking.progressed(message):
            self._show_check()

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        message.stop()
        if self.preview.answered(message):
            self._check()
        elif not self.recognition.answered(message) and not self.checking.answered(message):
            return
        self.show()
        self.post_message(self.Told())

    # --- what is seen --------------------------------------------------------------------------

    @property
    def problem(self) -> Problem | None:
        """Why no row can be shown; None while that is being asked."""
        return None if self.preview.asking else self.preview.problem

    @property
    def recognized(self) -> str:
        """The format that the rows are recognized as; empty where that is open."""
        known = self.recognition
        found = known.value if known.fresh and known.problem is None else None
        return found.chosen.format if found is not None and found.chosen is not None else ""

    def show(self) -> None:
        """Show what is known."""
        self._show_preview()
        self._show_reading()
        self._show_check()

    def _show_preview(self) -> None:
        pane = self.query_one(TokenPreview)
        if self.preview.asking:
            if self.preview.value is None:
                pane.say(_("Reading the first rows…"))
        elif self.preview.problem is not None:
            pane.say(_("There is nothing to show until that is put right."))
        elif self.preview.value is not None:
            pane.show(self.preview.value)

    def _show_reading(self) -> None:
        pane = self.query_one(ReadingPane)
        preview = self.preview
        known = self.recognition
        problem = known.problem if known.problem is not None else self.problem
        found = known.value if known.fresh and known.problem is None else None
        pane.show(
            found,
            self._draft.recipe.data,
            kind_of(self._draft.recipe),
            preview.value if preview.fresh else None,
            problem,
        )
        about = known.value if pane.asks else None
        if about is not None and about != self._questioned:
            self._bring(READING)
        self._questioned = about

    def _show_check(self) -> None:
        pane, recipe = self.query_one(CheckPane), self._draft.recipe
        checking = self.checking
        if checking.is_about(recipe):
            pane.show(checking.seen, recipe, checking.problem)
        elif self.query_one(ReadingPane).asks:
            pane.say(_("The check begins as soon as a reading is chosen (r)."))
        elif self.problem is not None:
            pane.say(_("There is nothing to check until that is put right."))
        elif self._fetches(recipe):
            pane.say(_("c fetches the whole data set and checks every row of it."))
        elif checking.value is not None:
            pane.show(None, recipe, None)
        else:
            pane.say(_("Reading the first rows…"))
        self._show_tabs()

    def _show_tabs(self) -> None:
        checking, recipe = self.checking, self._draft.recipe
        if checking.is_about(recipe):
            note, colour = brief(checking.seen, checking.problem)
        else:
            note, colour = ("–" if self._fetches(recipe) else "…"), "$text-muted"
        asks = self.query_one(ReadingPane).asks
        chosen = recipe.data.format
        read_as = chosen if chosen != AUTO else self.recognized
        tabs = (
            PaneTab(PREVIEW, _("Preview")),
            PaneTab(READING, _("Reading"), _("▲ choose") if asks else read_as,
                    "$warning" if asks else "$text-muted"),
            PaneTab(CHECK, _("Check"), note, colour),
        )  # fmt: skip
        self.query_one(PaneTabs).show(tabs, self.front)


def kind_of(recipe: Recipe) -> Kind | None:
    """What the recipe's stage learns from."""
    from engine.stages import STAGES

    return STAGES.get(recipe.stage.name).kind if recipe.stage.name in STAGES else None


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


def _recognize_of(recipe: Recipe) -> dict[str, Any]:
    """The source alone: whatever was chosen for it, all readings are listed."""
    first = recipe.data.all_sources()[0].model_copy(update={"columns": {}, "weight": 1.0})
    return {
        "recipe": {
            "data": {"source": first.source, "sources": [first.model_dump(mode="json")]},
            "stage": {"name": recipe.stage.name},
        }
    }
