"""Local files: what is read from each kind, and the one sentence for what cannot be read."""

import json

import pytest

from engine.data.rows import RowProblem
from engine.data.sources import local_path, open_rows, shipped
from engine.errors import BadInput
from engine.recipe.fields import Source


def rows_of(path):
    return list(open_rows(Source(source=str(path))))


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_json_lines_are_numbered_by_line_and_blank_lines_are_passed_over(file):
    assert rows_of(file("a.jsonl", '{"a": 1}\n\n  \n{"a": 2}')) == [(1, {"a": 1}), (4, {"a": 2})]


def test_a_json_array_is_read_row_by_row(file):
    assert rows_of(file("a.json", ' [{"a": 1},\n{"a": [2]}]\n')) == [(1, {"a": 1}), (2, {"a": [2]})]


def test_the_one_list_of_objects_in_an_object_is_its_rows(file):
    path = file("a.json", '{"version": 2, "tags": ["x"], "data": [{"a": 1}, {"a": 2}]}')
    assert rows_of(path) == [(1, {"a": 1}), (2, {"a": 2})]


def test_an_object_whose_list_holds_turns_is_one_row(file):
    row = {"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]}
    assert rows_of(file("a.json", json.dumps(row, indent=2))) == [(1, row)]


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.json", '{"a": 1}\n{"a": 2}\n'), ("a.jsonl", '[\n {"a": 1},\n {"a": 2}\n]')],
)
def test_json_and_json_lines_under_each_others_name_are_read(file, name, text):
    assert [row for _n, row in rows_of(file(name, text))] == [{"a": 1}, {"a": 2}]


def test_a_byte_order_mark_is_no_part_of_the_first_row(file):
    for name, text in (("a.jsonl", '{"a": 1}'), ("a.json", '[{"a": 1}]'), ("a.csv", "a\n1")):
        assert list(rows_of(file(name, b"\xef\xbb\xbf" + text.encode()))[0][1]) == ["a"]


def test_a_text_file_is_split_at_blank_lines_into_documents(file):
    path = file("a.txt", "\nOne\r\nline.\n\n \nTwo.\n")
    assert rows_of(path) == [(2, {"text": "One\nline."}), (6, {"text": "Two."})]


def test_a_markdown_file_is_split_at_headings_but_not_inside_code(file):
    path = file("a.md", "Before.\n\n# One\n\n```\n# no heading\n```\n\n## Two\nEnd.\n")
    assert rows_of(path) == [
        (1, {"text": "Before."}),
        (3, {"text": "# One\n\n```\n# no heading\n```"}),
        (9, {"text": "## Two\nEnd."}),
    ]


def test_csv_rows_are_numbered_by_the_line_on_which_they_begin(file):
    path = file("a.csv", 'q,a\n"two\nlines",x\n\ny,"a ""b"", c"\n')
    assert rows_of(path) == [(2, {"q": "two\nlines", "a": "x"}), (5, {"q": "y", "a": 'a "b", c'})]


def test_tabs_and_semicolons_separate_cells_too(file):
    for name, text in (("a.tsv", "q\ta\n1, 2\t3"), ("a.csv", "q;a\n1, 2;3")):
        assert rows_of(file(name, text)) == [(2, {"q": "1, 2", "a": "3"})]


def test_parquet_is_read_with_its_lists(tmp_path):
    import pyarrow
    import pyarrow.parquet

    rows = [{"messages": [{"role": "user", "content": f"{n}"}]} for n in range(3)]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "a.parquet")
    assert rows_of(tmp_path / "a.parquet") == list(enumerate(rows, 1))
    damaged = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "b.parquet").write_bytes(damaged[:40] + b"\xff" * 40 + damaged[80:])
    with pytest.raises(BadInput, match=r"b\.parquet.* the Parquet cannot be read"):
        rows_of(tmp_path / "b.parquet")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", "null\n", "line 1: the row is null"),
        ("a.jsonl", '{"a": NaN}\n', "line 1: broken JSON, NaN is no number"),
        ("a.jsonl", '{"a": "tab\there"}\n', "line 1: broken JSON"),
        ("a.jsonl", '{"a": ' + "9" * 5000 + "}\n", "line 1: broken JSON"),
        ("a.jsonl", '{"a":\n', "line 1: broken JSON"),
        ("a.jsonl", b'{"a": "\xff"}\n', "line 1: byte 0xff is not UTF-8"),
        ("a.json", b'[{"a": 1},\n{"a": "\xff"}]', "line 2: byte 0xff is not UTF-8"),
        ("a.json", "[3, null]", "row 1: the row is a number"),
        ("a.txt", b"\xfe one", "line 1: byte 0xfe is not UTF-8"),
        ("a.csv", b"\xff,b\n1,2", "line 1: byte 0xff is not UTF-8"),
        ("a.csv", "a,b\n1\n2\n", "line 2: 1 cells where the first line names 2"),
        ("a.arrow", b"ARROW1 and no more", "the Arrow cannot be read"),
        ("a.jsonl.gz", b"\x1f\x8b\x08\x00", "cannot be read on"),
        ("a.jsonl", b"BZh9", "cannot be read on"),
        ("a.jsonl.gz.br", b"x", "files that end in .br are not read"),
        ("a.json", "null", "null, not a list of rows"),
        ("a.json", '"text"', "text, not a list of rows"),
        ("a.json", '[{"a": 1}\n{"a": 2}]', "line 2: broken JSON, a comma or ] is missing"),
        ("a.json", '[{"a": 1}]\n\n[]', "line 3: broken JSON, something follows the end"),
        ("a.json", '[\n{"a": 1,}]', "line 2: broken JSON"),
        ("a.json", "[" * 100_000, "line 1: broken JSON, it is nested too deeply"),
        ("a.json", '{"a": [{"b": 1}], "c": [{"d": 1}]}', "several lists (a, c)"),
        ("a.json", "[]", "is empty"),
        ("a.jsonl", "", "is empty"),
        ("a.txt", " \n\n", "is empty"),
        ("a.csv", "a,b\n", "is empty"),
        ("a.csv", 'a,b\n1,"2\n', "line 2: broken CSV"),
        ("a.csv", "a,a\n1,2\n", "line 1: two columns are called a"),
        ("a.csv", "a,\n1,2\n", "line 1: a column has no name"),
        ("a.jsonl", b"\x00\x01\x02", "is binary"),
        ("a.jsonl", b"PK\x03\x04rest", "a ZIP archive"),
        ("a.txt", "text".encode("utf-16"), "UTF-16"),
        ("a.parquet", b"PAR1 and no more", "the Parquet cannot be read"),
        ("a.docx", "text", "files that end in .docx are not read"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence_with_its_name(file, name, content, said):
    path = file(name, content)
    with pytest.raises(BadInput) as caught:
        rows_of(path)
    message = caught.value.problem.message
    assert said in message
    assert str(path) in message
    assert "\n" not in str(caught.value)
    assert caught.value.problem.field == "data.source"
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("name", "content", "number", "code", "said"),
    [
        ("a.jsonl", '{"a": 1}\n{"a":\n{"a": 2}', 2, "broken_json", "broken JSON, expecting value"),
        ("a.jsonl", '{"a": 1}\n{"a": 1}}\n{"a": 2}', 2, "broken_json", "extra data at column 9"),
        ("a.jsonl", '{"a": 1}\n["b"]\n{"a": 2}', 2, "not_an_object", "the row is a list"),
        ("a.jsonl", b'{"a": 1}\n{"a": "\xff"}\n{"a": 2}', 2, "not_utf8", "byte 0xff"),
        ("a.jsonl", 'null\n{"a": 1}\n{"a": 2}', 1, "not_an_object", "the row is null"),
        ("a.json", '[{"a": 1},\n\n 3, {"a": 2}]', 2, "not_an_object", "the row is a number"),
        ("a.csv", "a,b\n1,2\n1,2,3\n2,2", 3, "wrong_cells", "3 cells where the first line names 2"),
        ("a.csv", 'a,b\n1,2\n1,"2"3\n2,2', 3, "broken_csv", "expected after"),
        ("a.csv", b"a,b\n1,2\n1,\xff\n2,2", 3, "not_utf8", "byte 0xff"),
        ("a.txt", b"One.\n\nTw\xc3.\n\nThree.", 3, "not_utf8", "byte 0xc3"),
    ],
)
def test_one_place_that_is_no_row_is_told_and_the_others_go_on(
    file, name, content, number, code, said
):
    rows = rows_of(file(name, content))
    assert len(rows) == 3
    problems = [(n, raw) for n, raw in rows if isinstance(raw, RowProblem)]
    assert [(n, problem.code) for n, problem in problems] == [(number, code)]
    assert said in problems[0][1].message
    assert problems[0][1].advice
    assert problems[0][1].outcome == "refused"


def test_a_file_in_which_nothing_is_a_row_is_refused_by_its_first_line(file):
    with pytest.raises(BadInput, match="line 1: broken JSON") as caught:
        rows_of(file("a.jsonl", "no JSON\n" * 5000))
    assert caught.value.problem.code == "broken_json"


def test_csv_rows_go_on_after_a_line_break_in_quotes_that_is_broken(file):
    rows = rows_of(file("a.csv", 'a,b\n"one\ntwo"x,3\n4,5\n'))
    assert [n for n, _raw in rows] == [2, 4]
    assert rows[1] == (4, {"a": "4", "b": "5"})


def test_a_missing_file_is_told_with_the_nearest_name(file):
    path = file("answers.jsonl", "{}")
    with pytest.raises(BadInput) as caught:
        rows_of(path.with_name("anwsers.jsonl"))
    assert caught.value.problem.code == "missing_file"
    assert str(path) in (caught.value.problem.advice or "")


def test_a_file_in_a_missing_folder_names_the_folder(tmp_path):
    with pytest.raises(BadInput, match="nowhere is not there either"):
        rows_of(tmp_path / "nowhere" / "a.jsonl")


def test_control_codes_of_a_file_name_are_shown_as_signs(file):
    with pytest.raises(BadInput) as caught:
        rows_of(file("a\x1b[2J.jsonl", ""))
    assert "\x1b" not in str(caught.value)
    assert "a␛[2J.jsonl" in str(caught.value)


def test_every_shipped_data_set_has_a_line_and_rows():
    assert {"persona", "story"} <= set(shipped())
    for name, line in shipped().items():
        assert line
        assert "\n" not in line
        assert rows_of(name)


def test_a_shipped_name_that_is_nearly_right_is_offered():
    with pytest.raises(BadInput, match="Did you mean persona"):
        rows_of("persna")


def test_what_is_written_like_a_file_is_never_looked_for_on_the_hub(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    assert local_path("owner/name") is None
    assert local_path("squad") is None
    for source in ("data/train.jsonl", "./persona", "~/x", "folder", "a b", "x\0y"):
        assert local_path(source) is not None


def test_a_local_file_whose_end_was_left_out_is_offered(file, tmp_path, monkeypatch):
    file("mine.jsonl", "{}")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match=r"Did you mean mine\.jsonl"):
        rows_of("mine")
