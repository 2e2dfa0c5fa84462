"""The untrained pocket model: Qwen2's architecture with random weights."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

from presets.pocket_build.tokenizer import END_OF_TEXT, END_OF_TURN, MAX_LENGTH, save_tokenizer


def blank_model(tokenizer: PreTrainedTokenizerFast, seed: int) -> Qwen2ForCausalLM:
    """Return the model before it has learned anything."""
    torch.manual_seed(seed)
    return Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=len(tokenizer),
            hidden_size=256,
            intermediate_size=768,
            num_hidden_layers=6,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=MAX_LENGTH,
            rope_theta=10000.0,
            tie_word_embeddings=True,
            bos_token_id=None,
            eos_token_id=tokenizer.convert_tokens_to_ids(END_OF_TURN),
            pad_token_id=tokenizer.convert_tokens_to_ids(END_OF_TEXT),
            use_cache=True,
        )
    )


def save_blank(tokenizer: PreTrainedTokenizerFast, seed: int, folder: Path) -> None:
    """Save untrained weights and the tokenizer, as a folder any recipe can name."""
    blank_model(tokenizer, seed).save_pretrained(folder)
    save_tokenizer(tokenizer, folder)
