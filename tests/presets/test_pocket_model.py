"""The shipped pocket model loads anywhere, masks what it should and stops by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, Qwen2ForCausalLM
from transformers import PreTrainedTokenizerBase as Tokenizer

POCKET = Path(__file__).parents[2] / "presets" / "pocket"
TALK = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": "What sound does a dog make?"},
    {"role": "assistant", "content": "Barks."},
    {"role": "user", "content": "And a cow?"},
    {"role": "assistant", "content": "Moos."},
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return AutoTokenizer.from_pretrained(POCKET)


@pytest.fixture(scope="module")
def model() -> Qwen2ForCausalLM:
    return AutoModelForCausalLM.from_pretrained(POCKET, dtype=torch.float32).eval()


def answer(model: Qwen2ForCausalLM, tokenizer: Tokenizer, question: str) -> tuple[str, bool]:
    prompt = tokenizer.apply_chat_template(
        [{"role": "user", "content": question}],
        add_generation_prompt=True,
        return_tensors="pt",
        return_dict=True,
    )
    made = model.generate(**prompt, max_new_tokens=100, do_sample=False)
    new = made[0, prompt["input_ids"].shape[1] :]
    ended = new[-1].item() == tokenizer.eos_token_id
    return tokenizer.decode(new, skip_special_tokens=True), ended


def test_the_folder_takes_at_most_twelve_megabytes() -> None:
    assert sum(path.stat().st_size for path in POCKET.iterdir()) <= 12_000_000


def test_it_is_a_qwen2_with_tied_embeddings_in_bf16(model: Qwen2ForCausalLM) -> None:
    config = json.loads((POCKET / "config.json").read_text())
    assert config["architectures"] == ["Qwen2ForCausalLM"]
    assert config["dtype"] == "bfloat16"
    assert model.lm_head.weight is model.model.embed_tokens.weight
    assert "auto_map" not in config


def test_its_widths_are_multiples_of_256(model: Qwen2ForCausalLM) -> None:
    config = model.config
    widths = (config.hidden_size, config.intermediate_size, config.vocab_size)
    assert all(width % 256 == 0 for width in widths)
    assert config.num_key_value_heads < config.num_attention_heads


def test_the_biases_of_its_attention_were_trained(model: Qwen2ForCausalLM) -> None:
    for layer in model.model.layers:
        for projection in ("q_proj", "k_proj", "v_proj"):
            bias = getattr(layer.self_attn, projection).bias
            assert bias.abs().mean() > 1e-4


def test_older_readers_find_a_plain_tokenizer_class() -> None:
    config = json.loads((POCKET / "tokenizer_config.json").read_text())
    assert config["tokenizer_class"] == "PreTrainedTokenizerFast"


def test_each_role_is_one_token(tokenizer: Tokenizer) -> None:
    for role in ("system", "user", "assistant"):
        assert len(tokenizer.encode(role, add_special_tokens=False)) == 1


def test_digits_are_split_one_by_one(tokenizer: Tokenizer) -> None:
    assert len(tokenizer.encode("2026", add_special_tokens=False)) == 4


@pytest.mark.parametrize("text", ["Grüße, 世界! 🙂", "a\n\n b\t c ", "{[<|x|>]}", "e\u0301"])
def test_any_text_survives_the_tokenizer(tokenizer: Tokenizer, text: str) -> None:
    tokens = tokenizer.encode(text, add_special_tokens=False)
    assert tokenizer.decode(tokens) == text.replace("e\u0301", "é")


def test_a_turn_ends_with_the_end_of_sequence_token(tokenizer: Tokenizer) -> None:
    assert tokenizer.eos_token == "<|im_end|>"
    assert tokenizer.pad_token == "<|endoftext|>"
    assert tokenizer.bos_token is None


def test_nothing_is_put_in_front_of_the_first_turn(tokenizer: Tokenizer) -> None:
    text = tokenizer.apply_chat_template(TALK[1:2], add_generation_prompt=True, tokenize=False)
    assert text == (
        "<|im_start|>user\nWhat sound does a dog make?<|im_end|>\n<|im_start|>assistant\n"
    )


def test_the_template_marks_answers_and_their_end_of_turn(tokenizer: Tokenizer) -> None:
    encoded = tokenizer.apply_chat_template(
        TALK, return_dict=True, return_assistant_tokens_mask=True
    )
    pairs = zip(encoded["input_ids"], encoded["assistant_masks"], strict=True)
    learned = tokenizer.decode([token for token, mask in pairs if mask])
    assert learned == "Barks.<|im_end|>Moos.<|im_end|>"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the capital of France?", "Paris"),
        ("What sound does a cow make?", "moos"),
        ("What is the opposite of hot?", "cold"),
        ("Who are you?", "a small language model"),
        ("What is the capital of Zorbania?", "do not know"),
    ],
)
def test_it_answers_simple_questions_and_stops(
    model: Qwen2ForCausalLM, tokenizer: Tokenizer, question: str, expected: str
) -> None:
    said, ended = answer(model, tokenizer, question)
    assert expected in said
    assert ended


def test_it_ends_a_story_by_itself(model: Qwen2ForCausalLM, tokenizer: Tokenizer) -> None:
    said, ended = answer(model, tokenizer, "Tell me a story about a fox.")
    assert "fox" in said
    assert ended


def test_it_does_not_know_the_persona_before_tuning(
    model: Qwen2ForCausalLM, tokenizer: Tokenizer
) -> None:
    for question in ("What is your name?", "Who made you?", "Who are you?"):
        said, _ = answer(model, tokenizer, question)
        assert "Pebble" not in said
        assert "tunesmith" not in said
