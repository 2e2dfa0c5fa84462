"""One turn on the screen: the prompt and one or two answers."""

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from engine.words import _
from tui.chat.conversation import Answer, Turn
from tui.run.amounts import figure
from tui.safe_text import plain, plain_lines


def note(answer: Answer, live: bool) -> tuple[str, str]:
    """The line below an answer, and its style: what is waited for, how fast it was."""
    if answer.state == "waiting":
        words = _("waiting for the step to end …") if live else _("waiting …")
        return words, "$text-muted"
    if answer.state == "loading":
        return _("loading the model …"), "$text-muted"
    if answer.state == "speaking":
        return "", ""
    if answer.state == "failed":
        reason = str(answer.problem) if answer.problem else _("no answer")
        return "✗ " + plain(reason), "$error"
    parts = []
    if answer.state == "stopped":
        parts.append(_("stopped"))
    if answer.cut:
        parts.append(_("cut at the longest length"))
    if answer.tokens:
        parts.append(_("{n} tokens").format(n=answer.tokens))
    if answer.tokens_per_second is not None:
        parts.append(_("{n} tokens/s").format(n=figure(answer.tokens_per_second, 3)))
    return " · ".join(parts), "$text-muted"


class AnswerView(Static):
    """One side's answer."""

    DEFAULT_CSS = """
    AnswerView { height: auto; width: 1fr; padding: 0 1 0 2; }
    """

    def __init__(self, answer: Answer, *, named: bool, live: bool) -> None:
        super().__init__(markup=False)
        self.answer = answer
        self._named = named
        self._live = live
        self._shown: Content | None = None

    def on_mount(self) -> None:
        """Show what there is."""
        self.show()

    def show(self) -> None:
        """Show the answer as it is now."""
        parts: list[Content] = []
        if self._named:
            name = _("base") if self.answer.base else _("tuned")
            parts.append(Content.styled(name, "$secondary" if self.answer.base else "$accent"))
        if self.answer.text:
            parts.append(Content(plain_lines(self.answer.text).strip("\n")))
        words, style = note(self.answer, self._live)
        if words:
            parts.append(Content.styled(words, style))
        content = Content("\n").join(parts)
        if content != self._shown:
            self._shown = content
            self.update(content)


class TurnView(Vertical):
    """A prompt with its answers, side by side where there is room."""

    DEFAULT_CSS = """
    TurnView { height: auto; margin-bottom: 1; }
    TurnView .prompt { height: auto; color: $foreground; text-style: bold; padding: 0 1 0 0; }
    TurnView .answers { height: auto; layout: vertical; }
    """

    def __init__(self, turn: Turn, *, live: bool) -> None:
        super().__init__()
        self.turn = turn
        self._live = live

    def compose(self) -> ComposeResult:
        """Prompt and answers."""
        yield Static(
            Content.assemble(("› ", "$accent"), plain_lines(self.turn.prompt)),
            classes="prompt",
            markup=False,
        )
        with Container(classes="answers"):
            yield from self._views()

    def _views(self) -> list[AnswerView]:
        named = len(self.turn.answers) > 1 or any(a.base for a in self.turn.answers)
        return [AnswerView(a, named=named, live=self._live) for a in self.turn.answers]

    def show(self) -> None:
        """Show the answers as they are now."""
        for view in self.query(AnswerView):
            view.show()

    async def show_again(self) -> None:
        """Another answer joined."""
        answers = self.query_one(".answers")
        await answers.remove_children()
        await answers.mount_all(self._views())
