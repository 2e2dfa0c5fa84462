"""Rows that are no conversations: pairs of answers, marked answers, prompts, labelled texts."""

import json

import pytest

from engine.data.matching import match
from engine.data.row_text import parts
from engine.data.rows import Feedback, Labelled, Message, Preference, Prompt, RowProblem

HH = "\n\nHuman: Hi there.\n\nAssistant: Hello.\n\nHuman: Bye?\n\nAssistant:"
CALL = {"name": "find", "arguments": {"what": "key"}}


def read(row, kind=None, **options):
    found = match([row], where="rows.jsonl", kind=kind, **options)
    return found.format.read(row, found.columns)


def format_of(row, kind=None, **options):
    return match([row], where="rows.jsonl", kind=kind, **options).format.name


def said(messages):
    return [(message.role, message.content) for message in messages]


def turn(role, content):
    return {"role": role, "content": content}


U, A, B = turn("user", "q"), turn("assistant", "a"), turn("assistant", "b")
PAIRS = [
    ("preference", {"prompt": "q", "chosen": "a", "rejected": "b"}),
    ("preference", {"question": "q", "chosen": "a", "rejected": "b", "id": 1}),
    ("preference", {"prompt": [U], "chosen": [A], "rejected": [B]}),
    ("preference", {"chosen": [U, A], "rejected": [U, B]}),
    ("preference", {"prompt": "q", "chosen": [U, A], "rejected": [U, B], "messages": [U, A]}),
    ("preference", {"prompt": "q", "chosen": [U, A], "rejected": [U, B], "score_chosen": 7}),
    ("preference", {"chosen_messages": [U, A], "rejected_messages": [U, B]}),
    ("preference", {"prompt": "q", "chosen_response": "a", "rejected_response": "b"}),
    ("preference", {"prompt": [U], "chosen": A, "rejected": B}),
    ("preference", {"input": "q", "chosen": "a", "rejected": "b"}),
    ("alpaca-preference", {"instruction": "q", "input": "", "chosen": "a", "rejected": "b"}),
    (
        "sharegpt-preference",
        {
            "conversations": [{"from": "human", "value": "q"}],
            "chosen": {"from": "gpt", "value": "a"},
            "rejected": {"from": "gpt", "value": "b"},
        },
    ),
    ("sharegpt-preference", {"conversations": [{"from": "human", "value": "q"}], "chosen": "a", "rejected": "b"}),
    ("sharegpt-preference", {"messages": [U], "chosen": A, "rejected": B}),
    ("hh-preference", {"chosen": "\n\nHuman: q\n\nAssistant: a", "rejected": "\n\nHuman: q\n\nAssistant: b"}),
    ("hh-preference", {"prompt": "\n\nHuman: q\n\nAssistant:", "chosen": " a", "rejected": " b"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "row"), PAIRS)
def test_every_layout_of_a_pair_is_one_prompt_and_two_answers(name, row):
    assert format_of(row) == format_of(row, "preference") == name
    found = read(row)
    assert isinstance(found, Preference)
    assert said(found.prompt) == [("user", "q")]
    assert said(found.chosen) == [("assistant", "a")]
    assert said(found.rejected) == [("assistant", "b")]


def test_an_answer_beside_a_rejected_one_is_the_better():
    row = {"query": "q", "response": "a", "rejected_response": "b"}
    assert read(row, "preference").chosen == (Message("assistant", "a"),)
    assert format_of(row, "conversation") == "prompt-completion"


def test_a_pair_parts_where_its_answers_do():
    found = read({"chosen": HH + " Farewell.", "rejected": HH + " Go.\n\nHuman: Rude."})
    assert said(found.prompt) == [("user", "Hi there."), ("assistant", "Hello."), ("user", "Bye?")]
    assert said(found.chosen) == [("assistant", "Farewell.")]
    assert said(found.rejected) == [("assistant", "Go."), ("user", "Rude.")]
    assert not any(message.loss for message in found.prompt if message.role == "assistant")


def test_a_pair_keeps_its_system_prompt_and_tools():
    tools = [{"type": "function", "function": {"name": "find"}}]
    calls = {"role": "assistant", "content": None, "tool_calls": [{"function": CALL}]}
    row = {"prompt": [U], "chosen": [calls], "rejected": [B], "system": "s", "tools": tools}
    found = read(row)
    assert said(found.prompt) == [("system", "s"), ("user", "q")]
    assert found.chosen[0].tool_calls[0].name == "find"
    assert found.tools == tuple(tools)


def test_a_system_prompt_in_its_column_is_not_repeated_by_whole_conversations():
    found = read({"system": "s", "prompt": "q", "chosen": [U, A], "rejected": [U, B]})
    assert said(found.prompt) == [("system", "s"), ("user", "q")]
    assert said(found.chosen) == [("assistant", "a")]


@pytest.mark.parametrize(
    ("row", "code", "outcome"),
    [
        ({"prompt": "q", "chosen": "a", "rejected": "a"}, "same_answers", "dropped"),
        ({"prompt": "q", "chosen": "", "rejected": "a"}, "empty_answer", "dropped"),
        ({"prompt": " ", "chosen": "a", "rejected": "b"}, "no_question", "dropped"),
        ({"prompt": "q", "chosen": [U], "rejected": [U, B]}, "no_answer", "dropped"),
        ({"prompt": "q", "chosen": None, "rejected": "b"}, "missing_field", "refused"),
        ({"prompt": None, "chosen": "a", "rejected": "b"}, "no_question", "dropped"),
        ({"prompt": "q", "chosen": 3, "rejected": "b"}, "not_text", "refused"),
    ],
)
def test_a_pair_that_cannot_be_used_says_why(row, code, outcome):
    good = {"prompt": "q", "chosen": "a", "rejected": "b"}
    found = match([good], where="rows.jsonl", kind="preference")
    with pytest.raises(RowProblem) as caught:
        found.format.read(row, found.columns)
    assert (caught.value.code, caught.value.outcome) == (code, outcome)
    assert caught.value.advice


@pytest.mark.parametrize("label", [True, False, 1, 0, 1.0, "true", "False", "0", "1"])
@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("kto", {"prompt": "q", "completion": "a"}),
        ("kto", {"question": "q", "response": "a"}),
        ("kto", {"prompt": [U], "completion": [A]}),
        ("alpaca-kto", {"instruction": "q", "input": "", "output": "a"}),
        ("sharegpt-kto", {"messages": [U, A]}),
        ("sharegpt-kto", {"conversations": [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]}),
    ],
)  # fmt: skip
def test_every_layout_of_feedback_is_an_answer_and_whether_it_is_wanted(name, row, label):
    for column in ("label", "kto_tag"):
        found = read({**row, column: label}, "feedback")
        assert format_of({**row, column: label}, "feedback") == name
        assert isinstance(found, Feedback)
        assert (said(found.prompt), said(found.completion)) == (
            [("user", "q")],
            [("assistant", "a")],
        )
        assert found.desirable is (str(label).lower() in ("true", "1", "1.0"))


def test_a_label_that_is_neither_true_nor_false_is_told():
    found = match([{"prompt": "q", "completion": "a", "label": True}], where="x", kind="feedback")
    for label, code in (("perhaps", "bad_label"), (2, "bad_label"), (None, "missing_field")):
        with pytest.raises(RowProblem) as caught:
            found.format.read({"prompt": "q", "completion": "a", "label": label}, found.columns)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ({"prompt": "q", "answer": "4"}, "4"),
        ({"problem": "q", "solution": "4"}, "4"),
        ({"prompt": "q", "ground_truth": 4}, "4"),
        ({"question": "q", "answer": 4.5}, "4.5"),
        ({"prompt": "q"}, None),
        ({"prompt": [U], "answer": "4"}, "4"),
        ({"messages": [U], "solution": "4"}, "4"),
        ({"prompt": [U], "reward_model": {"style": "rule", "ground_truth": "4"}, "data_source": "x"}, "4"),
    ],
)  # fmt: skip
def test_prompts_come_with_the_answer_to_compare_with(row, answer):
    found = read(row, "prompt")
    assert found == Prompt((Message("user", "q", found.messages[0].loss),), answer)


def test_a_prompt_that_ends_with_an_answer_is_dropped():
    with pytest.raises(RowProblem) as caught:
        read({"prompt": [U, A]}, "prompt")
    assert caught.value.code == "ends_with_answer"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"text": "t", "label": "good"}, Labelled("t", None, ("good",))),
        ({"text": "t", "label": 1}, Labelled("t", None, ("1",))),
        ({"sentence": "t", "label": 0, "idx": 7}, Labelled("t", None, ("0",))),
        ({"text": "t", "labels": ["a", "b"]}, Labelled("t", None, ("a", "b"), several=True)),
        ({"text": "t", "labels": []}, Labelled("t", None, (), several=True)),
        ({"sentence1": "t", "sentence2": "u", "label": 1}, Labelled("t", "u", ("1",))),
        ({"premise": "t", "hypothesis": "u", "label": "yes"}, Labelled("t", "u", ("yes",))),
        ({"question": "t", "sentence": "u", "label": 1}, Labelled("t", "u", ("1",))),
        ({"review": "t", "sentiment": "good"}, Labelled("t", None, ("good",))),
    ],
)
def test_labelled_texts_and_pairs_of_texts_are_read(row, expected):
    assert read(row, "labelled") == expected


def test_a_row_of_any_kind_is_shown_with_its_parts_named():
    assert parts(read(PAIRS[0][1])) == [("user", "q"), ("chosen", "a"), ("rejected", "b")]
    marked = {"prompt": "q", "completion": "a", "label": False}
    assert parts(read(marked)) == [("user", "q"), ("unwanted", "a")]
    assert parts(read({"problem": "q", "solution": "4"})) == [("user", "q"), ("answer", "4")]
    labelled = {"sentence1": "t", "sentence2": "u", "labels": ["a", "b"]}
    assert parts(read(labelled)) == [("text", "t"), ("second", "u"), ("labels", "a, b")]


def test_thoughts_that_stand_apart_are_part_of_the_answer():
    row = {"messages": [U, {"role": "assistant", "content": "a", "reasoning_content": " hm "}]}
    assert said(read(row).messages)[1] == ("assistant", "<think>\nhm\n</think>\n\na")


def test_turns_that_a_table_holds_as_json_are_read_but_answers_stay_as_they_are():
    table = {"messages": json.dumps([U, A]), "label": "1"}
    assert said(read(table).prompt) == [("user", "q")]
    assert said(read({"messages": json.dumps([U, A])}).messages)[1] == ("assistant", "a")
    assert format_of({"conversations": json.dumps([{"from": "human", "value": "q"}])}) == "sharegpt"
    trip = '[{"from": "Rome", "to": "Oslo"}]'
    found = read({"prompt": trip, "chosen": trip, "rejected": "b"})
    assert (found.prompt[0].content, found.chosen[0].content) == (trip, trip)
