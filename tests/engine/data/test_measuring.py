"""Rows of every kind, counted and measured in tokens."""

import pytest

from engine.data import survey
from engine.data.measuring import Measured, measure, template_for
from engine.data.rows import (
    Conversation,
    Feedback,
    Labelled,
    Message,
    Preference,
    Prompt,
    RowProblem,
    Text,
)
from engine.data.tokens import encode_conversation
from engine.recipe.fields import Data

Q, A, B = Message("user", "q"), Message("assistant", "answer"), Message("assistant", "b")


@pytest.fixture
def measured(tokenizer):
    template = template_for("conversation", tokenizer, "auto")

    def one(row, **options):
        return measure([row], tokenizer, template, **options)[0]

    return one


@pytest.fixture
def encoded(tokenizer):
    template = template_for("conversation", tokenizer, "auto")

    def one(*messages):
        return encode_conversation(Conversation(messages), tokenizer, template)

    return one


def test_a_pair_is_two_sequences_and_as_long_as_the_longer(measured, encoded):
    better, worse = encoded(Q, A), encoded(Q, B)
    found = measured(Preference((Q,), (A,), (B,)))
    assert found == Measured(
        length=len(better.input_ids),
        tokens=len(better.input_ids) + len(worse.input_ids),
        with_loss=sum(better.loss) + sum(worse.loss),
    )
    assert measured(Preference((Q,), (A,), (B,)), max_length=len(worse.input_ids)).cut


def test_a_marked_answer_is_one_sequence(measured, encoded):
    one = encoded(Q, A)
    assert measured(Feedback((Q,), (A,), False)) == Measured(
        len(one.input_ids), len(one.input_ids), sum(one.loss)
    )


def test_prompts_and_labelled_texts_carry_no_loss(measured, tokenizer):
    prompt = measured(Prompt((Q,), "4"))
    assert prompt.with_loss == 0
    assert prompt.tokens == len(
        tokenizer.apply_chat_template(
            [{"role": "user", "content": "q"}], add_generation_prompt=True, return_dict=False
        )
    )
    assert measured(Labelled("text", None, ("x",))).with_loss == 0
    pair = measured(Labelled("text", "other", ("x",)))
    assert pair.tokens > measured(Labelled("text", None, ("x",))).tokens
    assert measured(Labelled("text", None, ("x",)), max_length=2) == Measured(2, 2, 0, cut=True)


def test_rows_of_several_kinds_keep_their_places(tokenizer):
    template = template_for("conversation", tokenizer, "auto")
    rows = [Prompt((Q,)), Preference((Q,), (A,), (B,)), Text(""), Conversation((Q, A))]
    found = measure(rows, tokenizer, template)
    assert [isinstance(one, RowProblem) for one in found] == [False, False, True, False]


ROWS = {
    "preference": [
        {"prompt": "q", "chosen": "a", "rejected": "b"},
        {"prompt": "q", "chosen": "a", "rejected": "a"},
        {"prompt": "q", "chosen": None, "rejected": "a"},
    ],
    "feedback": [
        {"prompt": "q", "completion": "a", "label": True},
        {"prompt": "q", "completion": "", "label": True},
        {"prompt": "q", "completion": "a", "label": "maybe"},
    ],
    "prompt": [{"problem": "q", "solution": "4"}, {"problem": " "}, {"problem": 3}],
    "labelled": [{"text": "t", "label": 1}, {"text": " ", "label": 1}, {"text": "t", "label": None}],
}  # fmt: skip


@pytest.mark.parametrize("kind", ROWS)
def test_rows_of_every_kind_are_counted_to_the_last(data, tokenizer, kind):
    section = data(ROWS[kind])
    with open(section.source, "a") as file:
        file.write("no JSON\n")
    found = survey(section, None, tokenizer)
    assert found.kind == kind
    counts = found.counts
    assert (counts.rows, counts.kept, counts.dropped, counts.refused) == (4, 1, 1, 2)
    assert sum(cause.count for cause in found.causes) == 3
    assert "broken_json" in {cause.code for cause in found.causes}
    assert found.tokens.total > 0


def test_sources_of_other_kinds_are_mixed_by_weight(write, tokenizer):
    rows = [{"prompt": f"q{n}", "chosen": "a", "rejected": "b"} for n in range(10)]
    section = Data.model_validate(
        {
            "sources": [
                {"source": write(rows, "a.jsonl"), "weight": 0.5},
                {"source": write(rows, "b.jsonl"), "weight": 2},
            ],
            "validation": 0,
        }
    )
    assert survey(section, "preference", tokenizer).train_rows == 25


def test_columns_that_are_not_read_and_other_readings_are_told(data, tokenizer):
    found = survey(data([{"question": "q", "answer": "a", "id": 7}]), None, tokenizer)
    assert found.unread == ("id",)
    assert found.others == ("prompt-answer",)
    pairs = [{"prompt": "q", "completion": "c", "chosen": "a", "rejected": "b"}]
    assert survey(data(pairs), None, tokenizer).others == ("prompt-answer",)
    assert survey(data(pairs), "preference", tokenizer).others == ()
