"""The recipe under way: edits are checked, and can be taken back."""

import pytest

from engine.errors import BadInput
from tui.wizard.draft import Draft, sentence


def test_an_edit_makes_a_new_recipe_and_tells_which_field_changed() -> None:
    draft = Draft()
    before, told = draft.recipe, []
    draft.on_change = told.append
    assert draft.edit("training.epochs", 5)
    assert (draft.recipe.training.epochs, before.training.epochs) == (5, 3)
    assert told == ["training.epochs"]


def test_the_same_value_again_is_no_change() -> None:
    draft = Draft()
    assert not draft.edit("training.epochs", 3.0)
    assert draft.undo() is None


def test_undo_goes_back_edit_by_edit() -> None:
    draft = Draft()
    draft.edit("training.epochs", 5)
    draft.edit("method.rank", 64)
    assert draft.undo() == "method.rank"
    assert draft.read("method.rank") == "auto"
    assert draft.undo() == "training.epochs"
    assert draft.recipe == Draft().recipe


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("training.epochs", -1, "above 0"),
        ("training.micro_batch", 0, "from 1"),
        ("training.learning_rate", "fast", "a number"),
        ("method.rank", -4, "a number from 1 up"),
        ("method.rank", "big", "auto or a whole number"),
        ("name", "a/b", "slash"),
        ("data.max_length", -5, "from 1"),
    ],
)
def test_what_cannot_stand_there_is_refused_and_nothing_changes(
    field: str, value: object, words: str
) -> None:
    draft = Draft()
    before = draft.recipe
    with pytest.raises(BadInput) as refused:
        draft.edit(field, value)
    assert words in sentence(refused.value)
    assert draft.recipe is before


def test_an_option_that_is_not_written_reads_as_its_default() -> None:
    draft = Draft()
    assert draft.read("method.dropout") == 0.0
    assert draft.read("method.targets") == "all-linear"


def test_another_method_does_not_inherit_options() -> None:
    draft = Draft()
    draft.edit("method.rank", 64)
    draft.edit("method.name", "full")
    assert draft.recipe.method.options == {}


def test_columns_are_added_and_taken_out_one_by_one() -> None:
    draft = Draft()
    draft.edit("data.columns.instruction", "question")
    draft.edit("data.columns.output", "reply")
    assert draft.recipe.data.columns == {"instruction": "question", "output": "reply"}
    draft.edit("data.columns.instruction", None)
    assert draft.recipe.data.columns == {"output": "reply"}
