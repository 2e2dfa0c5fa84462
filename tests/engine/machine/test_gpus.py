"""What is told of GPUs, whatever NVML answers."""

import os

import pytest

from engine.machine import gpus, read_gpus
from tests.engine.machine.fake_nvml import GIB, FakeCard, FakeNvml

TWO = (FakeCard("GPU-aaaa-1"), FakeCard("GPU-bbbb-2", free=10 * GIB))


def uuids(nvml, setting=None):
    environ = {} if setting is None else {"CUDA_VISIBLE_DEVICES": setting}
    return [gpu.uuid for gpu in gpus(nvml, environ)]


def test_every_figure_of_a_card_is_told():
    nvml = FakeNvml(FakeCard("GPU-aaaa-1", free=20 * GIB, processes=[(os.getpid(), 3 * GIB)]))
    reading = read_gpus(nvml, {})
    (gpu,) = reading.gpus
    assert (gpu.index, gpu.physical_index, gpu.uuid) == (0, 0, "GPU-aaaa-1")
    assert (gpu.total_bytes, gpu.free_bytes, gpu.used_bytes) == (24 * GIB, 20 * GIB, 4 * GIB)
    assert (gpu.temperature_celsius, gpu.utilization_percent) == (41, 7)
    assert gpu.compute_capability == (8, 9)
    assert gpu.has_bf16
    assert (reading.driver, reading.driver_cuda, reading.note) == ("570.86.15", "12.8", None)
    (user,) = gpu.users
    assert user.mine is True
    assert user.bytes == 3 * GIB
    assert gpu.unseen_bytes == GIB
    assert nvml.open == 0


def test_a_process_of_another_container_is_named_by_nvml_and_is_nobodys():
    (gpu,) = gpus(FakeNvml(FakeCard("GPU-a", processes=[(2**22 + 7, None)])), {})
    (user,) = gpu.users
    assert (user.name, user.bytes, user.mine) == (f"other-{2**22 + 7}", None, None)


def test_a_process_name_cannot_steer_a_terminal(monkeypatch):
    nvml = FakeNvml(FakeCard("GPU-a", processes=[(2**22 + 7, 1)]))
    nvml.nvmlSystemGetProcessName = lambda pid: "\x1b]0;owned\x07evil"
    (gpu,) = gpus(nvml, {})
    assert "\x1b" not in gpu.users[0].name
    assert "evil" in gpu.users[0].name


@pytest.mark.parametrize(
    ("setting", "seen"),
    [
        (None, ["GPU-aaaa-1", "GPU-bbbb-2"]),
        ("1", ["GPU-bbbb-2"]),
        ("1,0", ["GPU-bbbb-2", "GPU-aaaa-1"]),
        ("GPU-bbbb-2", ["GPU-bbbb-2"]),
        ("GPU-b", ["GPU-bbbb-2"]),
        ("GPU-", []),
        ("0,7,1", ["GPU-aaaa-1"]),
        ("0,-1,1", ["GPU-aaaa-1"]),
        ("", []),
        ("-1", []),
        ("0,0", []),
        ("GPU-nothing", []),
        ("NoDevFiles", []),
    ],
)
def test_cuda_visible_devices_chooses_and_orders_as_cuda_does(setting, seen):
    assert uuids(FakeNvml(*TWO), setting) == seen


def test_the_index_is_cudas_and_the_physical_one_nvidia_smis():
    (gpu,) = gpus(FakeNvml(*TWO), {"CUDA_VISIBLE_DEVICES": "1"})
    assert (gpu.index, gpu.physical_index) == (0, 1)


def test_a_setting_that_names_nothing_is_told():
    note = read_gpus(FakeNvml(*TWO), {"CUDA_VISIBLE_DEVICES": "GPU-x"}).note
    assert "GPU-x" in note
    assert "hides" in read_gpus(FakeNvml(*TWO), {"CUDA_VISIBLE_DEVICES": ""}).note


class TestMig:
    SLICES = (
        FakeCard("MIG-1111", name="NVIDIA A100 MIG 1g.10gb", total=10 * GIB, free=10 * GIB,
                 instance=9),
        FakeCard("MIG-2222", name="NVIDIA A100 MIG 2g.20gb", total=20 * GIB, free=20 * GIB,
                 instance=3),
    )  # fmt: skip

    def nvml(self, *more):
        card = FakeCard("GPU-cccc", name="NVIDIA A100", slices=list(self.SLICES))
        return FakeNvml(card, *more)

    def test_one_slice_is_used_and_that_is_told(self):
        reading = read_gpus(self.nvml(FakeCard("GPU-dddd")), {})
        assert [gpu.uuid for gpu in reading.gpus] == ["MIG-1111"]
        assert reading.gpus[0].mig
        assert reading.gpus[0].total_bytes == 10 * GIB
        assert "MIG" in reading.note

    @pytest.mark.parametrize("setting", ["MIG-2222", "MIG-2"])
    def test_a_slice_is_chosen_by_its_uuid(self, setting):
        assert uuids(self.nvml(), setting) == ["MIG-2222"]

    def test_the_name_of_older_drivers_is_understood(self):
        assert uuids(self.nvml(), "MIG-GPU-cccc/3/0") == ["MIG-2222"]

    def test_the_number_of_the_card_means_its_first_slice(self):
        assert uuids(self.nvml(), "0") == ["MIG-1111"]

    def test_a_card_without_slices_cannot_be_used(self):
        reading = read_gpus(FakeNvml(FakeCard("GPU-c", slices=[])), {})
        assert reading.gpus == ()
        assert "no instance" in reading.note


@pytest.mark.parametrize("value", [4, 9, 12, 18, 999])
def test_without_a_driver_there_is_a_sentence_instead_of_gpus(value):
    reading = read_gpus(FakeNvml(fails={"nvmlInit": value}), {})
    assert reading.gpus == ()
    assert reading.note.endswith(".")


def test_without_the_library_there_is_a_sentence(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pynvml", None)
    assert "nvidia-ml-py" in read_gpus(environ={}).note


CALLS = sorted(
    name
    for name in vars(FakeNvml)
    if name.startswith("nvml") and name not in {"nvmlInit", "nvmlDeviceGetMemoryInfo"}
)


@pytest.mark.parametrize("call", CALLS)
def test_one_call_that_fails_never_raises(call):
    card = FakeCard("GPU-a", processes=[(2**22 + 7, 5)])
    reading = read_gpus(FakeNvml(card, fails={call: 999}), {})
    if call in {"nvmlDeviceGetCount", "nvmlDeviceGetHandleByIndex"}:
        assert reading.gpus == ()
        assert reading.note
    else:
        assert reading.gpus[0].total_bytes == 24 * GIB


def test_a_lost_card_is_told_and_the_others_stay():
    nvml = FakeNvml(*TWO)
    whole = nvml.nvmlDeviceGetMemoryInfo

    def lost(card):
        if card.uuid == "GPU-aaaa-1":
            raise FakeNvml.NVMLError(FakeNvml.NVML_ERROR_GPU_IS_LOST)
        return whole(card)

    nvml.nvmlDeviceGetMemoryInfo = lost
    reading = read_gpus(nvml, {})
    assert [gpu.uuid for gpu in reading.gpus] == ["GPU-bbbb-2"]
    assert "GPU 0" in reading.note


def test_a_gpu_without_memory_of_its_own_has_the_machines():
    nvml = FakeNvml(FakeCard("GPU-a"), fails={"nvmlDeviceGetMemoryInfo": 3})
    (gpu,) = gpus(nvml, {})
    assert gpu.unified
    assert gpu.total_bytes > 0
