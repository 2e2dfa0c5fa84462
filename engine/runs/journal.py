"""The journal: one event a line, appended and flushed; the only truth about a run."""

import dataclasses
import math
import os
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from engine.events import (
    TERMINAL,
    Checkpoint,
    Entry,
    Eval,
    Event,
    Resumed,
    Sample,
    Step,
    read_entry,
)

_SYNCED: tuple[type[Event], ...] = (Checkpoint, *TERMINAL)


class JournalWriter:
    """Appends events of one attempt. A full disk loses no event: it is written when there is room.

    Only the process that holds the run's lock may have one.
    """

    def __init__(self, path: Path) -> None:
        last = last_entry(path)
        self.attempt = last.attempt + 1 if last else 1
        self._seq = last.seq + 1 if last else 1
        self._backlog: list[bytes] = []
        self._fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        size = os.fstat(self._fd).st_size
        self._torn = size > 0 and os.pread(self._fd, 1, size - 1) != b"\n"

    def write(self, event: Event) -> Entry:
        """Append one event."""
        entry = Entry(self._seq, self.attempt, time.time(), _finite(event))
        self._seq += 1
        self._backlog.append(entry.to_line().encode() + b"\n")
        try:
            while self._backlog:
                line = self._backlog[0]
                if self._torn:
                    line = b"\n" + line
                written = os.write(self._fd, line)
                self._torn = written != len(line)
                if self._torn:
                    break
                self._backlog.pop(0)
            if isinstance(event, _SYNCED):
                os.fsync(self._fd)
        except OSError:
            # No space: the line stays in the backlog and goes out with the next one.
            del self._backlog[:-10_000]
        return entry

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)


class JournalTail:
    """Reads a journal on: each `poll` gives the entries that came since."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._rest = b""

    @property
    def offset(self) -> int:
        """Bytes read so far."""
        return self._offset

    def poll(self, limit: int = -1) -> list[Entry]:
        """New whole lines, in order; with `limit`, those of at most the next so many bytes."""
        try:
            with self._path.open("rb") as file:
                file.seek(self._offset)
                data = file.read(limit)
        except FileNotFoundError:
            return []
        if not data:
            return []
        self._offset += len(data)
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        entries = [entry for entry in map(read_entry, lines) if entry]
        # Killed between a line and its end: what closes its brace is whole, and may be the last.
        whole = read_entry(self._rest) if self._rest.endswith(b"}") else None
        if whole:
            self._rest = b""
            entries.append(whole)
        return entries


def read_journal(path: Path) -> list[Entry]:
    """All entries of a journal, torn and unknown lines left out."""
    return JournalTail(path).poll()


def last_entry(path: Path, block: int = 65_536) -> Entry | None:
    """The newest entry, read from the end of the file."""
    for entry in reversed_entries(path, block):
        return entry
    return None


def first_entry(path: Path) -> Entry | None:
    """The oldest entry, read from the head of the file."""
    try:
        with path.open("rb") as file:
            return next(filter(None, map(read_entry, islice(file, 20))), None)
    except OSError:
        return None


def reversed_entries(
    path: Path, block: int = 65_536, kinds: tuple[type[Event], ...] = ()
) -> Iterator[Entry]:
    """Entries from newest to oldest, reading only as much of the file as is asked for.

    With `kinds` only those are told, and only they cost more than a look at their line.
    """
    marks = [f'"event":"{kind.name}"'.encode() for kind in kinds]
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        end = file.seek(0, os.SEEK_END)
        rest = b""
        while end > 0:
            start = max(0, end - block)
            file.seek(start)
            data = file.read(end - start) + rest
            end = start
            if marks and not any(mark in data for mark in marks):
                rest = data.partition(b"\n")[0]
                continue
            lines = data.split(b"\n")
            rest = lines.pop(0) if start > 0 else b""
            for line in reversed(lines):
                if not line or (marks and not any(mark in line for mark in marks)):
                    continue
                entry = read_entry(line)
                if entry and (not kinds or isinstance(entry.event, kinds)):
                    yield entry


def valid(entries: Iterable[Entry]) -> list[Entry]:
    """The history that holds: steps and what belongs to them are void after a resume point."""
    history: list[Entry] = []
    for entry in entries:
        if isinstance(entry.event, Resumed):
            since = entry.event.from_step
            history = [
                old
                for old in history
                if not (
                    old.attempt < entry.attempt
                    and isinstance(old.event, (Step, Eval, Checkpoint, Sample))
                    and old.event.step > since
                )
            ]
        history.append(entry)
    return history


def _finite(event: Event) -> Event:
    """JSON has no NaN and no infinity: such figures are written as null."""
    changed = {
        name: _clean(value)
        for name, value in vars(event).items()
        if isinstance(value, (float, dict))
    }
    return dataclasses.replace(event, **changed) if changed else event


def _clean(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(inner) for inner in value]
    return value
