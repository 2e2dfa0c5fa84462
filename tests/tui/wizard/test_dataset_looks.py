"""Pictures of the Dataset step's panes, the mixture's card and the token browser."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from typing import Any

import pytest
from textual.pilot import Pilot

from engine.data.preview import PreviewRow, PreviewTurn
from engine.data.recognition import Candidate, Recognition
from engine.errors import Problem
from engine.recipe import Recipe
from tests.tui import played
from tests.tui.conftest import PlayedLink, make_app, screen_text, wait_until
from tests.tui.test_pictures import settled

pytestmark = pytest.mark.usefixtures("fixed_machine")
Press = Callable[[Pilot[Any]], Awaitable[None]]

sizes = pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=["80x24", "200x50"])
HOSTILE = "a \x1b[31mred\x1b[0m \u202eword\u202c [bold]"


def wizard_at_dataset(*keys: str, waits_for: str, recipe: Recipe | None = None) -> Press:
    async def go(pilot: Pilot[Any]) -> None:
        app: Any = pilot.app
        app.open_wizard(recipe, "dataset")
        await wait_until(pilot, lambda: getattr(app.screen, "step", "") == "dataset")
        await wait_until(pilot, lambda: app.screen.body.ready and not app.screen.plan.asking)
        await wait_until(pilot, lambda: not app.screen.body.panes.recognition.asking)
        await pilot.press(*keys)
        await wait_until(pilot, lambda: waits_for in screen_text(app))
        await settled(pilot)

    return go


def browser(*keys: str, waits_for: str, row: int = 1) -> Press:
    async def go(pilot: Pilot[Any]) -> None:
        app: Any = pilot.app
        app.open_tokens(Recipe.model_validate({"data": {"max_length": 6}}), "", row)
        await wait_until(pilot, lambda: "row " in screen_text(app))
        await pilot.press(*keys)
        await wait_until(pilot, lambda: waits_for in screen_text(app))
        await settled(pilot)

    return go


def unclear() -> PlayedLink:
    """A host that cannot tell which column is which."""

    def candidate(format: str, kind: Any, columns: dict[str, str], **more: Any) -> Candidate:
        row = PreviewRow(
            1, "x", (PreviewTurn("user", "今天几号?"), PreviewTurn("assistant", HOSTILE))
        )
        return Candidate(
            format, kind, f"rows laid out as {format}", columns, (), (row,), (), 5, 5, **more
        )

    question = Problem(
        "no_format",
        "./faq.jsonl: no format reads its rows; its columns are 题目, 答复, note.",
        "data.columns",
        "Say in data.columns which is which.",
    )
    candidates = (
        candidate("prompt-completion", "conversation", {"prompt": "题目"}, guessed=True),
        candidate("preference", "preference", {"chosen": "题目"}),
    )
    answers = played.answers()
    answers["preview"] = question
    found = ("题目", "答复", "note")
    answers["recognize"] = asdict(Recognition("./faq.jsonl", found, candidates, None, question))
    return PlayedLink(answers)


def hostile() -> PlayedLink:
    """A host with a row full of control codes, cut and packed."""
    answers = played.answers()
    first, *others = played.PREVIEW.rows
    row = replace(
        first,
        tokens=(("<|im_start|>", False), ("user\n", False), (HOSTILE, False),
                ("<|im_end|>\n", False), ("I am", True), (" Pebble", True)),
        ids=(2046, 268, 17, 2047, 40, 1411),
        cut=True,
        lost=33,
    )  # fmt: skip
    preview = asdict(replace(played.PREVIEW, rows=(row, *others)))
    answers["preview"] = preview
    return PlayedLink(answers)


@sizes
def test_the_check(snap_compare: Any, size: tuple[int, int]) -> None:
    app = make_app(PlayedLink(played.answers()))
    go = wizard_at_dataset("c", waits_for="an empty answer")
    assert snap_compare(app, terminal_size=size, run_before=go)


def test_the_check_under_way(snap_compare: Any) -> None:
    link = PlayedLink(played.answers())
    link.hold.add("check")

    async def go(pilot: Pilot[Any]) -> None:
        app: Any = pilot.app
        app.open_wizard(None, "dataset")
        await wait_until(pilot, lambda: link.held)
        await pilot.press("c")
        ticket, receiver, _answer = link.held[-1]
        picture = played.check_answer(
            phase="reading", rows=41_000, kept=40_999, expected=120_000, seconds=20.0,
            settings=[], suggestions=[], lengths=[],
        )  # fmt: skip
        link.progress(ticket, receiver, picture)
        await wait_until(pilot, lambda: "41,000 rows" in screen_text(app))
        await settled(pilot)

    assert snap_compare(make_app(link), terminal_size=(80, 24), run_before=go)


@sizes
def test_a_reading_to_choose(snap_compare: Any, size: tuple[int, int]) -> None:
    go = wizard_at_dataset("r", waits_for="今天几号")
    assert snap_compare(make_app(unclear()), terminal_size=size, run_before=go)


@sizes
def test_the_token_browser(snap_compare: Any, size: tuple[int, int]) -> None:
    go = browser("o", waits_for="sequence 1 of 18")
    assert snap_compare(make_app(hostile()), terminal_size=size, run_before=go)


def test_the_token_browser_with_ids(snap_compare: Any) -> None:
    go = browser("v", waits_for="loss  token")
    assert snap_compare(make_app(hostile()), terminal_size=(80, 24), run_before=go)


def test_the_token_browser_in_ascii(snap_compare: Any) -> None:
    go = browser("v", "o", waits_for="sequence 1 of 18")
    app = make_app(hostile(), ascii_only=True)
    assert snap_compare(app, terminal_size=(80, 24), run_before=go)


def test_a_row_that_is_left_out(snap_compare: Any) -> None:
    go = browser(waits_for="This row is left out", row=3)
    app = make_app(PlayedLink(played.answers()))
    assert snap_compare(app, terminal_size=(80, 24), run_before=go)


def test_the_mixture(snap_compare: Any) -> None:
    recipe = Recipe.model_validate(
        {"data": {"sources": [{"source": "persona"}, {"source": "replay", "weight": 0.5}]}}
    )
    app = make_app(PlayedLink(played.answers()))
    go = wizard_at_dataset("m", waits_for="Data sets in the mixture", recipe=recipe)
    assert snap_compare(app, terminal_size=(80, 24), run_before=go)
