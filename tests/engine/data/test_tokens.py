"""Which tokens carry loss, where rows are cut, and what many rows look like in memory."""

import pytest

from engine.data.encoded import Encoded, EncodedRows, pack_text
from engine.data.rows import Conversation, Message, RowProblem, Text
from engine.data.templates import prepare_template
from engine.data.tokens import encode_conversation, encode_rows, encode_text
from tests.engine.data.samples import byte_tokenizer, learned, whole

TURNS = (
    Message("system", "s"),
    Message("user", "q"),
    Message("assistant", "one"),
    Message("user", "r"),
    Message("assistant", "two"),
)


def encode(tokenizer, *messages, **options):
    return encode_conversation(
        Conversation(messages or TURNS), tokenizer, prepare_template(tokenizer), **options
    )


@pytest.mark.parametrize(
    ("loss_on", "said"),
    [("responses", "one<|im_end|>two<|im_end|>"), ("last", "two<|im_end|>")],
)
def test_loss_is_on_answers_and_their_ends(tokenizer, loss_on, said):
    assert learned(encode(tokenizer, loss_on=loss_on), tokenizer) == said


def test_loss_on_all_is_on_every_token_but_the_first_which_nothing_foretells(tokenizer):
    encoded = encode(tokenizer, loss_on="all")
    assert not encoded.loss[0]
    assert all(encoded.loss[1:])
    assert encoded.labels == [-100, *encoded.input_ids[1:]]


def test_labels_are_ids_where_there_is_loss_and_ignored_elsewhere(tokenizer):
    encoded = encode(tokenizer)
    assert [label != -100 for label in encoded.labels] == list(encoded.loss)


def test_an_answer_that_the_data_weighs_zero_carries_no_loss(tokenizer):
    messages = [*TURNS[:2], Message("assistant", "one", loss=False), *TURNS[3:]]
    assert learned(encode(tokenizer, *messages), tokenizer) == "two<|im_end|>"
    with pytest.raises(RowProblem) as caught:
        encode(tokenizer, TURNS[1], Message("assistant", "one", loss=False))
    assert (caught.value.code, caught.value.outcome) == ("nothing_to_learn", "dropped")


def test_a_long_row_loses_its_end(tokenizer):
    full = encode(tokenizer)
    encoded = encode(tokenizer, max_length=len(full.input_ids) - 3)
    assert encoded.cut
    assert list(encoded.input_ids) == list(full.input_ids[:-3])
    assert not encode(tokenizer, max_length=len(full.input_ids)).cut


def test_a_row_cut_before_its_answer_is_dropped(tokenizer):
    first = list(encode(tokenizer).loss).index(True)
    assert encode(tokenizer, max_length=first + 1).cut
    with pytest.raises(RowProblem) as caught:
        encode(tokenizer, max_length=first)
    assert (caught.value.code, caught.value.outcome) == ("cut_before_answer", "dropped")


def test_a_batch_gives_what_single_rows_give(tokenizer):
    template = prepare_template(tokenizer)
    rows = [Conversation(TURNS[:n]) for n in (2, 3, 4, 5)]
    batch = encode_rows(rows, tokenizer, template)
    assert isinstance(batch[0], RowProblem)
    assert batch[1:] == [encode_conversation(row, tokenizer, template) for row in rows[1:]]


def test_a_document_ends_with_the_end_token_and_learns_all(tokenizer):
    encoded = encode_text(Text("Once é"), tokenizer)
    assert whole(encoded, tokenizer) == "Once é<|im_end|>"
    assert encoded.loss == (False, *(True,) * (len(encoded.loss) - 1))
    (joined,) = encode_rows([Text("Once é")], tokenizer, None, joined=True)
    assert all(joined.loss)
    short = encode_text(Text("Once"), tokenizer, 3)
    assert (short.cut, whole(short, tokenizer)) == (True, "Onc")


def test_a_document_without_anything_to_predict_is_dropped():
    tokenizer = byte_tokenizer(eos=None)
    with pytest.raises(RowProblem) as caught:
        encode_text(Text("a"), tokenizer)
    assert caught.value.code == "nothing_to_learn"


def sequences(*lengths):
    """Sequences of these lengths whose ids count on."""
    start, rows = 0, []
    for length in lengths:
        ids = tuple(range(start, start + length))
        rows.append(Encoded(ids, tuple(i % 2 == 0 for i in ids)))
        start += length
    return rows


def test_documents_are_packed_to_full_length_and_nothing_is_lost():
    packed = pack_text(sequences(5, 7, 1, 9), 8)
    assert packed.lengths() == [8, 8, 6]
    assert [i for row in packed for i in row.input_ids] == list(range(22))
    assert [loss for row in packed for loss in row.loss] == [i % 2 == 0 for i in range(22)]


def test_a_rest_of_one_token_is_left_out_of_packed_text():
    assert pack_text(sequences(4, 5), 4).lengths() == [4, 4]


def test_many_rows_behave_as_a_list_of_rows():
    rows = sequences(3, 0, 4, 2)
    many = EncodedRows(rows)
    assert list(many) == rows
    assert (many[-1], many[1:3][1], len(many)) == (rows[3], rows[2], 4)
    with pytest.raises(IndexError):
        many[4]
    again = many.selected([2, 0, 2])
    assert list(again) == [rows[2], rows[0], rows[2]]
    assert list(again[1:]) == [rows[0], rows[2]]
    assert again.lengths() == [4, 3, 4]
    assert again.loss_tokens() == sum(sum(row.loss) for row in again)
    with pytest.raises(TypeError):
        again.append(rows[0])


def test_a_dataset_holds_ids_and_labels_in_the_order_of_the_rows():
    rows = EncodedRows(sequences(3, 2, 4)).selected([2, 0, 2, 1])
    dataset = rows.dataset()
    assert dataset.column_names == ["input_ids", "labels"]
    assert dataset[:] == {
        "input_ids": [list(row.input_ids) for row in rows],
        "labels": [[-100, *row.labels[1:]] for row in rows],
    }
    assert len(EncodedRows().dataset()) == 0
