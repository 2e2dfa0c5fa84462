"""Models of the hub: what is fetched, what is told, and each failure in one sentence."""

import pytest

from engine import recipe
from engine.errors import BadInput
from engine.models import Cancelled, facts, find, load, shapes
from tests.tiny_models import edit_json


@pytest.fixture(autouse=True)
def forget(monkeypatch):
    monkeypatch.setattr(shapes, "_of_hub", {})


@pytest.fixture
def served(hub, folder):
    """The tiny model on the hub, with files that nobody needs beside it."""
    (folder / "onnx").mkdir()
    (folder / "onnx" / "model.onnx").write_text("large")
    (folder / "pytorch_model.bin").write_text("pickle")
    (folder / "consolidated.safetensors").write_text("the same again")
    (folder / "modeling_mine.py").write_text("raise SystemExit('ran')")
    hub.models["owner/tiny"] = folder
    return recipe.Model(id="owner/tiny")


def refusal(model, **options):
    with pytest.raises(BadInput) as refused:
        find(model, **options)
    return refused.value.problem


def test_only_what_a_model_needs_is_fetched(served, hub):
    found = find(served)
    here = {path.name for path in found.path.iterdir()}
    assert {"config.json", "tokenizer.json", "model.safetensors"} <= here
    assert not here & {"onnx", "pytorch_model.bin", "consolidated.safetensors", "modeling_mine.py"}
    assert found.revision == "a" * 40
    assert load(found, dtype="fp32")[0].num_parameters() > 0


def test_facts_fetch_no_weights_and_know_their_size(served, hub, folder):
    known = facts(served)
    assert known.disk_bytes == (folder / "model.safetensors").stat().st_size
    assert known.path is None
    assert "model.safetensors" not in hub.fetched
    find(served)
    assert facts(served).path is not None


def test_the_shards_of_the_index_are_fetched_and_no_others(served, hub, folder):
    import json

    (folder / "model.safetensors").rename(folder / "model-00001-of-00001.safetensors")
    (folder / "other.safetensors").write_text("not of the model")
    index = {"weight_map": {"a": "model-00001-of-00001.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    here = {path.name for path in find(served).path.iterdir()}
    assert "model-00001-of-00001.safetensors" in here
    assert "other.safetensors" not in here


def test_progress_tells_bytes_up_to_the_size(served, folder):
    told = []
    find(served, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == (folder / "model.safetensors").stat().st_size
    assert all(0 <= done <= total for done, total in told)


def test_a_download_can_be_cancelled_and_taken_up_again(served, hub):
    with pytest.raises(Cancelled):
        find(served, cancelled=lambda: "config.json" in hub.fetched)
    assert (find(served).path / "model.safetensors").is_file()


def test_what_was_fetched_works_without_a_network(served, hub, monkeypatch):
    path = find(served).path
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    assert find(served).path == path
    assert facts(served).path == str(path)


def test_code_comes_along_only_when_it_is_trusted(served, folder):
    trusting = served.model_copy(update={"trust_remote_code": True})
    assert (find(trusting).path / "modeling_mine.py").is_file()


def test_a_wrong_id_is_told(hub):
    problem = refusal(recipe.Model(id="owner/nothing"))
    assert (problem.field, problem.code) == ("model.id", "not_found")
    assert "owner/nothing" in problem.message


def test_a_gated_model_tells_how_to_get_in(hub):
    hub.refusals["meta/secret"] = (403, "GatedRepo")
    problem = refusal(recipe.Model(id="meta/secret"))
    assert problem.code == "gated"
    assert "HF_TOKEN" in problem.advice


def test_a_wrong_revision_is_told(served):
    problem = refusal(served.model_copy(update={"revision": "v9"}))
    assert problem.field == "model.revision"
    assert "v9" in problem.message


def test_without_a_network_the_ways_out_are_told(monkeypatch, hub):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    problem = refusal(recipe.Model(id="owner/tiny"))
    assert problem.code == "no_network"
    assert "pocket" in problem.advice


def test_a_hub_that_breaks_down_is_told(hub):
    hub.refusals["owner/tiny"] = (503, "")
    problem = refusal(recipe.Model(id="owner/tiny"))
    assert problem.code == "no_network"


def test_a_model_with_pickles_only_is_refused_before_anything_large_is_fetched(served, hub, folder):
    (folder / "model.safetensors").unlink()
    (folder / "consolidated.safetensors").unlink()
    with pytest.raises(BadInput, match="safetensors"):
        facts(served)
    assert "pytorch_model.bin" not in hub.fetched


def test_the_hubs_config_is_checked_too(served, folder):
    edit_json(folder / "config.json", model_type="nobody-knows")
    with pytest.raises(BadInput, match="nobody-knows"):
        facts(served)


@pytest.mark.parametrize("name", ["a b", "owner/na me", "-x", "x" * 200, "owner/..", "ä/ö"])
def test_what_is_no_id_is_told(name, hub):
    problem = refusal(recipe.Model(id=name))
    assert problem.field == "model.id"
    assert problem.advice
