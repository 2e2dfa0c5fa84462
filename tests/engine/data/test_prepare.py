"""From a recipe's data section to what a trainer gets, with every row accounted for."""

from collections import Counter
from random import Random

import pytest

from engine.data import prepare, survey
from engine.data.mixing import held_out_count, seen_rows
from engine.data.preview import preview
from engine.errors import BadInput
from engine.recipe.fields import Data
from tests.engine.data.samples import learned, pair, whole

LENGTH = 4096


def prepared(section, tokenizer, kind="conversation", **options):
    return prepare(section, kind, tokenizer, **{"max_length": LENGTH, "seed": 1, **options})


def adds_up(counts):
    return (
        counts.kept + counts.dropped + counts.refused == counts.rows and counts.cut <= counts.kept
    )


def numbers(rows, tokenizer):
    """The numbers that the questions of `pair` hold."""
    texts = [whole(row, tokenizer) for row in rows]
    return [int(text.split("number ")[1].split("?")[0]) for text in texts]


def odd_rows(random, count):
    """Rows of the messages format, many of them with something wrong."""
    contents = ["", " ", "word", "longer words " * 9, None, 3, "\ud800", [{"type": "image"}]]
    roles = ["user", "assistant", "assistant", "system", "cat", None]
    rows = []
    for _n in range(count):
        turns = [
            {"role": random.choice(roles), "content": random.choice(contents)}
            for _turn in range(random.randint(0, 3))
        ]
        good = [{"role": "user", "content": "q"}, {"role": "assistant", "content": "word " * 4}]
        rows.append({"messages": random.choice([turns, good, [*good, *turns], None])})
    return rows


def test_each_usable_row_is_one_sequence_in_the_order_of_the_file(data, tokenizer):
    rows = [pair(n) for n in range(7)]
    result = prepared(data(rows), tokenizer)
    assert numbers(result.train, tokenizer) == list(range(7))
    assert [learned(row, tokenizer) for row in result.train][3] == "It is 3.<|im_end|>"
    assert (result.format, result.counts.kept, len(result.evaluation)) == (
        "prompt-completion",
        7,
        0,
    )
    assert result.datasets()[1] is None


@pytest.mark.parametrize("seed", range(4))
def test_counts_always_add_up_and_the_views_agree(data, tokenizer, seed):
    random = Random(seed)
    rows = [{"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}]
    section = data([*rows, *odd_rows(random, 80)], loss_on=random.choice(["responses", "last"]))
    length = random.choice([30, 60, 120])
    result = prepared(section, tokenizer, max_length=length)
    assert adds_up(result.counts)
    assert result.counts.rows == 81
    assert sum(cause.count for cause in result.causes) == 81 - result.counts.kept
    assert len(result.train) == result.counts.kept
    assert all(1 < len(row.input_ids) <= length and any(row.loss[1:]) for row in result.train)
    assert sum(row.cut for row in result.train) == result.counts.cut

    estimate = survey(section, "conversation", tokenizer, max_length=length)
    assert estimate.exact
    assert (estimate.counts, estimate.causes) == (result.counts, result.causes)
    assert estimate.tokens == result.tokens

    shown = preview(section, "conversation", tokenizer, 81, max_length=length)
    assert [row.ids for row in shown.rows] == [tuple(row.input_ids) for row in result.train]
    for row, trained in zip(shown.rows, result.train, strict=True):
        assert [loss for _text, loss in row.tokens] == list(trained.loss)
        assert "".join(text for text, _loss in row.tokens) == whole(trained, tokenizer)
    codes = Counter(problem.code for problem in shown.problems)
    assert codes == {cause.code: cause.count for cause in result.causes}


def test_causes_name_the_first_rows_and_what_to_do(data, tokenizer):
    rows = [pair(n, "" if n % 2 else "It is {n}.") for n in range(30)]
    result = prepared(data(rows), tokenizer)
    (cause,) = result.causes
    assert (cause.code, cause.count, cause.outcome) == ("empty_answer", 15, "dropped")
    assert cause.rows == tuple(range(2, 22, 2))
    assert cause.advice
    assert cause.message
    assert (result.counts.dropped, result.counts.refused) == (15, 0)


def test_duplicates_are_kept(data, tokenizer):
    assert len(prepared(data([pair(1)] * 5), tokenizer).train) == 5


def test_nothing_left_to_learn_from_says_why(data, tokenizer):
    with pytest.raises(BadInput) as caught:
        prepared(data([pair(n, "") for n in range(3)]), tokenizer)
    text = str(caught.value)
    assert "none of its 3 rows can be learned from; row 1: The answer (turn 2) is empty." in text
    assert caught.value.problem.code == "no_rows"
    with pytest.raises(BadInput, match=r"Raise data\.max_length"):
        prepared(data([pair(1)]), tokenizer, max_length=5)
    with pytest.raises(BadInput, match="row 1: The answer"):
        survey(data([pair(1, "")]), "conversation", tokenizer)


@pytest.mark.parametrize(("validation", "held"), [(0.1, 4), (0.001, 1), (7, 7), (0, 0)])
def test_rows_are_held_out_by_share_or_count(data, tokenizer, validation, held):
    section = data([pair(n) for n in range(40)], validation=validation)
    result = prepared(section, tokenizer)
    train, out = (numbers(rows, tokenizer) for rows in (result.train, result.evaluation))
    assert len(out) == held
    assert sorted(train + out) == list(range(40))
    assert train == sorted(train)
    again = prepared(section, tokenizer)
    assert numbers(again.evaluation, tokenizer) == out
    if held:
        other = prepared(section, tokenizer, seed=2)
        assert numbers(other.evaluation, tokenizer) != out


def test_of_few_rows_a_share_holds_none_out(data, tokenizer):
    result = prepared(data([pair(n) for n in range(6)], validation=0.5), tokenizer)
    assert (len(result.train), len(result.evaluation)) == (6, 0)
    assert "none is held out" in result.warnings[0]


def test_holding_out_all_rows_is_refused(data, tokenizer):
    with pytest.raises(BadInput, match="5 rows are to be held out, but only 5"):
        prepared(data([pair(n) for n in range(5)], validation=5), tokenizer)


def test_an_evaluation_source_takes_the_place_of_holding_out(write, tokenizer):
    section = Data(
        source=write([pair(n) for n in range(20)]),
        eval_source=write(
            [{"instruction": f"What is number {n}?", "output": "x"} for n in range(90, 93)],
            "held.jsonl",
        ),
        validation=0.5,
        max_samples=12,
    )
    result = prepared(section, tokenizer)
    assert numbers(result.train, tokenizer) == list(range(12))
    assert numbers(result.evaluation, tokenizer) == [90, 91, 92]
    assert result.counts.rows == 15
    assert result.format == "prompt-completion, alpaca"
    assert survey(section, "conversation", tokenizer).evaluation_rows == 3
    broken = section.model_copy(update={"eval_source": write([pair(1, "")], "empty.jsonl")})
    with pytest.raises(BadInput, match=r"data\.eval_source: no row of .*empty\.jsonl"):
        prepared(broken, tokenizer)


@pytest.mark.parametrize("weight", [0.25, 0.5, 1, 2, 2.5])
def test_a_weight_is_how_often_rows_are_seen(write, tokenizer, weight):
    path = write([pair(n) for n in range(40)])
    section = Data.model_validate(
        {
            "sources": [
                {"source": path, "weight": weight},
                {"source": write([pair(n) for n in range(100, 110)], "other.jsonl")},
            ],
            "validation": 0,
        }
    )
    result = prepared(section, tokenizer)
    seen = Counter(numbers(result.train, tokenizer))
    assert all(seen[n] == 1 for n in range(100, 110))
    ours = {n: seen[n] for n in range(40)}
    assert sum(ours.values()) == 40 * weight
    assert max(ours.values()) - min(ours.values()) <= 1
    assert result.counts.kept == 50
    order = numbers(result.train, tokenizer)
    assert order != sorted(order)
    assert numbers(prepared(section, tokenizer).train, tokenizer) == order
    assert numbers(prepared(section, tokenizer, seed=2).train, tokenizer) != order
    estimate = survey(section, "conversation", tokenizer)
    assert estimate.train_rows == len(result.train)
    assert estimate.train_tokens == pytest.approx(sum(result.train.lengths()), rel=0.02)


def test_a_source_never_vanishes_by_its_weight():
    assert seen_rows(3, 0.01) == 1
    assert seen_rows(0, 2.0) == 0


def test_a_share_leaves_at_least_one_row_to_train_on():
    assert held_out_count(10, 0.99) == 9
    assert held_out_count(10, 0.999999) == 9


def test_text_is_packed_into_full_sequences(tmp_path, tokenizer):
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(f"Paragraph {n}." for n in range(30)))
    section = Data(source=str(path), validation=3)
    result = prepared(section, tokenizer, "text", max_length=50)
    lengths = result.train.lengths()
    assert set(lengths[:-1]) == {50}
    assert sum(lengths) + sum(result.evaluation.lengths()) == result.tokens.total
    assert result.tokens.with_loss == result.tokens.total
    assert (result.counts.kept, result.counts.cut) == (30, 0)
    apart = prepared(section, tokenizer, "text", max_length=10, pack_text=False)
    assert (len(apart.train), len(apart.evaluation), apart.counts.cut) == (27, 3, 30)
    same = section.model_copy(update={"packing": False})
    assert list(prepared(same, tokenizer, "text", max_length=10).train) == list(apart.train)


def test_progress_is_told_and_can_cancel(data, tokenizer):
    told = []
    section = data([pair(n) for n in range(600)])
    prepared(section, tokenizer, progress=lambda done, total: told.append((done, total)))
    assert told == [(256, None), (512, None), (600, None), (600, 600)]

    def cancel(done, total):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        prepared(section, tokenizer, progress=cancel)


def test_a_broken_line_is_refused_with_its_number_and_the_others_are_kept(data, tokenizer):
    section = data([pair(n) for n in range(300)])
    with open(section.source, "a") as file:
        file.write('{"prompt": \n')
    found = prepared(section, tokenizer)
    assert adds_up(found.counts)
    assert (found.counts.rows, found.counts.kept, found.counts.refused) == (301, 300, 1)
    assert (found.causes[0].code, found.causes[0].rows) == ("broken_json", (301,))


def test_a_survey_of_a_part_estimates_the_whole_and_says_so(data, tokenizer):
    rows = [pair(n, "It is {n}. " * (1 + n % 7) if n % 5 else "") for n in range(1000)]
    section = data(rows, validation=0.1)
    exact = prepared(section, tokenizer, max_length=90)
    estimate = survey(section, "conversation", tokenizer, limit=100, max_length=90)
    assert not estimate.exact
    assert estimate.sampled == 100
    assert f"from {estimate.sampled} of 1000 rows" in estimate.warnings[-1]
    assert adds_up(estimate.counts)
    assert (estimate.rows, estimate.counts.kept) == (1000, 800)
    assert estimate.counts.cut == pytest.approx(exact.counts.cut, rel=0.3)
    assert estimate.tokens.total == pytest.approx(exact.tokens.total, rel=0.1)
    assert estimate.tokens.with_loss == pytest.approx(exact.tokens.with_loss, rel=0.1)
    assert (estimate.train_rows, estimate.evaluation_rows) == (720, 80)
    assert estimate.columns == {"prompt": "prompt", "completion": "completion"}


def test_a_survey_without_a_length_tells_what_each_length_would_cut(data, tokenizer):
    section = data([pair(1, "x" * n) for n in range(1, 101)])
    found = survey(section, "conversation", tokenizer)
    assert found.tokens.max == found.lengths[-1]
    assert found.share_cut(found.tokens.max) == 0
    assert found.share_cut(found.tokens.p50) == pytest.approx(0.5)
    assert found.share_cut(found.tokens.p95) == pytest.approx(0.05)
    assert found.counts.cut == 0


def test_problems_that_only_tokenizing_shows_are_estimated_too(data, tokenizer):
    rows = [{**pair(n), "prompt": "q" * (200 if n % 2 else 1)} for n in range(400)]
    found = survey(data(rows), "conversation", tokenizer, limit=50, max_length=100)
    assert adds_up(found.counts)
    (cause,) = found.causes
    assert cause.code == "cut_before_answer"
    assert cause.count + found.counts.kept == 400
