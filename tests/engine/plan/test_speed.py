"""Operations a token, and times that follow from them."""

import pytest

from engine.memory import Device
from engine.plan.speed import flops_per_token, seconds
from tests.engine.memory.test_estimate import LLAMA8, QWEN
from tests.engine.plan.conftest import GIB, a_machine

H100 = Device("cuda", "NVIDIA H100 80GB HBM3", 80 * GIB, 80 * GIB, (9, 0))
CPU = Device("cpu", "cpu", 8 * GIB, 8 * GIB)


def test_full_tuning_takes_six_operations_a_weight_and_token():
    weights = LLAMA8.parameters - LLAMA8.vocabulary * LLAMA8.hidden
    work = flops_per_token(LLAMA8, 1, LLAMA8.parameters, adapter=False, checkpointing=False)
    assert work == pytest.approx(6 * weights, rel=0.001)


def test_a_frozen_base_saves_a_third_and_checkpointing_costs_it_again():
    full = flops_per_token(QWEN, 512, QWEN.parameters, adapter=False, checkpointing=False)
    lora = flops_per_token(QWEN, 512, 0, adapter=True, checkpointing=False)
    again = flops_per_token(QWEN, 512, QWEN.parameters, adapter=False, checkpointing=True)
    assert lora / full == pytest.approx(2 / 3, rel=0.02)
    assert again / full == pytest.approx(4 / 3, rel=0.02)


def test_attention_counts_where_rows_are_long():
    short = flops_per_token(QWEN, 128, 0, adapter=True, checkpointing=False)
    assert flops_per_token(QWEN, 32768, 0, adapter=True, checkpointing=False) > 1.5 * short


def time(device, **changes):
    given = {
        "tokens": 10_000_000, "length": 1024, "micro_batches": 600, "trained": 42_000_000,
        "adapter": True, "checkpointing": False, "quantized": False, **changes,
    }  # fmt: skip
    return seconds(LLAMA8, device, a_machine(), **given)


@pytest.mark.parametrize(
    ("slower", "faster"),
    [
        ({"checkpointing": True}, {}),
        ({"quantized": True}, {}),
        ({"tokens": 20_000_000}, {}),
        ({}, {"processes": 2}),
        ({"micro_batches": 60_000}, {}),
    ],
    ids=str,
)
def test_what_is_more_work_takes_longer(slower, faster):
    assert time(H100, **slower) > time(H100, **faster)


def test_a_processor_is_far_slower():
    assert time(CPU) > 100 * time(H100)


def test_a_card_nobody_knows_has_no_time():
    assert time(Device("cuda", "Voodoo 2", 80 * GIB, 80 * GIB, (9, 0))) is None
