"""What each step lets a person do, and what it says when something is wrong."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from engine.errors import Problem
from engine.plan.presets import presets, resolve_recipe
from engine.recipe import Recipe, load
from tests.tui import played
from tests.tui.conftest import PlayedLink, screen_text, wait_until
from tests.tui.wizard.conftest import Opened
from tui.base_chat import BaseChatScreen
from tui.choice_list import ChoiceList
from tui.text_prompt import TextPrompt
from tui.wizard.file_picker import FilePicker
from tui.wizard.options_form import FieldRow


def row(screen: Any, field: str) -> FieldRow:
    return next(row for row in screen.body.query(FieldRow) if row.spec.field == field)


async def write(pilot: Any, box: Input, text: str) -> None:
    """Replace what a box holds, as a person would."""
    box.focus()
    await pilot.pause()
    await pilot.press("end", "ctrl+u")
    box.insert_text_at_cursor(text)
    await pilot.pause()


# --- model -----------------------------------------------------------------------------------------


async def test_the_model_step_shows_the_facts_of_the_chosen_model(wizard: Opened) -> None:
    async with wizard() as (pilot, _screen):
        await wait_until(pilot, lambda: "parameters" in screen_text(pilot.app))
        text = screen_text(pilot.app)
        for words in ("5.2M", "2,048 tokens", "4, 2 for keys", "10.0 MiB", "qwen2", "tied"):
            assert words in text


async def test_a_hub_id_is_typed_and_becomes_the_model(wizard: Opened) -> None:
    async with wizard() as (pilot, screen):
        await write(pilot, screen.query_one("#path Input", Input), "somebody/some-model")
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.draft.recipe.model.id == "somebody/some-model")
        assert screen.query_one("#models", ChoiceList).chosen == "somebody/some-model"


async def test_a_model_that_is_not_there_is_told_beside_the_field_and_stops_next(
    wizard: Opened,
) -> None:
    async with wizard() as (pilot, screen):
        await write(pilot, screen.query_one("#path Input", Input), "missing/model")
        await pilot.press("enter")
        told = "There is no model missing/model here or on the hub. Check the spelling."
        await wait_until(pilot, lambda: told in screen_text(pilot.app).replace("\n", " ") or
                         "There is no model missing/model" in screen_text(pilot.app))  # fmt: skip
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert screen.step == "model"
        assert screen.query_one("#hint").has_class("-problem")


async def test_the_last_row_leads_to_the_box(wizard: Opened) -> None:
    async with wizard() as (pilot, screen):
        await pilot.press("G", "enter")
        await wait_until(pilot, lambda: isinstance(screen.focused, Input))
        assert screen.step == "model"


async def test_a_folder_is_picked_from_a_tree(
    wizard: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my-model").mkdir()
    monkeypatch.chdir(tmp_path)
    async with wizard() as (pilot, screen):
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, FilePicker))
        await wait_until(pilot, lambda: "my-model" in screen_text(pilot.app))
        await pilot.press("j", "s")
        await wait_until(pilot, lambda: screen.draft.recipe.model.id == "./my-model")


async def test_paths_are_completed(
    wizard: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my-model").mkdir()
    monkeypatch.chdir(tmp_path)
    async with wizard() as (pilot, screen):
        box = screen.query_one("#path Input", Input)
        await write(pilot, box, "./my")
        await wait_until(pilot, lambda: box._suggestion == "./my-model/")
        await pilot.press("right")
        assert box.value == "./my-model/"


async def test_the_base_can_be_talked_to_before_anything_is_trained(
    wizard: Opened, link: PlayedLink
) -> None:
    link.answers["chat"] = {
        "answer": "I am a base.", "tokens": 5, "seconds": 0.1, "base": False, "stopped": "eos",
    }  # fmt: skip
    async with wizard() as (pilot, _screen):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, BaseChatScreen))
        await pilot.press("h", "i", "enter")
        await wait_until(pilot, lambda: "I am a base." in screen_text(pilot.app))
        asked = [args for command, args in link.asked if command == "chat"][-1]
        assert asked["model"]["id"] == "pocket"
        assert asked["messages"][-1] == {"role": "user", "content": "hi"}
        await pilot.press("escape", "escape")
        await wait_until(pilot, lambda: not isinstance(pilot.app.screen, BaseChatScreen))
        assert link.asked[-1][0] == "unload"


async def test_a_download_shows_how_far_it_is_and_the_same_key_stops_it(
    wizard: Opened, link: PlayedLink
) -> None:
    link.hold.add("download")
    link.answers["download"] = Problem("cancelled", "Cancelled.")
    async with wizard() as (pilot, _screen):
        await pilot.press("d")
        await wait_until(pilot, lambda: link.held)
        ticket, receiver, _answer = link.held[0]
        link.progress(
            ticket, receiver, {"done": 1 << 20, "total": 4 << 20, "file": "a.safetensors"}
        )
        await wait_until(pilot, lambda: "1.0 MiB of 4.0 MiB" in screen_text(pilot.app))
        await pilot.press("d")
        assert link.cancelled == [ticket]
        link.release()
        await wait_until(pilot, lambda: "1.0 MiB of 4.0 MiB" not in screen_text(pilot.app))


async def test_remote_code_is_off_and_switching_it_on_warns(wizard: Opened) -> None:
    async with wizard(size=(120, 50)) as (pilot, screen):
        assert screen.draft.recipe.model.trust_remote_code is False
        screen.draft.edit("model.trust_remote_code", True)
        await wait_until(
            pilot, lambda: "run on this machine with your rights" in screen_text(pilot.app)
        )


# --- dataset ---------------------------------------------------------------------------------------


async def test_the_preview_underlines_what_carries_loss(wizard: Opened) -> None:
    async with wizard("dataset") as (pilot, _screen):
        await wait_until(pilot, lambda: "I am Pebble" in screen_text(pilot.app))
        underlined = [
            segment.text
            for line in pilot.app.screen._compositor.render_strips()
            for segment in line
            if segment.style and segment.style.underline
        ]
        assert any("I am Pebble, a small assistant." in text for text in underlined)
        assert not any("Who are you?" in text for text in underlined)


async def test_a_row_that_is_left_out_is_told_with_its_reason(wizard: Opened) -> None:
    async with wizard("dataset") as (pilot, _screen):
        await wait_until(
            pilot,
            lambda: "row 3 is left out: The answer is empty. Write one." in screen_text(pilot.app),
        )


async def test_a_problem_of_the_source_stands_beside_it_and_stops_next(
    wizard: Opened, link: PlayedLink
) -> None:
    link.answers["preview"] = Problem(
        "missing_file", "There is no file ./gone.jsonl.", "data.source", "Check the path."
    )
    async with wizard("dataset") as (pilot, screen):
        await write(pilot, screen.query_one("#path Input", Input), "./gone.jsonl")
        await pilot.press("enter")
        told = "✗ There is no file ./gone.jsonl. Check the path."
        await wait_until(pilot, lambda: told in screen_text(pilot.app))
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert screen.step == "dataset"


async def test_the_picker_shows_only_files_that_can_be_read(
    wizard: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rows.jsonl").write_text("{}")
    (tmp_path / "picture.png").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    async with wizard("dataset") as (pilot, screen):
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: "rows.jsonl" in screen_text(pilot.app))
        assert "picture.png" not in screen_text(pilot.app)
        await pilot.press("j", "enter")
        await wait_until(pilot, lambda: screen.draft.recipe.data.source == "./rows.jsonl")


# --- method and quantization -----------------------------------------------------------------------


async def test_options_come_from_the_table_and_wrong_ones_are_told_beside_them(
    wizard: Opened,
) -> None:
    async with wizard("method") as (pilot, screen):
        rank = row(screen, "method.rank")
        await write(pilot, rank.query_one(Input), "-4")
        await wait_until(pilot, lambda: rank.has_class("-problem"))
        assert "found -4" in screen_text(pilot.app)
        assert screen.draft.read("method.rank") == "auto"
        await write(pilot, rank.query_one(Input), "64")
        await wait_until(pilot, lambda: screen.draft.read("method.rank") == 64)
        assert not rank.has_class("-problem")


async def test_what_cannot_be_combined_is_shown_with_its_reason(wizard: Opened) -> None:
    recipe = Recipe.model_validate({"quantization": {"name": "bnb-8bit"}})
    async with wizard("method", recipe) as (pilot, screen):
        methods = screen.query_one("#section-method ChoiceList", ChoiceList)
        full = methods.row("full")
        assert full is not None
        assert full.reason == "full trains the base itself, which bnb-8bit holds in few bits."
        bitfit = methods.get_option("bitfit")
        assert bitfit.disabled


async def test_methods_that_few_need_are_folded_until_one_goes_there(wizard: Opened) -> None:
    async with wizard("method") as (pilot, screen):
        methods = screen.query_one("#section-method ChoiceList", ChoiceList)
        assert methods.row("vera") is None
        methods.focus()
        await pilot.press("G")
        await wait_until(pilot, lambda: methods.row("vera") is not None)
        assert methods.row("+more") is None
        assert methods.chosen == screen.draft.recipe.method.name == "lora"
    recipe = Recipe.model_validate({"method": "vera"})
    async with wizard("method", recipe) as (pilot, screen):
        assert screen.query_one("#section-method ChoiceList", ChoiceList).chosen == "vera"


async def test_qlora_is_one_choice_that_sets_both_and_takes_both_back(wizard: Opened) -> None:
    async with wizard("method") as (pilot, screen):
        methods = screen.query_one("#section-method ChoiceList", ChoiceList)
        screen.draft.edit("method.rank", 64)
        methods.focus()
        await pilot.press("j")
        await wait_until(pilot, lambda: screen.draft.recipe.quantization.name == "bnb-4bit")
        assert screen.draft.recipe.method.name == "lora"
        assert screen.draft.read("method.rank") == 64
        await wait_until(pilot, lambda: methods.chosen == "qlora")
        await pilot.press("j")
        await wait_until(pilot, lambda: screen.draft.recipe.method.name == "full")
        assert screen.draft.recipe.quantization.name == "none"


async def test_a_checkpoint_in_4_bits_cannot_be_stored_in_4_bits_again(
    wizard: Opened, link: PlayedLink
) -> None:
    facts = link.answers["facts"]
    link.answers["facts"] = lambda args: {**facts(args), "quantized": "gptq"}
    async with wizard("quantization") as (pilot, _screen):
        await wait_until(
            pilot, lambda: "the checkpoint is stored as gptq already" in screen_text(pilot.app)
        )


async def test_the_bottom_line_explains_the_field_that_has_the_focus(wizard: Opened) -> None:
    async with wizard("method") as (pilot, screen):
        row(screen, "method.rank").query_one(Input).focus()
        await wait_until(pilot, lambda: "method.rank:" in screen_text(pilot.app))
        text = " ".join(screen_text(pilot.app).split())
        assert "Allowed: auto or from 1 to 1024." in text


# --- plan ------------------------------------------------------------------------------------------


async def test_the_plan_shows_parts_reasons_and_the_machine(wizard: Opened) -> None:
    async with wizard("plan", size=(120, 60)) as (pilot, _screen):
        await wait_until(pilot, lambda: "RTX 4090" in screen_text(pilot.app))
        await wait_until(pilot, lambda: "used by python 3.0 GiB" in screen_text(pilot.app))
        text = screen_text(pilot.app)
        for words in ("activations", "88.0 MiB", "auto · 2e-4", "ten times what full tuning takes",
                      "41 °C", "570.00", "48.0 GiB of 64.0 GiB free"):  # fmt: skip
            assert words in text, words


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("right_square_bracket", "training.micro_batch", 16),
        ("left_square_bracket", "training.micro_batch", 4),
        ("plus", "method.rank", 32),
        ("minus", "method.rank", 8),
        ("c", "training.activation_checkpointing", True),
        ("4", "quantization.name", "bnb-4bit"),
    ],
)
async def test_one_key_asks_what_if(wizard: Opened, key: str, field: str, value: Any) -> None:
    async with wizard("plan") as (pilot, screen):
        await pilot.press(key)
        await wait_until(pilot, lambda: screen.draft.read(field) == value)
        await wait_until(
            pilot, lambda: screen.plan.fresh and screen.plan.is_about(screen.draft.recipe)
        )


async def test_keys_pressed_fast_count_every_time(wizard: Opened) -> None:
    async with wizard("plan") as (pilot, screen):
        await pilot.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        assert screen.draft.read("training.micro_batch") == 64


async def test_u_leaves_everything_to_the_plan_again(wizard: Opened) -> None:
    async with wizard("plan") as (pilot, screen):
        await pilot.press("right_square_bracket", "plus", "c", "u")
        assert screen.draft.read("training.micro_batch") == "auto"
        assert screen.draft.read("method.rank") == "auto"
        assert screen.draft.read("training.activation_checkpointing") == "auto"


@pytest.mark.parametrize(
    ("field", "text"),
    [("training.epochs", "-1"), ("training.learning_rate", "fast"), ("training.micro_batch", "0")],
)
async def test_a_wrong_number_is_told_beside_its_field(
    wizard: Opened, field: str, text: str
) -> None:
    async with wizard("plan") as (pilot, screen):
        before = screen.draft.recipe
        one = row(screen, field)
        await write(pilot, one.query_one(Input), text)
        await wait_until(pilot, lambda: one.has_class("-problem"))
        assert screen.draft.recipe == before


# --- review ----------------------------------------------------------------------------------------


async def test_the_review_marks_what_the_plan_filled_in(wizard: Opened) -> None:
    async with wizard("review", size=(120, 60)) as (pilot, _screen):
        await wait_until(pilot, lambda: "learning_rate: 0.0002" in screen_text(pilot.app))
        text = screen_text(pilot.app)
        assert "# auto: ten times what full tuning takes" in text
        assert "id: pocket" in text
        assert "weight_decay" not in text
        await pilot.press("f")
        await wait_until(pilot, lambda: "trust_remote_code: false" in screen_text(pilot.app))


async def test_a_run_name_with_a_slash_is_refused_beside_the_field(wizard: Opened) -> None:
    async with wizard("review") as (pilot, screen):
        await write(pilot, row(screen, "name").query_one(Input), "a/b")
        await wait_until(pilot, lambda: "✗ A name may not contain a" in screen_text(pilot.app))
        assert row(screen, "name").has_class("-problem")
        assert screen.draft.recipe.name is None


async def test_the_recipe_is_saved_as_a_preset_that_reads_back(wizard: Opened) -> None:
    async with wizard("review") as (pilot, screen):
        screen.draft.edit("training.epochs", 5)
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TextPrompt))
        await write(pilot, pilot.app.screen.query_one(Input), "no/good")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "slash" in screen_text(pilot.app))
        await write(pilot, pilot.app.screen.query_one(Input), "mine")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "tunesmith replay mine" in screen_text(pilot.app))
    assert "mine" in [preset.name for preset in presets()]
    assert resolve_recipe("mine") == screen.draft.recipe


async def test_copying_reaches_the_clipboard_and_a_file_that_is_named(
    wizard: Opened, tunesmith_home: Path
) -> None:
    async with wizard("review") as (pilot, screen):
        await wait_until(pilot, lambda: screen.plan.fresh)
        await pilot.press("y")
        await wait_until(pilot, lambda: "copied.yaml" in screen_text(pilot.app).replace("\n", ""))
        assert pilot.app.clipboard == (tunesmith_home / "copied.yaml").read_text()
        assert load(tunesmith_home / "copied.yaml").training.learning_rate == 2e-4


async def test_the_recipe_is_written_to_a_file_but_never_over_one(
    wizard: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.yaml").write_text("mine")
    async with wizard("review") as (pilot, _screen):
        await pilot.press("w")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TextPrompt))
        await write(pilot, pilot.app.screen.query_one(Input), "./there.yaml")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "exists" in screen_text(pilot.app))
        await write(pilot, pilot.app.screen.query_one(Input), "./new.yaml")
        await pilot.press("enter")
        await wait_until(pilot, lambda: (tmp_path / "new.yaml").is_file())
    assert (tmp_path / "there.yaml").read_text() == "mine"
    assert load(tmp_path / "new.yaml").data.source == "persona"


def test_the_played_plan_has_the_form_of_the_engines_own() -> None:
    """What the tests above stand on: the engine's plan document has these keys and more."""
    from dataclasses import fields

    from engine.plan import Plan

    document = played.plan_document({"recipe": Recipe().model_dump(mode="json")})
    own = {field.name for field in fields(Plan)} | {"resolved"}
    assert set(document) <= own


async def test_rows_that_mean_to_drive_the_terminal_are_only_shown(
    wizard: Opened, link: PlayedLink
) -> None:
    evil = "\x1b]52;c;ZXZpbA==\x07\x9b31m\u202egnp[/INST][@click=app.quit]x[/]"
    tree = asdict(played.PREVIEW)
    tree["rows"][0]["tokens"] = [(evil, True)]
    tree["problems"][0]["message"] = evil
    link.answers["preview"] = tree
    facts = link.answers["facts"]
    link.answers["facts"] = lambda args: {**facts(args), "warnings": [evil], "model_type": evil}
    async with wizard("dataset") as (pilot, screen):
        await wait_until(pilot, lambda: "[/INST][@click=app.quit]" in screen_text(pilot.app))
        screen.open_step("model")
        await wait_until(pilot, lambda: screen.body.ready)
        await pilot.pause(0.2)
        assert not any(code in screen_text(pilot.app) for code in "\x1b\x07\x9b\u202e")
        assert pilot.app.is_running
