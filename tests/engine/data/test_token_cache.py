"""Rows are tokenized once, and anew as soon as anything that their tokens depend on changes."""

import os

import pytest

from engine.data import prepare, token_cache, workers
from engine.data.encoded import EncodedRows
from engine.data.tokens import Encoded
from tests.engine.data.samples import byte_tokenizer, pair


@pytest.fixture(autouse=True)
def any_number_of_rows(monkeypatch):
    monkeypatch.setattr(token_cache, "FEWEST_ROWS", 0)


@pytest.fixture
def tokenized(monkeypatch):
    """Which preparations tokenized anew."""
    calls = []
    plain = workers.Tokenization.__call__

    def counted(self, rows):
        calls.append(len(rows))
        return plain(self, rows)

    monkeypatch.setattr(workers.Tokenization, "__call__", counted)
    return calls


def everything(prepared):
    return (
        list(prepared.train), list(prepared.evaluation), prepared.counts, prepared.causes,
        prepared.notes, prepared.tokens, prepared.format, prepared.warnings,
        list(prepared.origins.numbers), prepared.origins.sources,
    )  # fmt: skip


def rows_of_all_kinds():
    return [
        *(pair(n) for n in range(20)),
        pair(20, ""),
        pair(21, "<|im_end|>"),
        pair(22, "x" * 300),
    ]


def test_the_second_time_nothing_is_tokenized_and_all_is_the_same(data, tokenizer, tokenized):
    section = data(rows_of_all_kinds(), validation=4)
    first = prepare(section, "conversation", tokenizer, max_length=99, seed=1)
    assert tokenized == [22]
    told = []
    second = prepare(
        section, "conversation", tokenizer, max_length=99, seed=1,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert tokenized == [22]
    assert told == [(23, 23)]
    assert everything(second) == everything(first)
    assert second.causes
    assert second.notes
    other = prepare(section, "conversation", tokenizer, max_length=99, seed=2)
    assert list(other.evaluation) != list(first.evaluation)
    assert tokenized == [22], "what is held out is chosen among the kept rows"


@pytest.mark.parametrize(
    "changed",
    ["content", "max_length", "loss_on", "thinking", "system", "template", "tokenizer", "columns",
     "max_samples", "versions", "code"],
)  # fmt: skip
def test_whatever_tokens_depend_on_makes_them_anew(
    data, tokenizer, tokenized, changed, monkeypatch
):
    section = data([pair(n) for n in range(9)])
    length, kind = 99, tokenizer
    prepare(section, "conversation", kind, max_length=length, seed=1)
    fields = {
        "loss_on": "all", "thinking": "mask", "system": "Be brief.", "template": "plain",
        "columns": {"prompt": "completion", "completion": "prompt"}, "max_samples": 9,
    }  # fmt: skip
    if changed == "content":
        with open(section.source, "a") as file:
            file.write("\n")
        os.utime(section.source, (1, 1))
    elif changed == "max_length":
        length = 98
    elif changed == "tokenizer":
        kind = byte_tokenizer(tokenizer.chat_template, ["<|im_start|>", "<|im_end|>", "[x]"])
    elif changed == "versions":
        monkeypatch.setattr(token_cache, "_version", lambda name: "0.1")
    elif changed == "code":
        monkeypatch.setattr(token_cache, "_code", lambda: "other")
    else:
        section = section.model_copy(update={changed: fields[changed]})
    prepare(section, "conversation", kind, max_length=length, seed=1)
    assert len(tokenized) == 2


@pytest.mark.parametrize("field", ["validation", "packing", "group_by_length"])
def test_what_only_chooses_among_rows_tokenizes_nothing(data, tokenizer, tokenized, field):
    section = data([pair(n) for n in range(19)])
    for value in (False, True) if field != "validation" else (0, 3):
        changed = section.model_copy(update={field: value})
        prepare(changed, "conversation", tokenizer, max_length=99, seed=1)
    assert len(tokenized) == 1


def test_a_damaged_entry_is_made_anew(data, tokenizer, tokenized, tunesmith_home):
    section = data([pair(n) for n in range(9)])
    first = prepare(section, "conversation", tokenizer, max_length=99, seed=1)
    (entry,) = (tunesmith_home / "cache" / "tokens").iterdir()
    assert entry.stat().st_mode & 0o077 == 0
    ids = entry / "ids"
    ids.write_bytes(ids.read_bytes()[:-4])
    second = prepare(section, "conversation", tokenizer, max_length=99, seed=1)
    assert len(tokenized) == 2
    assert list(second.train) == list(first.train)
    (entry / "about.json").write_text("{")
    prepare(section, "conversation", tokenizer, max_length=99, seed=1)
    assert len(tokenized) == 3


def test_a_template_that_writes_the_date_is_rendered_every_day(data, tokenizer, tokenized):
    tokenizer.chat_template = "{{ strftime_now('%Y') }}" + tokenizer.chat_template
    section = data([pair(n) for n in range(3)])
    for _n in range(2):
        prepare(section, "conversation", tokenizer, max_length=99, seed=1)
    assert len(tokenized) == 2


def test_the_oldest_entries_make_room(data, tokenizer, monkeypatch, tunesmith_home):
    section = data([pair(n) for n in range(9)])
    prepare(section, "conversation", tokenizer, max_length=99, seed=1)
    monkeypatch.setattr(token_cache, "MOST_BYTES", 5000)
    (first,) = (tunesmith_home / "cache" / "tokens").iterdir()
    os.utime(first, (1, 1))
    prepare(section, "conversation", tokenizer, max_length=98, seed=1)
    assert not first.exists()


def test_a_disk_that_refuses_costs_only_the_keeping(data, tokenizer, tunesmith_home):
    (tunesmith_home / "cache").write_text("in the way")
    section = data([pair(n) for n in range(3)])
    assert len(prepare(section, "conversation", tokenizer, max_length=99, seed=1).train) == 3


def test_several_processes_give_what_one_gives(data, tokenizer, monkeypatch):
    section = data([*rows_of_all_kinds(), *(pair(n) for n in range(900))], max_length=99)
    monkeypatch.setattr(workers, "ALONE", 1)
    monkeypatch.setattr(token_cache, "key", lambda *_all: None)
    results = []
    for processors in (1, 2):
        monkeypatch.setattr(workers, "usable_processors", lambda: processors)  # noqa: B023
        results.append(prepare(section, "conversation", tokenizer, max_length=99, seed=1))
    assert everything(results[0]) == everything(results[1])


def test_workers_end_when_the_work_is_given_up(data, tokenizer, monkeypatch):
    import psutil

    section = data([pair(n) for n in range(3000)])
    monkeypatch.setattr(workers, "ALONE", 1)
    monkeypatch.setattr(workers, "usable_processors", lambda: 2)

    def cancel(done, total):
        if done > 600:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        prepare(section, "conversation", tokenizer, max_length=99, seed=1, progress=cancel)
    children = psutil.Process().children(recursive=True)
    alive = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
    names = [" ".join(child.cmdline()) for child in alive]
    # The server that starts them and the tracker of resources stay for the next time.
    assert len([name for name in names if "multiprocessing" in name]) <= 2


def test_sequences_are_read_back_as_they_were_written(tmp_path):
    rows = EncodedRows([Encoded((1, 2), (False, True)), Encoded((3, 4, 5), (True,) * 3, True)])
    rows.write(tmp_path)
    assert list(EncodedRows.read(tmp_path)) == list(rows)
    rows.extend(EncodedRows([Encoded((6, 7), (False, True))]))
    assert [row.input_ids for row in rows] == [(1, 2), (3, 4, 5), (6, 7)]
    assert rows.loss_tokens() == 5
    with pytest.raises(TypeError):
        rows.selected([0]).write(tmp_path)
    with pytest.raises(TypeError):
        rows.extend(rows.selected([0]))
    (tmp_path / "loss").write_bytes(b"")
    with pytest.raises(ValueError, match="do not belong together"):
        EncodedRows.read(tmp_path)
