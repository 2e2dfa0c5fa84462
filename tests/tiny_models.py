"""Small random models made on the spot, for tests that need a real folder with real files."""

import json
from pathlib import Path
from typing import Any

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n"
    "{% if m.role == 'assistant' %}{% generation %}{{ m.content }}<|im_end|>\n{% endgeneration %}"
    "{% else %}{{ m.content }}<|im_end|>\n{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def tiny_tokenizer(folder: Path, *, pad: bool = True, template: bool = True) -> Any:
    """A byte-level tokenizer: every byte a token, and ChatML's markers."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    inner = Tokenizer(models.BPE(vocab={c: i for i, c in enumerate(alphabet)}, merges=[]))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=inner,
        eos_token="<|im_end|>",
        additional_special_tokens=["<|im_start|>"],
        **({"pad_token": "<|endoftext|>"} if pad else {}),
    )
    if template:
        tokenizer.chat_template = CHATML
    tokenizer.save_pretrained(folder)
    return tokenizer


def tiny_config(kind: str = "qwen2", **changes: Any) -> Any:
    """The config of a model with two narrow layers."""
    from transformers import AutoConfig

    values = {
        "vocab_size": 260,
        "hidden_size": 64,
        "intermediate_size": 160,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 512,
        "tie_word_embeddings": True,
        **changes,
    }
    return AutoConfig.for_model(kind, **values)


def tiny_model(folder: Path, kind: str = "qwen2", **changes: Any) -> Path:
    """A folder with config, tokenizer and random safetensors."""
    import torch
    from transformers import AutoModelForCausalLM

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    AutoModelForCausalLM.from_config(tiny_config(kind, **changes)).save_pretrained(folder)
    tiny_tokenizer(folder)
    return folder


def edit_json(path: Path, **changes: Any) -> None:
    """Change keys of a JSON file; None takes a key away."""
    tree = json.loads(path.read_text())
    tree.update(changes)
    path.write_text(json.dumps({k: v for k, v in tree.items() if v is not None}))
