"""Reading the list of runs again and again, cheaply: what ended is read once."""

import os
from pathlib import Path

from engine.runs import RunDirectory, RunSummary, all_runs, summarize
from tui.run.state import ENDED


class RunList:
    """All runs, newest first; only what may have changed is summarized again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[int, int], RunSummary]] = {}

    def read(self, most: int | None = None) -> list[RunSummary]:
        """The runs as they are now; with `most`, only so many of the newest."""
        listed = []
        for run in all_runs()[:most]:
            mark = _mark(run)
            before = self._known.get(run.id)
            if before is None or before[0] != mark or before[1].state not in ENDED:
                before = self._known[run.id] = (mark, summarize(run))
            listed.append(before[1])
        return listed


def _mark(run: RunDirectory) -> tuple[int, int]:
    """What changes when the journal does."""
    try:
        status = os.stat(run.journal_file)
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def matches(summary: RunSummary, words: str) -> bool:
    """Whether every word of a filter occurs in what the list shows of a run."""
    shown = " ".join(
        (
            summary.id,
            summary.name or "",
            summary.state,
            summary.stage,
            summary.method,
            summary.model,
        )
    ).casefold()
    return all(word in shown for word in words.casefold().split())


def directory(summary: RunSummary) -> RunDirectory:
    """The run behind a line."""
    return RunDirectory(Path(summary.directory))
