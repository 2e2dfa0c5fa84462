"""A model folder's own files, checked before any library reads them."""

import json
import struct
from pathlib import Path
from typing import Any

from engine.errors import BadInput
from engine.models.hub import INDEX, SINGLE
from engine.words import _

MAX_CONFIG_BYTES = 10_000_000
"""Larger than any config; label lists make the largest ones."""
MAX_HEADER_BYTES = 100_000_000
"""What the safetensors format allows for its header."""
TOKENIZER_FILES = (
    "tokenizer.json", "tokenizer.model", "spiece.model", "vocab.json", "vocab.txt", "tekken.json",
)  # fmt: skip
_DTYPES = {
    "float32": "fp32", "bfloat16": "bf16", "float16": "fp16", "F32": "fp32", "BF16": "bf16",
    "F16": "fp16",
}  # fmt: skip


def read_config(folder: Path, name: str) -> dict[str, Any]:
    """config.json as a mapping that names a model type.

    Args:
        name: what errors call the model.

    Raises:
        BadInput: one sentence on what is wrong with it.
    """
    path = folder / "config.json"
    if not path.is_file():
        other = _("It holds an adapter; name its base as model.id and the folder as model.adapter.")
        raise BadInput(
            _("{name} is no model: it has no config.json.").format(name=name),
            field="model.id",
            advice=other
            if (folder / "adapter_config.json").is_file()
            else _("Name the folder that holds config.json and the .safetensors files."),
        )
    config = _read_json(path, name)
    model_type = config.get("model_type")
    if not isinstance(model_type, str) or not model_type:
        raise BadInput(
            _("{name}: config.json names no model_type.").format(name=name),
            field="model.id",
            advice=_("It may be of another library; a transformers model is needed."),
        )
    return config


def check_tokenizer(folder: Path, name: str) -> None:
    """Refuse a model without a tokenizer."""
    if any((folder / file).is_file() for file in TOKENIZER_FILES) or any(folder.glob("*.tiktoken")):
        return
    raise BadInput(
        _("{name} has no tokenizer ({file} or the like).").format(
            name=name, file=TOKENIZER_FILES[0]
        ),
        field="model.id",
        advice=_("Copy the tokenizer's files of its base into the folder."),
    )


def check_weights(folder: Path, name: str) -> None:
    """Refuse a folder without safetensors, or with some of them missing."""
    index = folder / INDEX
    if index.is_file():
        names = _read_json(index, name).get("weight_map")
        if not isinstance(names, dict) or not names:
            raise BadInput(
                _("{name}: {file} lists no weights.").format(name=name, file=INDEX),
                field="model.id",
            )
        missing = sorted({str(n) for n in names.values() if not (folder / str(n)).is_file()})
        if missing:
            raise BadInput(
                _("{name} lacks {n} of its weight files, the first is {file}.").format(
                    name=name, n=len(missing), file=missing[0]
                ),
                field="model.id",
                advice=_("Copy or download the folder again."),
            )
        return
    if (folder / SINGLE).is_file():
        return
    if any(folder.glob("*.bin")) or any(folder.glob("*.pt")) or any(folder.glob("*.pth")):
        raise BadInput(
            _("{name} holds its weights as pickles, which can run code when they are read.").format(
                name=name
            ),
            field="model.id",
            code="no_safetensors",
            advice=_("Only safetensors are read; look for a revision or a conversion with them."),
        )
    if any(folder.glob("*.gguf")):
        raise BadInput(
            _("{name} holds GGUF files, which are for inference only.").format(name=name),
            field="model.id",
            code="no_safetensors",
            advice=_("Name the original model, with .safetensors files."),
        )
    raise BadInput(
        _("{name} has no weights ({file}).").format(name=name, file=SINGLE),
        field="model.id",
        code="no_safetensors",
        advice=_("Copy or download the folder again."),
    )


def has_chat_template(folder: Path) -> bool:
    """Whether the tokenizer brings a chat template."""
    if (folder / "chat_template.jinja").is_file() or (folder / "chat_template.json").is_file():
        return True
    path = folder / "tokenizer_config.json"
    if not path.is_file() or path.stat().st_size > MAX_CONFIG_BYTES:
        return False
    try:
        return bool(json.loads(path.read_text(encoding="utf-8")).get("chat_template"))
    except (OSError, ValueError, AttributeError, RecursionError):
        return False


def stored_dtype(folder: Path, config: dict[str, Any]) -> str:
    """Type of the weights on disk: fp32, bf16 or fp16, from the config or a weight file's header."""
    text = config.get("text_config")
    for level in (config, text if isinstance(text, dict) else {}):
        for key in ("dtype", "torch_dtype"):
            word = level.get(key)
            if isinstance(word, str) and word in _DTYPES:
                return _DTYPES[word]
    kinds = {_DTYPES[kind] for kind in _header_dtypes(folder) if kind in _DTYPES}
    return next((kind for kind in ("bf16", "fp16", "fp32") if kind in kinds), "fp32")


def _header_dtypes(folder: Path) -> set[str]:
    """The types that the first weight file's header names (safetensors format)."""
    for path in sorted(folder.glob("*.safetensors")):
        try:
            with path.open("rb") as file:
                (length,) = struct.unpack("<Q", file.read(8))
                if length > MAX_HEADER_BYTES:
                    return set()
                header = json.loads(file.read(length))
            return {str(e["dtype"]) for key, e in header.items() if key != "__metadata__"}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error):
            return set()
    return set()


def _read_json(path: Path, name: str) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_CONFIG_BYTES * 5:
            raise ValueError("too large")
        tree = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadInput(
            _("{name}: {file}{line} is not valid JSON.").format(
                name=name, file=path.name, line=line
            ),
            field="model.id",
            advice=_("Copy or download the folder again."),
        ) from None
    if not isinstance(tree, dict):
        raise BadInput(
            _("{name}: {file} is not a JSON object.").format(name=name, file=path.name),
            field="model.id",
            advice=_("Copy or download the folder again."),
        )
    return tree
