"""Every method in a real run: it learns, it goes on exactly from a checkpoint, it can be talked to."""

import hashlib
import shutil

import pytest
import torch

from engine.chat import ChatMessage, ChatRequest
from engine.chat.load import talker_for_run
from engine.methods import METHODS
from engine.runs import checkpoints
from engine.train import train
from tests.engine.train.conftest import events
from tests.tiny_models import tiny_model

# Their rates are those that move a tiny random model in twelve steps.
CELLS = {
    "lora": ["method.rank=4", "method.alpha=8"],
    "dora": ["method=dora", "method.rank=4", "method.alpha=8"],
    "loraplus": ["method=loraplus", "method.rank=4", "method.alpha=8", "training.learning_rate=0.005"],
    "pissa": ["method=pissa", "method.rank=4", "method.alpha=4"],
    "adalora": ["method=adalora", "method.rank=2", "method.start_rank=4"],
    "ia3": ["method=ia3", "training.learning_rate=0.05"],
    "prompt": ["method=prompt", "method.tokens=4", "training.learning_rate=0.1"],
    "prefix": ["method=prefix", "method.tokens=4", "method.network=16"],
    "p-tuning": ["method=p-tuning", "method.tokens=4", "method.encoder=lstm", "method.network=16"],
    "p-tuning-v2": ["method=p-tuning-v2", "method.tokens=4", "training.learning_rate=0.1"],
    "vera": ["method=vera", "method.rank=16", "training.learning_rate=0.05"],
    "oft": ["method=oft", "method.block=16"],
    "boft": ["method=boft"],
    "loha": ["method=loha", "method.rank=4", "method.alpha=16"],
    "lokr": ["method=lokr", "method.rank=4", "method.alpha=16"],
    "ln-tuning": ["method=ln-tuning", "training.learning_rate=0.05"],
    "freeze": ["method=freeze", "method.layers=1"],
    "bitfit": ["method=bitfit", "training.learning_rate=0.05"],
    "adapter": ["method=adapter", "method.placement=houlsby", "method.reduction=4"],
    "qlora": ["method=qlora", "method.rank=4", "method.alpha=8"],
    "8 bits": ["quantization=bnb-8bit", "method.rank=4", "method.alpha=8"],
    "adapter in 4 bits": ["method=adapter", "quantization=bnb-4bit"],
    "llama-adapter": ["method=llama-adapter", "method.tokens=4", "method.layers=2",
                      "training.learning_rate=0.1"],
}  # fmt: skip
QUESTION = ChatRequest(
    messages=(ChatMessage(role="user", content="who are you, number 3?"),),
    temperature=0.0,
    max_new_tokens=8,
)


@pytest.fixture(scope="module")
def llama_folder(tmp_path_factory):
    return tiny_model(tmp_path_factory.mktemp("llama") / "tiny", "llama", initializer_range=0.2)


def fingerprint(folder):
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def test_every_method_is_tried_here():
    tried = {name.split(" in ")[0] for name in CELLS} | {"full"}  # which every other test trains
    assert set(METHODS.names()) <= tried


@pytest.mark.parametrize("name", CELLS)
def test_a_run_learns_goes_on_from_its_middle_and_answers(name, new_run, llama_folder):
    base = [f"model.id={llama_folder}"] if name == "llama-adapter" else []
    run = new_run(*base, *CELLS[name], "training.save_every=6", "training.eval_every=6")
    assert train(run) == 0
    losses = [event.loss for event in events(run, "step")]
    assert losses[-1] < losses[0]
    result = run.path / METHODS.get(run.recipe().method.name).result
    before = fingerprint(result)

    shutil.rmtree(result)
    middle, last = checkpoints.listed(run)
    shutil.rmtree(last)
    halfway = talker_for_run(str(run.path))
    assert halfway.respond(QUESTION).tokens >= 0

    assert train(run, resume=True) == 0
    assert events(run, "resumed")[-1].from_step == checkpoints.step_of(middle) == 6
    again = [event.loss for event in events(run, "step")][-6:]
    assert again == losses[-6:]
    assert fingerprint(result) == before

    talker = talker_for_run(str(run.path))
    tuned = talker.respond(QUESTION).answer
    base_says = talker.respond(QUESTION.model_copy(update={"base": True})).answer
    assert tuned == talker.respond(QUESTION).answer
    assert base_says == talker.respond(QUESTION.model_copy(update={"base": True})).answer
    assert torch.isfinite(torch.tensor(losses)).all()


@pytest.mark.parametrize("name", ["freeze", "adapter", "bitfit", "prompt", "ln-tuning", "oft"])
def test_activation_checkpointing_changes_nothing(name, new_run):
    losses = []
    for checkpointing in ("false", "true"):
        run = new_run(
            *CELLS[name], f"training.activation_checkpointing={checkpointing}",
            "training.max_steps=3", "training.save_every=null",
        )  # fmt: skip
        assert train(run) == 0
        losses.append([event.loss for event in events(run, "step")])
    assert losses[0] == pytest.approx(losses[1], abs=1e-5)


@pytest.mark.parametrize(
    "name", [n for n in CELLS if n not in {"pissa", "8 bits", "llama-adapter"}]
)
def test_a_base_in_half_precision_is_trained_on_and_talked_to(name, new_run):
    """As on a GPU: fp32 adapters on bf16 weights under autocast, and answers without it."""
    run = new_run(
        *CELLS[name], "model.dtype=bf16", "training.precision=bf16", "training.max_steps=4",
        "training.save_every=null", "evaluation.max_new_tokens=4",
        'evaluation.prompts=["who are you?"]',
    )  # fmt: skip
    assert train(run) == 0
    assert not events(run, "run_failed")
    assert events(run, "sample")
    losses = [event.loss for event in events(run, "step")]
    assert torch.isfinite(torch.tensor(losses)).all()
    talker = talker_for_run(str(run.path))
    talker.respond(QUESTION)
    talker.respond(QUESTION.model_copy(update={"base": True}))
