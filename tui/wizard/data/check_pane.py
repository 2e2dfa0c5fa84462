"""The doctor at work: counts that grow, causes with their rows, advice that a key takes."""

import time
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from engine.errors import Problem
from engine.recipe import Recipe, read_field
from engine.words import _
from tui.run.amounts import brief_count, brief_seconds
from tui.safe_text import plain
from tui.wizard.data.checkup import Advice, CauseFound, CheckupFound
from tui.wizard.resolved import value_words
from tui.wizard.summary import bar

LIST_SECONDS = 0.5
"""How often the list is drawn anew while rows are read."""
CALM_SECONDS = 0.7
"""So long the last account stays when the same set is checked again."""
BAR_WIDTH = 24
SIGNS = {"error": ("✗", "$error"), "warning": ("▲", "$warning"), "note": ("·", "$text-muted")}
_CAUSE, _ADVICE, _TEXT = "cause", "advice", "text"


class Findings(OptionList):
    """Causes and advice, one under the other."""

    BINDINGS = [
        Binding("j", "cursor_down", _("Down"), show=False),
        Binding("k", "cursor_up", _("Up"), show=False),
        Binding("g", "first", _("First"), show=False),
        Binding("G", "last", _("Last"), show=False),
    ]

    DEFAULT_CSS = """
    Findings {
        border: none; padding: 0; background: transparent; height: 1fr;
        scrollbar-size-vertical: 1;
    }
    Findings:focus { border: none; background-tint: transparent; }
    Findings > .option-list--option-highlighted { background: transparent; text-style: none; }
    Findings > .option-list--option-disabled { color: $text-muted; }
    Findings:focus > .option-list--option-highlighted {
        color: $block-cursor-foreground; background: $block-cursor-background;
    }
    """

    @property
    def hint(self) -> str:
        """What Enter does on the row under the cursor."""
        option = self.highlighted_option
        kind = "" if option is None or option.id is None else option.id.split(":")[0]
        if kind == _CAUSE:
            return _("Enter shows the first of these rows with its tokens.")
        if kind == _ADVICE:
            return _("Enter takes this advice, or takes it back; a takes all of it.")
        return _("Every row is kept, dropped or refused; the counts add up.")


class CheckPane(Vertical):
    """Shows one account; what the person picks in it is told as a message."""

    BINDINGS = [
        Binding("a", "take_all", _("Take advice"), tooltip=_("Take all advice of the doctor")),
        Binding("u", "undo", _("Undo"), tooltip=_("Take the last change back"), show=False),
    ]

    DEFAULT_CSS = """
    CheckPane { width: 1fr; height: 1fr; }
    CheckPane #check-head { height: auto; padding: 0 2; text-wrap: nowrap;
                            text-overflow: ellipsis; }
    CheckPane Findings { padding: 0 2; }
    """

    @dataclass
    class Taken(Message):
        """Advice to follow."""

        advice: tuple[Advice, ...]

    @dataclass
    class RowWanted(Message):
        """A row to look at."""

        source: str
        row: int

    class UndoWanted(Message):
        """The last change is to be taken back."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: CheckupFound | None = None
        self._recipe = Recipe()
        self._drawn_at = 0.0
        self._again_since: float | None = None

    def compose(self) -> ComposeResult:
        yield Static("", id="check-head", markup=False)
        yield Findings(markup=False)

    @property
    def advice(self) -> tuple[Advice, ...]:
        """Advice that is not followed yet."""
        if self._shown is None:
            return ()
        return tuple(one for one in self._shown.advice if not follows(self._recipe, one))

    def say(self, text: str, *, problem: bool = False) -> None:
        """One sentence in place of an account."""
        self._shown = None
        self._head(Content.styled(plain(text), "$error" if problem else "$text-muted"))
        self.query_one(Findings).clear_options()

    def show(self, found: CheckupFound | None, recipe: Recipe, problem: Problem | None) -> None:
        """What is known so far; `found` is None before the first picture."""
        self._recipe = recipe
        if problem is not None and (found is None or not found.done):
            self.say(f"✗ {problem}", problem=True)
            return
        if found is None or (not found.done and self._shown is not None and self._shown.done):
            if self._stays_calm():
                self._head(head_words(self._shown, again=True) if self._shown else _beginning())
                return
            if found is None:
                self.say(_("Reading the first rows…"))
                return
        else:
            self._again_since = None
        self._head(head_words(found))
        now = time.monotonic()
        changed = self._shown is None or found.done != self._shown.done
        self._shown = found
        if found.done or changed or now - self._drawn_at >= LIST_SECONDS:
            self._drawn_at = now
            self._list(found)

    def on_resize(self) -> None:
        if self._shown is not None:
            self._list(self._shown)

    def focus_list(self) -> None:
        """Put the focus on the first cause, or where it was."""
        listing = self.query_one(Findings)
        if listing.highlighted is None:
            listing.action_first()
        listing.focus()

    def _stays_calm(self) -> bool:
        """Whether the account from before is still to be seen, so that nothing flickers."""
        now = time.monotonic()
        if self._again_since is None:
            self._again_since = now
        return now - self._again_since < CALM_SECONDS

    def _head(self, words: Content) -> None:
        self.query_one("#check-head", Static).update(words)

    def _list(self, found: CheckupFound) -> None:
        listing = self.query_one(Findings)
        width = listing.scrollable_content_region.width or self.size.width
        prompts = dict(_prompts(found, self._recipe, width))
        if [option.id for option in listing.options] == list(prompts):
            for name, prompt in prompts.items():
                if listing.get_option(name).prompt != prompt:
                    listing.replace_option_prompt(name, prompt)
            return
        option = listing.highlighted_option
        here = option.id if option is not None else None
        listing.clear_options()
        listing.add_options(
            Option(prompt, id=name, disabled=name.startswith(_TEXT))
            for name, prompt in prompts.items()
        )
        if here in prompts:
            listing.highlighted = listing.get_option_index(here)
        elif listing.has_focus:
            listing.action_first()

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        found, name = self._shown, event.option_id or ""
        if found is None:
            return
        kind, _colon, number = name.partition(":")
        if kind == _CAUSE:
            cause = next((one for one in found.causes if _cause_id(one) == name), None)
            if cause is not None and cause.rows:
                self.post_message(self.RowWanted(cause.source, cause.rows[0]))
        elif kind == _ADVICE:
            one = next((one for one in found.advice if one.field == number), None)
            if one is not None and follows(self._recipe, one):
                self.post_message(self.UndoWanted())
            elif one is not None:
                self.post_message(self.Taken((one,)))

    def action_take_all(self) -> None:
        """Take all advice."""
        if self.advice:
            self.post_message(self.Taken(self.advice))

    def action_undo(self) -> None:
        """Take the last change back."""
        self.post_message(self.UndoWanted())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Advice can be taken once there is some."""
        return bool(self.advice) if action == "take_all" else True


def follows(recipe: Recipe, advice: Advice) -> bool:
    """Whether the recipe has the value already."""
    value: Any = read_field(recipe, advice.field)
    return bool(value == advice.value) and isinstance(value, bool) == isinstance(advice.value, bool)


def brief(found: CheckupFound | None, problem: Problem | None) -> tuple[str, str]:
    """The account in a few words, and their colour."""
    if problem is not None:
        return _("✗ it stopped"), "$error"
    if found is None:
        return "…", "$text-muted"
    rows = brief_count(found.rows)
    if not found.done:
        return _("… {n} rows").format(n=rows), "$text-muted"
    if found.lost:
        return _("▲ {n} rows, {m} lost").format(n=rows, m=brief_count(found.lost)), "$warning"
    if found.notes:
        return _("▲ {n} rows, {m} to know").format(n=rows, m=found.notes), "$warning"
    return _("✓ {n} rows").format(n=rows), "$success"


def _beginning() -> Content:
    return Content.styled(_("Reading the first rows…"), "$text-muted")


def head_words(found: CheckupFound, *, again: bool = False) -> Content:
    """The counts on one line, the tokens on the next."""
    counts = [_("{n} kept").format(n=f"{found.kept:,}")]
    if found.cut:
        counts[0] += _(" ({n} cut)").format(n=f"{found.cut:,}")
    counts.append(_("{n} dropped").format(n=f"{found.dropped:,}"))
    counts.append(_("{n} refused").format(n=f"{found.refused:,}"))
    lost = found.lost > 0
    said = [
        (f"{found.rows:,}", "bold"),
        (_(" rows: "), ""),
        (" · ".join(counts), "$warning" if lost else ""),
    ]
    if again:
        said.append((_(" · checking again…"), "$text-muted"))
    tokens = _(
        "{total} tokens, {loss} carry loss · a row: {p50} median, {p95} at 95 %, {max} at most"
    ).format(
        total=brief_count(found.tokens),
        loss=brief_count(found.with_loss),
        p50=found.p50,
        p95=found.p95,
        max=found.longest,
    )
    lines = [Content.assemble(*said), Content.styled(tokens, "$text-muted")]
    if not found.done and not again:
        lines.append(_progress(found))
    return Content("\n").join(lines)


def _progress(found: CheckupFound) -> Content:
    """A bar and what is left."""
    if found.phase == "comparing":
        return Content.styled(_("comparing rows with each other…"), "$text-muted")
    if not found.expected:
        return Content.styled(_("reading…"), "$text-muted")
    of = max(found.expected, found.rows)
    words = _("  of about {n} rows").format(n=brief_count(of))
    left = found.seconds_left
    if left is not None and found.seconds >= 1:
        words += _(", {time} left").format(time=brief_seconds(left))
    return Content.assemble((bar(found.rows, of, BAR_WIDTH), "$accent"), (words, "$text-muted"))


def _prompts(found: CheckupFound, recipe: Recipe, width: int) -> list[tuple[str, Content]]:
    """Every entry of the list with its name, in lines of so many cells."""
    lines: list[tuple[str, Content]] = []
    counts = max((len(f"{cause.count:,}") for cause in found.causes), default=0)
    several = len({cause.source for cause in found.causes}) > 1
    if found.problem is not None:
        lines.append((f"{_TEXT}:problem", Content.styled(f"✗ {plain(found.problem)}", "$error")))
    for cause in found.causes:
        lines.append((_cause_id(cause), _cause_words(cause, counts, several, width)))
    if found.done and not found.causes:
        text = Content.styled(_("✓ Nothing is wrong with any row."), "$success")
        lines.append((f"{_TEXT}:fine", text))
    if found.advice:
        lines.append((f"{_TEXT}:advice", Content.styled(_("Advice"), "bold $text-muted")))
    labels = max((len(_label(one)) for one in found.advice), default=0)
    for one in found.advice:
        lines.append((f"{_ADVICE}:{one.field}", _advice_words(one, recipe, labels, width)))
    cuts = [
        _("{rows} at {n} tokens").format(n=f"{row.max_length:,}", rows=f"{row.rows_cut:,}")
        for row in found.lengths
    ]
    if cuts:
        said = _("Rows that a length would cut: {cuts}.").format(cuts=" · ".join(cuts))
        lines.append((f"{_TEXT}:lengths", Content(said)))
    for number, remark in enumerate(found.remarks):
        lines.append((f"{_TEXT}:remark-{number}", Content(plain(remark))))
    return lines


def _cause_id(cause: CauseFound) -> str:
    return f"{_CAUSE}:{cause.outcome}:{cause.code}:{cause.source}"


def _cause_words(cause: CauseFound, counts: int, several: bool, width: int) -> Content:
    sign, colour = SIGNS.get(cause.severity, SIGNS["warning"])
    lost = {"dropped": _("dropped: "), "refused": _("refused: ")}.get(cause.outcome, "")
    head = Content.assemble(
        (f"{sign} {cause.count:>{counts},}  ", colour),
        (f"{lost}{plain(cause.title)}", "bold"),
        (f"  {plain(cause.code)}", "dim"),
    )
    told = [plain(cause.source)] if several else []
    if cause.count > 1:
        more = ", …" if cause.count > min(5, len(cause.rows)) else ""
        rows = ", ".join(f"{row:,}" for row in cause.rows[:5]) + more
        told.append(_("rows {rows}").format(rows=rows))
    for row in cause.rows[:1]:
        said = _("row {n}: {what}").format(n=f"{row:,}", what=plain(cause.message))
        told.append(said if cause.message else _("row {n}").format(n=f"{row:,}"))
    if cause.advice:
        told.append(plain(cause.advice))
    return Content("\n").join([head, hung(" · ".join(told), counts + 4, width)])


def hung(text: str, indent: int, width: int) -> Content:
    """Dim text of which every line stands so many cells to the right."""
    lines = Content.styled(text, "dim").wrap(max(20, width - indent))
    return Content("\n").join(Content.assemble(" " * indent, line) for line in lines)


def _label(advice: Advice) -> str:
    return advice.field.rpartition(".")[2]


def _advice_words(advice: Advice, recipe: Recipe, labels: int, width: int) -> Content:
    value = plain(value_words(advice.field, advice.value))
    now = plain(value_words(advice.field, read_field(recipe, advice.field)))
    named = (f"{_label(advice):<{labels}}  {value}", "bold")
    if follows(recipe, advice):
        head = Content.assemble(("✓ ", "$success"), named)
    else:
        head = Content.assemble(
            ("→ ", "$accent"), named, (_("  now {value}").format(value=now), "dim")
        )
    return Content("\n").join([head, hung(plain(advice.reason), 2, width)])
