"""Showing a run as it goes: events as JSON lines, one calm moving line, or plain lines."""

import time
from types import TracebackType
from typing import Protocol, Self

from engine.cli.output import Output
from engine.cli.story import line, phase_words, step_words
from engine.events import Entry, Phase, Step
from engine.plain_text import plain_line
from engine.words import _

PLAIN_SECONDS = 5.0
"""Time between two lines of figures where no line can move."""
REDRAWS_PER_SECOND = 2
_BETWEEN_STEPS = ("evaluating", "training")
"""Phases that come again and again once training has begun; their results are told."""


class Display(Protocol):
    """Shows entries as they come; used as a context."""

    def show(self, entry: Entry) -> None:
        """One entry of the journal."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def display_for(out: Output) -> Display:
    """The display that suits where the output goes."""
    if out.as_json:
        return JsonEvents(out)
    return MovingLine() if out.stderr_is_terminal else PlainLines(out)


class _Simple:
    """A display with nothing to open and nothing to close."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Show what was held back."""


class JsonEvents(_Simple):
    """One event a line on standard output."""

    def __init__(self, out: Output) -> None:
        self._out = out

    def show(self, entry: Entry) -> None:
        self._out.event(entry)


class PlainLines(_Simple):
    """Lines on standard error: all that happens, and figures every few seconds."""

    def __init__(self, out: Output) -> None:
        self._out = out
        self._shown_at = float("-inf")
        self._held: Step | None = None
        self._trains = False

    def show(self, entry: Entry) -> None:
        event = entry.event
        if isinstance(event, Step):
            self._held = event
            if time.monotonic() - self._shown_at >= PLAIN_SECONDS:
                self._release()
        elif isinstance(event, Phase):
            if event.phase not in _BETWEEN_STEPS or not self._trains:
                self._out.note(phase_words(event))
            self._trains |= event.phase == "training"
        elif (text := line(entry)) is not None:
            self._release()
            self._out.note(plain_line(text))

    def close(self) -> None:
        self._release()

    def _release(self) -> None:
        if self._held is not None:
            self._out.note(step_words(self._held))
            self._held = None
            self._shown_at = time.monotonic()


class MovingLine:
    """A bar with the newest figures; what happens besides stays above it."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self._progress = Progress(
            BarColumn(bar_width=12),
            TextColumn("{task.description}", markup=False),
            console=self._console,
            refresh_per_second=REDRAWS_PER_SECOND,
            transient=True,
        )
        self._figures = ""
        self._task = self._progress.add_task(_("starting"), total=None)

    def show(self, entry: Entry) -> None:
        event = entry.event
        if isinstance(event, Step):
            self._figures = step_words(event)
            self._progress.update(
                self._task,
                description=self._figures,
                completed=event.step,
                total=event.total_steps,
            )
        elif isinstance(event, Phase):
            # Back from an evaluation: the figures say more than the word.
            words = self._figures if event.phase == "training" else ""
            self._progress.update(self._task, description=words or plain_line(phase_words(event)))
        elif (text := line(entry)) is not None:
            self._console.print(plain_line(text), markup=False, soft_wrap=True)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        try:
            self._progress.stop()
        except OSError:
            return  # the terminal is gone
