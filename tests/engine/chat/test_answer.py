"""An answer ends where it should, repeats with its seed, and leaves training untouched."""

import pytest

from engine.chat import ChatMessage, ChatRequest
from engine.chat.isolation import undisturbed
from engine.chat.talker import Talker
from engine.errors import BadInput
from engine.methods import METHODS
from engine.quantization.load import load_base
from engine.recipe import Model, Quantization
from tests.tiny_models import tiny_model


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tiny_model(tmp_path_factory.mktemp("models") / "tiny")
    return load_base(Model(id=str(folder)), Quantization(name="none"))


@pytest.fixture
def talker(loaded):
    return Talker(*loaded)


def ask(text: str = "who are you?", **how) -> ChatRequest:
    return ChatRequest(messages=(ChatMessage(role="user", content=text),), **how)


def test_the_same_seed_gives_the_same_answer_and_another_seed_another(talker):
    same = [talker.respond(ask(seed=5, max_new_tokens=20)).answer for _ in range(2)]
    other = talker.respond(ask(seed=6, max_new_tokens=20)).answer
    assert same[0] == same[1] != other


def test_temperature_zero_takes_the_likeliest_token_each_time(talker):
    cold = [talker.respond(ask(temperature=0, max_new_tokens=12)).answer for _ in range(2)]
    assert cold[0] == cold[1]


def test_pieces_that_stream_join_to_the_answer(talker):
    pieces = []
    said = talker.respond(ask(seed=1, max_new_tokens=60), pieces.append)
    assert "".join(piece["text"] for piece in pieces) == said.answer


def test_the_longest_answer_is_kept_to(talker):
    said = talker.respond(ask(seed=3, max_new_tokens=3))
    assert said.tokens <= 3
    assert said.stopped in {"length", "eos"}


def test_a_conversation_longer_than_the_context_gets_one_sentence(talker):
    with pytest.raises(BadInput, match="reads at most 512"):
        talker.respond(ask("x" * 600))


def test_what_is_asked_wrongly_names_its_field():
    for args, field in (
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "wizard", "content": "?"}]}, "messages.0.role"),
        ({"messages": [{"role": "user", "content": "?"}], "top_p": 2}, "top_p"),
        ({"messages": [{"role": "user", "content": "?"}], "temprature": 1}, "temprature"),
    ):
        with pytest.raises(BadInput) as problem:
            ChatRequest.read(args)
        assert problem.value.problem.field == field


def test_an_adapter_switched_off_answers_as_the_base(loaded, talker):
    import torch

    plain = talker.respond(ask(temperature=0, max_new_tokens=16)).answer
    lora = METHODS.get("lora")
    model = lora.apply(loaded[0], METHODS.options("lora", {"rank": 4, "alpha": 8}))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                parameter.normal_(std=0.5)
    both = Talker(model, loaded[1], lora)
    tuned = both.respond(ask(temperature=0, max_new_tokens=16)).answer
    base = both.respond(ask(temperature=0, max_new_tokens=16, base=True)).answer
    assert base == plain != tuned
    model.unload()


def test_generators_and_modes_are_as_before(loaded):
    import random

    import numpy
    import torch

    model = loaded[0].train()
    before = random.random(), numpy.random.random(), torch.rand(1).item()
    random.seed(1)
    numpy.random.seed(1)
    torch.manual_seed(1)
    expected = random.random(), numpy.random.random(), torch.rand(1).item()
    random.seed(1)
    numpy.random.seed(1)
    torch.manual_seed(1)

    def halfway():
        with undisturbed(model):
            assert not model.training
            assert not torch.is_grad_enabled()
            random.random()
            numpy.random.random()
            torch.rand(3)
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        halfway()
    assert (random.random(), numpy.random.random(), torch.rand(1).item()) == expected != before
    assert model.training
    assert all(module.training for module in model.modules())
    model.eval()
