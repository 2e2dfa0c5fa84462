"""Malformed and hostile files: whatever the bytes, one sentence with the file or rows, no traceback."""

import json
from random import Random

import pyarrow
import pyarrow.parquet
import pytest

from engine.data.ledger import Ledger
from engine.data.reading import open_source
from engine.data.recognition import recognize
from engine.data.rows import RowProblem
from engine.data.sources import open_rows
from engine.errors import BadInput
from engine.recipe.fields import Data, Source
from tests.engine.data.samples import pair

GOOD = json.dumps(pair(1))

BROKEN_VALUES = [
    "[1 true]", "[a\xe5]", '["": 1]', "[1,]", "[1,,2]", "[", "]", '["x"', '["\\u00A"]', "[NaN]",
    "[Infinity]", "[+1]", "[1.]", "[.5]", "[0x1]", "[01]", '{"a": true} "x"', "{'a': 0}",
    '{"a" b}', '{:"b"}', '{"a":"a" 123}', "{1:1}", '{"a":"b"}/**/', "nul", "tru", '["\\x"]',
    '["a\x01b"]', '["\\ud800\\x"]', "[\u2060]", "\ufeff[", "<html>", "[" * 100_000, '{"a":' * 50_000,
    "1" * 5000,
]  # fmt: skip
ODD_VALUES = [
    "1", '"text"', "null", "[]", "[[]]", "true", "-0", "[1e9999]", '["\\ud800"]', '"\\u0000"',
]  # fmt: skip


def refusal(source):
    """What is said of a source that cannot be read to its end."""
    try:
        for _number, _raw in open_rows(Source(source=source)):
            pass
    except BadInput as error:
        return str(error)
    return None


@pytest.mark.parametrize("value", [*BROKEN_VALUES, *ODD_VALUES], ids=lambda v: ascii(v[:12]))
def test_one_line_that_is_no_row_costs_that_row_alone(tmp_path, value):
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([GOOD, GOOD, value.replace("\n", " "), GOOD]) + "\n")
    rows = list(open_rows(Source(source=str(path))))
    assert [number for number, _raw in rows] == [1, 2, 3, 4]
    problem = rows[2][1]
    assert isinstance(problem, RowProblem)
    assert problem.code in (
        ("not_an_object", "broken_json") if value in ODD_VALUES else ("broken_json",)
    )
    assert len(problem.message) < 200


@pytest.mark.parametrize("value", BROKEN_VALUES, ids=lambda value: ascii(value[:12]))
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_broken_document_is_refused_with_its_line(tmp_path, name, value):
    path = tmp_path / name
    path.write_text(value)
    with pytest.raises(BadInput) as caught:
        list(open_rows(Source(source=str(path))))
    assert str(path) in caught.value.problem.message
    assert "line 1" in caught.value.problem.message


@pytest.mark.parametrize(
    "code", [b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xe2\x82"]
)
def test_bytes_that_are_not_utf8_are_found_in_every_text_file(tmp_path, code):
    files = {
        "a.jsonl": GOOD.encode() + b'\n{"prompt": "' + code + b'"}\n' + GOOD.encode(),
        "a.csv": b"prompt,completion\nq,a\nq," + code + b"\nq,a",
        "a.txt": b"One.\n\nTwo " + code + b".\n\nThree.",
        "a.md": b"# One\n\n# Two\n" + code + b"\n\n# Three",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        rows = [raw for _n, raw in open_rows(Source(source=str(tmp_path / name)))]
        assert [isinstance(raw, RowProblem) for raw in rows] == [False, True, False]
        assert rows[1].code == "not_utf8"


def columns_of_every_type():
    from decimal import Decimal

    count = 12
    return pyarrow.table(
        {
            "prompt": [f"q{n}" for n in range(count)],
            "completion": pyarrow.array(["a", "b"] * 6).dictionary_encode(),
            "turns": [[{"role": "user", "content": "ä" * n}] for n in range(count)],
            "time": pyarrow.array(range(count), pyarrow.timestamp("us", "Europe/Berlin")),
            "money": [Decimal("1.25")] * count,
            "bytes": [b"\xff" * n for n in range(count)],
            "map": pyarrow.array(
                [[("k", 1)]] * count, pyarrow.map_(pyarrow.string(), pyarrow.int64())
            ),
        }
    )


def files_of_columns():
    table = columns_of_every_type()
    found = []
    for codec in (None, "zstd"):
        options = pyarrow.ipc.IpcWriteOptions(compression=codec)
        for new in (pyarrow.ipc.new_file, pyarrow.ipc.new_stream):
            sink = pyarrow.BufferOutputStream()
            with new(sink, table.schema, options=options) as writer:
                writer.write_table(table, max_chunksize=5)
            found.append(("a.arrow", sink.getvalue().to_pybytes()))
        sink = pyarrow.BufferOutputStream()
        pyarrow.parquet.write_table(table, sink, compression=codec or "none", row_group_size=5)
        found.append(("a.parquet", sink.getvalue().to_pybytes()))
    return found


@pytest.mark.parametrize(
    ("name", "whole"),
    files_of_columns(),
    ids=lambda part: part if isinstance(part, str) else f"{len(part)}-bytes",
)
def test_a_damaged_file_of_columns_gives_rows_or_a_sentence(tmp_path, name, whole):
    path = tmp_path / name
    path.write_bytes(whole)
    assert len(list(open_rows(Source(source=str(path))))) == 12
    random = Random(len(whole))
    refused = 0
    for _ in range(150):
        data = bytearray(whole)
        for _change in range(random.choice((1, 2, 8))):
            place = random.randrange(max(1, len(data)))
            if random.random() < 0.6:
                data[place : place + 1] = bytes([random.choice((0, 1, 0x7F, 0x80, 0xFF))])
            elif random.random() < 0.5:
                data[place : place + 4] = b"\xff\xff\xff\x7f"
            else:
                del data[place : place + random.randrange(1, 40)]
        path.write_bytes(data)
        said = refusal(str(path))
        refused += said is not None
        assert said is None or (str(path) in said and "\n" not in said)
    assert refused


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", "".join(json.dumps(pair(n)) + "\n" for n in range(4))),
        ("a.json", json.dumps([pair(n) for n in range(4)], indent=1)),
        ("a.csv", 'prompt,completion\n"q, 1",a\n"q\n2","a ""b"""\nq3,a\n'),
        ("a.tsv", "prompt\tcompletion\nq\ta\n"),
        ("a.md", "# One\n```\n# no\n```\n"),
    ],
    ids=lambda part: part[:6].strip(),
)
def test_a_damaged_text_file_is_recognized_counted_or_refused(tmp_path, name, content):
    path = tmp_path / name
    random = Random(name)
    whole = content.encode()
    for _ in range(150):
        data = bytearray(whole)
        for _change in range(random.choice((1, 2, 8))):
            place = random.randrange(max(1, len(data)))
            data[place : place + random.randrange(3)] = bytes(
                random.choice(b'\x00\n\r"{}[],:\\\xff\xe4') for _ in range(random.randrange(3))
            )
        path.write_bytes(data)
        said = refusal(str(path))
        if said is not None:
            assert str(path) in said
            continue
        found = recognize(str(path))
        if found.chosen is None:
            assert str(path) in str(found.question)
            continue
        section, ledger = Data(source=str(path)), Ledger()
        opened = open_source(section.all_sources()[0], section, None, None)
        kept = len(list(opened.rows(ledger)))
        assert kept + ledger.counts.rows == len(list(open_rows(Source(source=str(path)))))
