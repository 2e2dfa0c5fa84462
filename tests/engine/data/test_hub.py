"""Data sets of the hub: what is asked of the library, and the sentence for each way it can fail."""

import datasets
import huggingface_hub
import pytest
from datasets.exceptions import DatasetNotFoundError

from engine.data import hub
from engine.data.reading import evaluation_source, open_source
from engine.errors import BadInput
from engine.recipe.fields import Data, Source

ROWS = [{"prompt": f"q{n}", "completion": "a"} for n in range(3)]


@pytest.fixture
def hub_answers(monkeypatch):
    """Let the hub's client and the library answer so; what the library was asked is kept."""
    asked = []

    def answers(rows=ROWS, about=None, error=None):
        def info(_self, name, **options):
            if about:
                raise about

        def load(path, **options):
            asked.append({"id": path, **options})
            if error:
                raise error
            return rows

        monkeypatch.setattr(huggingface_hub.HfApi, "dataset_info", info)
        monkeypatch.setattr(datasets, "load_dataset", load)
        return asked

    return answers


def rows_of(**fields):
    return list(hub.open_hub(Source.model_validate({"source": "owner/name", **fields})))


def test_config_split_and_revision_reach_the_library_and_no_code_is_trusted(hub_answers):
    asked = hub_answers()
    assert rows_of(config="c", split="s", revision="r") == list(enumerate(ROWS, 1))
    assert asked == [
        {"id": "owner/name", "name": "c", "split": "s", "revision": "r", "streaming": False}
    ]


def test_a_recipes_streaming_reaches_the_library(hub_answers):
    asked = hub_answers()
    section = Data(source="owner/name", streaming=True)
    opened = open_source(section.all_sources()[0], section, "conversation", 2)
    assert len(list(opened.numbered)) == 2
    assert asked[0]["streaming"] is True


def test_without_network_what_was_fetched_before_is_read(hub_answers, monkeypatch):
    offline = []
    asked = hub_answers(about=ConnectionError("no route"))
    load = datasets.load_dataset
    monkeypatch.setattr(
        datasets,
        "load_dataset",
        lambda *a, **k: offline.append(datasets.config.HF_HUB_OFFLINE) or load(*a, **k),
    )
    before = datasets.config.HF_HUB_OFFLINE
    assert len(rows_of()) == 3
    assert offline == [True]
    assert datasets.config.HF_HUB_OFFLINE is before
    assert asked


def failed_response(status):
    import httpx2

    return httpx2.Response(status, request=httpx2.Request("GET", "https://hub.example"))


def gated():
    return huggingface_hub.errors.GatedRepoError("403", response=failed_response(403))


def unknown():
    return huggingface_hub.errors.RepositoryNotFoundError("404", response=failed_response(404))


def no_revision():
    return huggingface_hub.errors.RevisionNotFoundError("404", response=failed_response(404))


CONFIGS = "BuilderConfig 'man' not found. Available: ['main', 'socratic']"
MISSING = "Config name is missing.\nPlease pick one among the available configs: ['main', 'other']"
SPLIT = "Unknown split \"trian\". Should be one of ['train', 'test']."


@pytest.mark.parametrize(
    ("failure", "fields", "field", "said"),
    [
        ({"about": gated()}, {}, "data.source", "is gated"),
        ({"about": unknown()}, {}, "data.source", "no such data set"),
        ({"about": no_revision()}, {"revision": "v9"}, "data.revision", "no revision v9"),
        ({"error": DatasetNotFoundError("doesn't exist")}, {}, "data.source", "no such data set"),
        ({"error": ValueError(CONFIGS)}, {"config": "man"}, "data.config", "Did you mean main?"),
        ({"error": ValueError(MISSING)}, {}, "data.config", "Choose one of main, other"),
        ({"error": ValueError(SPLIT)}, {"split": "trian"}, "data.split", "Did you mean train?"),
        (
            {"error": RuntimeError("Dataset scripts are no longer supported, but found name.py")},
            {},
            "data.source",
            "comes as a program, which is not run",
        ),
        ({"error": KeyError("odd\nthing")}, {}, "data.source", "cannot be read"),
        ({"rows": []}, {}, "data.split", "is empty"),
        (
            {"about": ConnectionError("x"), "error": ConnectionError("y")},
            {},
            "data.source",
            "the hub cannot be reached, and the set is not on this machine",
        ),
    ],
)
def test_each_failure_is_one_sentence_that_names_the_field(
    hub_answers, failure, fields, field, said
):
    hub_answers(**failure)
    with pytest.raises(BadInput) as caught:
        rows_of(**fields)
    assert said in str(caught.value)
    assert "owner/name" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.problem.field == field


def test_a_connection_that_breaks_in_the_middle_names_the_row(hub_answers):
    def breaking():
        yield from ROWS
        raise ConnectionError("gone")

    hub_answers(rows=breaking())
    with pytest.raises(BadInput, match="broke after row 3"):
        rows_of()


@pytest.mark.parametrize(
    ("splits", "chosen"), [(["train", "test"], "test"), (["train", "validation"], "validation"),
                           (["train"], "train")],
)  # fmt: skip
def test_an_evaluation_source_of_the_hub_takes_its_held_out_split(monkeypatch, splits, chosen):
    monkeypatch.setattr(datasets, "get_dataset_split_names", lambda *a, **k: splits)
    found = evaluation_source(Data(source="owner/name", eval_source="owner/other"))
    assert found is not None
    assert (found.source, found.split) == ("owner/other", chosen)
