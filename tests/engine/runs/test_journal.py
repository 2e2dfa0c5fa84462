"""A journal says before or after, whatever happens to its file."""

import json
import random
import signal
import subprocess
import sys
import time

import pytest

from engine import processes
from engine.events import Eval, Resumed
from engine.runs import JournalTail, JournalWriter, last_entry, read_journal, valid
from engine.runs.journal import first_entry, reversed_entries
from tests.engine.runs.journals import (
    EVERY_EVENT,
    checkpoint,
    evaluation,
    finished,
    started,
    step,
    stopped,
)


@pytest.fixture
def whole(tmp_path) -> bytes:
    """A journal with every event there is."""
    path = tmp_path / "whole.jsonl"
    journal = JournalWriter(path)
    for event in EVERY_EVENT:
        journal.write(event)
    journal.close()
    return path.read_bytes()


def test_every_event_comes_back_as_it_was_written(tmp_path):
    path = tmp_path / "journal.jsonl"
    journal = JournalWriter(path)
    written = [journal.write(event) for event in EVERY_EVENT]
    entries = read_journal(path)
    assert [entry.event for entry in entries] == list(EVERY_EVENT)
    assert [entry.seq for entry in entries] == list(range(1, len(EVERY_EVENT) + 1))
    assert {entry.attempt for entry in entries} == {1}
    assert [round(entry.at, 3) for entry in written] == [entry.at for entry in entries]


def test_a_line_is_json_with_the_fields_of_the_contract(tmp_path):
    path = tmp_path / "journal.jsonl"
    JournalWriter(path).write(step(3))
    (line,) = path.read_text().splitlines()
    body = json.loads(line)
    assert body["v"] == 1
    assert body["event"] == "step"
    assert {"seq", "attempt", "at", "step", "total_steps", "epoch", "loss", "learning_rate",
            "grad_norm", "tokens", "tokens_per_second", "loss_tokens", "memory_bytes",
            "memory_peak_bytes", "eta_seconds"} <= set(body)  # fmt: skip


def test_a_journal_is_private(tmp_path):
    path = tmp_path / "journal.jsonl"
    JournalWriter(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_figures_that_json_cannot_say_become_null(tmp_path):
    path = tmp_path / "journal.jsonl"
    journal = JournalWriter(path)
    journal.write(step(1, loss=float("nan")))
    journal.write(step(2, loss=float("inf")))
    assert [entry.event.loss for entry in read_journal(path)] == [None, None]


def test_a_journal_cut_at_any_byte_reads_as_before_or_after(tmp_path, whole):
    path = tmp_path / "journal.jsonl"
    ends = [n for n, byte in enumerate(whole, 1) if byte == 0x0A]
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        kept = [entry.event for entry in read_journal(path)]
        # A line is there once its last brace is; the line's end itself may be missing.
        count = sum(end - 1 <= cut for end in ends)
        assert kept == list(EVERY_EVENT[:count]), cut
        newest = last_entry(path)
        assert (newest.event if newest else None) == (kept[-1] if kept else None), cut


def test_an_attempt_goes_on_behind_a_cut_at_any_byte(tmp_path, whole):
    path = tmp_path / "journal.jsonl"
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        before = read_journal(path)
        watcher = JournalTail(path)
        watched = watcher.poll()
        journal = JournalWriter(path)
        journal.write(started())
        journal.write(step(1))
        journal.close()
        after = read_journal(path)
        assert after[: len(before)] == before, cut
        assert [entry.event for entry in after[len(before) :]] == [started(), step(1)], cut
        assert watched + watcher.poll() == after, cut
        seqs = [entry.seq for entry in after]
        assert seqs == sorted(set(seqs)), cut
        assert after[-1].attempt == (before[-1].attempt + 1 if before else 1), cut


def test_a_tail_tells_each_entry_once_however_the_bytes_come(tmp_path, whole):
    path = tmp_path / "journal.jsonl"
    chance = random.Random(0)
    for _trial in range(30):
        path.unlink(missing_ok=True)
        tail = JournalTail(path)
        assert tail.poll() == []
        told, at = [], 0
        while at < len(whole):
            size = chance.choice([1, 2, 7, 60, 500])
            with path.open("ab") as file:
                file.write(whole[at : at + size])
            at += size
            told += tail.poll(chance.choice([-1, 1, 100]))
        while new := tail.poll(100):
            told += new
        told += tail.poll()
        assert [entry.event for entry in told] == list(EVERY_EVENT)


def test_a_tail_reads_in_portions_as_large_as_is_asked_for(tmp_path, whole):
    path = tmp_path / "journal.jsonl"
    path.write_bytes(whole)
    tail = JournalTail(path)
    told = []
    while tail.offset < len(whole):
        before = tail.offset
        told += tail.poll(300)
        assert tail.offset - before <= 300
    assert [entry.event for entry in told] == list(EVERY_EVENT)


def test_bytes_that_never_reached_the_disk_cost_only_their_own_lines(tmp_path, whole):
    path = tmp_path / "journal.jsonl"
    lines = whole.split(b"\n")
    for lost in range(len(lines) - 1):
        spoiled = list(lines)
        spoiled[lost] = b"\x00" * len(lines[lost])  # what a crashed file system leaves
        path.write_bytes(b"\n".join(spoiled))
        expected = [event for n, event in enumerate(EVERY_EVENT) if n != lost]
        assert [entry.event for entry in read_journal(path)] == expected


def test_a_flipped_bit_anywhere_raises_nothing_and_leaves_types_right(tmp_path, whole):
    path = tmp_path / "journal.jsonl"
    chance = random.Random(1)
    for _trial in range(600):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        for entry in valid(read_journal(path)):
            if entry.event.name == "step":
                assert isinstance(entry.event.step, int)
                assert isinstance(entry.event.learning_rate, (int, float))
        list(reversed_entries(path))


@pytest.mark.parametrize(
    "line",
    [
        b"", b"null", b"[]", b"1", b'"step"', b"{}", b'{"event":"step"}', b'{"event":[]}', b"\xff\xfe",
        b'{"v":1,"seq":1,"attempt":1,"at":1,"event":"from_a_newer_version"}',
        b'{"v":1,"seq":1,"attempt":1,"at":1,"event":"paused","step":"12"}',
        b'{"v":1,"seq":1,"attempt":1,"at":1,"event":"paused","step":true}',
        b'{"v":1,"seq":1,"attempt":1,"at":1,"event":"paused","step":1.5}',
        b'{"v":1,"seq":1,"attempt":1,"at":1e999,"event":"paused","step":1}',
        b'{"v":1,"seq":1e999,"attempt":1,"at":1,"event":"paused","step":1}',
        b'{"v":1,"seq":1,"attempt":1,"event":"paused","step":1}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_line_that_says_nothing_is_passed_over(tmp_path, line):
    path = tmp_path / "journal.jsonl"
    journal = JournalWriter(path)
    journal.write(step(1))
    with path.open("ab") as file:
        file.write(line + b"\n")
    journal.write(step(2))
    assert [entry.event.step for entry in read_journal(path)] == [1, 2]
    assert [entry.event.step for entry in reversed_entries(path)] == [2, 1]


def test_fields_of_a_newer_version_are_left_out(tmp_path):
    path = tmp_path / "journal.jsonl"
    path.write_text('{"v":1,"seq":1,"attempt":1,"at":1,"event":"paused","step":4,"why":"tea"}\n')
    (entry,) = read_journal(path)
    assert entry.event.step == 4


def test_reading_from_the_end_agrees_with_reading_from_the_start(tmp_path, whole):
    path = tmp_path / "journal.jsonl"
    path.write_bytes(whole)
    forwards = read_journal(path)
    for block in (1, 2, 13, 64, 400, 65_536):
        assert list(reversed_entries(path, block)) == forwards[::-1]
        for entry in forwards:
            assert list(reversed_entries(path, block, (type(entry.event),))) == [entry]
        assert list(reversed_entries(path, block, (Eval, Resumed))) == [
            entry for entry in forwards[::-1] if isinstance(entry.event, (Eval, Resumed))
        ]
    assert last_entry(path) == forwards[-1]
    assert first_entry(path) == forwards[0]


def test_a_journal_that_is_not_there_has_no_entries(tmp_path):
    path = tmp_path / "none.jsonl"
    assert read_journal(path) == []
    assert last_entry(path) is None
    assert first_entry(path) is None
    assert JournalTail(path).poll() == []


def test_steps_after_a_resume_point_are_void(tmp_path):
    path = tmp_path / "journal.jsonl"
    first = JournalWriter(path)
    for event in (
        started(),
        step(1),
        checkpoint(1),
        step(2),
        evaluation(2),
        checkpoint(2),
        step(3),
    ):
        first.write(event)
    first.close()
    second = JournalWriter(path)
    for event in (started(), Resumed(1, 10), step(2, loss=0.4), evaluation(2, 0.6), finished()):
        second.write(event)
    history = [(entry.attempt, entry.event) for entry in valid(read_journal(path))]
    assert history == [
        (1, started()),
        (1, step(1)),
        (1, checkpoint(1)),
        (2, started()),
        (2, Resumed(1, 10)),
        (2, step(2, loss=0.4)),
        (2, evaluation(2, 0.6)),
        (2, finished()),
    ]


def test_going_on_after_a_pause_voids_nothing(tmp_path):
    path = tmp_path / "journal.jsonl"
    journal = JournalWriter(path)
    for event in (started(), step(1), step(2), Resumed(1, 10), step(3), stopped(3)):
        journal.write(event)
    assert valid(read_journal(path)) == read_journal(path)


FULL_DISK = """
import resource, sys
from pathlib import Path
from tests.engine.runs.journals import step
from engine.runs import JournalWriter

path = Path(sys.argv[1])
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
journal = JournalWriter(path)
for number in range(1, 11):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), hard))
    journal.write(step(number))
    if number == 7:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        journal.write(step(100))
    print(path.stat().st_size, flush=True)
"""


@pytest.mark.parametrize("limit", [0, 1, 250, 251, 400, 700])
def test_what_a_full_disk_refused_is_written_when_there_is_room(tmp_path, limit):
    path = tmp_path / "journal.jsonl"
    subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path), str(limit)],
        check=True,
        env=processes.environment(),
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    )
    written = [entry.event.step for entry in read_journal(path)]
    # Room came at step 7; what was refused before is there, in order, and nothing twice.
    assert written[:8] == [1, 2, 3, 4, 5, 6, 7, 100]
    assert len(set(written)) == len(written)


ENDLESS = """
import sys
from pathlib import Path
from tests.engine.runs.journals import step
from engine.runs import JournalWriter

journal = JournalWriter(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    journal.write(step(number, 10**6))
"""


def test_a_writer_killed_at_any_moment_leaves_a_journal_without_a_gap(tmp_path):
    path = tmp_path / "journal.jsonl"
    writer = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(path)], env=processes.environment(), cwd=tmp_path
    )
    while not path.exists() or path.stat().st_size < 100_000:
        time.sleep(0.01)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    entries = read_journal(path)
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert len(entries) > 100
