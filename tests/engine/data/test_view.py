"""What `data show` and the preview show of a row is what the trainer gets, token by token."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.data import prepare
from engine.data.chat_templates import CHAT_TEMPLATES
from engine.data.layout import Layout
from engine.data.preview import preview
from engine.errors import BadInput
from engine.recipe import build
from engine.recipe.fields import Data
from engine.stages import STAGES, TrainerParts
from tests.engine.data.samples import byte_tokenizer, tokenizer_for

LENGTH = 320


class _Model:
    """The smallest model that a trainer accepts; what it says is of no matter here."""

    made: Any = None

    @classmethod
    def get(cls) -> Any:
        if cls.made is None:
            from transformers import Qwen2Config, Qwen2ForCausalLM

            cls.made = Qwen2ForCausalLM(
                Qwen2Config(
                    vocab_size=400, hidden_size=8, intermediate_size=8, num_hidden_layers=1,
                    num_attention_heads=1, num_key_value_heads=1, attention_dropout=0.0,
                )
            )  # fmt: skip
        return cls.made


def trained_on(
    section: Data, tokenizer, folder, stage="sft", micro_batch=3, group=False, options=None
):
    """Every row, or packed sequence, that the real trainer's loader hands out: (ids, labels)
    of each row that keeps to itself, grouped by sequence; and what was prepared."""
    recipe = build(
        {
            "data": {**section.model_dump(), "group_by_length": group},
            "stage": {"name": stage},
            "training": {
                "micro_batch": micro_batch, "accumulation": 1, "optimizer": "adamw_torch",
                "precision": "fp32", "learning_rate": 1e-3, "activation_checkpointing": False,
                "epochs": 1,
            },
        }
    )  # fmt: skip
    entry = STAGES.get(stage)
    prepared = prepare(
        section, entry.kind, tokenizer, max_length=int(section.max_length), seed=1,
        pack_text=entry.packs_text,
    )  # fmt: skip
    train, evaluation = prepared.datasets()
    trainer = entry.build_trainer(
        TrainerParts(
            recipe=recipe, options=STAGES.options(stage, options or {}), model=_Model.get(),
            tokenizer=tokenizer, train=train, evaluation=evaluation, folder=folder,
        )
    )  # fmt: skip
    sequences = []
    for batch in trainer.get_train_dataloader():
        if "attention_mask" in batch:
            for ids, labels, mask in zip(
                batch["input_ids"], batch["labels"], batch["attention_mask"], strict=True
            ):
                length = int(mask.sum())
                assert (labels[length:] == -100).all()
                sequences.append([(ids[:length].tolist(), labels[:length].tolist())])
            continue
        for ids, labels, places in zip(
            batch["input_ids"].tolist(), batch["labels"].tolist(),
            batch["position_ids"].tolist(), strict=True,
        ):  # fmt: skip
            starts = [n for n, place in enumerate(places) if place == 0]
            ends = [*starts[1:], len(ids)]
            rows = [(ids[a:b], labels[a:b]) for a, b in zip(starts, ends, strict=True)]
            # A row has two tokens at least: single ones are padding.
            assert all(row[1] == [-100] for row in rows if len(row[0]) == 1)
            sequences.append([row for row in rows if len(row[0]) > 1])
    return sequences, prepared


def labels_of(row):
    """What the view says: the ids, and −100 where there is no loss."""
    return [
        identity if loss else -100
        for identity, (_text, loss) in zip(row.ids, row.tokens, strict=True)
    ]


def viewed(section, tokenizer, kind="conversation"):
    """All rows of the view by number."""
    seen = preview(section, kind, tokenizer, 10_000, longest=None)
    return {row.number: (list(row.ids), labels_of(row)) for row in seen.rows}, seen


def assert_view_is_what_is_trained_on(section, tokenizer, folder, **options):
    view, seen = viewed(section, tokenizer)
    sequences, prepared = trained_on(section, tokenizer, folder, **options)
    layout = Layout(prepared, int(section.max_length), packing=section.packing is True)
    expected = [
        [view[part.number] for part in layout.parts(sequence)] for sequence in range(len(layout))
    ]
    assert sorted(sequences) == sorted(expected)
    held = [row for row in seen.rows if layout.is_held_out(row.source, row.number)]
    assert len(held) == len(prepared.evaluation)
    for row in seen.rows:
        within = layout.sequences_of(row.source, row.number)
        assert len(within) == (0 if row in held else 1)
    return seen


FORMATS = {
    "messages": lambda q, a: {
        "messages": [{"role": "user", "content": q}, {"role": "assistant", "content": a}] * 2
    },
    "sharegpt": lambda q, a: {
        "conversations": [{"from": "human", "value": q}, {"from": "gpt", "value": a}] * 2
    },
    "alpaca": lambda q, a: {
        "instruction": q, "input": "", "output": a, "history": [[a + "?", "Yes."]],
    },
    "prompt-completion": lambda q, a: {"prompt": q, "completion": a},
}  # fmt: skip


def write_rows(folder, rows):
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("packing", [False, True])
@pytest.mark.parametrize("loss_on", ["responses", "all", "last"])
@pytest.mark.parametrize("template", CHAT_TEMPLATES.names())
def test_the_view_is_what_the_trainer_gets(tmp_path, template, loss_on, packing):
    formats = list(FORMATS)
    number = CHAT_TEMPLATES.names().index(template) + ["responses", "all", "last"].index(loss_on)
    for name in (formats[number % 4], formats[(number + 1 + packing) % 4]):
        rows = [
            FORMATS[name](f"q{n} <|im_end|></s>", "<think>é漢</think>" + "a " * (n * 7 % 50) + ".")
            for n in range(12)
        ]
        section = Data.model_validate(
            {
                "source": write_rows(tmp_path, rows), "template": template, "loss_on": loss_on,
                "max_length": LENGTH, "packing": packing, "validation": 3,
                "thinking": ["keep", "drop", "mask"][number % 3],
            }
        )  # fmt: skip
        tokenizer = tokenizer_for(template)
        if template == "gpt-oss":
            section = section.model_copy(update={"max_length": 700})
        assert_view_is_what_is_trained_on(section, tokenizer, tmp_path / "out")


def test_rows_grouped_by_length_are_all_there(tmp_path):
    rows = [FORMATS["prompt-completion"](f"q{n}", "a" * (1 + n * 5 % 30)) for n in range(20)]
    section = Data(
        source=write_rows(tmp_path, rows), template="chatml", max_length=LENGTH, packing=False,
        validation=0,
    )  # fmt: skip
    assert_view_is_what_is_trained_on(section, byte_tokenizer(), tmp_path / "out", group=True)


def test_documents_are_where_the_view_says(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(f"Paragraph {n}{'.' * (n * 5 % 40)}" for n in range(30)))
    section = Data(source=str(path), max_length=50, packing=True, validation=0)
    tokenizer = byte_tokenizer()
    view, _seen = viewed(section, tokenizer, "text")
    sequences, prepared = trained_on(section, tokenizer, tmp_path / "out", stage="pretrain")
    layout = Layout(prepared, 50, packing=True, joined=True)
    expected = []
    for sequence in range(len(layout)):
        ids, labels = [], []
        for part in layout.parts(sequence):
            assert part.start == len(ids)
            stretch = slice(part.row_start, part.row_start + part.tokens)
            ids += view[part.number][0][stretch]
            labels += view[part.number][1][stretch]
        expected.append([(ids, [-100, *labels[1:]])])
    assert sorted(sequences) == sorted(expected)
    for number in view:
        for sequence in layout.sequences_of(str(path), number):
            assert number in [part.number for part in layout.parts(sequence)]


def test_joined_documents_can_be_kept_apart(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"Text {n}. " * n}) + "\n" for n in range(1, 9)))
    section = Data(source=str(path), max_length=50, packing=True, validation=0)
    tokenizer = byte_tokenizer()
    view, _seen = viewed(section, tokenizer, "text")
    sequences, prepared = trained_on(
        section, tokenizer, tmp_path / "out", stage="pretrain", options={"apart": True}
    )
    layout = Layout(prepared, 50, packing=True, joined=True)
    expected = []
    for sequence in range(len(layout)):
        rows = []
        for part in layout.parts(sequence):
            stretch = slice(part.row_start, part.row_start + part.tokens)
            ids, labels = (side[stretch] for side in view[part.number])
            rows.append((ids, [-100, *labels[1:]]))
        expected.append([row for row in rows if len(row[0]) > 1])
    assert sorted(sequences) == sorted(expected)
    assert any(len(rows) > 1 for rows in sequences)


def test_documents_of_their_own_are_as_the_view_says(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"Text {n} </s>" * n}) + "\n" for n in range(1, 9)))
    section = Data(source=str(path), max_length=50, packing=False, validation=0)
    tokenizer = byte_tokenizer()
    view, _seen = viewed(section, tokenizer, "text")
    prepared = prepare(section, "text", tokenizer, max_length=50, seed=1)
    table = prepared.datasets()[0]
    assert [tuple(row) for row in zip(table["input_ids"], table["labels"], strict=True)] == [
        view[number] for number in sorted(view)
    ]


def test_a_cut_row_says_how_much_is_lost(tmp_path):
    rows = [FORMATS["prompt-completion"]("q", "a" * 100)]
    section = Data(source=write_rows(tmp_path, rows), template="chatml", max_length=80)
    (row,) = preview(section, "conversation", byte_tokenizer(), 1).rows
    whole = section.model_copy(update={"max_length": 1000})
    (full,) = preview(whole, "conversation", byte_tokenizer(), 1).rows
    assert row.cut
    assert row.lost == len(full.ids) - 80
    assert not full.cut
    assert full.lost == 0


# Anything that a JSON file may hold, half surrogates and control tokens included.
TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(codec=None, categories=None), max_size=12),
    st.lists(
        st.sampled_from(
            ["<|im_end|>", "<|im_start|>", "</s>", "<s>", "<think>", "</think>", "\n", " ", "a",
             "\x1b[2J", "\u202e", "\U000f0000", "{{ x }}", "[INST]"]
        ),
        max_size=8,
    ).map("".join),
)  # fmt: skip
ROLES = st.sampled_from(["user", "assistant", "system", "tool", "cat"])
TURNS = st.lists(st.fixed_dictionaries({"role": ROLES, "content": TEXTS}), max_size=5)
GOOD = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3).map(
    lambda pairs: [
        {"role": role, "content": content}
        for pair in pairs
        for role, content in zip(("user", "assistant"), pair, strict=True)
    ]
)


@settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    rows=st.lists(st.one_of(GOOD, TURNS), min_size=1, max_size=6),
    template=st.sampled_from(["chatml", "llama3", "qwen3", "gemma", "llama2", "deepseek", "plain"]),
    loss_on=st.sampled_from(["responses", "all", "last"]),
    thinking=st.sampled_from(["keep", "drop", "mask"]),
    packing=st.booleans(),
    length=st.integers(8, 200),
)
def test_view_and_trainer_agree_on_anything(
    tmp_path, rows, template, loss_on, thinking, packing, length
):
    section = Data.model_validate(
        {
            "source": write_rows(tmp_path, [{"messages": turns} for turns in rows]),
            "format": "messages", "template": template, "loss_on": loss_on,
            "thinking": thinking, "packing": packing, "max_length": length, "validation": 0,
        }
    )  # fmt: skip
    tokenizer = tokenizer_for(template)
    try:
        seen = assert_view_is_what_is_trained_on(section, tokenizer, tmp_path / "out")
    except BadInput:  # one sentence, where no row at all is left
        return
    assert len(seen.rows) + len(seen.problems) == len(rows)
    for row in seen.rows:
        assert "".join(text for text, _loss in row.tokens) == tokenizer.decode(list(row.ids))
