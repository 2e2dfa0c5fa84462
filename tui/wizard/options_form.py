"""A form made from a pydantic model: one row a field, with its help or its error beside it."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from engine.errors import BadInput
from engine.words import _
from tui.cycle import Cycle
from tui.line_input import LineInput
from tui.safe_text import plain
from tui.wizard.draft import Draft, sentence
from tui.wizard.field_spec import FieldSpec


class FieldRow(Horizontal):
    """Label, editor, and beside it what the field is for, why its value, or what is wrong."""

    DEFAULT_CSS = """
    FieldRow { height: auto; min-height: 1; }
    FieldRow .label { width: 20; padding-right: 1; color: $foreground; }
    /* The rule on the row itself makes Textual restyle its children when the focus moves. */
    FieldRow:focus-within { color: $foreground; }
    FieldRow:focus-within .label { color: $accent; text-style: bold; }
    FieldRow Input { width: 22; }
    FieldRow .note {
        width: 1fr; padding-left: 2; color: $text-muted; height: 1;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    FieldRow.-problem .note {
        color: $error; height: auto; max-height: 4; text-wrap: wrap; text-overflow: fold;
    }
    FieldRow.-problem Input { color: $error; }
    """

    def __init__(self, spec: FieldSpec, draft: Draft) -> None:
        super().__init__()
        self.spec = spec
        self._draft = draft
        self._resolved = ""
        self._reason = ""
        self._problem = ""

    def compose(self) -> ComposeResult:
        text = self.spec.show(self._draft.read(self.spec.field))
        yield Static(plain(self.spec.label), classes="label", markup=False)
        if self.spec.choices:
            yield Cycle(list(self.spec.choices), text)
        else:
            yield LineInput(self._typed(text), placeholder=self._placeholder())
        yield Static(self._note(), classes="note", markup=False)

    @property
    def hint(self) -> str:
        """Everything there is to say about this field, for the line at the bottom."""
        spec = self.spec
        allowed = [_("auto")] if "auto" in spec.kinds and not spec.choices else []
        allowed += [word for word in spec.words if not spec.choices]
        allowed += [spec.limits] if spec.limits else []
        parts = [f"{spec.field}: {spec.help}" if spec.help else spec.field]
        if allowed:
            parts.append(_("Allowed: {values}.").format(values=_(" or ").join(allowed)))
        if self._reason:
            parts.append(
                _("The plan chose {value}: {why}.").format(
                    value=self._resolved, why=self._reason.rstrip(".")
                )
            )
        return " · ".join(part for part in parts if part)

    def refresh_value(self) -> None:
        """Show what the draft holds now, unless it is being typed or is wrong."""
        if not self.is_mounted:
            return
        text = self.spec.show(self._draft.read(self.spec.field))
        if self.spec.choices:
            self.query_one(Cycle).show(text)
            return
        box = self.query_one(Input)
        if self._problem or (box.has_focus and self.spec.parse(box.value) == self.spec.parse(text)):
            return
        if box.value != self._typed(text):
            with box.prevent(Input.Changed):
                box.value = self._typed(text)

    def set_resolved(self, value: str, reason: str) -> None:
        """What the plan makes of `auto` here and why; empty where the person chose."""
        if (value, reason) != (self._resolved, self._reason):
            self._resolved, self._reason = value, reason
            if self.is_mounted:
                self._tell()

    def refuse(self, text: str) -> None:
        """Say beside the field what is wrong; empty text takes it back."""
        if text != self._problem:
            self._problem = text
            self.set_class(bool(text), "-problem")
            self._tell()
            if text:  # the row grows with it, which may push it over the edge
                self.call_after_refresh(self.scroll_visible, animate=False)

    @on(Input.Changed)
    def _typed_on(self, event: Input.Changed) -> None:
        event.stop()
        self._take(event.value)

    @on(Cycle.Changed)
    def _cycled(self, event: Cycle.Changed) -> None:
        event.stop()
        self._take(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if not self._problem:
            self.screen.focus_next()

    def _take(self, text: str) -> None:
        try:
            self._draft.edit(self.spec.field, self.spec.parse(text))
        except BadInput as problem:
            self.refuse(sentence(problem))
        else:
            self.refuse("")

    def _typed(self, text: str) -> str:
        """In a box, `auto` is what stands there when nothing is typed."""
        return "" if text == "auto" else text

    def _placeholder(self) -> str:
        if "auto" in self.spec.kinds:
            return f"auto · {self._resolved}" if self._resolved else "auto"
        return self.spec.show(self.spec.default) or "–"

    def _note(self) -> Content:
        if self._problem:
            return Content(f"✗ {plain(self._problem)}")
        return Content(plain(self._reason or self.spec.help))

    def _tell(self) -> None:
        self.query_one(".note", Static).update(self._note())
        if self.spec.choices:
            self.query_one(Cycle).annotate("auto", self._resolved)
        else:
            self.query_one(Input).placeholder = self._placeholder()


class FieldForm(Vertical):
    """Rows for some fields of the draft."""

    class Arrived(Message):
        """The rows are on the screen."""

    DEFAULT_CSS = """
    FieldForm { height: auto; }
    """

    def __init__(
        self, draft: Draft, specs: Sequence[FieldSpec] = (), *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._draft = draft
        self._specs = list(specs)

    def compose(self) -> ComposeResult:
        for spec in self._specs:
            yield FieldRow(spec, self._draft)

    def on_mount(self) -> None:
        self.post_message(self.Arrived())

    def set_specs(self, specs: Sequence[FieldSpec]) -> None:
        """Show other fields."""
        if list(specs) != self._specs:
            self._specs = list(specs)
            self.call_later(self.recompose)

    def refresh_values(self) -> None:
        """Show what the draft holds now."""
        for row in self.rows():
            row.refresh_value()

    def rows(self) -> list[FieldRow]:
        """All rows in order."""
        return list(self.query(FieldRow))

    def row(self, field: str) -> FieldRow | None:
        """The row of a dotted field."""
        return next((row for row in self.rows() if row.spec.field == field), None)

    def on_key(self, event: events.Key) -> None:
        """Up and down go from field to field."""
        if event.key in {"up", "down"}:
            event.stop()
            event.prevent_default()
            if event.key == "down":
                self.screen.focus_next()
            else:
                self.screen.focus_previous()
