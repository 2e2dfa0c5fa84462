"""What every test stands on: a home of its own, so that none sees or leaves a person's files."""

import os

# Tiny models train fastest on one thread, and the threads of several trainers would fight.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest


@pytest.fixture(autouse=True)
def tunesmith_home(tmp_path_factory, monkeypatch):
    """A fresh TUNESMITH_HOME for each test."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("TUNESMITH_HOME", str(home))
    return home
