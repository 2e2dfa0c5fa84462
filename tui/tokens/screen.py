"""The token browser: any row exactly as it is trained on, its neighbours, search and jump."""

from typing import Any

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from engine.data.preview import PreviewProblem, PreviewRow
from engine.errors import Problem
from engine.recipe import Recipe
from engine.words import _
from tui.app import TunesmithApp
from tui.host_link import Answered, Progress, Ticket
from tui.safe_text import plain
from tui.text_prompt import TextPrompt
from tui.tokens.flow import TokenFlow
from tui.tokens.neighbours import neighbour_words, read_neighbours
from tui.tokens.row_view import cut_words, figures, marked, problem_content, row_content
from tui.tokens.table import TokenTable
from tui.tokens.window import Goal, Window, farther, question, search, towards, window_of
from tui.wizard.preview import read_preview


class TokenScreen(Screen[None]):
    """Shows one row of a recipe's data at a time; the host reads, searches and packs."""

    app = getters.app(TunesmithApp)

    BINDINGS = [
        Binding("left,h", "step(-1)", _("Before"), tooltip=_("The row before")),
        Binding("right,l", "step(1)", _("Next"), tooltip=_("The next row")),
        Binding("r", "jump", _("Row…"), tooltip=_("Jump to a row by its number")),
        Binding("slash", "search", _("Search"), tooltip=_("Search rows for a text")),
        Binding("n", "again(1)", _("Again"), tooltip=_("The next row that has the text")),
        Binding("N", "again(-1)", _("Match before"), show=False,
                tooltip=_("The last row before that has the text")),
        Binding("v", "view", _("Ids"), tooltip=_("Text, or tokens one a line with their ids")),
        Binding("o", "neighbours", _("Packed"), tooltip=_("Rows that share its sequence")),
        Binding("s", "source", _("Source"), tooltip=_("The next data set of the mixture")),
        Binding("g,home", "first", _("First row"), show=False, tooltip=_("The first row")),
        Binding("G,end", "last", _("Last row"), show=False, tooltip=_("The last row")),
        Binding("escape", "back", _("Back"), tooltip=_("End a search, or go back")),
    ]  # fmt: skip
    HELP = _(
        "Each row as the model sees it: underlined text, and tokens marked ●, carry loss. These "
        "tokens come from the same code that the trainer runs."
    )

    DEFAULT_CSS = """
    TokenScreen #token-head { height: 2; padding: 0 2; margin-top: 1;
                              border-bottom: none; text-overflow: ellipsis; text-wrap: nowrap; }
    TokenScreen #token-body { height: 1fr; border-top: solid $border-blurred; }
    TokenScreen TokenTable { display: none; width: 1fr; }
    TokenScreen.-table TokenFlow { display: none; }
    TokenScreen.-table TokenTable { display: block; }
    TokenScreen.-words TokenFlow { display: block; }
    TokenScreen.-words TokenTable { display: none; }
    TokenScreen.-wide TokenFlow { display: block; width: 3fr; }
    TokenScreen.-wide TokenTable { display: block; width: 2fr; border-left: solid $border-blurred; }
    TokenScreen #token-packed { display: none; height: auto; max-height: 8; padding: 0 2;
                                border-top: solid $border-blurred; }
    TokenScreen #token-packed.-asked { display: block; }
    TokenScreen #token-said { height: auto; max-height: 4; padding: 0 2; color: $text-muted; }
    TokenScreen #token-said.-problem { color: $error; }
    """

    def __init__(self, recipe: Recipe, source: str = "", row: int = 1) -> None:
        """`recipe` may have its autos resolved; `source` is one of its sources, or empty."""
        super().__init__()
        self._recipe = recipe
        names = [one.source for one in recipe.data.all_sources()]
        self._source = names.index(source) if source in names else 0
        self._window: Window | None = None
        self._goal = towards(row)
        self._here: int | None = None
        self._reading: Ticket | None = None
        self._searching: Ticket | None = None
        self._packing: Ticket | None = None
        self._packed_asked = False
        self._text = ""
        self._said = ""

    def compose(self) -> ComposeResult:
        yield Static("", id="token-head", markup=False)
        with Horizontal(id="token-body"):
            yield TokenFlow()
            yield TokenTable()
        yield Static("", id="token-packed", markup=False)
        yield Static("", id="token-said", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(TokenFlow).focus()
        sources = self._recipe.data.all_sources()
        name = Content.styled(plain(sources[self._source].source), "bold")
        self.query_one("#token-head", Static).update(name)
        self._go(self._goal)

    def on_unmount(self) -> None:
        for ticket in (self._reading, self._searching, self._packing):
            self.app.link.cancel(ticket)

    # --- going to a row ------------------------------------------------------------------------

    def _go(self, goal: Goal) -> None:
        self._goal = goal
        window = self._window
        if window is not None and window.covers(goal):
            self._arrive()
            return
        self.app.link.cancel(self._reading)
        asked = question(self._recipe, self._source, goal.start)
        self._reading = self.app.link.ask(self, "preview", asked)
        self._say(_("reading rows…"))

    def _arrive(self) -> None:
        """Show the wanted row, look farther for it, or say that there is none."""
        window, goal = self._window, self._goal
        if window is None:
            return
        number = window.find(goal)
        if number is None:
            beyond = farther(goal)
            if beyond is not None:
                self._go(beyond)
            elif goal.before:
                self._say(_("This is the first row."))
            else:
                self._say(_("There is no row {n}; G goes to the last one.").format(n=goal.number)
                          if self._here is None or goal.number != self._here + 1
                          else _("This is the last row."))  # fmt: skip
            return
        told = ""
        if not goal.before and number != goal.number and goal.number > 1:
            told = _("There is no row {n}; this is the next one.").format(n=goal.number)
        self._here = number
        self._show()
        self._say(told)

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        message.stop()
        if message.ticket == self._reading:
            self._reading = None
            self._read(message)
        elif message.ticket == self._searching:
            self._searching = None
            self._found(message)
        elif message.ticket == self._packing:
            self._packing = None
            self._show_packed(message)

    def _read(self, message: Answered) -> None:
        if message.problem is not None:
            self._refuse(message.problem)
            return
        self._window = window_of(read_preview(message.value), self._goal.start)
        self._arrive()

    @on(Progress)
    def _progressed(self, message: Progress) -> None:
        message.stop()
        row = f"{message.value.get('row', 0):,}" if isinstance(message.value, dict) else ""
        if message.ticket == self._searching:
            self._say(_("searching, row {n}… esc ends it").format(n=row))
        elif message.ticket == self._packing:
            self._packed(Content(_("packing, {n} rows…").format(n=row)))

    # --- what is seen --------------------------------------------------------------------------

    @property
    def _entry(self) -> PreviewRow | PreviewProblem | None:
        if self._window is None or self._here is None:
            return None
        return self._window.entries.get(self._here)

    def _show(self) -> None:
        entry, window = self._entry, self._window
        if entry is None or window is None:
            return
        words = (
            row_content(entry, window.preview)
            if isinstance(entry, PreviewRow)
            else problem_content(entry)
        )
        self.query_one(TokenFlow).show(*marked(words, self._text))
        row = entry if isinstance(entry, PreviewRow) and entry.tokens else None
        self.query_one(TokenTable).show(row)
        self.set_class(row is None, "-words")
        self._show_head()
        if self._packed_asked:
            self._ask_packed()

    def _show_head(self) -> None:
        entry, window = self._entry, self._window
        if entry is None or window is None:
            return
        sources = self._recipe.data.all_sources()
        of = f" ({self._source + 1}/{len(sources)})" if len(sources) > 1 else ""
        first = Content.assemble(
            (_("row {n}").format(n=f"{entry.number:,}"), "bold $accent"),
            (_(" of {source}").format(source=plain(sources[self._source].source) + of), "bold"),
        )
        told = [window.preview.format]
        if window.preview.template:
            told.append(_("template: {name}").format(name=window.preview.template))
        if isinstance(entry, PreviewRow):
            told = [figures(entry), cut_words(entry, self._recipe.data.max_length), *told]
        second = plain(" · ".join(part for part in told if part))
        self.query_one("#token-head", Static).update(
            Content.assemble(first, "\n", (second, "$text-muted"))
        )

    def _say(self, text: str, *, problem: bool = False) -> None:
        line = self.query_one("#token-said", Static)
        self._said = text
        line.update(plain(text or self._legend()))
        line.set_class(problem, "-problem")

    def _legend(self) -> str:
        entry = self._entry
        if not isinstance(entry, PreviewRow) or not entry.tokens:
            return ""
        if self.has_class("-table") and not self.has_class("-wide"):
            return _("●: carries loss, so the model learns to write it")
        return _("underlined: carries loss, so the model learns to write it")

    def _refuse(self, problem: Problem) -> None:
        if problem.code != "cancelled":
            self._say(f"✗ {problem}", problem=True)

    # --- keys ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What makes no sense here is not offered."""
        if action == "source":
            return len(self._recipe.data.all_sources()) > 1
        if action == "again":
            return bool(self._text)
        return True

    def action_step(self, by: int) -> None:
        """The row before, or the next."""
        if self._here is not None:
            self._go(towards(self._here + 1) if by > 0 else towards(self._here, before=True))

    def action_first(self) -> None:
        """The first row."""
        self._go(towards(1))

    def action_last(self) -> None:
        """The last row that can be used."""
        self._search("", 0, backwards=True)

    def action_jump(self) -> None:
        """Ask for a row's number."""

        def refusal(text: str) -> str | None:
            good = text.isascii() and text.isdigit() and int(text[:18]) > 0
            return None if good else _("Type a row's number, from 1.")

        def typed(text: str | None) -> None:
            if text:
                self._go(towards(int(text[:18])))

        self.app.push_screen(TextPrompt(_("Row"), "", refusal), typed)

    def action_search(self) -> None:
        """Ask for a text."""

        def typed(text: str | None) -> None:
            if text is None:
                return
            self._text = text
            self.refresh_bindings()
            if text:
                self._search(text, self._here or 1)
            else:
                self._show()

        self.app.push_screen(
            TextPrompt(_("Search rows for"), self._text, lambda _text: None), typed
        )

    def action_again(self, by: int) -> None:
        """The next row that has the text, or the one before."""
        here = self._here or 1
        if by > 0:
            self._search(self._text, here + 1)
        elif here > 1:
            self._search(self._text, here - 1, backwards=True)

    def _search(self, text: str, start: int, *, backwards: bool = False) -> None:
        self.app.link.cancel(self._searching)
        asked = search(self._recipe, self._source, text, start, backwards)
        self._searching = self.app.link.ask(self, "find_row", asked)
        self._say(_("searching… esc ends it"))

    def _found(self, message: Answered) -> None:
        if message.problem is not None:
            self._say("")
            self._refuse(message.problem)
            return
        row = message.value.get("row")
        if row is None:
            self._say(
                _("No row in this direction has “{text}”.").format(text=self._text)
                if self._text
                else _("No row can be used.")
            )
        else:
            self._go(towards(int(row)))

    def action_view(self) -> None:
        """Text, or tokens one a line."""
        self.toggle_class("-table")
        table = self.has_class("-table")
        self.query_one(TokenTable if table else TokenFlow).focus()
        self._say(self._said)

    def action_source(self) -> None:
        """The next data set of the mixture."""
        self._source = (self._source + 1) % len(self._recipe.data.all_sources())
        self._window = self._here = None
        self._go(towards(1))

    def action_back(self) -> None:
        """End a search, or leave."""
        if self._searching is not None:
            self.app.link.cancel(self._searching)
            self._searching = None
            self._say(_("The search was ended."))
        else:
            self.dismiss()

    # --- neighbours ----------------------------------------------------------------------------

    def action_neighbours(self) -> None:
        """Show with which rows this one is packed, or no longer."""
        self._packed_asked = not self._packed_asked
        self.query_one("#token-packed").set_class(self._packed_asked, "-asked")
        if self._packed_asked:
            self._ask_packed()
        else:
            self.app.link.cancel(self._packing)
            self._packing = None

    def _ask_packed(self) -> None:
        entry = self._entry
        self.app.link.cancel(self._packing)
        self._packing = None
        if not isinstance(entry, PreviewRow):
            self._packed(Content(_("A row that is left out is in no sequence.")))
            return
        tree: dict[str, Any] = self._recipe.model_dump(mode="json", include={"model", "data",
                                                                             "stage"})  # fmt: skip
        tree["training"] = {"seed": self._recipe.training.seed}
        asked = {"recipe": tree, "source": entry.source, "row": entry.number}
        self._packing = self.app.link.ask(self, "neighbours", asked)

    def _show_packed(self, message: Answered) -> None:
        entry = self._entry
        if message.problem is not None:
            if message.problem.code != "cancelled":
                self._packed(Content.styled(f"✗ {plain(message.problem)}", "$error"))
        elif entry is not None:
            found = read_neighbours(message.value)
            self._packed(neighbour_words(found, entry.source, entry.number))

    def _packed(self, words: Content) -> None:
        self.query_one("#token-packed", Static).update(words)
