"""The chat pane: a transcript and a field, for whoever answers at the moment."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from engine import locations
from engine.events import Chat
from engine.runs.directory import write_whole
from engine.words import _
from tui.chat.conversation import Answer, Conversation, Turn
from tui.chat.prompt import Prompt
from tui.chat.turn_view import TurnView
from tui.chat.voice import ChatSettings, Voice, arguments
from tui.host_link import Answered, Progress, Ticket
from tui.run.amounts import brief_path

FLUSH_SECONDS = 0.25
"""Pieces of an answer are drawn in batches this far apart."""
SHOWN_TURNS = 60
ROOMY = 84
"""Columns from which two answers stand side by side."""


@dataclass(frozen=True)
class Sides:
    """Who is asked: the tuned model, its base, or both."""

    tuned: bool
    base: bool

    @property
    def words(self) -> str:
        """As the pane's head says it."""
        if self.tuned and self.base:
            return _("tuned beside base")
        return _("tuned") if self.tuned else _("base")


SIDES = (Sides(True, False), Sides(True, True), Sides(False, True))


class ChatPane(Vertical):
    """Talks to `voice()`, asked anew at each prompt, so that a reconnect goes unnoticed."""

    BINDINGS = [
        Binding("escape", "leave", _("Stop / back"), tooltip=_("Stop the answer, then leave")),
        Binding("ctrl+t", "sides", _("Base"), tooltip=_("Ask the tuned model, both, the base"),
                priority=True),
        Binding("ctrl+o", "options", _("Options"), tooltip=_("System prompt, temperature, length"),
                priority=True),
        Binding("ctrl+y", "copy_answer", _("Copy"), tooltip=_("Copy the last answer"),
                priority=True),
        Binding("ctrl+l", "clear", _("Clear"), tooltip=_("Begin a new conversation"),
                priority=True),
        Binding("pageup", "page(-1)", _("Up"), show=False, priority=True),
        Binding("pagedown", "page(1)", _("Down"), show=False, priority=True),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ChatPane { height: 1fr; padding: 0 1; }
    ChatPane .chat--head { height: 1; color: $text-muted; }
    ChatPane.-roomy .answers { layout: horizontal; }
    ChatPane #transcript { height: 1fr; scrollbar-size-vertical: 1; }
    ChatPane .chat--empty { color: $text-disabled; height: auto; padding: 0 0 0 2; }
    ChatPane .chat--line { height: auto; max-height: 5; }
    ChatPane .chat--caret { width: 2; height: 1; color: $text-disabled; }
    ChatPane .chat--line:focus-within .chat--caret { color: $accent; text-style: bold; }
    """

    def __init__(
        self,
        voice: Callable[[], Voice | None],
        *,
        why_silent: Callable[[], str] | None = None,
        settings: ChatSettings | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._voice = voice
        self._why_silent = why_silent
        self.settings = settings or ChatSettings()
        self.sides = SIDES[0]
        self.conversation = Conversation()
        self._views: list[TurnView] = []
        self._asked: dict[Ticket, tuple[Answer, Voice]] = {}
        self._own: list[tuple[str, bool]] = []
        self._head: Content | None = None
        self._changed = False
        self._flush_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Head, transcript, field."""
        yield Static(classes="chat--head", markup=False)
        with VerticalScroll(id="transcript", can_focus=False):
            yield Static(
                _("Ask it something. The model answers with the weights it has now."),
                classes="chat--empty",
                markup=False,
            )
        with Horizontal(classes="chat--line"):
            yield Static("› ", classes="chat--caret", markup=False)
            yield Prompt(_("ask the model"))

    def on_mount(self) -> None:
        """Draw the head."""
        self.show_head()

    def on_resize(self, event: events.Resize) -> None:
        """Two columns where there is room."""
        self.set_class(event.size.width >= ROOMY, "-roomy")

    def show_head(self) -> None:
        """Say who answers and how."""
        voice = self._voice()
        if voice is None:
            who = self._why_silent() if self._why_silent else _("nobody answers yet")
            parts = [who]
        else:
            parts = [voice.name]
            if voice.has_base:
                parts.append(self.sides.words)
            parts.append(_("temperature {n}").format(n=f"{self.settings.temperature:g}"))
            if self.settings.system.strip():
                parts.append(_("system prompt"))
        head = Content.assemble(
            (_("chat"), "bold $foreground"), ("  " + " · ".join(parts), "$text-muted")
        )
        if head == self._head:
            return
        # In its first line, or where it has a border, upon that.
        self._head = head
        self.query_one(".chat--head", Static).update(head, layout=False)
        self.border_title = Content.assemble(" ", head, " ")

    @property
    def answering(self) -> bool:
        """Whether an answer is under way."""
        return bool(self._asked)

    def focus_prompt(self) -> None:
        """Let the person write."""
        self.query_one(Prompt).focus()

    # --- asking --------------------------------------------------------------------------------

    @on(Prompt.Sent)
    async def _sent(self, message: Prompt.Sent) -> None:
        message.stop()
        await self.ask(message.text)

    async def ask(self, text: str) -> None:
        """Put a prompt to whoever answers now."""
        voice = self._voice()
        if voice is None:
            self._say(self._why_silent() if self._why_silent else _("Nobody answers yet."))
            return
        if self._asked:
            self._say(_("One answer at a time; Esc stops this one."))
            return
        prompt = self.query_one(Prompt)
        prompt.remember(text)
        prompt.clear()
        sides = self.sides if voice.has_base else SIDES[0]
        answers = [Answer(base) for base, on_ in ((False, sides.tuned), (True, sides.base)) if on_]
        turn = Turn(text, answers)
        self.conversation.turns.append(turn)
        await self._show_turn(turn, voice.live)
        for answer in answers:
            self._own.append((text, answer.base))
            args = arguments(self.conversation.messages(answer.base), self.settings, answer.base)
            self._asked[voice.ask(self, args)] = (answer, voice)

    async def _show_turn(self, turn: Turn, live: bool) -> None:
        for empty in self.query(".chat--empty"):
            await empty.remove()
        view = TurnView(turn, live=live)
        self._views.append(view)
        transcript = self.query_one("#transcript", VerticalScroll)
        transcript.anchor()
        await transcript.mount(view)
        while len(self._views) > SHOWN_TURNS:
            await self._views.pop(0).remove()

    @on(Progress)
    def _progress(self, message: Progress) -> None:
        message.stop()
        asked = self._asked.get(message.ticket)
        if asked is not None:
            asked[0].say(message.value)
            self._draw_soon()

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        message.stop()
        asked = self._asked.pop(message.ticket, None)
        if asked is not None:
            asked[0].end(message.value, message.problem)
            self._draw_soon()

    def _draw_soon(self) -> None:
        self._changed = True
        if self._flush_timer is None:
            self._flush_timer = self.set_timer(FLUSH_SECONDS, self._draw)

    def _draw(self) -> None:
        self._flush_timer = None
        if self._changed:
            self._changed = False
            for view in self._views[-2:]:
                view.show()

    # --- what was said elsewhere ---------------------------------------------------------------

    async def add_finished(self, chats: list[Chat]) -> None:
        """Show completed turns of the journal that were not asked here."""
        for chat in chats:
            if (chat.prompt, chat.base) in self._own:
                self._own.remove((chat.prompt, chat.base))
                continue
            answer = Answer(chat.base, chat.answer, "done", chat.tokens, chat.seconds)
            before = len(self.conversation.turns)
            self.conversation.take_finished(chat.prompt, answer, chat.step)
            if len(self.conversation.turns) > before:
                await self._show_turn(self.conversation.turns[-1], live=False)
            elif self._views:
                await self._views[-1].show_again()

    # --- keys ----------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Stop the answer under way, else leave the field."""
        if self._asked:
            for ticket, (_answer, voice) in list(self._asked.items()):
                voice.cancel(ticket)
        else:
            self.screen.set_focus(None)

    def action_sides(self) -> None:
        """Switch between the tuned model, both, and the base."""
        voice = self._voice()
        if voice is not None and not voice.has_base:
            self._say(_("This run trains all weights: there is no base beside them."))
            return
        self.sides = SIDES[(SIDES.index(self.sides) + 1) % len(SIDES)]
        self.show_head()

    def ask_both(self) -> None:
        """Ask the tuned model and its base from now on."""
        voice = self._voice()
        if voice is not None and voice.has_base:
            self.sides = SIDES[1]
            self.show_head()

    def action_options(self) -> None:
        """Change how answers are made."""
        from tui.chat.options import ChatOptions

        def take(settings: ChatSettings | None) -> None:
            if settings is not None:
                self.settings = settings
                self.show_head()

        self.app.push_screen(ChatOptions(self.settings), take)

    def action_copy_answer(self) -> None:
        """Copy the last answer to the terminal's clipboard, and into a file for where that fails."""
        answer = self.conversation.last_answer
        if answer is None:
            self._say(_("There is no answer to copy yet."))
            return
        self.app.copy_to_clipboard(answer.text)
        path = locations.private_directory(locations.home()) / "answer.txt"
        try:
            write_whole(path, answer.text + "\n")
        except OSError as error:
            self._say(_("Copied, but {path}: {why}.").format(path=path, why=error.strerror))
            return
        self._say(_("Copied, and written to {path}.").format(path=brief_path(path)))

    async def action_clear(self) -> None:
        """Forget the conversation; the journal keeps it."""
        if self._asked:
            self.action_leave()
            return
        self.conversation = Conversation()
        for view in self._views:
            await view.remove()
        self._views.clear()

    def action_page(self, direction: int) -> None:
        """Scroll the transcript by a page."""
        transcript = self.query_one("#transcript", VerticalScroll)
        if direction < 0:
            transcript.scroll_page_up(animate=False)
        else:
            transcript.scroll_page_down(animate=False)

    def _say(self, text: str) -> None:
        self.app.notify(text, markup=False)
