"""A box for a folder, file or hub id: completes local paths, says beside itself what is wrong."""

import asyncio
import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from tui.line_input import LineInput
from tui.safe_text import plain

MAX_ENTRIES = 2000
"""Entries of a folder that are looked through for a completion."""


class PathSuggester(Suggester):
    """Completes what is written like a path with the first entry that fits."""

    def __init__(self, fits: Callable[[os.DirEntry[str]], bool]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._fits = fits

    async def get_suggestion(self, value: str) -> str | None:
        """The completed path, None where nothing fits. A slow disk holds nobody up."""
        if not value.startswith(("/", "./", "../", "~/")):
            return None
        return await asyncio.to_thread(complete_path, value, self._fits)


def complete_path(value: str, fits: Callable[[os.DirEntry[str]], bool]) -> str | None:
    """The first folder, or file that `fits`, whose path begins with `value`."""
    head, _slash, start = value.rpartition("/")
    names = []
    try:
        with os.scandir(Path(head or "/").expanduser()) as entries:
            for entry in itertools.islice(entries, MAX_ENTRIES):
                if not entry.name.startswith(start) or not entry.name.isprintable():
                    continue
                if entry.name.startswith(".") and not start.startswith("."):
                    continue
                if entry.is_dir():
                    names.append(entry.name + "/")
                elif fits(entry):
                    names.append(entry.name)
    except OSError:
        return None
    return f"{head}/{min(names)}" if names else None


class PathField(Vertical):
    """Label, box, and a line below it for what is wrong."""

    DEFAULT_CSS = """
    PathField { height: auto; }
    PathField Horizontal { height: 1; }
    PathField .label { width: 20; padding-right: 1; }
    PathField:focus-within { color: $foreground; }
    PathField:focus-within .label { color: $accent; text-style: bold; }
    PathField Input { width: 1fr; }
    PathField .told { color: $text-muted; height: auto; max-height: 4; display: none;
                      padding-left: 21; }
    PathField .told.-said { display: block; }
    PathField .told.-problem { color: $error; }
    """

    @dataclass
    class Entered(Message):
        """The person finished typing."""

        field: "PathField"
        text: str

        @property
        def control(self) -> "PathField":
            """The field."""
            return self.field

    def __init__(
        self,
        label: str,
        placeholder: str,
        fits: Callable[[os.DirEntry[str]], bool],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._placeholder = placeholder
        self._fits = fits
        self._last = ""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(self._label, classes="label", markup=False)
            yield LineInput(placeholder=self._placeholder, suggester=PathSuggester(self._fits))
        yield Static("", classes="told", markup=False)

    @property
    def box(self) -> Input:
        """The box itself."""
        return self.query_one(Input)

    def show(self, text: str) -> None:
        """Show a value that was chosen elsewhere."""
        self._last = text
        if self.is_mounted and not self.box.has_focus:
            self.box.value = text

    def tell(self, text: str, *, problem: bool = False) -> None:
        """A line below the box; empty text takes it away."""
        line = self.query_one(".told", Static)
        line.update(f"✗ {plain(text)}" if problem and text else plain(text))
        line.set_class(bool(text), "-said")
        line.set_class(problem, "-problem")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._finish(event.value)

    @on(Input.Blurred)
    def _blurred(self, event: Input.Blurred) -> None:
        event.stop()
        if event.value.strip() != self._last:
            self._finish(event.value)

    def _finish(self, text: str) -> None:
        self._last = text.strip()
        self.post_message(self.Entered(self, self._last))
