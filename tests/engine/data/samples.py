"""Rows and tokenizers made on the spot, and what to read out of tokens."""

from typing import Any

SPECIAL = ["<s>", "</s>", "<|im_start|>", "<|im_end|>"]


def pair(n: int, answer: str = "It is {n}.") -> dict[str, Any]:
    """One row of prompt and completion that is like no other."""
    return {"prompt": f"What is number {n}?", "completion": answer.format(n=n)}


def byte_tokenizer(
    template: str | None = None,
    special: list[str] | None = None,
    eos: str | None = "</s>",
    bos: str | None = "<s>",
) -> Any:
    """A tokenizer of bytes with these control tokens and this chat template."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    inner = Tokenizer(models.BPE(vocab={c: i for i, c in enumerate(alphabet)}, merges=[]))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=inner,
        eos_token=eos,
        bos_token=bos,
        additional_special_tokens=SPECIAL if special is None else special,
    )
    tokenizer.chat_template = template
    return tokenizer


def tokenizer_for(name: str) -> Any:
    """A tokenizer of bytes that has the tokens that this template needs."""
    from engine.data.chat_templates import CHAT_TEMPLATES

    tokens = CHAT_TEMPLATES.get(name).tokens
    ends = [token for token in tokens if "end▁of▁sentence" in token or token == "<|end_of_text|>"]
    eos = ends[0] if ends else "</s>"
    return byte_tokenizer(special=[t for t in tokens if t != eos], eos=eos)


def learned(encoded: Any, tokenizer: Any) -> str:
    """The text of the tokens that carry loss."""
    ids = [i for i, loss in zip(encoded.input_ids, encoded.loss, strict=True) if loss]
    return tokenizer.decode(ids, skip_special_tokens=False)


def whole(encoded: Any, tokenizer: Any) -> str:
    """The text of all tokens."""
    return tokenizer.decode(list(encoded.input_ids), skip_special_tokens=False)
