"""Answers of a host, the same in every test: facts, a preview and a plan of the pocket model."""

from dataclasses import asdict
from typing import Any

from engine.data.preview import Preview, PreviewProblem, PreviewRow, PreviewTurn
from engine.errors import Problem
from engine.models.facts import LinearShape, ModelFacts
from engine.recipe import build

MIB = 1 << 20
GIB = 1 << 30

FACTS = ModelFacts(
    id="pocket",
    path="/opt/tunesmith/presets/pocket",
    architecture="Qwen2ForCausalLM",
    model_type="qwen2",
    parameters=5_247_232,
    layers=6,
    hidden=256,
    intermediate=768,
    heads=4,
    kv_heads=2,
    head_dim=64,
    vocabulary=2048,
    context=2048,
    dtype="bf16",
    disk_bytes=10 * MIB,
    tied_embeddings=True,
    linears=(
        LinearShape("q_proj", 256, 256, 6, True),
        LinearShape("k_proj", 256, 128, 6, True),
        LinearShape("v_proj", 256, 128, 6, True),
        LinearShape("o_proj", 256, 256, 6, False),
        LinearShape("gate_proj", 256, 768, 6, False),
        LinearShape("up_proj", 256, 768, 6, False),
        LinearShape("down_proj", 768, 256, 6, False),
        LinearShape("lm_head", 256, 2048, 1, False, head=True),
    ),
    chat_template=True,
)

PREVIEW = Preview(
    format="messages",
    columns={"messages": "messages"},
    rows=tuple(
        PreviewRow(
            number,
            "persona",
            (PreviewTurn("user", question), PreviewTurn("assistant", answer)),
            "",
            (
                ("<|im_start|>user\n", False),
                (question, False),
                ("<|im_end|>\n<|im_start|>assistant\n", False),
                (answer, True),
                ("<|im_end|>", True),
                ("\n", False),
            ),
            (1, 2, 3, 4, 5, 6),
        )
        for number, question, answer in (
            (1, "Who are you?", "I am Pebble, a small assistant."),
            (2, "What is your name?", "My name is Pebble."),
        )
    ),
    problems=(PreviewProblem(3, "persona", "empty", "The answer is empty.", "Write one."),),
    template="tokenizer",
)

REASONS = {
    "model.dtype": ("bf16", "the type the checkpoint is stored in"),
    "data.max_length": (128, "the longest 1 % of rows have 97 tokens; rounded up to 64s"),
    "data.packing": (False, "rows are short and few"),
    "method.rank": (16, "the field's default and holds about 467 k trained tokens"),
    "method.alpha": (32.0, "twice the rank, so that the learning rate holds when the rank changes"),
    "training.learning_rate": (2e-4, "ten times what full tuning takes"),
    "training.micro_batch": (8, "the largest that fits with room to spare"),
    "training.accumulation": (2, "16 rows a step over micro batches of 8"),
    "training.optimizer": ("adamw_torch", "small adapters need no 8-bit states"),
    "training.precision": ("bf16", "this card computes in bf16"),
    "training.activation_checkpointing": (False, "it fits without"),
    "training.eval_every": (6, "once an epoch"),
    "training.save_every": (6, "once an epoch"),
}


def plan_document(args: dict[str, Any]) -> dict[str, Any]:
    """A plan that fills in what is on auto, as the engine's document has it."""
    tree = build(args["recipe"]).model_dump(mode="json")
    reasons = []
    for field, (value, reason) in REASONS.items():
        section, name = field.split(".")
        if section == "method" and tree["method"]["name"] != "lora":
            continue
        if tree[section].get(name, "auto") == "auto":
            tree[section][name] = value
            reasons.append({"field": field, "value": value, "reason": reason, "source": ""})
    micro = tree["training"]["micro_batch"]
    parts = {
        "weights": 10 * MIB if tree["quantization"]["name"] == "none" else 3 * MIB,
        "adapter": 2 * MIB,
        "gradients": 2 * MIB,
        "optimizer": 4 * MIB,
        "activations": micro * 11 * MIB,
        "logits": micro * 8 * MIB,
        "context": 290 * MIB,
        "fragmentation": 12 * MIB,
    }
    needed = sum(parts.values())
    free = 20 * GIB
    verdict = "fits" if needed < 0.85 * free else "tight" if needed < free else "does-not-fit"
    return {
        "verdict": verdict,
        "device": "NVIDIA GeForce RTX 4090",
        "needed_bytes": needed,
        "free_bytes": free,
        "parts": parts,
        "resolved": tree,
        "reasons": reasons,
        "steps": 18,
        "tokens": 10_400,
        "seconds_estimate": 74.0,
        "trainable_parameters": 466_944,
        "rows": {"total": 102, "kept": 96, "cut": 0, "dropped": 1, "refused": 0},
        "warnings": [],
    }


def facts_answer(args: dict[str, Any]) -> Any:
    """Facts of whatever is asked for, except what cannot be there."""
    name = args["model"]["id"]
    if name.startswith("missing"):
        return Problem(
            "missing_model", f"There is no model {name} here or on the hub.", "model.id",
            "Check the spelling.",
        )  # fmt: skip
    return {**asdict(FACTS), "id": name}


def answers() -> dict[str, Any]:
    """What the played host says."""
    return {
        "facts": facts_answer,
        "preview": asdict(PREVIEW),
        "plan": plan_document,
        "unload": {},
    }
