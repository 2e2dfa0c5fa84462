"""Which format rows are in, how each is read, and what is wrong with a row that cannot be used."""

from typing import get_args

import pytest

from engine.data import misfits
from engine.data.formats import FORMATS
from engine.data.matching import match
from engine.data.reading import open_source
from engine.data.rows import Conversation, Kind, Message, RowProblem, Text
from engine.data.turns import read_loss
from engine.errors import BadInput
from engine.recipe.fields import Data

CALL = '{"name": "find", "arguments": {"what": "key"}}'
TOOL = {"name": "find", "description": "finds", "parameters": {"type": "object"}}


def reading(rows, kind="conversation", **options):
    return match(rows, where="rows.jsonl", kind=kind, **options)


def read(row, kind="conversation", **options):
    found = reading([row], kind, **options)
    return found.format.read(row, found.columns)


def turns(row):
    return [(message.role, message.content) for message in row.messages]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"messages": [{"role": "user", "content": "q"}]}, "messages"),
        ({"conversations": [{"role": "user", "content": "q"}]}, "messages"),
        ({"conversations": [{"from": "human", "value": "q"}]}, "sharegpt"),
        ({"conversation": [{"human": "q", "assistant": "a"}]}, "sharegpt"),
        ({"instruction": "q", "input": "", "output": "a"}, "alpaca"),
        ({"instruction": "q", "context": "c", "response": "a", "category": "x"}, "alpaca"),
        ({"Instruction": "q", "Response": "a"}, "alpaca"),
        ({"instruction": "q", "input": "", "output": "a", "text": "whole"}, "alpaca"),
        ({"instruction": "q", "input": "", "output": "a", "prompt": "whole"}, "alpaca"),
        ({"prompt": "q", "completion": "a"}, "prompt-completion"),
        ({"query": "q", "response": "a"}, "prompt-completion"),
        ({"question": "q", "answer": "a", "id": 3}, "prompt-completion"),
        ({"input": "q", "output": "a"}, "prompt-completion"),
        (
            {
                "prompt": [{"role": "user", "content": "q"}],
                "completion": [{"role": "assistant", "content": "a"}],
            },
            "prompt-completion",
        ),
        ({"prompt": "q", "prompt_id": "7", "messages": [{"role": "user"}]}, "messages"),
    ],
)
def test_the_format_is_recognized_by_columns_and_values(row, name):
    assert reading([row]).format.name == name


@pytest.mark.parametrize("row", [{"text": "t"}, {"content": "t", "id": 1}, {"story": "t"}])
def test_text_is_recognized_by_its_name_or_as_the_only_column(row):
    assert read(row, "text") == Text("t")


def test_every_format_that_reads_a_row_says_so_with_a_summary():
    assert set(FORMATS.names()) >= {
        "messages", "sharegpt", "alpaca", "prompt-completion", "text",
    }  # fmt: skip
    for entry in FORMATS:
        assert entry.summary
        assert entry.kind in get_args(Kind)
        assert misfits.kind_words(entry.kind)


def test_one_broken_row_among_many_does_not_change_the_format():
    rows = [{"conversations": None}, *[{"conversations": [{"from": "human", "value": "q"}]}] * 9]
    assert reading(rows).format.name == "sharegpt"


def test_the_messages_format_reads_roles_parts_tools_and_weights():
    row = {
        "messages": [
            {"role": "developer", "content": "s"},
            {
                "role": "user",
                "content": [{"type": "text", "text": "q"}, {"type": "text", "value": "?"}],
            },
            {"role": "assistant", "content": "no", "weight": 0},
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"function": {"name": "find", "arguments": '{"what": "key"}'}}],
            },
            {"role": "tool", "content": "here"},
            {"role": "assistant", "content": "a"},
        ],
        "tools": [TOOL],
    }
    found = read(row)
    assert turns(found) == [
        ("system", "s"), ("user", "q?"), ("assistant", "no"), ("assistant", ""), ("tool", "here"),
        ("assistant", "a"),
    ]  # fmt: skip
    assert [message.loss for message in found.messages] == [True, True, False, True, True, True]
    assert found.messages[3].tool_calls[0].arguments == {"what": "key"}
    assert found.tools == ({"type": "function", "function": TOOL},)


def test_the_sharegpt_format_reads_every_name_of_a_role_and_calls():
    row = {
        "system": "s",
        "tools": f"[{CALL}]",
        "conversations": [
            {"from": "human", "value": "q"},
            {"from": "function_call", "value": CALL},
            {"from": "observation", "value": "here"},
            {"from": "GPT", "value": "a"},
        ],
    }
    found = read(row)
    assert turns(found) == [
        ("system", "s"), ("user", "q"), ("assistant", ""), ("tool", "here"), ("assistant", "a"),
    ]  # fmt: skip
    assert found.messages[2].tool_calls[0].name == "find"
    assert found.tools[0]["function"]["name"] == "find"


def test_sharegpt_pairs_of_human_and_assistant_are_turns():
    row = {"system": "s", "conversation": [{"human": "q", "assistant": "a"}] * 2}
    assert turns(read(row)) == [("system", "s"), *[("user", "q"), ("assistant", "a")] * 2]


def test_texts_of_both_speakers_by_turns_are_a_conversation():
    found = read({"conversations": ["q", "a", "r", "b"], "source": "x"})
    assert turns(found) == [("user", "q"), ("assistant", "a"), ("user", "r"), ("assistant", "b")]


def test_the_alpaca_format_puts_the_input_under_the_instruction_after_the_history():
    row = {
        "instruction": "q", "input": "i", "output": "a", "system": "s", "history": [["h", "k"]],
    }  # fmt: skip
    assert turns(read(row)) == [
        ("system", "s"), ("user", "h"), ("assistant", "k"), ("user", "q\ni"), ("assistant", "a"),
    ]  # fmt: skip
    assert turns(read({"instruction": "q", "input": "", "output": "a"}))[0] == ("user", "q")
    assert turns(read({"instruction": "", "input": "i", "output": "a"}))[0] == ("user", "i")


def test_a_prompt_and_its_completion_may_have_earlier_turns():
    row = {"query": "q", "response": "a", "history": [["h", "k"]], "system": "s"}
    assert turns(read(row)) == [
        ("system", "s"), ("user", "h"), ("assistant", "k"), ("user", "q"), ("assistant", "a"),
    ]  # fmt: skip


def test_answers_inside_a_prompt_of_turns_are_given_not_learned():
    found = read(
        {
            "prompt": [
                {"role": "user", "content": "q"},
                {"role": "assistant", "content": "given"},
                {"role": "user", "content": "r"},
            ],
            "completion": [{"role": "assistant", "content": "a"}],
        }
    )
    assert [message.loss for message in found.messages if message.role == "assistant"] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("row", "code", "named"),
    [
        ({"messages": [{"role": "user", "content": "q"}]}, "no_answer", ""),
        ({"messages": [{"role": "assistant", "content": "a"}]}, "no_question", ""),
        ({"messages": []}, "bad_shape", "messages is an empty list"),
        ({"messages": None}, "missing_field", "messages is missing"),
        ({"messages": ["q"]}, "bad_shape", "messages[0] is text"),
        ({"messages": [{"role": "cat", "content": "q"}]}, "unknown_role", "messages[0].role is 'cat'"),
        ({"messages": [{"role": "user"}]}, "missing_field", "messages[0].content is missing"),
        ({"messages": [{"role": "user", "content": 3}]}, "not_text", "messages[0].content is a number"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]},
            "not_text",
            "messages[0].content[0] is of type image_url",
        ),
        ({"messages": [{"role": "user", "content": "\ud800"}]}, "bad_unicode", "messages[0].content"),
        (
            {"messages": [{"role": "user", "content": "q", "weight": 0.5}]},
            "bad_weight",
            "messages[0].weight is 0.5",
        ),
        (
            {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": " \n"}]},
            "empty_answer",
            "turn 2",
        ),
        (
            {"messages": [{"role": "user", "content": ""}, {"role": "assistant", "content": "a"}]},
            "empty_turn",
            "turn 1",
        ),
        ({"messages": [{"role": "tool_call", "content": "no JSON"}]}, "bad_tool_call", "messages[0]"),
        ({"messages": [{"role": "user", "content": "q"}], "tools": "{"}, "bad_tools", "tools"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_names_its_field(row, code, named):
    entry = FORMATS.get("messages")
    with pytest.raises(RowProblem) as caught:
        entry.read(row, {field.name: field.name for field in entry.fields})
    assert caught.value.code == code
    assert named in caught.value.message
    assert caught.value.advice


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"instruction": "q", "output": ""}, "empty_answer"),
        ({"instruction": "", "input": "", "output": "a"}, "empty_turn"),
        ({"instruction": "q", "output": None}, "missing_field"),
        ({"instruction": "q"}, "missing_field"),
        ({"instruction": "q", "output": "a", "history": [["only"]]}, "bad_shape"),
        ({"instruction": "q", "output": "a", "history": "x"}, "bad_shape"),
    ],
)
def test_an_alpaca_row_that_cannot_be_used_is_told_apart(row, code):
    columns = {field.name: field.name for field in FORMATS.get("alpaca").fields}
    with pytest.raises(RowProblem) as caught:
        FORMATS.get("alpaca").read(row, columns)
    assert caught.value.code == code


def test_a_weight_may_be_a_truth_value():
    assert read_loss({"train": False}, "turn") is False
    assert read_loss({"loss_weight": 1.0}, "turn") is True


def test_columns_of_any_name_are_read_once_they_are_mapped():
    row = {"frage": "q", "antwort": "a"}
    found = reading([row], columns={"prompt": "frage", "completion": "antwort"})
    assert found.format.name == "prompt-completion"
    assert found.present == {"prompt": "frage", "completion": "antwort"}
    assert turns(found.format.read(row, found.columns)) == [("user", "q"), ("assistant", "a")]


def test_a_column_that_only_later_rows_have_is_still_read():
    found = reading([{"instruction": "q", "output": "a"}])
    later = {"instruction": "q", "output": "a", "system": "s"}
    assert turns(found.format.read(later, found.columns))[0] == ("system", "s")


@pytest.mark.parametrize(
    ("row", "options", "field", "said"),
    [
        ({"foo": "q", "bar": "a"}, {}, "data.columns", "its columns are foo, bar"),
        ({"foo": "q", "bar": "a"}, {"name": "alpaca"}, "data.columns", "format alpaca"),
        ({"foo": "q"}, {"columns": {"prompt": "fooo"}}, "data.columns", "Did you mean foo"),
        ({"foo": "q"}, {"columns": {"promt": "foo"}}, "data.columns", "Did you mean prompt"),
        (
            {"foo": "q", "bar": "t"},
            {"columns": {"prompt": "foo", "text": "bar"}},
            "data.columns",
            "no one format has all the fields",
        ),
        ({"prompt": "q"}, {"name": "alpacca"}, "data.format", "Did you mean alpaca"),
        ({"text": "t"}, {}, "data.source", "stage pretrain"),
        ({"prompt": "q", "completion": "a"}, {"kind": "text"}, "data.source", "stage sft"),
        ({"prompt": "q", "chosen": "a", "rejected": "b"}, {}, "data.source", "preference pairs"),
        ({}, {}, "data.source", "its rows are empty"),
    ],
)
def test_rows_that_no_format_reads_get_one_sentence(row, options, field, said):
    with pytest.raises(BadInput) as caught:
        reading([row], **options)
    assert caught.value.problem.field == field
    assert said in str(caught.value)


def test_two_equal_readings_are_both_named_and_the_choice_is_told():
    row = {"instruction": "q", "output": "a", "prompt": "q", "completion": "a"}
    with pytest.raises(BadInput) as caught:
        reading([row])
    text = str(caught.value)
    assert "alpaca (instruction, output) or prompt-completion (prompt, completion)" in text
    assert "data.format: alpaca or prompt-completion" in text
    assert reading([row], name="alpaca").format.name == "alpaca"
    assert reading([row], columns={"prompt": "prompt"}).format.name == "prompt-completion"


def test_preference_rows_are_read_once_their_format_is_chosen():
    row = {"prompt": "q", "chosen": "a", "rejected": "b"}
    assert turns(read(row, columns={"completion": "chosen"}))[1] == ("assistant", "a")


def test_the_recipes_system_prompt_goes_only_where_there_is_none(write):
    rows = [
        {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]},
        {
            "messages": [
                {"role": "system", "content": "own"},
                {"role": "user", "content": "q"},
                {"role": "assistant", "content": "a"},
            ]
        },
    ]
    section = Data(source=write(rows), system="ours")
    opened = open_source(section.all_sources()[0], section, "conversation", None)
    found = [opened.read(raw) for _number, raw in opened.numbered]
    assert all(isinstance(row, Conversation) for row in found)
    assert [row.messages[0] for row in found] == [
        Message("system", "ours"),
        Message("system", "own"),
    ]
