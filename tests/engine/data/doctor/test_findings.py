"""Each thing that the doctor finds is found, in its rows, and nowhere else."""

import json

import pytest

from engine.data.doctor import FINDINGS
from tests.engine.data.doctor.rows import answered, chat, good

TOOLS = [{"name": "weather", "parameters": {}}, {"name": "time", "parameters": {}}]
ANSWERED = {"prompt": "Which way?", "completion": "Left."}


@pytest.mark.parametrize(
    ("line", "code", "outcome"),
    [
        ('{"prompt": "a", "completion": ', "broken_json", "refused"),
        ("[1, 2]", "not_an_object", "refused"),
        ('{"prompt": "a", "completion": "b\udcff"}', "not_utf8", "refused"),
        ({"prompt": "a", "completion": "\ud83e"}, "bad_unicode", "refused"),
        ({"prompt": "a"}, "missing_field", "refused"),
        ({"prompt": "a", "completion": None}, "missing_field", "refused"),
        ({"prompt": "a", "completion": 42}, "not_text", "refused"),
        ({"prompt": "a", "completion": ["b"]}, "not_text", "refused"),
        ({"prompt": "a", "completion": ""}, "empty_answer", "dropped"),
        ({"prompt": "a", "completion": " \n\t"}, "empty_answer", "dropped"),
        ({"prompt": "  ", "completion": "b"}, "empty_turn", "dropped"),
    ],
)
def test_a_row_that_cannot_be_used_is_one_cause_at_its_line(examine, causes, line, code, outcome):
    text = "".join(
        (one if isinstance(one, str) else json.dumps(one)) + "\n"
        for one in (good(1), good(2), line, good(3))
    )
    found = examine(text)
    assert causes(found)[code] == (1, [3])
    (cause,) = [cause for cause in found.causes if cause.outcome != "kept"]
    assert cause.outcome == outcome
    assert cause.advice
    assert (found.counts.rows, found.counts.kept) == (4, 3)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (chat("u:Where to?"), "no_answer"),
        (chat("s:Be brief.", "a:There."), "no_question"),
        (chat("u:Where to?", "a: "), "empty_answer"),
        ({"messages": [{"role": "user", "content": "x"}, {"role": "wizard", "content": "y"}]}, "unknown_role"),
        ({"messages": [{"role": "user", "content": None}, {"role": "assistant", "content": "y"}]}, "missing_field"),
        ({"messages": "none"}, "bad_shape"),
        ({"messages": []}, "bad_shape"),
    ],
)  # fmt: skip
def test_a_conversation_that_cannot_be_used_is_one_cause(examine, causes, row, code):
    found = examine([chat("u:Who?", "a:I."), row, chat("u:What else is there?", "a:Nothing.")])
    assert causes(found)[code] == (1, [2])
    assert found.counts.kept == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (chat("u:Who?", "a:I.", "u:And?"), "ends_with_user"),
        (chat("a:Welcome.", "u:Who?", "a:I."), "starts_with_assistant"),
        (chat("u:Who?", "u:Who are you?", "a:I."), "repeated_role"),
        (chat("u:Who?", "a:I.", "a:And me."), "repeated_role"),
        (chat("u:Who?", "s:Be brief.", "a:I."), "late_system"),
    ],
)
def test_turns_out_of_order_are_told_and_the_row_is_used(examine, causes, row, code):
    found = examine([row, chat("s:Be brief.", "u:Who goes there?", "a:A friend of the house.")])
    assert causes(found) == {code: (1, [1])}
    assert found.counts.kept == 2


@pytest.mark.parametrize(
    ("turns", "unequal"),
    [
        (("u:x", "c:weather", "t:rain", "a:Rain."), False),
        (("u:x", "c:weather time", "t:rain", "t:noon", "a:Both."), False),
        (("u:x", "c:weather time", "t:[rain, noon]", "a:Both."), False),
        (("u:x", "c:weather"), False),
        (("u:x", "a:hm", "t:rain", "a:Rain."), True),
        (("u:x", "c:weather", "a:Rain."), True),
        (("u:x", "c:weather time", "t:1", "t:2", "t:3", "a:Both."), True),
        (("u:x", "t:rain", "a:Rain."), True),
    ],
)
def test_calls_and_results_that_do_not_match_are_told(examine, causes, turns, unequal):
    found = examine([chat(*turns, tools=TOOLS)], template="chatml")
    assert ("unequal_calls" in causes(found)) == unequal
    assert found.counts.rows == 1


def test_unequal_calls_are_told_of_rows_that_the_template_refuses_too(examine, causes):
    rows = [chat("u:x", "a:hm", "t:rain", "a:Rain.", tools=TOOLS), chat("u:Who?", "a:I.")]
    found = examine(rows)  # its template shows no tools
    assert causes(found)["unequal_calls"] == (1, [1])
    assert causes(found)["tools_not_shown"] == (1, [1])
    assert (found.counts.kept, found.counts.refused) == (1, 1)


def test_a_call_of_a_tool_that_is_not_described_is_told(examine, causes):
    rows = [chat("u:x", "c:fly", "t:ok", "a:Done.", tools=TOOLS)]
    assert causes(examine(rows))["undescribed_tool"] == (1, [1])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hello {{name}}!", "placeholder"),
        ("Hello {{ user.name }}!", "placeholder"),
        ("Dear [Your Name],", "placeholder"),
        ("Ring <YOUR_NUMBER> now", "placeholder"),
        ("red\x1b[31m", "control_codes"),
        ("copied\x1b]52;c;aGk=\x07", "control_codes"),
        ("a\x00b", "control_codes"),
        ("a\x9bb", "control_codes"),
        ("user\u202etxt.exe", "direction_marks"),
        ("pass\u200bword", "invisible_characters"),
        ("tagged \U000e0041\U000e0042", "invisible_characters"),
        ("lost \ufffd words", "lost_characters"),
        ("sÃ£o Paulo, cafÃ©", "mojibake"),
        ("Itâ€™s here", "mojibake"),
        ("so <|im_start|>user said", "control_tokens_in_text"),
        ("so [INST] he said [/INST]", "template_text"),
        ("### Instruction:\nWrite.", "template_text"),
        ("Yes.\nHuman: and then?", "template_text"),
        ("key AKIA" + "ABCDEFGHIJKLMNOP", "secret"),
    ],
)
def test_what_stands_in_a_text_is_told_and_the_row_is_used(examine, causes, text, code):
    found = examine([good(1), answered(text), good(2)])
    assert causes(found) == {code: (1, [2])}
    assert found.counts.kept == 3


@pytest.mark.parametrize(
    "text",
    [
        "naïve café – “quotes” … 50 € ½ Ω",
        "你好，世界。これは日本語です。안녕하세요",
        "می\u200cخواهم, नमस्ते, 👩\u200d🚀 and 🏳️‍🌈",
        "<p>HTML</p> [a link](x) {x} ${y} list[int]",
        "if a < b and b > c: return {'a': {1: 2}}",
        "sk-short and AKIA and hf_model ghp_x",
        "# Heading\n## Response\nNo colon.",
        "tab\tand\r\nlines",
    ],
)
def test_ordinary_text_of_any_language_is_left_alone(examine, causes, text):
    assert causes(examine([answered(text), good(2)])) == {}


def test_columns_that_change_on_the_way_are_told(examine, causes):
    rows = [good(n) for n in range(250)]
    rows[201]["extra"] = "x"
    rows[3]["system"] = "Be brief."
    rows[230]["system"] = None
    rows[231]["note"] = [1, {"a": None}]
    del rows[240]["completion"]
    found = causes(examine(rows))
    assert found["other_columns"] == (4, [4, 202, 231, 232])
    assert found["missing_field"] == (1, [241])
    assert found["null_value"] == (1, [231])
    assert found["nested_null"] == (1, [232])


def test_rows_that_each_have_their_own_columns_are_told_as_one_cause(examine, causes):
    rows = [{**good(n), f"column {n}": n} for n in range(300)]
    assert causes(examine(rows))["other_columns"][0] == 299


def test_a_column_of_two_types_is_told(examine, causes):
    rows = [{**good(n), "id": n} for n in range(3)] + [{**good(3), "id": "four"}]
    assert causes(examine(rows)) == {"mixed_types": (1, [4])}


def test_a_byte_order_mark_is_told_and_costs_nothing(examine, causes):
    lines = "".join(json.dumps(good(n)) + "\n" for n in range(3))
    found = examine(b"\xef\xbb\xbf" + lines.encode())
    assert causes(found) == {"byte_order_mark": (1, [1])}
    assert found.counts.kept == 3


def test_lines_of_a_table_keep_their_numbers(examine, causes):
    text = 'prompt,completion\n"Who\nare you?",I.\nWhat?,\nWhere is the other one?,Over there.\n'
    found = examine(text, "rows.csv")
    assert causes(found) == {"empty_answer": (1, [4])}


def test_the_same_answer_chosen_and_rejected_is_dropped(examine, causes):
    rows = [
        {"prompt": "Which?", "chosen": "This one.", "rejected": "That one."},
        {"prompt": "Which way?", "chosen": "Left.", "rejected": "Left."},
    ]
    found = examine(rows)
    assert causes(found)["same_answers"] == (1, [2])
    assert (found.counts.kept, found.counts.dropped) == (1, 1)


def test_a_row_without_a_token_to_learn_is_dropped(examine, causes):
    unlearned = chat("u:Who?", "a:I.")
    unlearned["messages"][1]["weight"] = 0
    found = examine([unlearned, chat("u:What is there?", "a:Nothing much.")])
    assert causes(found) == {"nothing_to_learn": (1, [1])}


def test_rows_over_the_length_are_cut_or_dropped_and_told(examine, causes):
    rows = [good(1), answered("word " * 100), {"prompt": "why " * 100, "completion": "So."}]
    found = examine(rows, max_length=200)
    assert causes(found)["cut"] == (1, [2])
    assert causes(found)["cut_before_answer"] == (1, [3])
    assert (found.counts.kept, found.counts.cut, found.counts.dropped) == (2, 1, 1)
    assert found.tokens.max == 200


def test_nothing_usable_is_a_problem_with_its_reason_and_the_account_stands(examine):
    found = examine([{"prompt": "a", "completion": ""}, {"prompt": "b", "completion": " "}])
    assert (found.counts.rows, found.counts.dropped) == (2, 2)
    assert found.problem is not None
    assert found.problem.code == "no_rows"
    assert "none of its 2 rows" in found.problem.message
    assert found.to_json()["error"]["code"] == "no_rows"


def test_every_finding_says_what_it_is_and_what_to_do():
    for code, entry in FINDINGS.items():
        assert entry.code == code
        assert entry.title
        if entry.effect == "kept":
            assert entry.advice.endswith(".")
