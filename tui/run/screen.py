"""The run screen: a living run, or one that ended, with its chat."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from engine.connection import Connection, Pending
from engine.errors import TunesmithError, Unreachable
from engine.runs import RunDirectory, is_owned, order_by_file
from engine.words import _
from tui.background import post
from tui.chat.pane import ChatPane
from tui.chat.voice import HostVoice, TrainerVoice, Voice
from tui.host_link import HostLink
from tui.run.dashboard import Dashboard
from tui.run.ending import ending_words
from tui.run.follow import RunChanged, RunFollower, TrainerReached, TrainerRefused
from tui.run.leave import DETACH, STOP, leave_question, stop_question
from tui.run.log import RunLog
from tui.run.orders import OrderAnswered, answer_words
from tui.run.state import RunView
from tui.safe_text import plain_lines

LOG_SECONDS = 1.0
"""Log lines are written in batches this far apart."""
RESUMABLE = frozenset({"stopped", "failed", "lost"})


class RunScreen(Screen[None]):
    """Follows one run; owns nothing of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pause", _("Pause"), tooltip=_("Pause or go on, between two steps")),
        Binding("t", "talk", _("Talk"), tooltip=_("Write to the model")),
        Binding("c", "checkpoint", _("Save"), tooltip=_("Save a checkpoint now")),
        Binding("s", "stop", _("Stop"), tooltip=_("Save, then end; resume later")),
        Binding("d", "detach", _("Detach"), tooltip=_("Leave; training goes on")),
        Binding("e", "evaluate", _("Eval"), tooltip=_("Evaluate now")),
        Binding("m", "metric", _("Curve"), tooltip=_("Another curve: eval, rate, norm, speed …")),
        Binding("l", "log", _("Log"), tooltip=_("Show or hide the log")),
        Binding("b", "compare", _("Compare"), tooltip=_("Talk to the model beside its base"),
                show=False),
        Binding("k", "tokens", _("Tokens"), tooltip=_("The rows it is trained on, token by token"),
                show=False),
        Binding("r", "resume", _("Resume"), tooltip=_("Go on from the last checkpoint")),
        Binding("y", "replay", _("Replay"), tooltip=_("Run the same recipe again")),
        Binding("v", "preset", _("Preset"), tooltip=_("Keep the recipe as a preset")),
        Binding("escape", "back", _("Back"), show=False),
    ]  # fmt: skip
    HELP = _("Training goes on when this screen closes. t writes to the model, Esc comes back.")

    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    RunScreen { layout: vertical; }
    RunScreen #body { height: 1fr; layout: vertical; }
    RunScreen.-wide #body { layout: horizontal; }
    RunScreen #left { height: auto; }
    RunScreen.-wide #left { width: 1fr; height: 1fr; }
    RunScreen.-tall #middle { height: 11; margin: 1 0; }
    RunScreen.-wide.-tall #middle { height: 17; }
    RunScreen #ending { height: auto; display: none; padding: 0 1; margin: 0 1; }
    RunScreen.-ended #ending { display: block; border-left: outer $success; }
    RunScreen.-stopped #ending { border-left: outer $text-muted; }
    RunScreen.-failed #ending { border-left: outer $error; }
    RunScreen #chat { border-top: solid $border-blurred; border-title-style: none; }
    RunScreen.-narrow .chat--head { display: none; }
    RunScreen.-wide #chat { width: 44%; border-top: none; border-left: solid $border-blurred; }
    RunScreen RunLog { display: none; height: 1fr; }
    RunScreen.-wide RunLog { display: block; }
    RunScreen.-wide.-log RunLog { display: none; }
    RunScreen.-narrow.-log RunLog { display: block; }
    RunScreen.-narrow.-log #left { height: 1fr; }
    RunScreen.-narrow.-log #chat { display: none; }
    """

    def __init__(
        self, run: RunDirectory, start: bool, *, resume: bool = False, in_process: bool = False
    ) -> None:
        super().__init__()
        self.run = run
        self.view = RunView()
        self.follower = RunFollower(
            run,
            lambda message: post(self, message),
            start=start,
            resume=resume,
            in_process=in_process,
        )
        self.run_name = run.id
        self._chats = 0
        self._keys_for = ""
        self._after_end: Callable[[], object] | None = None

    def compose(self) -> ComposeResult:
        """Dashboard, ending and log on the left or above, chat on the right or below."""
        settings = getattr(self.app, "settings", None)
        with Container(id="body"):
            with Vertical(id="left"):
                yield Dashboard(ascii_only=bool(getattr(settings, "ascii_only", False)))
                yield Static(id="ending", markup=False)
                yield RunLog()
            yield ChatPane(self._voice, why_silent=self._why_silent, id="chat")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin to follow."""
        self._show()
        self.run_worker(self._follow, thread=True, exit_on_error=False, name="follow")
        self.set_interval(LOG_SECONDS, self._tick)

    def _follow(self) -> None:
        worker = get_current_worker()
        self.follower.follow(lambda: worker.is_cancelled)

    # --- what is seen --------------------------------------------------------------------------

    @on(RunChanged)
    async def _changed(self, message: RunChanged) -> None:
        message.stop()
        self.view = self.follower.take()
        self._show()
        new = list(self.view.chat[self._chats :])
        self._chats = len(self.view.chat)
        if new:
            await self.query_one(ChatPane).add_finished(new)
        if self.view.ended and self._after_end is not None:
            after, self._after_end = self._after_end, None
            after()

    @on(TrainerReached)
    def _reached(self, message: TrainerReached) -> None:
        message.stop()
        self.query_one(ChatPane).show_head()

    @on(TrainerRefused)
    def _refused(self, message: TrainerRefused) -> None:
        message.stop()
        self._tell(str(message.problem), "error")

    def _show(self) -> None:
        view = self.view
        if view.facts is not None:
            self.run_name = view.facts.run_name or self.run.id
        self.query_one(Dashboard).show(view, self.run_name)
        self.set_class(view.ended, "-ended")
        self.set_class(view.state in {"failed", "lost"}, "-failed")
        self.set_class(view.state == "stopped", "-stopped")
        if view.ended:
            self.query_one("#ending", Static).update(ending_words(view, self.run))
        self.query_one(ChatPane).show_head()
        if view.state != self._keys_for:
            # Not at each step: the footer is built anew each time.
            self._keys_for = view.state
            self.refresh_bindings()

    def _tick(self) -> None:
        """Once a second: the clock, and the log in one batch."""
        if not self.view.ended and self.view.state != "paused":
            self.query_one(Dashboard).tick()
        log = self.query_one(RunLog)
        if log.display:
            log.show(self.view.log)

    # --- orders --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that make no sense any more are not shown."""
        if action in {"pause", "checkpoint", "stop", "detach", "evaluate"}:
            return not self.view.ended
        if action in {"replay", "preset"}:
            return self.view.ended
        if action == "resume":
            return self.view.state in RESUMABLE
        return True

    def action_pause(self) -> None:
        """Pause, or go on."""
        self._order("continue" if self.view.state == "paused" else "pause")

    def action_checkpoint(self) -> None:
        """Save a checkpoint now."""
        self._order("checkpoint")

    def action_evaluate(self) -> None:
        """Evaluate now."""
        self._order("evaluate")

    def action_stop(self) -> None:
        """Stop and save, after a question."""
        self.app.push_screen(
            stop_question(self.view, self.run_name), lambda answer: self._stop_if(answer)
        )

    def _stop_if(self, answer: str | None) -> None:
        if answer == STOP:
            self._order("stop")

    def _order(self, command: str) -> bool:
        """Ask the trainer; its answer is told in a corner, its work appears in the journal."""
        connection = self.follower.connection
        if connection is None:
            return self._order_by_file(command)

        def ended(pending: Pending) -> None:
            post(self, OrderAnswered(command, pending.value, pending.problem))

        try:
            connection.ask(command, on_end=ended)
        except Unreachable as error:
            self._tell(str(error), "error")
            return False
        return True

    def _order_by_file(self, command: str) -> bool:
        """Ask a living trainer without a socket (shared storage), where that can be asked."""
        if command in {"stop", "checkpoint"} and self.view.started and is_owned(self.run):
            try:
                order_by_file(self.run, command)
            except OSError as error:
                self._tell(
                    _("The trainer cannot be asked: {why}.").format(why=error.strerror), "error"
                )
                return False
            self._tell(_("Asked through a file in the run's directory."))
            return True
        self._tell(_("The trainer cannot be reached yet."), "warning")
        return False

    @on(OrderAnswered)
    def _order_answered(self, message: OrderAnswered) -> None:
        message.stop()
        words = answer_words(message)
        if words:
            self._tell(words, "error" if message.problem else "information")

    # --- the rest of the keys ------------------------------------------------------------------

    def action_talk(self) -> None:
        """Write to the model."""
        self.remove_class("-log")
        self.query_one(ChatPane).focus_prompt()

    async def action_compare(self) -> None:
        """Write to the model and its base at once."""
        self.action_talk()
        self.query_one(ChatPane).ask_both()

    def action_resume(self) -> None:
        """Go on from the last checkpoint."""
        from tui.sessions.again import resume

        resume(self, self.run)

    def action_replay(self) -> None:
        """Run the same recipe again."""
        from tui.sessions.again import replay

        replay(self, self.run)

    def action_preset(self) -> None:
        """Keep the recipe as a preset."""
        from tui.sessions.again import keep_as_preset

        keep_as_preset(self, self.run, self.run_name)

    def action_tokens(self) -> None:
        """Look through the rows that it is trained on."""
        from tui.tokens.screen import TokenScreen

        link = getattr(self.app, "link", None)
        try:
            recipe = self.run.recipe()
        except TunesmithError as error:
            self._tell(str(error), "error")
            return
        if isinstance(link, HostLink):
            self.app.push_screen(TokenScreen(recipe))

    def action_log(self) -> None:
        """Show or hide the log."""
        self.toggle_class("-log")
        log = self.query_one(RunLog)
        log.show(self.view.log)
        if self.has_class("-narrow") and self.has_class("-log"):
            log.focus()
        elif self.focused is log:
            self.set_focus(None)

    def action_metric(self) -> None:
        """Show another curve."""
        self.query_one(Dashboard).next_metric()

    # --- leaving -------------------------------------------------------------------------------

    @property
    def on_air(self) -> bool:
        """Whether leaving leaves a run behind."""
        return not self.view.ended

    def action_detach(self) -> None:
        """Leave; training goes on."""
        if self.follower.in_process:
            self._ask_to_leave(self.dismiss)
            return
        self._tell(_("{name} goes on. `tunesmith attach {id}` comes back.").format(
            name=self.run_name, id=self.run.id))  # fmt: skip
        self.dismiss()

    def action_back(self) -> None:
        """Back to where one came from; asks while a run is on."""
        if self.on_air:
            self._ask_to_leave(self.dismiss)
        else:
            self.dismiss()

    def guard_quit(self) -> bool:
        """Called before the app quits; True keeps it while the person is asked."""
        if not self.on_air:
            return False
        self._ask_to_leave(self.app.exit)
        return True

    def _ask_to_leave(self, leave: Callable[[], object]) -> None:
        def answered(answer: str | None) -> None:
            if answer == DETACH:
                leave()
            elif answer == STOP:
                self._after_end = leave
                if not self._order("stop"):
                    self._after_end = None

        self.app.push_screen(
            leave_question(self.view, self.run_name, in_process=self.follower.in_process), answered
        )

    # --- chat ----------------------------------------------------------------------------------

    def _voice(self) -> Voice | None:
        """The live weights while there is a trainer, then the host with the run's result."""
        if self.follower.connection is not None:
            name = _("the result") if self.view.state == "done" else _("live weights")
            return TrainerVoice(self._connection, name, has_base=True)
        link = getattr(self.app, "link", None)
        if isinstance(link, HostLink) and self.view.state in {"done", "stopped"}:
            return HostVoice(link, {"run": self.run.id}, _("the result"), has_base=True)
        return None

    def _connection(self) -> Connection | None:
        return self.follower.connection

    def _why_silent(self) -> str:
        if self.view.ended:
            return _("this run left nothing to talk to")
        return _("the model is not loaded yet")

    def _tell(self, text: str, severity: Any = "information") -> None:
        self.app.notify(plain_lines(text), severity=severity, markup=False)
