"""Data sets of ModelScope: what its library is asked, and what is said where it is not there."""

import sys
from types import ModuleType, SimpleNamespace

import pytest

from engine.data.sources import open_rows
from engine.errors import BadInput
from engine.recipe.fields import Source

ROWS = [{"prompt": f"q{n}", "completion": "a"} for n in range(3)]


@pytest.fixture
def library(monkeypatch):
    """A library of that name that answers so; what it was asked is kept."""
    asked = []

    def answering(rows):
        def load(name, **options):
            asked.append((name, options))
            if isinstance(rows, Exception):
                raise rows
            return rows

        package, module = ModuleType("modelscope"), ModuleType("modelscope.msdatasets")
        module.MsDataset = SimpleNamespace(load=load)
        monkeypatch.setitem(sys.modules, "modelscope", package)
        monkeypatch.setitem(sys.modules, "modelscope.msdatasets", module)
        return asked

    return answering


def rows_of(**fields):
    return list(open_rows(Source.model_validate({"source": "modelscope:owner/name", **fields})))


def test_config_split_and_revision_reach_the_library_and_no_code_is_trusted(library):
    asked = library(ROWS)
    assert rows_of(config="c", split="s", revision="r") == list(enumerate(ROWS, 1))
    assert asked == [
        (
            "owner/name",
            {"subset_name": "c", "split": "s", "version": "r", "use_streaming": False,
             "trust_remote_code": False},
        )
    ]  # fmt: skip


def test_without_the_library_one_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "modelscope", None)
    with pytest.raises(BadInput, match=r"needs the library modelscope.*pip install") as caught:
        rows_of()
    assert caught.value.problem.code == "missing_library"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ValueError("no such\nset"), "cannot be read from ModelScope: no such"),
        ([], "split train is empty"),
    ],
)
def test_what_the_library_raises_is_one_sentence(library, rows, said):
    library(rows)
    with pytest.raises(BadInput, match=said) as caught:
        rows_of()
    assert "\n" not in str(caught.value)


def test_a_connection_that_breaks_in_the_middle_names_the_row(library):
    def breaking():
        yield from ROWS
        raise ConnectionError("gone")

    library(breaking())
    with pytest.raises(BadInput, match="after row 3"):
        rows_of()


def test_an_id_without_owner_is_no_data_set():
    with pytest.raises(BadInput, match="owner/name"):
        rows_of(source="modelscope:name")
