"""What can be chosen, and this machine."""

import pytest

from engine.methods import METHODS
from engine.models import KNOWN
from engine.quantization import QUANTIZATIONS
from engine.stages import STAGES


@pytest.mark.parametrize(
    ("verb", "names"),
    [
        ("methods", METHODS.names()),
        ("stages", STAGES.names()),
        ("quantizations", QUANTIZATIONS.names()),
        ("models", [model.name for model in KNOWN]),
    ],
)
def test_a_table_is_listed_with_reasons_and_options(tunesmith, verb, names):
    said = tunesmith(verb, "--json")
    assert said.code == 0
    assert [row["name"] for row in said.document] == names
    for row in said.document:
        assert row["summary"]
        for option in row["options"]:
            assert set(option) == {"name", "type", "default", "help"}
    listed = tunesmith(verb)
    assert listed.code == 0
    for name in names:
        assert name in listed.out


def test_presets_are_listed_and_the_demo_is_one(tunesmith):
    rows = tunesmith("presets", "--json").document
    assert "demo" in [row["name"] for row in rows]
    for row in rows:
        assert row["summary"]
        assert isinstance(row["options"], list)
    assert "demo" in tunesmith("presets").out


def test_a_piped_list_has_no_colour_and_no_cut_line(tunesmith, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "40")
    said = tunesmith("models")
    assert "\x1b" not in said.out
    assert "…" not in said.out
    assert all(line == line.rstrip() for line in said.out.splitlines())


def test_what_is_not_here_says_why(tunesmith, monkeypatch):
    entry = QUANTIZATIONS.get("bnb-4bit")
    monkeypatch.setattr(type(entry), "unavailable", lambda _self: "it is not installed")
    assert "Not here: it is not installed." in tunesmith("quantizations").out
    rows = {row["name"]: row for row in tunesmith("quantizations", "--json").document}
    assert rows["bnb-4bit"]["unavailable"] == "it is not installed"
    assert rows["none"]["unavailable"] is None


def test_doctor_tells_of_this_machine(tunesmith):
    said = tunesmith("doctor", "--json", "--offline")
    document = said.document
    assert said.code == (0 if document["ok"] else 1)
    assert {"ok", "python", "torch", "cuda", "gpus", "ram_bytes", "disk_free_bytes", "backends",
            "warnings"} <= set(document)  # fmt: skip
    for backend in document["backends"]:
        assert {"name", "available", "reason"} <= set(backend)
    for gpu in document["gpus"]:
        assert {"index", "uuid", "name", "total_bytes", "free_bytes", "users"} <= set(gpu)
    shown = tunesmith("doctor", "--offline").out
    assert document["python"] in shown
