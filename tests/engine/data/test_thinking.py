"""Thinking blocks in answers: learned, taken out, or shown without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.prepare import prepare
from engine.data.rows import Conversation, Message, RowProblem
from engine.data.templates import prepare_template
from engine.data.thinking import thoughts_in, without_thoughts
from engine.data.tokens import encode_conversation
from tests.engine.data.samples import learned, tokenizer_for, whole

THOUGHT = "<think>\nTwo and two.\n</think>\n\n"


def encode(name, thinking, *answers):
    tokenizer = tokenizer_for(name)
    turns = [
        turn
        for answer in answers
        for turn in (Message("user", "How many?"), Message("assistant", answer))
    ]
    encoded = encode_conversation(
        Conversation(tuple(turns)), tokenizer, prepare_template(tokenizer, name), thinking=thinking
    )
    return whole(encoded, tokenizer), learned(encoded, tokenizer)


@pytest.mark.parametrize("name", ["chatml", "qwen3", "llama3", "deepseek-r1", "zephyr"])
@pytest.mark.parametrize("turns", [1, 2])
def test_thoughts_are_learned_taken_out_or_shown(name, turns):
    answers = [THOUGHT + "Four."] * turns
    text, said = encode(name, "keep", *answers)
    assert text.count("Two and two.") == said.count("Two and two.") == turns
    text, said = encode(name, "mask", *answers)
    assert text.count("Two and two.") == turns
    assert "Two" not in said
    assert "think>" not in said
    assert said.count("Four.") == turns
    text, said = encode(name, "drop", *answers)
    assert "Two" not in text
    assert said.count("Four.") == turns


def test_what_the_user_says_of_thinking_is_no_thought():
    row = Conversation((Message("user", "<think>x</think>"), Message("assistant", "a")))
    assert without_thoughts(row) == row


def test_a_thought_that_is_opened_in_the_prompt_ends_at_its_close():
    assert thoughts_in("so it is.</think>\n\nFour.") == [(0, len("so it is.</think>\n\n"))]
    assert thoughts_in("a <think>b</think> c <think>d</think>e") == [(2, 19), (21, 37)]
    assert thoughts_in("a <think>b") == thoughts_in("none") == []


def test_an_answer_that_only_thinks_is_dropped():
    row = Conversation((Message("user", "q"), Message("assistant", "<think>x</think> ")))
    with pytest.raises(RowProblem) as caught:
        without_thoughts(row)
    assert (caught.value.code, caught.value.outcome) == ("only_thoughts", "dropped")


@given(st.lists(st.sampled_from(["<think>", "</think>", "x", " \n"]), max_size=9))
def test_nothing_of_a_thought_is_left_whatever_the_order(parts):
    text = "".join(parts)
    spans = thoughts_in(text)
    assert spans == sorted(spans)
    assert all(text[start:end].rstrip().endswith("</think>") for start, end in spans)
    left = "".join(
        text[e:s]
        for e, s in zip(
            [0, *(e for _s, e in spans)], [*(s for s, _e in spans), len(text)], strict=True
        )
    )
    assert "<think>x</think>" not in left


def test_the_recipe_says_what_becomes_of_thoughts(data, tokenizer):
    rows = [{"prompt": "q", "completion": THOUGHT + "Four."}]
    section = data(rows, thinking="drop")
    (row,) = prepare(section, "conversation", tokenizer, max_length=99, seed=1).train
    assert "Two" not in whole(row, tokenizer)
