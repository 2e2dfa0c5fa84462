"""The estimate against what was measured, on cards and here."""

import pytest

from engine import recipe
from engine.errors import BadInput
from engine.memory import CPU, OPTIMIZERS, PARTS, Device, estimate, state_bytes
from engine.models import LinearShape, ModelFacts, facts

MIB = 1 << 20
T4 = Device("cuda", "Tesla T4", 15 << 30, 15 << 30, (7, 5))
A100 = Device("cuda", "NVIDIA A100", 80 << 30, 80 << 30, (8, 0))


def shape(hidden, width, layers, heads, kv_heads, head_dim, vocabulary, *, tied=True, kind="llama"):
    """Facts of a Llama-like model from its sizes."""
    q, k = heads * head_dim, kv_heads * head_dim
    sizes = {
        "q_proj": (hidden, q), "k_proj": (hidden, k), "v_proj": (hidden, k), "o_proj": (q, hidden),
        "gate_proj": (hidden, width), "up_proj": (hidden, width), "down_proj": (width, hidden),
    }  # fmt: skip
    linears = [LinearShape(name, i, o, layers, False) for name, (i, o) in sizes.items()]
    linears.append(LinearShape("lm_head", hidden, vocabulary, 1, False, head=True))
    inner = sum(linear.parameters for linear in linears if not linear.head)
    embeddings = vocabulary * hidden * (1 if tied else 2)
    return ModelFacts(
        id="x", path=None, architecture="LlamaForCausalLM", model_type=kind,
        parameters=inner + embeddings + (2 * layers + 1) * hidden, layers=layers, hidden=hidden,
        intermediate=width, heads=heads, kv_heads=kv_heads, head_dim=head_dim,
        vocabulary=vocabulary, context=8192, dtype="bf16", disk_bytes=None, tied_embeddings=tied,
        linears=tuple(linears), chat_template=True,
    )  # fmt: skip


def setting(**training):
    """A recipe with everything that the estimate reads."""
    method = training.pop("method", {"name": "lora", "rank": 16, "alpha": 32})
    quantization = training.pop("quantization", {"name": "none"})
    model = {"dtype": training.pop("dtype", "bf16"), "attention": training.pop("attention", "sdpa")}
    given = {
        "precision": "bf16", "micro_batch": 1, "accumulation": 1, "optimizer": "adamw_torch",
        "activation_checkpointing": False, **training,
    }  # fmt: skip
    length = given.pop("length", 1024)
    return recipe.build(
        {
            "model": model,
            "data": {"max_length": length},
            "method": method,
            "quantization": quantization,
            "training": given,
        }
    )


QWEN = shape(1536, 8960, 28, 12, 2, 128, 151936, kind="qwen2")
TINYLLAMA = shape(2048, 5632, 22, 32, 4, 64, 32000, tied=False)
SMOL17 = shape(2048, 8192, 24, 32, 32, 64, 49152)
SMOL135 = shape(576, 1536, 30, 9, 3, 64, 49152)
LLAMA8 = shape(4096, 14336, 32, 32, 8, 128, 128256, tied=False)


@pytest.mark.parametrize(
    ("model", "attention", "rows", "length", "peak_mib"),
    [
        (QWEN, "sdpa", 2, 1024, 7402),
        (QWEN, "eager", 1, 2048, 7410),
        (SMOL17, "sdpa", 4, 1024, 6529),
        (SMOL17, "eager", 4, 1024, 6537),
        (SMOL135, "sdpa", 1, 4096, 3148),
        (SMOL135, "sdpa", 2, 512, 1027),
        (TINYLLAMA, "sdpa", 2, 2048, 4354),
        (TINYLLAMA, "eager", 2, 1024, 3518),
        (TINYLLAMA, "sdpa", 2, 512, 2756),
    ],
)
def test_allocated_peaks_measured_on_a_t4_are_met(model, attention, rows, length, peak_mib):
    """Measurements: fitcheck-llm 0.3.1 (MIT). LoRA r 32 on attention, fp16, checkpointing."""
    targets = ["q_proj", "k_proj", "v_proj", "o_proj"]
    given = setting(
        method={"name": "lora", "rank": 32, "alpha": 64, "targets": targets},
        dtype="fp16", precision="fp16", attention=attention, micro_batch=rows, length=length,
        activation_checkpointing=True,
    )  # fmt: skip
    parts = estimate(given, model, T4, fused_head=False).parts
    allocated = sum(parts.values()) - parts["context"] - parts["fragmentation"]
    assert allocated / MIB == pytest.approx(peak_mib, rel=0.10)


@pytest.mark.parametrize(
    ("quantization", "rows", "checkpointing", "peak_gib"),
    [
        ("none", 1, False, 29.05),
        ("none", 1, True, 16.62),
        ("bnb-4bit", 2, True, 8.14),
        ("bnb-4bit", 2, False, 32.93),
    ],
)
def test_an_8b_with_the_fused_head_meets_the_simulated_peak(
    quantization, rows, checkpointing, peak_gib
):
    """Simulated by replaying every allocation of the real step on torch's meta device."""
    given = setting(
        quantization={"name": quantization}, micro_batch=rows, length=2048,
        activation_checkpointing=checkpointing,
    )  # fmt: skip
    parts = estimate(given, LLAMA8, A100).parts
    allocated = sum(parts.values()) - parts["context"] - parts["fragmentation"]
    assert allocated / 2**30 == pytest.approx(peak_gib, rel=0.06)


@pytest.mark.parametrize("dtype", ["fp32", "bf16"])
def test_weights_are_the_bytes_of_the_loaded_model(dtype):
    from engine.models import find, load

    pocket = recipe.Model(id="pocket")
    model, _tokenizer = load(find(pocket), dtype=dtype)
    real = sum(p.numel() * p.element_size() for p in model.parameters())
    assert estimate(setting(dtype=dtype), facts(pocket), CPU).parts["weights"] == real


def test_weights_in_4_bits_are_the_bytes_of_the_loaded_model():
    from bitsandbytes.nn import Linear4bit

    from engine.models import find, load
    from engine.quantization import QUANTIZATIONS

    pocket = recipe.Model(id="pocket")
    entry = QUANTIZATIONS.get("bnb-4bit")
    options = QUANTIZATIONS.options("bnb-4bit", {})
    model, _tokenizer = load(
        find(pocket),
        dtype="bf16",
        load_arguments=entry.load_arguments(options, "float32"),
        after_load=entry.after_load,
    )
    scales = 0
    for module in model.modules():
        if isinstance(module, Linear4bit):
            state = module.weight.quant_state
            inner = state.state2.absmax
            scales += state.absmax.numel() + inner.numel() * inner.element_size()
    stored = sum(p.numel() * p.element_size() for p in model.parameters()) + scales
    given = setting(quantization={"name": "bnb-4bit"})
    assert estimate(given, facts(pocket), CPU).parts["weights"] == pytest.approx(stored, rel=0.01)


def test_weights_in_8_bits_are_the_bytes_of_the_loaded_model():
    from engine.quantization.load import load_base

    stored = recipe.Quantization.model_validate({"name": "bnb-8bit"})
    model, _tokenizer = load_base(recipe.Model(id="pocket", dtype="bf16"), stored)
    scales = [p.SCB for p in model.parameters() if getattr(p, "SCB", None) is not None]
    assert len(scales) == 42
    parts = [*model.parameters(), *scales]
    real = sum(p.numel() * p.element_size() for p in parts)
    given = setting(quantization={"name": "bnb-8bit"})
    pocket = facts(recipe.Model(id="pocket"))
    assert estimate(given, pocket, CPU).parts["weights"] == pytest.approx(real, rel=0.01)


@pytest.mark.parametrize("name", ["lora", "full", "freeze", "bitfit", "adapter", "ia3", "p-tuning"])
def test_adapter_gradients_and_states_are_those_of_a_real_step(name):
    import torch

    from engine.methods import METHODS
    from engine.models import find, load

    pocket = recipe.Model(id="pocket")
    base, tokenizer = load(find(pocket), dtype="fp32")
    chosen = {"name": name, **({"rank": 8, "alpha": 16} if name == "lora" else {})}
    method = METHODS.get(name)
    options = {key: value for key, value in chosen.items() if key != "name"}
    model = method.apply(base, METHODS.options(name, options))
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained)
    batch = tokenizer("Hello there", return_tensors="pt")
    model(**batch, labels=batch["input_ids"]).loss.backward()
    optimizer.step()

    parts = estimate(setting(method=chosen, dtype="fp32", precision="fp32"), facts(pocket), CPU)
    gradients = sum(p.grad.numel() * p.grad.element_size() for p in trained)
    states = [t for state in optimizer.state.values() for t in state.values() if t.ndim]
    assert parts.parts["gradients"] == gradients
    assert parts.parts["optimizer"] == sum(t.numel() * t.element_size() for t in states)
    assert parts.parts["adapter"] == (gradients if method.adapter else 0)


def test_there_are_exactly_the_parts_of_the_contract():
    memory = estimate(setting(), LLAMA8, A100)
    assert tuple(memory.parts) == PARTS
    assert memory.needed_bytes == sum(memory.parts.values())
    assert all(isinstance(size, int) and size >= 0 for size in memory.parts.values())


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ({"micro_batch": 4}, {"micro_batch": 2}),
        ({"length": 4096}, {"length": 2048}),
        ({}, {"activation_checkpointing": True}),
        ({}, {"quantization": {"name": "bnb-4bit"}}),
        ({"dtype": "fp32"}, {"dtype": "bf16"}),
        ({"attention": "eager"}, {"attention": "sdpa"}),
        ({"method": {"name": "lora", "rank": 64, "alpha": 1}}, {}),
        ({"method": {"name": "lora", "rank": 16, "alpha": 1, "dropout": 0.1}}, {}),
        ({"method": {"name": "full"}}, {}),
        (
            {"method": {"name": "full"}},
            {"method": {"name": "full"}, "optimizer": "adamw_bnb_8bit"},
        ),
    ],
    ids=str,
)
def test_what_costs_more_is_estimated_higher(more, less):
    more_bytes = estimate(setting(**more), LLAMA8, A100).needed_bytes
    assert more_bytes > estimate(setting(**less), LLAMA8, A100).needed_bytes


def test_rows_shorter_than_the_limit_cost_what_they_are_long():
    long = setting(length=4096)
    assert estimate(long, LLAMA8, A100, length=512) == estimate(setting(length=512), LLAMA8, A100)


def test_a_quantized_checkpoint_weighs_what_lies_on_the_disk():
    import dataclasses

    stored = dataclasses.replace(LLAMA8, quantized="gptq", disk_bytes=5_700_000_000)
    assert estimate(setting(), stored, A100).parts["weights"] == 5_700_000_000


def test_accumulating_costs_no_memory():
    assert estimate(setting(accumulation=64), LLAMA8, A100) == estimate(setting(), LLAMA8, A100)


def test_every_optimizer_is_one_of_transformers_or_ours():
    from transformers.training_args import OptimizerNames

    from engine.train.optimizers import FACTORIES

    assert set(FACTORIES) <= set(OPTIMIZERS)
    assert set(OPTIMIZERS) - set(FACTORIES) <= {name.value for name in OptimizerNames}


def test_an_unknown_optimizer_is_refused_with_the_nearest():
    with pytest.raises(BadInput, match="adamw_torch") as refused:
        state_bytes("adamw_torhc", 1, 4)
    assert refused.value.problem.field == "training.optimizer"
