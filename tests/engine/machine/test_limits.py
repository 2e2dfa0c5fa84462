"""Memory and processors as control groups leave them."""

import os

import pytest

from engine.machine.limits import container, memory_limit, processors
from engine.machine.system import machine

GIB = 1 << 30


def write(root, path, text):
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"{text}\n")


def test_the_tightest_group_of_version_2_bounds_memory(tmp_path):
    write(tmp_path, "proc/self/cgroup", "0::/a/b")
    write(tmp_path, "sys/fs/cgroup/a/memory.max", 8 * GIB)
    write(tmp_path, "sys/fs/cgroup/a/memory.current", 7 * GIB)
    write(tmp_path, "sys/fs/cgroup/a/memory.stat", f"anon 1\ninactive_file {2 * GIB}")
    write(tmp_path, "sys/fs/cgroup/a/b/memory.max", "max")
    assert memory_limit(tmp_path) == (8 * GIB, 5 * GIB)


def test_a_container_of_version_1_finds_its_limit_at_the_mount(tmp_path):
    write(tmp_path, "proc/self/cgroup", "5:memory:/docker/0123\n4:cpu,cpuacct:/docker/0123")
    write(tmp_path, "sys/fs/cgroup/memory/memory.limit_in_bytes", 2 * GIB)
    write(tmp_path, "sys/fs/cgroup/memory/memory.usage_in_bytes", GIB)
    assert memory_limit(tmp_path) == (2 * GIB, GIB)


@pytest.mark.parametrize(("files", "version"), [({"memory.max": "max"}, 2), ({}, 2)])
def test_no_limit_is_no_limit(tmp_path, files, version):
    write(tmp_path, "proc/self/cgroup", "0::/a")
    for name, text in files.items():
        write(tmp_path, f"sys/fs/cgroup/a/{name}", text)
    assert memory_limit(tmp_path) is None


def test_the_number_that_version_1_writes_for_no_limit_is_none(tmp_path):
    write(tmp_path, "proc/self/cgroup", "5:memory:/")
    write(tmp_path, "sys/fs/cgroup/memory/memory.limit_in_bytes", 9223372036854771712)
    assert memory_limit(tmp_path) is None


def test_nothing_is_bounded_where_there_are_no_groups(tmp_path):
    assert memory_limit(tmp_path) is None
    assert processors(tmp_path) >= 1


def test_a_quota_bounds_the_processors(tmp_path):
    write(tmp_path, "proc/self/cgroup", "0::/a")
    write(tmp_path, "sys/fs/cgroup/a/cpu.max", "50000 100000")
    assert processors(tmp_path) == 1


def test_a_quota_of_version_1_bounds_the_processors(tmp_path):
    write(tmp_path, "proc/self/cgroup", "4:cpu,cpuacct:/x")
    write(tmp_path, "sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", 100000)
    write(tmp_path, "sys/fs/cgroup/cpu/x/cpu.cfs_period_us", 100000)
    assert processors(tmp_path) == 1


def test_a_quota_beyond_the_machine_changes_nothing(tmp_path):
    write(tmp_path, "proc/self/cgroup", "0::/a")
    write(tmp_path, "sys/fs/cgroup/a/cpu.max", "999999999 100000")
    assert processors(tmp_path) == processors(tmp_path / "nowhere")


def test_a_container_is_known_by_its_marks(tmp_path, monkeypatch):
    for name in ("container", "KUBERNETES_SERVICE_HOST"):
        monkeypatch.delenv(name, raising=False)
    assert container(tmp_path) is None
    write(tmp_path, "proc/1/cgroup", "0::/kubepods/besteffort")
    assert container(tmp_path) == "kubernetes"
    (tmp_path / ".dockerenv").touch()
    assert container(tmp_path) == "docker"


def test_the_machine_tells_no_more_memory_than_its_group_has(tmp_path):
    write(tmp_path, "proc/self/cgroup", "0::/a")
    write(tmp_path, "sys/fs/cgroup/a/memory.max", GIB)
    write(tmp_path, "sys/fs/cgroup/a/memory.current", GIB // 4)
    found = machine(root=tmp_path)
    assert found.ram_bytes == GIB
    assert found.ram_free_bytes <= GIB - GIB // 4


def test_disks_are_those_of_home_and_downloads_even_before_they_exist(tmp_path, monkeypatch):
    monkeypatch.setenv("TUNESMITH_HOME", str(tmp_path / "not" / "yet"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    found = machine()
    assert found.disk("home").path == str(tmp_path / "not" / "yet")
    assert found.disk("models").path == str(tmp_path / "hf" / "hub")
    assert found.disk("home").free_bytes > 0
    assert os.path.exists(tmp_path)
    assert not (tmp_path / "not").exists()
