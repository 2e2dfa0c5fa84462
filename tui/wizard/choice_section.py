"""A table of the engine as a list, with what the chosen entry is for and its options below."""

from collections.abc import Callable
from typing import Any

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from engine.errors import BadInput
from engine.tables import Choice, Table
from tui.app import TunesmithApp
from tui.choice_list import ChoiceList, Row
from tui.wizard.draft import Draft, sentence
from tui.wizard.field_spec import FieldSpec, specs_of
from tui.wizard.options_form import FieldForm


class ChoiceSection(Vertical):
    """Edits `section.name` and the options beside it."""

    app = getters.app(TunesmithApp)

    DEFAULT_CSS = """
    ChoiceSection { height: auto; margin-bottom: 1; }
    ChoiceSection FieldForm { padding-left: 2; margin-top: 1; }
    ChoiceSection FieldForm.-empty { display: none; }
    """

    def __init__(
        self,
        draft: Draft,
        section: str,
        table: Table[Any],
        heading: str,
        hindrance: Callable[[Any], str | None],
    ) -> None:
        super().__init__(id=f"section-{section}")
        self._draft = draft
        self._section = section
        self._table = table
        self._heading = heading
        self._hindrance = hindrance

    def compose(self) -> ComposeResult:
        yield Static(self._heading, classes="heading", markup=False)
        yield ChoiceList(self._rows(), self._current)
        yield FieldForm(self._draft, self._specs())

    @property
    def entries(self) -> ChoiceList:
        """The list of entries."""
        return self.query_one(ChoiceList)

    @property
    def _current(self) -> str:
        name: str = getattr(self._draft.recipe, self._section).name
        return name

    def refresh_values(self) -> None:
        """Show what the draft holds and what can be chosen now."""
        if not self.is_mounted:
            return
        self.entries.set_rows(self._rows(), self._current)
        form = self.query_one(FieldForm)
        specs = self._specs()
        form.set_class(not specs, "-empty")
        form.set_specs(specs)
        form.refresh_values()

    def _entry(self) -> Choice | None:
        return self._table.get(self._current) if self._current in self._table else None

    def _rows(self) -> list[Row]:
        return [
            Row(entry.name, entry.name, entry.summary, reason=self._hindrance(entry))
            for entry in self._table
        ]

    def _specs(self) -> list[FieldSpec]:
        entry = self._entry()
        return specs_of(entry.options, self._section) if entry else []

    @on(ChoiceList.Chosen)
    def _chosen(self, message: ChoiceList.Chosen) -> None:
        message.stop()
        try:
            self.choose(message.id)
        except BadInput as problem:
            self.app.tell(sentence(problem), severity="error")

    def choose(self, name: str) -> None:
        """Put an entry into the draft."""
        self._draft.edit(f"{self._section}.name", name)
