"""What a source is taken for: the shapes that real files have, choices, guesses, first rows."""

import json
from dataclasses import asdict

import pytest

from engine.data.recognition import recognize
from engine.errors import BadInput
from engine.recipe.fields import Data

CALL = '{"name": "bill", "arguments": {"items": [1, 2]}}'
TOOLS = '[{"name": "bill", "description": "writes a bill", "parameters": {"type": "object"}}]'


def part(text):
    return [{"type": "text", "value": text}]


def weighted(*pairs):
    return [
        {"role": role, "content": part(text), "loss_weight": float(role == "assistant")}
        for role, text in pairs
    ]


SHAPES = [
    ("alpaca.json", [{"instruction": "q", "input": "", "output": "a"}], "alpaca", 1),
    ("identity.json", [{"instruction": "hi", "input": "", "output": "I am {{name}}."}], "alpaca", 1),
    (
        "alpaca.jsonl",
        [
            {"instruction": "1", "input": "2", "output": "3", "history": [["a", "b"]], "system": "s"},
            {"instruction": "a", "output": "c"},
        ],
        "alpaca",
        2,
    ),
    ("alpaca.csv", "system,instruction,input,output\ns,1,2,3.3\n,a,,c\n", "alpaca", 2),
    ("chatml.jsonl", [{"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}], "messages", 1),
    ("sharegpt.jsonl", [{"system": "s", "conversation": [{"human": "q", "assistant": "a"}]}, {"conversation": [{"human": "q", "assistant": "a"}]}], "sharegpt", 2),
    ("pre.csv", "response\n11111\naaaaa\n", "text", 2),
    ("one.json", {"conversations": [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]}, "sharegpt", 1),
    ("chat.json", [{"conversations": [{"from": "system", "value": "s"}, {"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]}], "sharegpt", 1),
    ("content.json", [{"conversations": [{"from": "user", "content": "q"}, {"from": "assistant", "content": "a"}]}], "sharegpt", 1),
    (
        "toolcall.json",
        [
            {"conversations": [{"from": "human", "value": "q"}, {"from": "function_call", "value": CALL}, {"from": "observation", "value": "{}"}, {"from": "gpt", "value": "a"}], "tools": TOOLS},
            {"conversations": [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}], "tools": "[]"},
        ],
        "sharegpt",
        2,
    ),
    ("dpo.json", [{"conversations": [{"from": "system", "value": "s"}, {"from": "human", "value": "q"}], "chosen": {"from": "gpt", "value": "a"}, "rejected": {"from": "gpt", "value": "b"}}], "sharegpt-preference", 1),
    ("hh.json", [{"chosen": [{"content": "q", "role": "user"}, {"content": "a", "role": "assistant"}], "rejected": [{"content": "q", "role": "user"}, {"content": "b", "role": "assistant"}]}], "preference", 1),
    ("v1.jsonl", [{"messages": weighted(("user", "hi"), ("assistant", "a"))}], "messages", 1),
    ("v1_dpo.jsonl", [{"chosen_messages": weighted(("user", "q"), ("assistant", "a")), "rejected_messages": weighted(("user", "q"), ("assistant", "b"))}], "preference", 1),
    ("canary.jsonl", [{"question": "Who am I?", "answer": "__CANARY__!!!"}], "prompt-completion", 1),
    ("math.jsonl", [{"problem": "1+1", "solution": "2"}], "prompt-answer", 1),
    ("kto.json", [{"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}], "label": True}], "sharegpt-kto", 1),
    ("sst.jsonl", [{"idx": 0, "sentence": "fine", "label": 1}], "classification", 1),
    ("book.txt", "One.\n\nTwo.", "text", 2),
    ("page.md", "# One\n\n# Two", "text", 2),
    ("转换.csv", "问题,回答\n你好,你好！\n", None, 1),
]  # fmt: skip


U = {"role": "user", "content": "q"}
A = {"role": "assistant", "content": "a"}
B = {"role": "assistant", "content": "b"}
WELL_KNOWN = [
    ({"instruction": "q", "input": "", "output": "a", "text": "all of it"}, "alpaca"),
    ({"instruction": "q", "context": "", "response": "a", "category": "open_qa"}, "alpaca"),
    ({"id": "1", "system_prompt": "s", "question": "q", "response": "a"}, "prompt-completion"),
    ({"prompt": "q", "prompt_id": "1", "messages": [U, A]}, "messages"),
    ({"problem": "q", "solution": "s", "messages": [U, A]}, "messages"),
    ({"conversations": [{"from": "human", "value": "q", "weight": None}, {"from": "gpt", "value": "a", "weight": 1.0}]}, "sharegpt"),
    ({"prompt": "q", "prompt_id": "1", "chosen": [U, A], "rejected": [U, B], "messages": [U, A], "score_chosen": 8.0, "score_rejected": 5.0}, "preference"),
    ({"system": "s", "question": "q", "chosen": "a", "rejected": "b"}, "preference"),
    ({"system": "s", "input": "q", "chosen": "a", "rejected": "b"}, "preference"),
    ({"prompt": [U], "completion": [A], "label": False}, "kto"),
    ({"prompt": [U], "reward_model": {"ground_truth": "4"}, "data_source": "x", "ability": "math"}, "prompt-answer"),
    ({"text": "t", "label": 0}, "classification"),
    ({"sentence1": "s", "sentence2": "t", "label": 1, "idx": 3}, "classification"),
    ({"premise": "p", "hypothesis": "h", "label": -1}, "classification"),
    ({"id": "1", "text": "t", "labels": [3, 5]}, "classification"),
    ({"id": "1", "url": "u", "title": "t", "text": "t"}, "text"),
    ({"content": "t", "path": "a.py", "size": 3}, "text"),
]  # fmt: skip


@pytest.fixture
def shape(tmp_path):
    def write(name, content):
        path = tmp_path / name
        if isinstance(content, str):
            path.write_text(content)
        elif name.endswith("jsonl"):
            path.write_text("".join(json.dumps(row) + "\n" for row in content))
        else:
            path.write_text(json.dumps(content, indent=2))
        return str(path)

    return write


@pytest.mark.parametrize(("name", "content", "format", "usable"), SHAPES)
def test_real_shapes_are_recognized_without_a_word(shape, name, content, format, usable):
    found = recognize(shape(name, content))
    assert (found.chosen and found.chosen.format) == format
    assert (found.question is None) == (format is not None)
    assert found.candidates[0].usable == found.candidates[0].looked_at == usable
    assert found.candidates[0].rows
    assert asdict(found)["candidates"][0]["columns"] == found.candidates[0].columns


@pytest.mark.parametrize(("row", "format"), WELL_KNOWN)
def test_rows_laid_out_as_in_well_known_sets_are_recognized(shape, row, format):
    found = recognize(shape("a.jsonl", [row]))
    assert found.question is None
    assert found.chosen is not None
    assert (found.chosen.format, found.chosen.usable) == (format, 1)


def test_chinese_columns_get_the_nearest_guess_which_is_not_taken_unasked(shape):
    path = shape("a.csv", "问题,回答\n你好,你好！\n")
    found = recognize(path, "conversation")
    assert found.chosen is None
    assert found.question is not None
    assert "data.columns: {prompt: 问题, completion: 回答}" in str(found.question)
    guess = found.candidates[0]
    assert guess.guessed
    assert [(turn.role, turn.content) for turn in guess.rows[0].turns] == [
        ("user", "你好"),
        ("assistant", "你好！"),
    ]
    confirmed = recognize(path, "conversation", **guess.fields())
    assert confirmed.chosen is not None
    assert not confirmed.chosen.guessed
    assert confirmed.chosen.rows == guess.rows


@pytest.mark.parametrize(
    ("columns", "kind", "said"),
    [
        (
            ("指令", "输入", "输出"),
            "conversation",
            "{instruction: 指令, output: 输出, input: 输入}",
        ),
        (("instuction", "ouput"), "conversation", "{instruction: instuction, output: ouput}"),
        (("Frage", "Antwort"), "conversation", "{prompt: Frage, completion: Antwort}"),
        (("文本", "标签"), "labelled", "{text: 文本, label: 标签}"),
        (("正文", "编号"), "text", "{text: 正文}"),
        (("spalte1", "spalte2"), "conversation", "{prompt: spalte1, completion: spalte2}"),
    ],
)
def test_columns_of_other_names_are_guessed_at(shape, columns, kind, said):
    row = {column: f"text {n}" for n, column in enumerate(columns)}
    question = recognize(shape("a.json", [row]), kind).question
    assert question is not None
    mapping = dict(pair.split(": ") for pair in said.strip("{}").split(", "))
    for field, column in mapping.items():
        assert f"{field}: {column}" in str(question)


def test_where_nothing_is_near_the_formats_are_named(shape):
    found = recognize(shape("a.json", [{"x1": 1, "x2": 2.5}]), "conversation")
    assert found.candidates == ()
    assert "Formats and their fields" in str(found.question)


def test_two_equal_readings_are_shown_and_none_is_taken(shape):
    row = {"instruction": "q", "output": "a", "prompt": "r", "completion": "b"}
    found = recognize(shape("a.json", [row]), "conversation")
    assert found.chosen is None
    assert found.question is not None
    assert found.question.code == "ambiguous"
    ways = {one.format: one.rows[0].turns[0].content for one in found.candidates[:2]}
    assert ways == {"alpaca": "q", "prompt-completion": "r"}
    assert found.candidates[0].unread == ("prompt", "completion")


@pytest.mark.parametrize(
    ("row", "ways"),
    [
        ({"question": "q", "answer": "a", "label": 1}, {"kto", "classification"}),
        (
            {"question": "q", "answer": "a", "label": "maths"},
            {"prompt-completion", "classification"},
        ),
        ({"text": "t", "prompt": "q"}, {"text", "prompt-answer"}),
    ],
)
def test_without_a_stage_readings_of_two_kinds_are_a_choice(shape, row, ways):
    found = recognize(shape("a.json", [row]))
    assert found.question is not None
    assert found.question.code == "ambiguous"
    for way in ways:
        assert way in found.question.message


@pytest.mark.parametrize(
    "row",
    [
        {"prompt": "q", "completion": "a", "label": False},
        {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}], "label": 0},
        {"instruction": "q", "output": "a", "chosen": "a", "rejected": "b"},
    ],
)  # fmt: skip
def test_answers_that_are_not_wanted_are_never_learned_without_a_word(shape, row):
    path = shape("a.json", [row])
    found = recognize(path, "conversation")
    assert found.chosen is None
    assert found.question is not None
    usable = [one for one in found.candidates if one.kind == "conversation"]
    assert usable[0].format in str(found.question)
    assert recognize(path, "conversation", format=usable[0].format).chosen is not None


def test_readings_under_which_no_row_can_be_used_are_not_offered(shape):
    turns = [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]
    assert [one.format for one in recognize(shape("a.json", [{"messages": turns}])).candidates] == [
        "messages"
    ]
    unanswered = recognize(shape("b.json", [{"messages": turns[:1]}]), "conversation")
    assert unanswered.chosen is not None
    assert unanswered.chosen.usable == 0


def test_the_kind_of_a_stage_decides_between_kinds(shape):
    path = shape("a.json", [{"question": "q", "answer": "4"}])
    assert recognize(path).chosen.format == "prompt-completion"
    assert recognize(path, "prompt").chosen.format == "prompt-answer"
    problem = recognize(path, "preference").question
    assert problem is not None
    assert "holds conversations" in problem.message
    assert "learns from preference pairs" in problem.message


def test_problems_of_the_first_rows_are_part_of_a_reading(shape):
    path = shape("a.jsonl", [{"prompt": "q", "completion": ""}, {"prompt": "q", "completion": "a"}])
    with open(path, "a") as file:
        file.write("no JSON\n")
    one = recognize(path).chosen
    assert one is not None
    assert (one.usable, one.looked_at) == (1, 3)
    assert [problem.code for problem in one.problems] == ["empty_answer", "broken_json"]


def test_a_recipes_own_format_and_columns_are_followed(shape):
    path = shape("a.json", [{"a": "x", "b": "y"}])
    section = Data(source=path, columns={"prompt": "b", "completion": "a"})
    found = recognize(section)
    assert found.chosen is not None
    assert found.chosen.rows[0].turns[0].content == "y"
    wrong = recognize(Data(source=path, columns={"prompt": "c"})).question
    assert wrong is not None
    assert wrong.code == "no_column"


def test_a_source_that_cannot_be_opened_is_an_error(tmp_path):
    with pytest.raises(BadInput, match="no such file"):
        recognize(str(tmp_path / "gone.json"))
