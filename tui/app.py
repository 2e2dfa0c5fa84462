"""The app: settings, the engine host behind it, keys that hold everywhere, and how it ends."""

import asyncio
import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from engine.words import _
from tui import appearance, mends, safe_text
from tui.background import Done, background
from tui.drawing import FrugalApp
from tui.host_link import HostChanged, HostLink

if TYPE_CHECKING:
    from engine.recipe import Recipe
    from engine.runs import RunDirectory

MINIMUM = (70, 20)
"""Columns and rows below which the app asks for a larger window."""

TWICE_SECONDS = 2.0
"""A second ctrl+c within this time quits."""


os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
"""pydantic would look through every installed package for plugins: 30 ms, and code of others."""


def _import_what_comes_next() -> None:
    """Load the wizard's modules while the person reads the first screen."""
    from tui.wizard.screen import STEPS

    list(STEPS)


@dataclass(frozen=True)
class AppSettings:
    """What the command line said: which screen to open, and how to draw."""

    start: str = "home"
    """`home`, `demo` or `attach`."""
    run: str | None = None
    in_process: bool = False
    """Train inside the app's own process, for debugging."""
    ascii_only: bool = False


class TunesmithApp(FrugalApp):
    """The terminal app."""

    TITLE = "tunesmith"
    CSS_PATH = Path(__file__).parent / "theme.tcss"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-tall")]
    BINDINGS = [
        Binding("q", "quit", _("Quit"), tooltip=_("Leave the app; runs go on"), show=False),
        Binding("ctrl+q", "quit", _("Quit"), show=False, priority=True, id="app.quit"),
        Binding("question_mark,f1", "help", _("Help"), tooltip=_("Keys of this screen"), id="help"),
        Binding("ctrl+p", "command_palette", _("Commands"), show=False, id="palette"),
    ]

    def __init__(self, settings: AppSettings | None = None, link: HostLink | None = None) -> None:
        self.settings = settings or AppSettings()
        safe_text.install(ascii_only=self.settings.ascii_only)
        mends.install()
        # With the terminal's own colours, NO_COLOR leaves colours out instead of making them grey.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.animation_level = "none"
        for theme in appearance.THEMES:
            self.register_theme(theme)
        self.theme = appearance.default_theme()
        self.link = link or HostLink(self)
        self.draft: Recipe | None = None
        """The recipe that was worked on last and not started yet."""
        self._ctrl_c_at = 0.0
        self._small: Screen[None] | None = None

    def get_default_screen(self) -> Screen[Any]:
        """The first screen; everything heavier is opened on top of it after it was drawn."""
        from tui.home.screen import HomeScreen

        return HomeScreen()

    def on_mount(self) -> None:
        self._watch_signals()
        self.call_after_refresh(self._after_first_frame)

    def on_unmount(self) -> None:
        self.link.close()
        from tui.draft_file import finish

        finish()

    def _watch_signals(self) -> None:
        """A closed terminal or a kill ends the app in order; trainers live on."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end_by, number)

    def _end_by(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def _after_first_frame(self) -> None:
        from tui.draft_file import load_draft

        self.link.start()
        background(self, "last draft", load_draft)
        if self.settings.start != "attach":
            background(self, "warm up", _import_what_comes_next)
        if self.settings.start == "demo":
            self.open_demo()
        elif self.settings.start == "attach" and self.settings.run is not None:
            self.open_run(self.settings.run)

    # --- places --------------------------------------------------------------------------------

    def open_wizard(self, recipe: "Recipe | None" = None, step: str = "model") -> None:
        """Open the wizard on a recipe, or on an empty one."""
        from tui.wizard.screen import WizardScreen

        self.push_screen(WizardScreen(recipe, step))

    def keep_draft(self, recipe: "Recipe | None") -> None:
        """Remember the recipe under way, here and on disk; None forgets it."""
        from tui.draft_file import keeping

        self.draft = recipe
        background(self, "draft", keeping(recipe))

    @on(Done)
    def _done(self, message: Done) -> None:
        if message.task == "last draft" and self.draft is None and message.value is not None:
            self.draft = message.value
            for screen in self.screen_stack:
                changed = getattr(screen, "draft_changed", None)
                if changed is not None:
                    changed()

    def show_new_run(self, run: "RunDirectory") -> None:
        """Start a run that was just made, in place of the screen that made it."""
        from tui.run.screen import RunScreen

        self.switch_screen(RunScreen(run, start=True, in_process=self.settings.in_process))

    def open_base_chat(self, recipe: "Recipe") -> None:
        """Talk to a recipe's model as it is."""
        from tui.base_chat import BaseChatScreen

        self.push_screen(BaseChatScreen(self.link, recipe))

    def open_tokens(self, recipe: "Recipe", source: str = "", row: int = 1) -> None:
        """Look through a recipe's rows, token by token."""
        from tui.tokens.screen import TokenScreen

        self.push_screen(TokenScreen(recipe, source, row))

    def action_tokens(self) -> None:
        """Look through the rows of the recipe under way."""
        from engine.recipe import Recipe

        self.open_tokens(self.draft or Recipe())

    def open_demo(self) -> None:
        """The embedded default with everything chosen; one key starts it."""
        from engine.errors import TunesmithError
        from engine.plan.presets import find_preset

        try:
            recipe = find_preset("demo")
        except TunesmithError as error:
            self.tell(str(error), severity="error")
            return
        self.open_wizard(recipe, step="review")

    def open_run(self, reference: str) -> None:
        """Open the run screen on a run that exists."""
        from engine.errors import TunesmithError
        from engine.runs import find
        from tui.run.screen import RunScreen

        try:
            run = find(reference)
        except TunesmithError as error:
            self.tell(str(error), severity="error")
            return
        self.push_screen(RunScreen(run, start=False))

    # --- the host ------------------------------------------------------------------------------

    @on(HostChanged)
    def _host_changed(self, message: HostChanged) -> None:
        if message.state == "lost":
            self.tell(
                _("{why}. Ctrl+P, then “Restart the engine host”.").format(why=message.reason),
                title=_("The engine host is gone"),
                severity="error",
            )
        for screen in self.screen_stack:
            changed = getattr(screen, "host_changed", None)
            if changed is not None:
                changed(message.state)

    def action_restart_host(self) -> None:
        """Start a new engine host when the old one is gone."""
        if self.link.state == "running":
            self.tell(_("The engine host is running."))
        self.link.start()

    # --- what people are told ------------------------------------------------------------------

    def tell(self, message: str, *, title: str = "", severity: Any = "information") -> None:
        """A short notice in the corner; text is shown as it is."""
        self.notify(safe_text.plain_lines(message), title=title, severity=severity, markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the command palette offers: every action of this screen, then the app's own."""
        seen = set()
        for node, binding, enabled, tooltip in screen.active_bindings.values():
            name = binding.description
            worth_offering = binding.show or tooltip
            if not name or not enabled or not worth_offering or name in seen or node is self:
                continue
            seen.add(name)
            yield SystemCommand(
                name,
                tooltip or _("key {key}").format(key=self.get_key_display(binding)),
                lambda node=node, action=binding.action: self.run_worker(
                    self.run_action(action, node), exit_on_error=False
                ),
            )
        if not seen & {_("Tokens"), _("Row…")}:
            yield SystemCommand(
                _("Tokens"), _("Look through the rows, token by token"), self.action_tokens
            )
        yield SystemCommand(_("Help"), _("Keys of this screen"), self.action_help)
        yield SystemCommand(_("Theme"), _("Choose other colours"), self.action_change_theme)
        yield SystemCommand(
            _("Restart the engine host"),
            _("Start it anew when it is gone"),
            self.action_restart_host,
        )
        yield SystemCommand(_("Quit"), _("Leave the app; runs go on"), self.action_quit)

    def action_help(self) -> None:
        """Show what the keys do here."""
        from tui.help.screen import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    # --- errors of our own ---------------------------------------------------------------------

    def _fatal_error(self) -> None:
        """An error that nobody caught: its story goes to a file, one sentence to the person.

        Textual's own report prints local variables, and with them a person's data.
        """
        from tui.crash import crash_sentence

        self._exit_renderables.append(Text(crash_sentence()))
        self._close_messages_no_wait()

    # --- leaving -------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Leave; a screen with a run on is asked first (`guard_quit() -> bool`: True keeps us)."""
        for screen in reversed(self.screen_stack):
            guard = getattr(screen, "guard_quit", None)
            if guard is not None and guard():
                return
        self.exit()

    async def action_help_quit(self) -> None:  # type: ignore[override]
        """Ctrl+C with nothing to copy: says how to quit, and quits when pressed twice."""
        now = time.monotonic()
        if now - self._ctrl_c_at < TWICE_SECONDS:
            await self.action_quit()
            return
        self._ctrl_c_at = now
        self.tell(_("Press ctrl+c again to quit."))

    # --- small windows -------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        columns, rows = event.size
        small = columns < MINIMUM[0] or rows < MINIMUM[1]
        if small and self._small is None:
            from tui.too_small import TooSmallScreen

            self._small = TooSmallScreen(MINIMUM)
            self.push_screen(self._small)
        elif not small and self._small is not None:
            card, self._small = self._small, None
            if self.screen is card:
                self.pop_screen()
