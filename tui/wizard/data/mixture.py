"""Several sources with weights: the recipe with another list of them, and the list's editor."""

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from engine.errors import BadInput
from engine.recipe import Recipe, build
from engine.recipe.fields import Source
from engine.words import _
from tui.choice_list import ChoiceList, Row
from tui.run.amounts import brief_source
from tui.safe_text import plain
from tui.text_prompt import TextPrompt
from tui.wizard.draft import Draft, sentence

STEPS = (0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 10.0)
"""Weights that plus and minus go through."""
_SINGLE = ("source", "config", "revision", "split", "columns")


def with_sources(recipe: Recipe, sources: Sequence[Source]) -> Recipe:
    """The recipe trained on these sources; one of weight 1 stands in the section itself.

    Raises:
        BadInput: there is none, or one of them cannot be.
    """
    tree = recipe.model_dump(mode="json")
    given = [source.model_dump(mode="json") for source in sources]
    if not given:
        raise BadInput(_("A run needs at least one data set."), field="data.sources")
    if len(given) == 1 and given[0]["weight"] == 1:
        tree["data"] |= {name: given[0][name] for name in _SINGLE} | {"sources": []}
    else:
        tree["data"] |= {"source": given[0]["source"], "sources": given}
    return build(tree, origin="")


def stepped_weight(weight: float, direction: int) -> float:
    """The next larger or smaller usual weight."""
    if direction > 0:
        return next((step for step in STEPS if step > weight), weight)
    return next((step for step in reversed(STEPS) if step < weight), weight)


class MixScreen(ModalScreen[str | None]):
    """The sources of the draft, one a line; `a` ends the screen with "add"."""

    BINDINGS = [
        Binding("a", "add", _("Add"), tooltip=_("Add another data set")),
        Binding("plus,equals_sign", "weigh(1)", _("More"), show=False,
                tooltip=_("See its rows more often")),
        Binding("minus", "weigh(-1)", _("- + Weight"), key_display=" ",
                tooltip=_("See its rows less often")),
        Binding("w", "weight", _("Weight…"), tooltip=_("Type its weight")),
        Binding("x,delete", "remove", _("Remove"), tooltip=_("Take it out of the mixture")),
        Binding("escape,enter", "close", _("Done")),
    ]  # fmt: skip
    HELP = _(
        "Weight 2 shows each row twice an epoch, 0.5 half of the rows once. What is held out for "
        "evaluation comes from all of them."
    )

    DEFAULT_CSS = """
    MixScreen #mix {
        width: 76; max-width: 96%; height: auto; max-height: 90%; background: $surface;
        border: round $border-blurred; border-title-color: $accent; padding: 1 2;
        border-subtitle-color: $text-muted;
    }
    MixScreen ChoiceList { max-height: 14; }
    MixScreen #mix-note { color: $text-muted; height: auto; margin-top: 1; }
    """

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft

    def compose(self) -> ComposeResult:
        with Vertical(id="mix") as card:
            card.border_title = _("Data sets in the mixture")
            yield ChoiceList(id="mixed")
            yield Static(self.HELP, id="mix-note", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._show(0)
        self.query_one(ChoiceList).focus()

    @property
    def _sources(self) -> list[Source]:
        return list(self._draft.recipe.data.all_sources())

    @property
    def _here(self) -> int:
        return int(self.query_one(ChoiceList).chosen or 0)

    def _show(self, here: int) -> None:
        sources = self._sources
        total = sum(source.weight for source in sources)
        rows = [
            Row(
                str(number),
                brief_source(source.source, 40),
                _("{share} % by weight").format(share=round(100 * source.weight / total))
                if len(sources) > 1
                else _("alone; a adds another one"),
                (f"× {source.weight:g}",),
            )
            for number, source in enumerate(sources)
        ]
        here = max(0, min(here, len(rows) - 1))
        self.query_one(ChoiceList).set_rows(rows, str(here))

    @on(ChoiceList.Chosen)
    @on(ChoiceList.Entered)
    def _moved(self, message: Any) -> None:
        message.stop()
        if isinstance(message, ChoiceList.Entered):
            self.action_close()

    def _take(self, sources: Sequence[Source], here: int) -> None:
        try:
            self._draft.replace(with_sources(self._draft.recipe, sources), "data.sources")
        except BadInput as problem:
            self.app.notify(plain(sentence(problem)), severity="error", markup=False)
            return
        self._show(here)

    def _weigh(self, weight: float) -> None:
        sources, here = self._sources, self._here
        sources[here] = sources[here].model_copy(update={"weight": weight})
        self._take(sources, here)

    def action_weigh(self, direction: int) -> None:
        """The next usual weight."""
        self._weigh(stepped_weight(self._sources[self._here].weight, direction))

    def action_weight(self) -> None:
        """Type a weight."""

        def refusal(text: str) -> str | None:
            try:
                good = 0 < float(text) < 1e6
            except ValueError:
                good = False
            return None if good else _("A weight is a number above 0, such as 0.5 or 2.")

        def typed(text: str | None) -> None:
            if text is not None:
                self._weigh(float(text))

        now = f"{self._sources[self._here].weight:g}"
        self.app.push_screen(TextPrompt(_("Weight"), now, refusal), typed)

    def action_remove(self) -> None:
        """Take the source out."""
        sources, here = self._sources, self._here
        if len(sources) > 1:
            del sources[here]
        self._take(sources, here)

    def action_add(self) -> None:
        """Choose another source to add."""
        self.dismiss("add")

    def action_close(self) -> None:
        """Back to the step."""
        self.dismiss(None)
