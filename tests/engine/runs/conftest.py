"""Runs on disk that nobody trains."""

import pytest

from engine.events import Event
from engine.recipe import Recipe
from engine.runs import JournalWriter, RunDirectory, create


@pytest.fixture
def run() -> RunDirectory:
    return create(Recipe(name="ember"))


@pytest.fixture
def say():
    """Writes one attempt's events to a run's journal."""

    def write(run: RunDirectory, *events: Event) -> None:
        journal = JournalWriter(run.journal_file)
        for event in events:
            journal.write(event)
        journal.close()

    return write
