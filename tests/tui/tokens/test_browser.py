"""The token browser, on a played host and on a real one over small files."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from engine.errors import Problem
from engine.recipe import Recipe, build
from tests.tui import played
from tests.tui.conftest import PlayedLink, make_app, screen_text, wait_until
from tui.host_link import HostLink
from tui.tokens.screen import TokenScreen
from tui.tokens.table import visible

LONG = 240.0
HOSTILE = "\x1b]52;c;aGk=\x07 [bold red]x[/] \u202eevil\u202c"


def seen(pilot: Any, *words: str) -> Callable[[], bool]:
    return lambda: all(word in " ".join(screen_text(pilot.app).split()) for word in words)


@asynccontextmanager
async def browser(
    link: HostLink, recipe: Recipe, row: int = 1, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Any, TokenScreen]]:
    app = make_app(link)
    async with app.run_test(size=size, notifications=True) as pilot:
        app.open_tokens(recipe, "", row)
        await wait_until(pilot, lambda: isinstance(app.screen, TokenScreen))
        screen = app.screen
        assert isinstance(screen, TokenScreen)
        yield pilot, screen


@pytest.fixture
def link() -> PlayedLink:
    return PlayedLink(played.answers())


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Fifty rows: the third is broken, the fourth hostile, the fortieth has a word of its own."""
    lines = []
    for n in range(1, 51):
        said = {4: HOSTILE, 40: "the Zebra at last"}.get(n, f"answer {n}")
        turns = [{"role": "user", "content": f"question {n}"},
                 {"role": "assistant", "content": said}]  # fmt: skip
        lines.append(json.dumps({"messages": turns}) if n != 3 else '{"messages": [')
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def recipe_of(path: Path, **data: Any) -> Recipe:
    return build({"data": {"source": str(path), **data}})


# --- on a played host ------------------------------------------------------------------------------


async def test_what_carries_loss_is_underlined_and_marked(link: PlayedLink) -> None:
    async with browser(link, Recipe()) as (pilot, _screen):
        await wait_until(pilot, seen(pilot, "row 1 of persona", "6 tokens, 2 carry loss"))
        underlined = [
            segment.text
            for line in pilot.app.screen._compositor.render_strips()
            for segment in line
            if segment.style and segment.style.underline
        ]
        assert "I am Pebble, a small assistant." in "".join(underlined)
        assert "Who are you?" not in "".join(underlined)
        await pilot.press("v")
        await wait_until(pilot, seen(pilot, "# id loss token"))
        lines = {line.strip() for line in screen_text(pilot.app).splitlines()}
        assert '4   4   ●    "I am Pebble, a small assistant."' in lines
        assert '2   2        "Who are you?"' in lines


async def test_a_row_that_is_left_out_says_why_in_either_view(link: PlayedLink) -> None:
    async with browser(link, Recipe(), row=3) as (pilot, _screen):
        await wait_until(pilot, seen(pilot, "This row is left out.", "The answer is empty."))
        await pilot.press("v")
        assert seen(pilot, "The answer is empty.")()


async def test_neighbours_in_a_packed_sequence_are_named(link: PlayedLink) -> None:
    async with browser(link, Recipe()) as (pilot, _screen):
        await wait_until(pilot, seen(pilot, "row 1 of persona"))
        await pilot.press("o")
        await wait_until(
            pilot, seen(pilot, "sequence 1 of 18: row 2, 6 tokens │ ▸ row 1, 6 tokens")
        )
        await pilot.press("right")
        await wait_until(pilot, seen(pilot, "▸ row 2, 6 tokens │ row 1, 6 tokens"))
        await pilot.press("o")
        await wait_until(pilot, lambda: "sequence" not in screen_text(pilot.app))


async def test_escape_ends_a_search_before_it_leaves(link: PlayedLink) -> None:
    link.hold.add("find_row")
    async with browser(link, Recipe()) as (pilot, screen):
        await wait_until(pilot, seen(pilot, "row 1 of persona"))
        await pilot.press("slash")
        await wait_until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*"name", "enter")
        await wait_until(pilot, lambda: link.held)
        ticket, receiver, _answer = link.held[0]
        link.progress(ticket, receiver, {"row": 120_000})
        await wait_until(pilot, seen(pilot, "searching, row 120,000… esc ends it"))
        await pilot.press("escape")
        await wait_until(pilot, seen(pilot, "The search was ended."))
        assert ticket in link.cancelled
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is not screen)


async def test_a_source_that_cannot_be_read_says_why(link: PlayedLink) -> None:
    link.answers["preview"] = Problem("missing_file", "gone.jsonl is not there.", None, "Look.")
    async with browser(link, Recipe()) as (pilot, _screen):
        await wait_until(pilot, seen(pilot, "✗ gone.jsonl is not there. Look."))


async def test_the_palette_opens_the_browser_on_the_recipe_under_way(link: PlayedLink) -> None:
    app = make_app(link)
    async with app.run_test(size=(80, 24)) as pilot:
        names = [command.title for command in app.get_system_commands(app.screen)]
        assert "Tokens" in names
        app.draft = build({"data": {"source": "sailor"}})
        app.action_tokens()
        await wait_until(pilot, lambda: isinstance(app.screen, TokenScreen))
        asked = [args for name, args in link.asked if name == "preview"][-1]
        assert asked["recipe"]["data"]["source"] == "sailor"


def test_a_token_shows_its_breaks_and_controls() -> None:
    assert visible(" a\n\t") == '" a↵⇥"'
    assert "\x1b" not in visible("\x1b[31m")
    assert "\u202e" not in visible("\u202e")


# --- on a real host --------------------------------------------------------------------------------


async def test_rows_are_stepped_through_jumped_to_and_searched(
    shared_host: HostLink, rows: Path
) -> None:
    async with browser(shared_host, recipe_of(rows, max_length=16)) as (pilot, screen):
        await wait_until(pilot, seen(pilot, "row 1 of", "question 1"), LONG)
        assert seen(pilot, "✂ Cut here:", "✂ cut at 16")()
        await pilot.press("right", "right")
        await wait_until(pilot, seen(pilot, "row 3 of", "This row is left out.", "broken_json"))
        await pilot.press("right")
        await wait_until(pilot, seen(pilot, "row 4 of"))
        await pilot.press("left", "left")
        await wait_until(pilot, seen(pilot, "row 2 of"))
        await pilot.press("slash")
        await wait_until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*"zebra", "enter")
        await wait_until(pilot, seen(pilot, "row 40 of"), LONG)
        await pilot.press("n")
        await wait_until(pilot, seen(pilot, "No row in this direction has “zebra”."), LONG)
        await pilot.press("r")
        await wait_until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*"777", "enter")
        await wait_until(pilot, seen(pilot, "There is no row 777"), LONG)
        await pilot.press("G")
        await wait_until(pilot, seen(pilot, "row 50 of"), LONG)
        await pilot.press("right")
        await wait_until(pilot, seen(pilot, "This is the last row."))
        await pilot.press("g", "left")
        await wait_until(pilot, seen(pilot, "row 1 of", "This is the first row."), LONG)


async def test_hostile_rows_are_shown_as_visible_text(shared_host: HostLink, rows: Path) -> None:
    async with browser(shared_host, recipe_of(rows), row=4, size=(200, 50)) as (pilot, _screen):
        await wait_until(pilot, seen(pilot, "␛]52;c;aGk=␇ [bold red]x[/] �evil�"), LONG)
        text = screen_text(pilot.app)
        assert not any(code in text for code in "\x1b\x07\u202e\u202c")


async def test_packed_neighbours_come_from_the_trainers_own_layout(
    shared_host: HostLink, rows: Path
) -> None:
    recipe = recipe_of(rows, max_length=128, packing=True, validation=0)
    async with browser(shared_host, recipe, row=5) as (pilot, _screen):
        await wait_until(pilot, seen(pilot, "row 5 of"), LONG)
        await pilot.press("o")
        await wait_until(pilot, seen(pilot, "▸ row 5,"), LONG)
        line = next(one for one in screen_text(pilot.app).splitlines() if "sequence" in one)
        assert line.count("row ") > 1


async def test_a_single_row_box_refuses_what_is_no_number(link: PlayedLink) -> None:
    async with browser(link, Recipe()) as (pilot, screen):
        await wait_until(pilot, seen(pilot, "row 1 of persona"))
        await pilot.press("r")
        await wait_until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*"x1", "enter")
        await wait_until(pilot, seen(pilot, "Type a row's number, from 1."))
        pilot.app.screen.query_one(Input).value = "2"
        await pilot.press("enter")
        await wait_until(pilot, seen(pilot, "row 2 of persona"))


async def test_a_runs_own_rows_open_from_its_screen(link: PlayedLink) -> None:
    from engine.runs import create
    from tui.run.screen import RunScreen

    run = create(build({"data": {"source": "sailor", "max_length": 96}}))
    app = make_app(link)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(RunScreen(run, start=False))
        await wait_until(pilot, lambda: isinstance(app.screen, RunScreen))
        await pilot.press("k")
        await wait_until(pilot, lambda: isinstance(app.screen, TokenScreen))
        data = [args for name, args in link.asked if name == "preview"][-1]["recipe"]["data"]
        assert (data["source"], data["max_length"]) == ("sailor", 96)
