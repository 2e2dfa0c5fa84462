"""The Dataset step on a real engine host, over small files."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from tests.tui.conftest import make_app, screen_text, wait_until
from tui.host_link import HostLink
from tui.wizard.screen import WizardScreen

pytestmark = pytest.mark.usefixtures("fixed_machine")
LONG = 240.0


def seen(pilot: Any, *words: str) -> Callable[[], bool]:
    return lambda: all(word in " ".join(screen_text(pilot.app).split()) for word in words)


def lines(path: Path, rows: list[dict[str, Any]], *more: str) -> Path:
    texts = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join([*texts, *more]) + "\n", encoding="utf-8")
    return path


@asynccontextmanager
async def step_with(link: HostLink, source: Path) -> AsyncIterator[tuple[Any, WizardScreen]]:
    app = make_app(link)
    async with app.run_test(size=(100, 50), notifications=True) as pilot:
        app.open_wizard(None, "dataset")
        await wait_until(pilot, lambda: isinstance(app.screen, WizardScreen))
        screen = app.screen
        assert isinstance(screen, WizardScreen)
        await wait_until(pilot, lambda: screen.body.ready)
        box = screen.query_one("#path Input", Input)
        box.focus()
        box.insert_text_at_cursor(str(source))
        await pilot.pause()
        await pilot.press("enter")
        yield pilot, screen


async def test_columns_in_another_language_are_proposed_changed_and_used(
    shared_host: HostLink, tmp_path: Path
) -> None:
    rows = [{"题目": f"第{n}问", "答复": f"第{n}答", "备注": f"注{n}"} for n in range(12)]
    async with step_with(shared_host, lines(tmp_path / "faq.jsonl", rows)) as (pilot, screen):
        await wait_until(pilot, seen(pilot, "▲ choose", "a guess:"), LONG)
        await pilot.press("f3")
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.draft.recipe.data.columns != {})
        assert screen.draft.recipe.data.columns == {"prompt": "题目", "completion": "答复"}
        await wait_until(pilot, seen(pilot, "assistant: 第0答", "✓ 12 rows"), LONG)
        # The answer is to be read from the remarks instead.
        await pilot.press("tab", "tab", "enter", "down", "enter")
        await wait_until(
            pilot, lambda: screen.draft.recipe.data.columns.get("completion") == "备注"
        )
        await wait_until(pilot, seen(pilot, "assistant: 注0"), LONG)


async def test_the_doctor_accounts_for_every_row_and_its_advice_is_followed(
    shared_host: HostLink, tmp_path: Path
) -> None:
    rows = [{"instruction": f"{n} and what else?", "output": f"{n} is it."} for n in range(30)]
    rows += [rows[4], {"instruction": "and?", "output": ""}]
    path = lines(tmp_path / "rows.jsonl", rows, '{"instruction": ')
    async with step_with(shared_host, path) as (pilot, screen):
        await pilot.press("f4")
        await wait_until(pilot, seen(pilot, "33 rows: 31 kept · 1 dropped · 1 refused"), LONG)
        assert seen(
            pilot, "dropped: an empty answer", "row 32:", "refused: broken JSON", "row 33:",
            "the same as an earlier row", "row 31: It is the same as row 5.",
            "→ drop_duplicates on now off",
        )()  # fmt: skip
        await pilot.press("a")
        await wait_until(
            pilot, seen(pilot, "33 rows: 30 kept · 2 dropped · 1 refused", "✓ max_length"), LONG
        )
        assert screen.draft.recipe.data.drop_duplicates
        await pilot.press("u")
        await wait_until(pilot, seen(pilot, "33 rows: 31 kept · 1 dropped"), LONG)
        assert screen.draft.recipe.data.max_length == "auto"
