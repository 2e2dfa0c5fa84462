"""Tiny models as folders, and a hub that serves them."""

import shutil

import pytest

from engine import recipe
from tests.engine.models.played_hub import played_hub
from tests.tiny_models import tiny_model


@pytest.fixture(scope="session")
def made_models(tmp_path_factory):
    """One tiny model of each kind, made once."""
    root = tmp_path_factory.mktemp("models")
    made = {}

    def make(kind, **changes):
        if kind not in made:
            made[kind] = tiny_model(root / kind, kind, **changes)
        return made[kind]

    return make


@pytest.fixture
def folder(made_models, tmp_path):
    """A tiny Qwen2 that a test may spoil."""
    return shutil.copytree(made_models("qwen2"), tmp_path / "my-model")


@pytest.fixture
def model(folder):
    """The recipe's section that names it."""
    return recipe.Model(id=str(folder))


@pytest.fixture
def hub(monkeypatch, tmp_path):
    """A played hub that is the only one in reach, with an empty cache."""
    cache = tmp_path / "cache"
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(cache))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "HF_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    with played_hub() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.endpoint)
        yield running
