"""Loading a base model and its tokenizer: safetensors only, with the dtype always given."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from engine.errors import BadInput
from engine.models.config import check_tokenizer, check_weights, read_config
from engine.models.places import LocalModel
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

TORCH_DTYPES = {"fp32": "float32", "bf16": "bfloat16", "fp16": "float16"}
"""The recipe's words as torch's names."""
_PADS = (
    "<|finetune_right_pad_id|>", "<pad>", "[PAD]", "<|pad|>", "<|padding|>", "<|endoftext|>",
    "<unk>",
)  # fmt: skip
"""Tokens that families keep for padding, best first; none of them ends an answer."""


def load(
    local: LocalModel,
    *,
    dtype: str,
    attention: str = "sdpa",
    device: str = "cpu",
    load_arguments: Mapping[str, Any] | None = None,
    after_load: Callable[[Any], None] | None = None,
) -> "tuple[PreTrainedModel, PreTrainedTokenizerBase]":
    """The model on its device, in eval mode, and its tokenizer.

    Args:
        dtype: fp32, bf16 or fp16.
        attention: eager, sdpa, flash_attention_2 or flex_attention.
        device: torch's name of it, such as cpu or cuda:0.
        load_arguments: what a quantization adds to `from_pretrained`.
        after_load: what a quantization mends once the model is built.

    Raises:
        BadInput: one sentence on what is wrong with the files.
    """
    import torch
    from safetensors import SafetensorError
    from transformers import AutoModelForCausalLM

    read_config(local.path, local.id)
    check_weights(local.path, local.id)
    tokenizer = load_tokenizer(local)
    arguments: dict[str, Any] = dict(load_arguments or {})
    if device != "cpu" or "quantization_config" in arguments:
        arguments["device_map"] = {"": device}  # straight there, never whole in RAM first
    try:
        with _quiet():
            model, report = AutoModelForCausalLM.from_pretrained(
                local.path,
                dtype=getattr(torch, TORCH_DTYPES[dtype]),
                attn_implementation=attention,
                use_safetensors=True,
                local_files_only=True,
                trust_remote_code=local.trust_remote_code,
                ignore_mismatched_sizes=True,  # told below, for all layers at once
                output_loading_info=True,
                **arguments,
            )
    except SafetensorError as error:
        raise BadInput(
            _("{name}: a .safetensors file is damaged ({why}).").format(name=local.id, why=error),
            field="model.id",
            advice=_("Copy or download the model again."),
        ) from None
    _check_complete(local.id, report)
    _check_vocabulary(local.id, model, tokenizer)
    if after_load is not None:
        after_load(model)
    _align(model, tokenizer)
    model.eval()
    return model, tokenizer


def load_tokenizer(local: LocalModel) -> "PreTrainedTokenizerBase":
    """The tokenizer, with a pad token that never ends an answer where there is one.

    Raises:
        BadInput: without one, or with one that cannot be read.
    """
    from transformers import AutoTokenizer

    check_tokenizer(local.tokenizer_path, local.id)
    try:
        with _quiet():
            tokenizer = AutoTokenizer.from_pretrained(
                local.tokenizer_path,
                local_files_only=True,
                trust_remote_code=local.trust_remote_code,
            )
    except Exception as error:  # tokenizers raise plain Exceptions of many kinds
        text = str(error)
        if "trust_remote_code" in text or "custom code" in text:
            raise BadInput(
                _("{name}: its tokenizer is Python code that comes along with it.").format(
                    name=local.id
                ),
                field="model.trust_remote_code",
                code="needs_remote_code",
                advice=_("Read that code; if you trust it, set model.trust_remote_code: true."),
            ) from None
        raise BadInput(
            _("{name}: its tokenizer cannot be read ({why}).").format(
                name=local.id, why=(text.splitlines() or [type(error).__name__])[0][:160]
            ),
            field="model.id",
            advice=_("Copy or download the model again."),
        ) from None
    if tokenizer.pad_token is None:
        known = tokenizer.get_vocab()
        pad = next((token for token in _PADS if token in known), None)
        tokenizer.pad_token = pad if pad is not None else tokenizer.eos_token
    if tokenizer.pad_token is None:
        raise BadInput(
            _("{name}: its tokenizer has neither a pad token nor an end token.").format(
                name=local.id
            ),
            field="model.id",
            advice=_("Add one of them to its tokenizer_config.json."),
        )
    tokenizer.padding_side = "right"
    return tokenizer


def _check_complete(name: str, report: dict[str, Any]) -> None:
    """Weights that no file holds would start as noise: refuse, never train on them."""
    mismatched = sorted(str(entry[0]) for entry in report.get("mismatched_keys", ()))
    missing = sorted(str(key) for key in report.get("missing_keys", ()))
    if mismatched:
        raise BadInput(
            _("{name}: {n} weights have another shape than config.json says, e.g. {key}.").format(
                name=name, n=len(mismatched), key=mismatched[0]
            ),
            field="model.id",
            advice=_("config.json and weights are of different models; download it again."),
        )
    if missing:
        raise BadInput(
            _("{name}: {n} weights are in none of its files, e.g. {key}.").format(
                name=name, n=len(missing), key=missing[0]
            ),
            field="model.id",
            advice=_("The model is incomplete, or of another kind than config.json says."),
        )


def _check_vocabulary(name: str, model: Any, tokenizer: Any) -> None:
    rows = model.get_input_embeddings().weight.shape[0]
    if len(tokenizer) > rows:
        raise BadInput(
            _("{name}: its tokenizer has {n} tokens, the model only {rows}.").format(
                name=name, n=len(tokenizer), rows=rows
            ),
            field="model.id",
            advice=_("The tokenizer is of another model; copy the right one into the folder."),
        )


def _align(model: Any, tokenizer: Any) -> None:
    """Let generation end and pad with the tokenizer's own tokens."""
    model.config.pad_token_id = tokenizer.pad_token_id
    generation = getattr(model, "generation_config", None)
    if generation is None:
        return
    generation.pad_token_id = tokenizer.pad_token_id
    if generation.eos_token_id is None:
        generation.eos_token_id = tokenizer.eos_token_id


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """No progress bars and reports on the terminal while transformers loads."""
    from transformers.utils import logging

    level = logging.get_verbosity()
    bars = logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()
