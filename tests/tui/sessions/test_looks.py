"""How the list of runs looks."""

import time
from collections.abc import Callable

import pytest

from engine.runs import RunSummary
from tests.tui.conftest import PlayedLink, make_app
from tui.sessions.listing import RunList
from tui.sessions.screen import SessionsScreen

pytestmark = pytest.mark.usefixtures("fixed_machine")

MADE = (
    ("running", "huanhuan", "pocket", 120, 300, 0.7401, 0.9326, 41.0),
    ("paused", "qlora try", "Qwen/Qwen3-8B", 900, 5000, 1.204, 1.31, 7400.0),
    ("done", "gutenberg", "/home/you/models/tiny-llama", 300, 300, 2.11, 2.2, 99.0),
    ("stopped", "huanhuan", "pocket", 60, 300, 1.24, None, 20.0),
    ("failed", "too hot", "pocket", 12, 300, None, None, 5.0),
    ("lost", None, "pocket", 0, 0, None, None, None),
)


def summaries() -> list[RunSummary]:
    return [
        RunSummary(f"2026080{9 - n}-120000-run", name, state, "sft", "lora", model, step, total,
                   loss, evaluation, 1_790_000_000.0 - n * 86_400, seconds, f"/runs/{n}")
        for n, (state, name, model, step, total, loss, evaluation, seconds) in enumerate(MADE)
    ]  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=["80x24", "200x50"])
def test_the_list_of_runs(
    size: tuple[int, int], snap_compare: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setattr(RunList, "read", lambda self, most=None: summaries())
    app = make_app(PlayedLink({}))
    app.get_default_screen = SessionsScreen  # type: ignore[method-assign,assignment]
    assert snap_compare(app, terminal_size=size)
