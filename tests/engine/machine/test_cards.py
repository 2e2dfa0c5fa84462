"""Cards by name, for plans for a machine that is not here."""

import pytest

from engine.errors import BadInput
from engine.machine import card_of, imagine, machine

GIB = 1 << 30


@pytest.mark.parametrize(
    ("name", "card"),
    [
        ("NVIDIA GeForce RTX 4090", "rtx-4090"),
        ("NVIDIA GeForce RTX 4060 Ti", "rtx-4060-ti"),
        ("Tesla V100-SXM2-16GB", "v100-16"),
        ("NVIDIA A100-SXM4-40GB", "a100-40"),
        ("NVIDIA A10G", "a10g"),
        ("NVIDIA L40S", "l40s"),
        ("NVIDIA H200 NVL", "h200"),
        ("NVIDIA H100 80GB HBM3", "h100"),
        ("NVIDIA L40", None),
        ("NVIDIA GeForce RTX 4090 Laptop GPU", None),
        ("a card with 24GiB", None),
    ],
)
def test_nvmls_name_finds_the_card(name, card):
    found = card_of(name)
    assert (found.name if found else None) == card


@pytest.mark.parametrize(
    ("text", "count", "label"),
    [
        ("rtx-4090", 1, "NVIDIA GeForce RTX 4090"),
        ("RTX 4090", 1, "NVIDIA GeForce RTX 4090"),
        ("4090", 1, "NVIDIA GeForce RTX 4090"),
        ("2xh100", 2, "NVIDIA H100 80GB HBM3"),
        ("8 x a100", 8, "NVIDIA A100-SXM4-80GB"),
    ],
)
def test_a_card_is_imagined_by_its_name(text, count, label):
    imagined = imagine(text, machine())
    assert [gpu.index for gpu in imagined.gpus] == list(range(count))
    assert {gpu.name for gpu in imagined.gpus} == {label}
    assert not imagined.here


@pytest.mark.parametrize("text", ["24GiB", "24gb", "24 G", "24576MiB", "24.0g"])
def test_a_size_is_a_card_however_it_is_written(text):
    (gpu,) = imagine(text, machine()).gpus
    assert gpu.total_bytes == 24 * GIB
    assert gpu.free_bytes < gpu.total_bytes


@pytest.mark.parametrize(
    "text", ["", "rtx-4900x", "0xh100", "lots", "100", "-24GiB", "x", "0.1GiB"]
)
def test_what_is_no_card_is_refused_in_one_sentence(text):
    with pytest.raises(BadInput) as refused:
        imagine(text, machine())
    assert refused.value.problem.field == "--gpu"
    assert refused.value.problem.advice


def test_the_nearest_name_is_offered():
    with pytest.raises(BadInput, match="rtx-4090"):
        imagine("rtx4099", machine())
