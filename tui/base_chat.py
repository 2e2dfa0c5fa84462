"""Talking to a base model before anything is trained."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer

from engine.recipe import Recipe
from engine.words import _
from tui.chat.pane import ChatPane
from tui.chat.voice import HostVoice
from tui.host_link import HostLink
from tui.safe_text import plain


class BaseChatScreen(Screen[None]):
    """A chat with the recipe's model as it is; the host frees it when this closes."""

    BINDINGS = [Binding("escape", "back", _("Back"), show=False)]
    HELP = _("This is the base, as it answers before any training.")

    DEFAULT_CSS = """
    BaseChatScreen ChatPane { padding: 1 2 0 2; }
    """

    def __init__(self, link: HostLink, recipe: Recipe) -> None:
        super().__init__()
        self._link = link
        target = {
            "model": recipe.model.model_dump(mode="json"),
            "quantization": recipe.quantization.model_dump(mode="json"),
        }
        self._voice = HostVoice(link, target, plain(recipe.model.id), has_base=False)

    def compose(self) -> ComposeResult:
        yield ChatPane(lambda: self._voice, id="chat")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(ChatPane).focus_prompt()

    def action_back(self) -> None:
        """Back to the wizard."""
        self._link.ask(self, "unload")
        self.dismiss()
