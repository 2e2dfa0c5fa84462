"""The Dataset step: how rows are read, the doctor at work, several data sets."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from engine.data.preview import PreviewRow, PreviewTurn
from engine.data.recognition import Candidate, Recognition
from engine.errors import BadInput, Problem
from engine.recipe import Recipe
from engine.recipe.fields import Source
from tests.tui import played
from tests.tui.conftest import PlayedLink, screen_text, wait_until
from tests.tui.wizard.conftest import Opened
from tui.choice_list import ChoiceList
from tui.tokens.screen import TokenScreen
from tui.wizard.data.columns import ColumnRow
from tui.wizard.data.mixture import MixScreen, stepped_weight, with_sources


def candidate(format: str, columns: dict[str, str], said: str, **more: Any) -> Candidate:
    row = PreviewRow(1, "x", (PreviewTurn("user", said),))
    given = {"kind": "conversation", "unread": (), "problems": (), "guessed": False, **more}
    return Candidate(
        format=format, summary=f"reads as {format}", columns=columns, rows=(row,), usable=5,
        looked_at=5, **given,
    )  # fmt: skip


def unclear(*candidates: Candidate, found: tuple[str, ...] = ("a", "b")) -> dict[str, Any]:
    question = Problem("ambiguous", "There are two ways to read x.", "data.format", "Say which.")
    return asdict(Recognition("x", found, candidates, None, question))


TWO = (
    candidate("alpaca", {"instruction": "a", "output": "b"}, "as an instruction"),
    candidate("prompt-completion", {"prompt": "b", "completion": "a"}, "as a prompt"),
)


def answers_by_choice(link: PlayedLink) -> None:
    """Rows can be shown once a format is chosen, as with the real engine."""

    def preview(args: dict[str, Any]) -> Any:
        if args["recipe"]["data"]["format"] == "auto":
            return Problem("ambiguous", "There are two ways to read x.", "data.format", "Say it.")
        return asdict(played.PREVIEW)

    link.answers["preview"] = preview
    link.answers["recognize"] = unclear(*TWO)


def asked(link: PlayedLink, command: str) -> list[dict[str, Any]]:
    return [args for name, args in link.asked if name == command]


def seen(pilot: Any, *words: str) -> Callable[[], bool]:
    """Whether all these words are on the screen, however they are wrapped."""
    return lambda: all(word in " ".join(screen_text(pilot.app).split()) for word in words)


# --- reading ---------------------------------------------------------------------------------------


async def test_two_readings_are_listed_and_each_shows_its_rows(
    wizard: Opened, link: PlayedLink
) -> None:
    answers_by_choice(link)
    async with wizard("dataset") as (pilot, screen):
        await wait_until(pilot, seen(pilot, "▲ choose"))
        await pilot.press("r")
        await wait_until(
            pilot,
            seen(pilot, "There are two ways", "alpaca", "prompt-completion", "an instruction"),
        )
        assert screen.draft.recipe.data.format == "auto"
        await pilot.press("ctrl+n")
        assert screen.step == "dataset"
        await pilot.press("j")
        await wait_until(pilot, lambda: screen.draft.recipe.data.format == "prompt-completion")
        assert screen.draft.recipe.data.columns == {"prompt": "b", "completion": "a"}
        await wait_until(pilot, seen(pilot, "I am Pebble"))
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: screen.step == "method")


async def test_enter_takes_the_marked_reading_and_one_undo_takes_it_back(
    wizard: Opened, link: PlayedLink
) -> None:
    answers_by_choice(link)
    async with wizard("dataset") as (pilot, screen):
        await pilot.press("r")
        await wait_until(pilot, seen(pilot, "an instruction"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.draft.recipe.data.format == "alpaca")
        assert screen.step == "dataset"
        await pilot.press("ctrl+z")
        await wait_until(pilot, lambda: screen.draft.recipe.data == Recipe().data)


async def test_a_reading_for_another_stage_is_shown_but_cannot_be_taken(
    wizard: Opened, link: PlayedLink
) -> None:
    answers_by_choice(link)
    pairs = candidate("preference", {"chosen": "a", "rejected": "b"}, "x", kind="preference")
    link.answers["recognize"] = unclear(TWO[0], pairs)
    async with wizard("dataset", size=(120, 50)) as (pilot, screen):
        await pilot.press("r")
        await wait_until(pilot, seen(pilot, "its rows are for another stage: preference"))
        readings = screen.query_one("#readings", ChoiceList)
        row = readings.row("preference")
        assert row is not None
        assert row.reason is not None
        await pilot.press("j", "j")
        assert screen.draft.recipe.data.format in {"auto", "alpaca"}


async def test_each_column_is_chosen_among_those_of_the_file_and_the_rows_follow(
    wizard: Opened, link: PlayedLink
) -> None:
    answers_by_choice(link)
    guess = candidate("prompt-completion", {"prompt": "问"}, "so far", guessed=True)
    link.answers["recognize"] = unclear(guess, found=("问", "答", "note"))
    async with wizard("dataset", size=(100, 40)) as (pilot, screen):
        await pilot.press("r")
        await wait_until(pilot, seen(pilot, "so far", "choose its column"))
        rows = {row.field.name: row for row in screen.query(ColumnRow)}
        rows["completion"].query_one("Select").focus()
        await pilot.press("enter", "down", "down", "enter")
        await wait_until(
            pilot,
            lambda: screen.draft.recipe.data.columns == {"prompt": "问", "completion": "答"},
        )
        assert screen.draft.recipe.data.format == "prompt-completion"
        await wait_until(pilot, seen(pilot, "I am Pebble"))
        last = asked(link, "preview")[-1]["recipe"]["data"]
        assert last["columns"] == {"prompt": "问", "completion": "答"}


async def test_where_no_format_fits_any_can_be_chosen_and_told_its_columns(
    wizard: Opened, link: PlayedLink
) -> None:
    answers_by_choice(link)
    link.answers["recognize"] = unclear(found=("x", "y"))
    async with wizard("dataset", size=(100, 45)) as (pilot, screen):
        await pilot.press("r")
        readings = screen.query_one("#readings", ChoiceList)
        await wait_until(pilot, lambda: readings.row("alpaca") is not None)
        assert readings.row("preference") is None
        screen.draft.edit("data.format", "alpaca")
        await wait_until(pilot, seen(pilot, "Choose a column for: instruction, output."))


async def test_another_source_forgets_how_the_one_before_was_read(
    wizard: Opened, link: PlayedLink
) -> None:
    recipe = Recipe.model_validate(
        {"data": {"source": "replay", "format": "alpaca", "columns": {"output": "b"}}}
    )
    async with wizard("dataset", recipe) as (pilot, screen):
        screen.query_one("#sources", ChoiceList).focus()
        await pilot.press("g")
        await wait_until(pilot, lambda: screen.draft.recipe.data.source != "replay")
        assert screen.draft.recipe.data.format == "auto"
        assert screen.draft.recipe.data.columns == {}


# --- the doctor ------------------------------------------------------------------------------------


async def test_counts_grow_while_the_doctor_reads(wizard: Opened, link: PlayedLink) -> None:
    link.hold.add("check")
    async with wizard("dataset") as (pilot, screen):
        await wait_until(pilot, lambda: link.held)
        ticket, receiver, _answer = link.held[-1]
        await pilot.press("c")
        for rows in (1_000, 2_500):
            picture = played.check_answer(
                phase="reading", rows=rows, kept=rows, dropped=0, expected=9_000, settings=[],
                suggestions=[],
            )  # fmt: skip
            link.progress(ticket, receiver, picture)
            await wait_until(pilot, seen(pilot, f"{rows:,} rows: {rows:,} kept", "of about 9.0k"))
        link.release()
        await wait_until(pilot, seen(pilot, "102 rows: 101 kept · 1 dropped · 0 refused"))
        assert seen(pilot, "▲ 102 rows, 1 lost")()


async def test_the_report_names_causes_rows_and_advice(wizard: Opened) -> None:
    async with wizard("dataset", size=(80, 40)) as (pilot, _screen):
        await pilot.press("c")
        await wait_until(
            pilot,
            seen(
                pilot, "dropped: an empty answer empty_answer", "row 3: The answer is empty.", "Write one.",
                "the same as an earlier row duplicate", "rows 17, 20, 31, 44, 52, …",
                "max_length 128 now auto", "The longest row has 127 tokens.",
                "✓ loss_on responses", "The tail is short.",
            ),
        )  # fmt: skip


async def test_advice_is_taken_with_a_key_and_taken_back_with_another(
    wizard: Opened, link: PlayedLink
) -> None:
    async with wizard("dataset", size=(80, 40)) as (pilot, screen):
        await pilot.press("c")
        await wait_until(pilot, seen(pilot, "→ max_length"))
        await pilot.press("a")
        await wait_until(pilot, seen(pilot, "✓ max_length", "✓ drop_duplicates"))
        data = screen.draft.recipe.data
        assert (data.max_length, data.drop_duplicates) == (128, True)
        await pilot.press("u")
        await wait_until(pilot, lambda: screen.draft.recipe.data == Recipe().data)


async def test_one_advice_is_taken_with_enter(wizard: Opened) -> None:
    async with wizard("dataset", size=(80, 40)) as (pilot, screen):
        await pilot.press("c")
        await wait_until(pilot, seen(pilot, "→ drop_duplicates"))
        await pilot.press("G", "enter")
        await wait_until(pilot, lambda: screen.draft.recipe.data.drop_duplicates)
        assert screen.draft.recipe.data.max_length == "auto"


async def test_a_changed_field_checks_again_and_leaving_the_step_ends_the_check(
    wizard: Opened, link: PlayedLink
) -> None:
    link.hold.add("check")
    async with wizard("dataset") as (pilot, screen):
        await wait_until(pilot, lambda: link.held)
        first = link.held[-1][0]
        screen.draft.edit("data.max_length", 32)
        await wait_until(pilot, lambda: first in link.cancelled)
        await wait_until(pilot, lambda: len(link.held) == 2)
        assert asked(link, "check")[-1]["recipe"]["data"]["max_length"] == 32
        second = link.held[-1][0]
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: screen.step == "method")
        assert second in link.cancelled
        await pilot.press("escape")
        await wait_until(pilot, lambda: len(link.held) == 3)


async def test_a_hub_set_is_fetched_for_a_check_only_when_that_is_asked_for(
    wizard: Opened, link: PlayedLink
) -> None:
    recipe = Recipe.model_validate({"data": {"source": "somebody/some-set"}})
    async with wizard("dataset", recipe) as (pilot, _screen):
        await wait_until(pilot, seen(pilot, "I am Pebble"))
        assert not asked(link, "check")
        await pilot.press("c")
        await wait_until(pilot, lambda: asked(link, "check"))


async def test_a_check_that_fails_says_why(wizard: Opened, link: PlayedLink) -> None:
    link.answers["check"] = Problem("broken", "data.jsonl, row 7: cut off.", None, "Fetch it anew.")
    async with wizard("dataset") as (pilot, _screen):
        await pilot.press("c")
        await wait_until(pilot, seen(pilot, "✗ data.jsonl, row 7: cut off. Fetch it anew."))


async def test_enter_on_a_cause_opens_its_first_row(wizard: Opened, link: PlayedLink) -> None:
    async with wizard("dataset", size=(80, 40)) as (pilot, _screen):
        await pilot.press("c")
        await wait_until(pilot, seen(pilot, "an empty answer"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TokenScreen))
        assert asked(link, "preview")[-1]["start"] == 3


async def test_escape_goes_from_the_panes_to_the_form_and_then_to_the_step_before(
    wizard: Opened,
) -> None:
    async with wizard("dataset") as (pilot, screen):
        await pilot.press("c", "escape")
        assert screen.step == "dataset"
        await wait_until(pilot, lambda: screen.focused is screen.query_one("#sources"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: screen.step == "model")


# --- several data sets -----------------------------------------------------------------------------


async def test_a_mixture_is_put_together_weighed_and_taken_apart(wizard: Opened) -> None:
    async with wizard("dataset") as (pilot, screen):
        await pilot.press("m")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, MixScreen))
        await pilot.press("a")
        await wait_until(pilot, seen(pilot, "Add a data set"))
        await pilot.press("G", "enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, MixScreen))
        await pilot.press("j", "plus", "plus")
        await wait_until(
            pilot,
            lambda: (
                [(one.source, one.weight) for one in screen.draft.recipe.data.sources]
                == [("persona", 1.0), ("story", 2.0)]
            ),
        )
        assert seen(pilot, "67 % by weight")()
        await pilot.press("x", "escape")
        await wait_until(pilot, lambda: screen.draft.recipe.data.sources == ())
        assert screen.draft.recipe.data.source == "persona"


def test_a_single_source_keeps_its_weight_and_nothing_is_no_mixture() -> None:
    one = Source(source="persona", split="test", weight=1.0)
    alone = with_sources(Recipe(), [one]).data
    assert (alone.source, alone.split, alone.sources) == ("persona", "test", ())
    half = with_sources(Recipe(), [one.model_copy(update={"weight": 0.5})]).data
    assert half.sources[0].weight == 0.5
    with pytest.raises(BadInput, match="at least one"):
        with_sources(Recipe(), [])


@pytest.mark.parametrize(
    ("weight", "up", "down"), [(1.0, 1.5, 0.5), (0.7, 1.0, 0.5), (10, 10, 5.0), (0.1, 0.25, 0.1)]
)
def test_weights_go_through_the_usual_ones(weight: float, up: float, down: float) -> None:
    assert stepped_weight(weight, 1) == up
    assert stepped_weight(weight, -1) == down
