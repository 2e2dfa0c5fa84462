"""Answers of a host, the same in every test: facts, a preview and a plan of the pocket model."""

from dataclasses import asdict
from typing import Any

from engine.data.preview import Preview, PreviewProblem, PreviewRow, PreviewTurn
from engine.data.recognition import Candidate, Recognition
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


def recognition_answer() -> dict[str, Any]:
    """That the shipped rows are conversations."""
    chosen = Candidate(
        format="messages",
        kind="conversation",
        summary="turns with role and content",
        columns={"messages": "messages"},
        unread=(),
        rows=(),
        problems=(),
        usable=102,
        looked_at=102,
    )
    return asdict(Recognition("persona", ("messages",), (chosen,), chosen))


def check_answer(**changes: Any) -> dict[str, Any]:
    """The doctor's last picture of the shipped rows."""
    document: dict[str, Any] = {
        "source": "persona",
        "phase": "done",
        "rows": 102,
        "format": "messages",
        "kept": 101,
        "cut": 0,
        "dropped": 1,
        "refused": 0,
        "causes": [
            {
                "code": "empty_answer",
                "count": 1,
                "rows": [3],
                "advice": "Write one.",
                "message": "The answer is empty.",
                "source": "persona",
                "outcome": "dropped",
                "severity": "error",
                "title": "an empty answer",
                "mended": False,
            },
            {
                "code": "duplicate",
                "count": 14,
                "rows": [17, 20, 31, 44, 52, 60],
                "advice": "Set data.drop_duplicates: true to train on each row once.",
                "message": "It is the same as row 5.",
                "source": "persona",
                "outcome": "kept",
                "severity": "warning",
                "title": "the same as an earlier row",
                "mended": False,
            },
        ],
        "tokens": {"total": 10_400, "with_loss": 6_100, "p50": 96, "p95": 118, "max": 127},
        "suggestions": ["data.max_length: 128 – fits", "…", "…", "The tail is short."],
        "settings": [
            {"field": "data.max_length", "value": 128, "reason": "The longest row has 127 tokens."},
            {"field": "data.loss_on", "value": "responses", "reason": "Answers are learned."},
            {"field": "data.drop_duplicates", "value": True, "reason": "14 rows count twice."},
        ],
        "lengths": [{"max_length": 128, "rows_cut": 0, "tokens_cut": 0}],
        "expected": 102,
        "seconds": 0.4,
    }
    return {**document, **changes}


def answers() -> dict[str, Any]:
    """What the played host says."""
    return {
        "facts": facts_answer,
        "preview": asdict(PREVIEW),
        "plan": plan_document,
        "unload": {},
        "recognize": recognition_answer(),
        "check": check_answer(),
        "find_row": {"row": 2},
        "neighbours": {
            "held_out": False,
            "packed": True,
            "sequences": [
                {
                    "number": 1,
                    "of": 18,
                    "rows": [
                        {"source": "persona", "row": 2, "start": 0, "tokens": 6, "row_start": 0},
                        {"source": "persona", "row": 1, "start": 6, "tokens": 6, "row_start": 0},
                    ],
                }
            ],
        },
    }
