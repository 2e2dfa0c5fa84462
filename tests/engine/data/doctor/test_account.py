"""The account of rows adds up whatever is in them, and what is said of them is harmless."""

import json
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.data.doctor import check, checked
from engine.data.doctor.expected import expected_rows
from engine.data.doctor.lengths import Lengths
from engine.data.doctor.secrets import secrets_in, without_secrets
from engine.data.token_stats import percentile
from engine.errors import TunesmithError
from engine.plain_text import plain
from engine.recipe.fields import Data, Source
from tests.engine.data.doctor.rows import answered, chat, good

TEXT = st.text(st.characters(), max_size=30)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
TURN = st.fixed_dictionaries(
    {"role": st.sampled_from(["user", "assistant", "system", "tool", "x"]) | VALUE,
     "content": TEXT | VALUE}
)  # fmt: skip
ROW = (
    st.fixed_dictionaries({"messages": st.lists(TURN, max_size=5) | VALUE})
    | st.dictionaries(st.sampled_from(["messages", "tools", "system", "other"]), VALUE)
    | VALUE
)
FIRST = chat("u:Who goes there?", "a:A friend.")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(ROW, max_size=6), fix=st.booleans(), length=st.none() | st.integers(1, 60))
def test_every_row_is_kept_dropped_or_refused_once(tmp_path, tokenizer, rows, fix, length):
    path, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    lines = [json.dumps(row) for row in [FIRST, *rows]]
    path.write_text("\n".join(lines) + "\n")
    section = Data(source=str(path), max_length=length or "auto")
    found = checked(section, "conversation", tokenizer, fix=out if fix else None, overwrite=True)
    counts = found.counts
    assert counts.kept + counts.dropped + counts.refused == counts.rows == len(lines)
    assert sum(c.count for c in found.causes if c.outcome != "kept") == counts.rows - counts.kept
    for cause in found.causes:
        assert cause.count >= len(cause.rows) >= 1
        assert all(1 <= number <= len(lines) for number in cause.rows)
        assert plain(cause.message) == cause.message
        assert "\n" not in cause.message
    if found.mended is not None:
        assert found.mended.rows + found.mended.left_out == counts.rows
        assert len(out.read_bytes().splitlines()) >= found.mended.rows


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary(max_size=200), name=st.sampled_from(["x.jsonl", "x.json", "x.csv", "x.txt"]))
def test_any_bytes_are_examined_or_refused_in_a_sentence(tmp_path, tokenizer, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    said, found = "", None
    try:
        found = checked(Data(source=str(path), validation=0), None, tokenizer)
    except TunesmithError as error:
        said = error.problem.message
    if found is None:
        assert name in said
    else:
        counts = found.counts
        assert counts.kept + counts.dropped + counts.refused == counts.rows


def test_hostile_text_is_shown_as_visible_text_in_everything_that_is_said(examine):
    hostile = "\x1b]52;c;aGk=\x07\x1b[31m[bold]{{x\u202e}}\u200b[/bold]\x9b2J"
    rows = [
        good(1),
        {**good(2), hostile: hostile},
        answered(f"<|im_start|>{hostile} {{{{na\u200bme}}}}"),
        {"prompt": "x", "completion": {hostile: 1}},
        json.dumps(hostile),
    ]
    found = examine(rows)
    document = found.to_json()
    del document["seconds"]
    said = str([v for cause in document["causes"] for v in cause.values()])
    said += " ".join(document["suggestions"])
    for character in said:
        assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}, hex(ord(character))


def test_a_key_is_never_shown_whole_and_is_found_by_its_makers_prefix(examine):
    keys = [
        "sk-proj-" + "aB3dE5" * 6, "ghp_" + "aB3dE5" * 6, "hf_" + "aB3dE5" * 6,
        "AKIA" + "ABCDEFGH12345678", "AIza" + "aB3dE5x" * 5, "xoxb-" + "12345678901-abc",
        "glpat-" + "aB3dE5" * 4, "github_pat_" + "aB3dE5" * 5,
        "eyJ" + "hbGciOiJI" * 2 + ".eyJ" + "zdWIiOiIx" * 2 + "." + "c2lnbmF0dXJl",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----",
    ]  # fmt: skip
    found = examine([answered(f"number {n}: {key} ok") for n, key in enumerate(keys)])
    (cause,) = [cause for cause in found.causes if cause.code == "secret"]
    assert cause.count == len(keys)
    document = json.dumps(found.to_json())
    for key in keys:
        (secret,) = secrets_in(f"x {key} y")
        told = secret.told(f"x {key} y")
        assert key[:4] in told
        assert key[4:] not in told
        assert key not in document
        assert without_secrets(f"x {key} y") == "x [key removed] y"


def test_pictures_come_at_once_and_grow_until_all_is_told(write, tokenizer):
    rows = [good(n) for n in range(400)] + [{"prompt": "a", "completion": ""}] * 3
    section = Data(source=write(rows))
    pictures = list(check(section, None, tokenizer, every=0))
    first, last = pictures[0], pictures[-1]
    assert (first.phase, first.counts.rows, first.format) == ("reading", 0, "prompt-completion")
    assert (first.expected, first.seconds_left) == (403, None)
    counts = [one.counts.rows for one in pictures]
    assert counts == sorted(counts)
    assert len(set(counts)) > 3
    assert all(
        one.counts.kept + one.counts.dropped + one.counts.refused == one.counts.rows
        for one in pictures
    )
    assert any(one.seconds_left for one in pictures[1:-2])
    assert [one.done for one in pictures] == [False] * (len(pictures) - 1) + [True]
    assert pictures[-2].phase == "comparing"
    assert last.counts.rows == 403
    assert last.suggestions
    json.dumps(last.to_json())


def test_the_rows_of_a_file_are_expected_before_they_are_read(write, tmp_path):
    rows = [good(n) for n in range(50)]
    assert expected_rows(Source(source=write(rows)), "prompt") == 50
    assert expected_rows(Source(source=write(rows, "rows.json")), "prompt") == 50
    assert expected_rows(Source(source="owner/name"), "prompt") is None
    assert expected_rows(Source(source=str(tmp_path / "none.jsonl")), "prompt") is None


def test_lengths_say_what_each_limit_would_cut():
    lengths = Lengths()
    given = [10] * 500 + [100] * 480 + [900] * 15 + [5000] * 5
    for length in given:
        lengths.add(length)
    cut = lengths.cut_at(512)
    assert (cut.rows_cut, cut.tokens_cut) == (20, 15 * (900 - 512) + 5 * (5000 - 512))
    proposed = lengths.proposed()
    assert (proposed.max_length, proposed.rows_cut) == (960, 5)
    assert lengths.proposed(limit=512).max_length == 512
    assert [one.max_length for one in lengths.table()] == [128, 256, 512, 1024, 2048, 4096, 8192]
    stats = lengths.stats(1, 1)
    for share, found in ((50, stats.p50), (95, stats.p95), (99, stats.p99), (100, stats.max)):
        assert found == percentile(sorted(given), share)


def test_the_tokens_are_those_that_training_counts(examine, write, tokenizer):
    from engine.data import prepare

    rows = [good(n) for n in range(30)] + [answered("word " * 100)]
    found = examine(rows, max_length=300)
    section = Data(source=write(rows, "same.jsonl"), validation=0)
    done = prepare(section, "conversation", tokenizer, max_length=300, seed=0)
    assert done.tokens == found.tokens
    assert done.counts == found.counts


def test_advice_has_reasons_for_length_packing_loss_and_validation(examine):
    found = examine([good(n) for n in range(60)] + [answered("w " * 600)], validation=0.05)
    advised = {one.field: one.value for one in found.settings}
    assert advised["data.packing"] is True
    assert advised["data.loss_on"] == "responses"
    assert advised["data.validation"] == 0.1
    assert advised["data.max_length"] % 64 == 0
    assert all(one.reason.endswith(".") for one in found.settings)
