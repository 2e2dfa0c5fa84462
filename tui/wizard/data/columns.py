"""Which column holds which field: one line a field, chosen from the columns that are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Select, Static

from engine.data.formats import Field
from engine.words import _
from tui.safe_text import plain


class ColumnRow(Horizontal):
    """A field, the column it is read from, and what it is for."""

    DEFAULT_CSS = """
    ColumnRow { height: 1; }
    ColumnRow:focus-within { color: $foreground; }
    ColumnRow .label { width: 18; padding-right: 1; }
    ColumnRow:focus-within .label { color: $accent; text-style: bold; }
    ColumnRow .note { width: 1fr; padding-left: 2; color: $text-muted; height: 1;
                      text-wrap: nowrap; text-overflow: ellipsis; }
    ColumnRow.-missing .note { color: $warning; }
    ColumnRow Select { width: 30; height: 1; }
    ColumnRow SelectCurrent.-textual-compact { background: $surface; padding: 0 1; }
    ColumnRow Select:focus > SelectCurrent { background: $block-cursor-background;
                                             color: $block-cursor-foreground; }
    """

    BINDINGS = [
        Binding("delete,backspace", "clear", _("No column"), tooltip=_("Read no column for it"),
                show=False),
    ]  # fmt: skip

    @dataclass
    class Changed(Message):
        """Another column was chosen; None for no column."""

        field: str
        column: str | None

    def __init__(self, field: Field, columns: Sequence[str], column: str | None) -> None:
        super().__init__()
        self.field = field
        self._columns = tuple(columns)
        self._column = column if column in self._columns else None

    @property
    def hint(self) -> str:
        """What to do here."""
        return _("{field}: {help}. Enter lists the columns, backspace takes none.").format(
            field=self.field.name, help=self.field.help
        )

    def compose(self) -> ComposeResult:
        yield Static(plain(self.field.name), classes="label", markup=False)
        select: Select[str] = Select(
            [(plain(column), column) for column in self._columns],
            prompt=_("no column"),
            value=Select.NULL if self._column is None else self._column,
            compact=True,
        )
        yield select
        yield Static(self._note(), classes="note", markup=False)

    def on_mount(self) -> None:
        self.set_class(self._column is None and self.field.required, "-missing")

    def show(self, column: str | None) -> None:
        """Show what is chosen, without announcing it."""
        self._column = column if column in self._columns else None
        self._apply()

    def _apply(self) -> None:
        if not self.is_attached or not self.is_running:
            return  # it gives way to another format's rows
        notes = self.query(".note").results(Static)
        if not self.query("SelectCurrent #label"):
            self.call_after_refresh(self._apply)  # Textual's Select takes no value before that
            return
        select: Select[Any] = self.query_one(Select)
        with select.prevent(Select.Changed):
            select.value = Select.NULL if self._column is None else self._column
        self.set_class(self._column is None and self.field.required, "-missing")
        for note in notes:
            note.update(self._note())

    def _note(self) -> str:
        if self._column is None and self.field.required:
            return _("▲ choose its column: {help}").format(help=plain(self.field.help))
        return plain(self.field.help)

    @on(Select.Changed)
    def _selected(self, event: "Select.Changed") -> None:
        event.stop()
        column = None if event.value is Select.NULL else str(event.value)
        if column != self._column:
            self.post_message(self.Changed(self.field.name, column))

    def action_clear(self) -> None:
        """Read no column for this field."""
        if self._column is not None:
            self.post_message(self.Changed(self.field.name, None))


class ColumnsForm(Vertical):
    """One row for each field of a format."""

    DEFAULT_CSS = """
    ColumnsForm { height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._about: tuple[tuple[Field, ...], tuple[str, ...]] = ((), ())
        self._mapping: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        fields, columns = self._about
        for field in fields:
            yield ColumnRow(field, columns, self._mapping.get(field.name))

    def show(
        self, fields: Sequence[Field], columns: Sequence[str], mapping: Mapping[str, str]
    ) -> None:
        """Show these fields and the columns they are read from."""
        about = (tuple(fields), tuple(columns))
        self._mapping = dict(mapping)
        if about != self._about:
            self._about = about
            self.call_later(self.recompose)
            return
        for row in self.query(ColumnRow):
            row.show(self._mapping.get(row.field.name))

    @property
    def mapping(self) -> dict[str, str]:
        """What is chosen."""
        return dict(self._mapping)

    @property
    def missing(self) -> list[str]:
        """Fields that need a column and have none."""
        return [
            field.name
            for field in self._about[0]
            if field.required and field.name not in self._mapping
        ]
