"""The host answers what a screen asks, keeps its output clean and goes when nobody listens."""

import json
import time

import pytest

from engine.connection import Refused
from engine.errors import Unreachable
from engine.host import start_host
from engine.recipe import Recipe, with_field
from tests.tiny_models import tiny_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "rows.jsonl"
    row = {
        "messages": [
            {"role": "user", "content": "who are you?"},
            {"role": "assistant", "content": "I am Ember."},
        ]
    }
    path.write_text((json.dumps(row) + "\n") * 40)
    return path


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setenv("TUNESMITH_HOME", str(tmp_path_factory.mktemp("home")))
    started = start_host()
    yield started.connection
    started.close()
    patch.undo()


@pytest.fixture
def tree(folder, rows):
    recipe = with_field(with_field(Recipe(), "model.id", str(folder)), "data.source", str(rows))
    return recipe.model_dump(mode="json")


def test_it_becomes_ready(host):
    assert host.ask("ready").result(120)["seconds"] > 0


def test_facts_of_a_model(host, folder):
    facts = host.ask("facts", {"model": {"id": str(folder)}}).result(60)
    assert (facts["layers"], facts["hidden"], facts["vocabulary"]) == (2, 64, 260)


def test_the_doctor_tells_its_account_while_it_grows(host, tree):
    pictures = []
    found = host.ask("check", {"recipe": tree}, pictures.append).result(120)
    assert [one["phase"] for one in (pictures[0], pictures[-1], found)] == [
        "reading", "comparing", "done",
    ]  # fmt: skip
    assert (pictures[0]["rows"], pictures[0]["expected"], pictures[0]["format"]) == (
        0,
        40,
        "messages",
    )
    assert (found["rows"], found["kept"]) == (40, 40)
    assert {cause["code"]: cause["count"] for cause in found["causes"]}["duplicate"] == 39


def test_the_ways_to_read_a_source_come_with_its_first_rows(host, tree, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("问题,回答\n你好,您好\n")
    asked = {"recipe": {**tree, "data": {"source": str(path)}}}
    found = host.ask("recognize", asked).result(60)
    assert found["chosen"] is None
    assert found["question"]["code"] == "no_format"
    assert found["candidates"][0]["columns"] == {"prompt": "问题", "completion": "回答"}
    assert found["candidates"][0]["rows"][0]["turns"][1] == {"role": "assistant", "content": "您好"}


def test_a_preview_shows_rows_as_the_model_sees_them(host, tree):
    preview = host.ask("preview", {"recipe": tree, "limit": 3}).result(60)
    assert preview["format"] == "messages"
    tokens = preview["rows"][0]["tokens"]
    assert "".join(text for text, loss in tokens if loss).startswith("I am Ember.")
    assert "who are you?" in "".join(text for text, _loss in tokens)


def test_a_plan_has_no_auto_left(host, tree):
    plan = host.ask("plan", {"recipe": tree}).result(120)
    assert plan["verdict"] in {"fits", "tight", "does-not-fit"}
    assert '"auto"' not in json.dumps(plan["resolved"])


def test_chat_with_a_base_streams_and_stays_warm(host, folder):
    args = {
        "model": {"id": str(folder)},
        "messages": [{"role": "user", "content": "hello"}],
        "max_new_tokens": 8,
        "seed": 1,
    }
    pieces = []
    first = host.ask("chat", args, pieces.append).result(60)
    assert pieces[0] == {"phase": "loading"}
    again = []
    assert host.ask("chat", args, again.append).result(60)["answer"] == first["answer"]
    assert {"phase": "loading"} not in again
    assert host.ask("unload").result(10) == {}


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("fly", {}),
        ("facts", {"model": {"id": "/no/such/folder"}}),
        ("facts", {"model": {"id": "pocket", "dtype": "int3"}}),
        ("plan", {}),
        ("plan", {"recipe": {"trainig": {}}}),
        ("chat", {"run": "none-such", "messages": [{"role": "user", "content": "?"}]}),
    ],
)
def test_what_cannot_be_answered_gets_one_sentence(host, command, args):
    with pytest.raises(Refused) as refusal:
        host.ask(command, args).result(60)
    assert "\n" not in str(refusal.value)
    assert "Traceback" not in str(refusal.value)


def test_it_goes_when_its_input_closes():
    started = start_host()
    started.connection.close()
    assert started.process.wait(10) == 0
    with pytest.raises(Unreachable):
        started.connection.ask("ready")


def test_whoever_waits_is_told_when_the_host_dies():
    started = start_host()
    waiting = started.connection.ask("ready")
    time.sleep(0.2)
    started.process.kill()
    with pytest.raises(Refused, match="gone"):
        waiting.result(10)
    started.close()


def test_adapters_are_loaded_beside_each_other_and_answer_by_name(host, folder, tmp_path):
    import torch

    from engine.methods import METHODS
    from engine.quantization.load import load_base
    from engine.recipe import Model, Quantization

    lora = METHODS.get("lora")
    for number, name in enumerate(("first", "second")):
        base, _tokenizer = load_base(Model(id=str(folder)), Quantization(name="none"))
        torch.manual_seed(number)
        made = lora.apply(base, METHODS.options("lora", {"rank": 4, "alpha": 8}))
        with torch.no_grad():
            for path, parameter in made.named_parameters():
                if "lora_B" in path:
                    parameter.normal_(std=0.5)
        lora.save(made, tmp_path / name)
    model = {"model": {"id": str(folder)}}
    assert host.ask("adapters", model).result(60) == {"names": []}
    for name in ("first", "second"):
        asked = {**model, "adapter": str(tmp_path / name), "name": name}
        assert name in host.ask("adapters", asked).result(60)["names"]
    chat = {
        **model, "messages": [{"role": "user", "content": "hi"}], "temperature": 0,
        "max_new_tokens": 12,
    }  # fmt: skip
    answers = {
        name: host.ask("chat", {**chat, "adapter": name}).result(60)["answer"]
        for name in ("first", "second")
    }
    assert answers["first"] != answers["second"]
