"""Containers of rows: Arrow, compressed files, patterns, folders, their splits, saved data sets."""

import bz2
import gzip
import json
import lzma

import datasets
import pyarrow
import pyarrow.feather
import pyarrow.parquet
import pytest

from engine.data.reading import evaluation_source, open_source
from engine.data.rows import RowProblem
from engine.data.sources import is_hub_id, local_path, open_rows, whole_source
from engine.errors import BadInput
from engine.recipe.fields import Data, Source
from tests.engine.data.samples import pair

ROWS = [pair(n) for n in range(5)]
TABLE = pyarrow.Table.from_pylist(ROWS)


def rows_of(path, **fields):
    return [row for _n, row in open_rows(Source(source=str(path), **fields))]


def write_stream(path):
    with pyarrow.ipc.new_stream(str(path), TABLE.schema) as writer:
        writer.write_table(TABLE, max_chunksize=2)


def write_csv(path):
    lines = [f'"{row["prompt"]}","{row["completion"]}"' for row in ROWS]
    path.write_text("\n".join(["prompt,completion", *lines]))


WRITERS = {
    "a.json": lambda path: path.write_text(json.dumps(ROWS)),
    "a.jsonl": lambda path: path.write_text("\n".join(map(json.dumps, ROWS))),
    "a.csv": write_csv,
    "a.tsv": lambda path: path.write_text(
        "\n".join("\t".join(cells) for cells in (ROWS[0], *(row.values() for row in ROWS)))
    ),
    "a.parquet": lambda path: pyarrow.parquet.write_table(TABLE, path),
    "a.feather": lambda path: pyarrow.feather.write_feather(TABLE, str(path)),
    "a.arrow": write_stream,
}

PACKERS = {
    "": bytes,
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".bz2": bz2.compress,
    ".zst": lambda data: pyarrow.Codec("zstd").compress(data, asbytes=True),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("end", PACKERS)
def test_every_container_gives_the_same_rows_packed_or_not(tmp_path, name, end):
    plain = tmp_path / name
    WRITERS[name](plain)
    packed = tmp_path / f"packed-{name}{end}"
    packed.write_bytes(PACKERS[end](plain.read_bytes()))
    assert rows_of(packed) == ROWS


def test_the_first_bytes_say_whether_a_file_is_packed_not_its_name(tmp_path):
    (tmp_path / "plain.jsonl.gz").write_text(json.dumps(ROWS[0]))
    (tmp_path / "packed.jsonl").write_bytes(gzip.compress(json.dumps(ROWS[0]).encode()))
    assert rows_of(tmp_path / "plain.jsonl.gz") == rows_of(tmp_path / "packed.jsonl") == ROWS[:1]


@pytest.mark.parametrize("end", [".gz", ".xz", ".bz2", ".zst"])
def test_a_packed_file_that_is_cut_off_gives_its_rows_and_then_a_sentence(tmp_path, end):
    lines = "".join(json.dumps(pair(n, "x" * 50 + str(n * n))) + "\n" for n in range(20_000))
    whole = PACKERS[end](lines.encode())
    (tmp_path / f"a.jsonl{end}").write_bytes(whole[: len(whole) - 40])
    with pytest.raises(BadInput, match="cannot be read on") as caught:
        rows_of(tmp_path / f"a.jsonl{end}")
    assert str(tmp_path) in caught.value.problem.message


def test_an_archive_inside_a_packed_file_is_named(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"PK\x03\x04 and more"))
    with pytest.raises(BadInput, match="a ZIP archive"):
        rows_of(tmp_path / "a.jsonl.gz")


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.data.text_files.LONGEST_LINE", 1000)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b" " * 5000))
    with pytest.raises(BadInput, match="line 1: the line is longer"):
        rows_of(tmp_path / "a.jsonl.gz")
    (tmp_path / "a.txt").write_text("line\n" * 500)
    with pytest.raises(BadInput, match="line 1: a document of more than"):
        rows_of(tmp_path / "a.txt")


def test_a_parquet_file_with_huge_rows_by_its_own_account_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.data.arrow_files._LARGEST_ROW", 10)
    WRITERS["a.parquet"](tmp_path / "a.parquet")
    with pytest.raises(BadInput, match="by its own account a row has"):
        rows_of(tmp_path / "a.parquet")


def test_a_saved_data_set_is_read_with_its_splits(tmp_path):
    one = datasets.Dataset.from_list(ROWS)
    one.save_to_disk(str(tmp_path / "one"))
    assert rows_of(tmp_path / "one") == ROWS
    both = datasets.DatasetDict({"train": one, "held": one.select([3])})
    both.save_to_disk(str(tmp_path / "both"))
    assert rows_of(tmp_path / "both") == ROWS
    assert rows_of(tmp_path / "both", split="held") == [ROWS[3]]
    with pytest.raises(BadInput, match=r"has no split heldd.*Did you mean held"):
        rows_of(tmp_path / "both", split="heldd")
    with pytest.raises(BadInput, match="has no split test"):
        rows_of(tmp_path / "one", split="test")


def test_a_saved_data_set_may_not_lead_out_of_its_folder(tmp_path):
    (tmp_path / "state.json").write_text('{"_data_files": [{"filename": "../secret.arrow"}]}')
    with pytest.raises(BadInput, match="outside its folder"):
        rows_of(tmp_path)
    (tmp_path / "state.json").write_text("{")
    with pytest.raises(BadInput, match=r"state\.json is not JSON"):
        rows_of(tmp_path)


@pytest.fixture
def tree(tmp_path):
    """Write files of rows by their names; the row says which file it is of."""

    def write(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            row = {"prompt": "q", "completion": name}
            if path.suffix == ".parquet":
                pyarrow.parquet.write_table(pyarrow.Table.from_pylist([row]), path)
            else:
                path.write_text(json.dumps(row))
        return tmp_path

    return write


def files_of(folder, **fields):
    return [row["completion"] for row in rows_of(folder, **fields)]


def test_a_pattern_names_files_in_order(tree):
    folder = tree("b.jsonl", "a.jsonl", "c.json", "deep/d.jsonl", "notes.docx")
    assert files_of(folder / "*.jsonl") == ["a.jsonl", "b.jsonl"]
    assert files_of(folder / "[ac].*") == ["a.jsonl", "c.json"]
    assert files_of(folder / "**" / "?.jsonl") == ["a.jsonl", "b.jsonl", "deep/d.jsonl"]
    with pytest.raises(BadInput, match="no file has such a name"):
        files_of(folder / "*.tsv")
    with pytest.raises(BadInput, match="no file that is read"):
        files_of(folder / "*.docx")


@pytest.mark.parametrize(
    ("names", "split", "found"),
    [
        (("a.jsonl", "b.json"), "train", ["a.jsonl", "b.json"]),
        (("a.jsonl", "README.md", "LICENSE.txt", ".hidden.jsonl"), "train", ["a.jsonl"]),
        (("train.jsonl", "test.jsonl"), "train", ["train.jsonl"]),
        (("train.jsonl", "test.jsonl"), "test", ["test.jsonl"]),
        (("train.jsonl", "my_dev.jsonl"), "validation", ["my_dev.jsonl"]),
        (("train.jsonl", "valid.jsonl"), "eval", ["valid.jsonl"]),
        (("a.jsonl", "test.jsonl"), "train", ["a.jsonl"]),
        (("contest.jsonl", "training_notes.jsonl"), "train", None),
        (("contest.jsonl", "latest.jsonl"), "train", ["contest.jsonl", "latest.jsonl"]),
        (("train/0.jsonl", "train/1.jsonl", "test/0.jsonl"), "train", ["train/0.jsonl", "train/1.jsonl"]),
        (("data/train-00000-of-00001.parquet", "data/test-00000-of-00001.parquet"), "test",
         ["data/test-00000-of-00001.parquet"]),
        (("train.jsonl", "test.jsonl"), "validation", None),
        (("a.jsonl",), "test", None),
    ],
)  # fmt: skip
def test_the_splits_of_a_folder_are_known_by_names(tree, names, split, found):
    folder = tree(*names)
    if found is None:
        with pytest.raises(BadInput) as caught:
            files_of(folder, split=split)
        assert str(folder) in caught.value.problem.message
        assert caught.value.problem.advice
    else:
        assert files_of(folder, split=split) == found


def test_configurations_of_a_folder_are_never_mixed_silently(tree):
    folder = tree("main/train.parquet", "main/test.parquet", "other/train.parquet")
    with pytest.raises(BadInput, match="several folders: main, other") as caught:
        files_of(folder)
    assert caught.value.problem.field == "data.config"
    assert files_of(folder, config="main", split="test") == ["main/test.parquet"]
    with pytest.raises(BadInput, match="Did you mean other"):
        files_of(folder, config="othr")


def test_files_that_share_no_column_are_not_one_set(tree):
    folder = tree("a.jsonl", "b.jsonl")
    (folder / "b.jsonl").write_text('{"text": "t"}')
    with pytest.raises(BadInput, match=r"b\.jsonl has the columns text, a\.jsonl has prompt"):
        rows_of(folder)


def test_rows_of_several_files_are_counted_through_and_problems_name_their_file(tree):
    folder = tree("a.jsonl", "b.jsonl")
    with (folder / "b.jsonl").open("a") as file:
        file.write("\nno JSON\n")
    (folder / "empty.jsonl").write_text("")
    rows = list(open_rows(Source(source=str(folder))))
    assert [number for number, _row in rows] == [1, 2, 3]
    assert isinstance(rows[2][1], RowProblem)
    assert rows[2][1].message.startswith("b.jsonl, line 2: broken JSON")


def test_a_folder_is_not_searched_without_end(tree, monkeypatch):
    folder = tree("a/0.jsonl", "a/1.jsonl", "a/2.jsonl")
    (folder / "a" / "round").symlink_to(folder, target_is_directory=True)
    assert files_of(folder) == ["a/0.jsonl", "a/1.jsonl", "a/2.jsonl"]
    monkeypatch.setattr("engine.data.folders._MOST_ENTRIES", 3)
    with pytest.raises(BadInput, match="more than 3 files and folders"):
        files_of(folder)


def test_a_folder_without_data_and_a_file_with_a_split_are_told(tree):
    folder = tree("a.jsonl")
    with pytest.raises(BadInput, match=r"a\.jsonl is one file, which has no split test"):
        rows_of(folder / "a.jsonl", split="test")
    (folder / "a.jsonl").rename(folder / "a.docx")
    with pytest.raises(BadInput, match="holds no file of data"):
        rows_of(folder)


def test_a_folder_is_evaluated_on_its_held_out_split(tree):
    folder = str(tree("train.jsonl", "dev.jsonl"))
    section = Data(source=folder, eval_source=folder)
    held = evaluation_source(section)
    assert held is not None
    opened = open_source(held, section, "conversation", None)
    assert [row["completion"] for _n, row in opened.numbered] == ["dev.jsonl"]


def test_patterns_and_packed_files_are_paths_and_are_made_whole(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_text("{}")
    for source in ("*.jsonl", "data/train-*", "rows.jsonl.zst"):
        assert not is_hub_id(source)
    assert is_hub_id("modelscope:owner/name")
    assert local_path("owner/name") is None
    assert whole_source("*.jsonl") == str(tmp_path / "*.jsonl")
    assert whole_source("a.jsonl") == str(tmp_path / "a.jsonl")
    for source in ("persona", "owner/name", "modelscope:owner/name", "gone.jsonl"):
        assert whole_source(source) == source
