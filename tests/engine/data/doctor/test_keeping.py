"""What the doctor tokenized is not tokenized again, and is what training would have made."""

import pytest

from engine.data import prepare, token_cache, workers
from engine.data.doctor import checked
from engine.recipe.fields import Data
from tests.engine.data.doctor.rows import answered, good

ROWS = [
    *(good(n) for n in range(30)),
    answered("long " * 60),
    {"prompt": "x" * 400, "completion": "Too late."},
    {"prompt": "a", "completion": ""},
    good(3),
    "no row",
    *(good(n) for n in range(40, 50)),
]


@pytest.fixture
def tokenized(monkeypatch, tmp_path):
    """How many rows were tokenized, from now on."""
    monkeypatch.setenv("TUNESMITH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(token_cache, "FEWEST_ROWS", 0)
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
        list(prepared.origins.numbers), prepared.origins.sources, prepared.origins.firsts,
    )  # fmt: skip


@pytest.mark.parametrize("length", [150, 300, 5000])
@pytest.mark.parametrize("fields", [{}, {"max_length": 200}, {"drop_duplicates": True}])
def test_training_at_any_length_finds_the_rows_that_the_doctor_saw(
    write, tokenizer, tokenized, length, fields
):
    held = write([good(100), good(101)], "held.jsonl")
    section = Data(source=write(ROWS), eval_source=held, **fields)
    found = checked(section, "conversation", tokenizer)
    assert tokenized
    tokenized.clear()
    after = prepare(section, "conversation", tokenizer, max_length=length, seed=1)
    assert tokenized == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(token_cache, "key", lambda *_all: None)
        anew = prepare(section, "conversation", tokenizer, max_length=length, seed=1)
    assert everything(after) == everything(anew)
    if fields.get("max_length") == length:
        assert found.counts == after.counts


def test_joined_documents_are_found_again(write, tokenizer, tokenized):
    rows = [{"text": f"{good(n)['completion']} " * 5} for n in range(20)]
    section = Data(source=write(rows), validation=0)
    checked(section, None, tokenizer)
    tokenized.clear()
    done = prepare(section, "text", tokenizer, max_length=64, seed=1)
    assert tokenized == []
    assert done.counts.kept == 20


def test_where_notes_leave_it_open_which_row_is_meant_rows_are_tokenized_anew(
    write, tokenizer, tokenized
):
    rows = [good(1), answered("so <|im_end|>"), {"prompt": "x" * 400, "completion": "Late."}]
    section = Data(source=write(rows), validation=0)
    checked(section, None, tokenizer)
    tokenized.clear()
    prepare(section, "conversation", tokenizer, max_length=5000, seed=1)
    assert tokenized == []
    prepare(section, "conversation", tokenizer, max_length=200, seed=1)
    assert tokenized == [3]


def test_a_check_that_is_given_up_leaves_nothing(write, tokenizer, tokenized, tmp_path):
    from engine.data.doctor import check

    pictures = check(Data(source=write(ROWS)), None, tokenizer, every=0)
    next(pictures)
    next(pictures)
    pictures.close()
    assert list((tmp_path / "home" / "cache" / "tokens").iterdir()) == []
