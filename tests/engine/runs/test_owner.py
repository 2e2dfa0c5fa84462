"""One living process owns a run, and the lock tells whether it lives."""

import os
import subprocess
import sys
import threading

import pytest

from engine import processes
from engine.errors import BadInput
from engine.runs import Owner, RunDirectory, is_owned

HOLD = """
import sys
from pathlib import Path
from engine.runs import Owner, RunDirectory

owner = Owner(RunDirectory(Path(sys.argv[1])))
print("mine", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(run):
    """Another process that owns the run until its input closes."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(run.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=processes.environment(),
    )  # fmt: skip
    assert process.stdout.readline() == b"mine\n"
    yield process
    process.kill()
    process.communicate()


def test_a_run_nobody_trains_has_no_owner(run):
    assert not is_owned(run)
    assert not is_owned(RunDirectory(run.path / "nowhere"))


def test_an_owner_holds_the_run_until_it_lets_go(run):
    owner = Owner(run)
    assert is_owned(run)
    owner.release()
    assert not is_owned(run)
    Owner(run).release()


def test_the_second_is_told_who_the_first_is(run, holder):
    with pytest.raises(BadInput) as told:
        Owner(run)
    assert str(holder.pid) in told.value.problem.message
    assert told.value.problem.code == "run_is_owned"
    assert "attach" in told.value.problem.advice


def test_a_killed_owner_leaves_the_run_free(run, holder):
    assert is_owned(run)
    holder.kill()
    holder.wait()
    assert not is_owned(run)
    owner = Owner(run)
    assert run.lock_file.read_text() == str(os.getpid())
    owner.release()


def test_those_who_only_look_never_keep_a_trainer_out(run):
    looking = threading.Event()

    def look():
        while not looking.is_set():
            is_owned(run)

    Owner(run).release()
    watchers = [threading.Thread(target=look) for _n in range(4)]
    for watcher in watchers:
        watcher.start()
    try:
        for _n in range(100):
            Owner(run).release()
    finally:
        looking.set()
        for watcher in watchers:
            watcher.join()


def test_of_many_that_start_at_once_one_owns_the_run(run):
    together = threading.Barrier(8)
    owners: list[Owner] = []
    refused: list[BadInput] = []

    def start():
        together.wait()
        try:
            owners.append(Owner(run))
        except BadInput as problem:
            refused.append(problem)

    threads = [threading.Thread(target=start) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(owners), len(refused)) == (1, 7)
    owners[0].release()
