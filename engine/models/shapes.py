"""The facts of a model from its config: the architecture is built without weights and read off.

On torch's meta device a model has shapes and no memory: an 8B takes 0.03 s once transformers is
imported. So parameters and linear layers are exact for every architecture transformers knows.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine import recipe
from engine.errors import BadInput
from engine.models.config import (
    check_tokenizer,
    check_weights,
    has_chat_template,
    read_config,
    stored_dtype,
)
from engine.models.facts import LinearShape, ModelFacts
from engine.models.hub import fetch, sizes, weight_bytes
from engine.models.places import local_folder
from engine.words import _

MAX_LAYERS = 2000
"""More than any model; a config with millions would build for hours."""
_KINDS = ("num_hidden_layers", "n_layer", "num_layers", "n_layers", "vocab_size", "hidden_size")

_of_folders: dict[tuple[Any, ...], ModelFacts] = {}
_of_hub: dict[tuple[Any, ...], tuple[ModelFacts, Path]] = {}


def facts(model: recipe.Model) -> ModelFacts:
    """What a recipe's model is. Fetches at most config and tokenizer of a hub model.

    Answers are kept while the files stay the same. Imports transformers: not for the app's process.

    Raises:
        BadInput: one sentence on why the model cannot be used.
    """
    folder = local_folder(model.id)
    return _facts_of_hub(model) if folder is None else _facts_of_folder(model, folder)


def _facts_of_folder(model: recipe.Model, folder: Path) -> ModelFacts:
    key = (str(folder), model.id, model.trust_remote_code, *_stamps(folder))
    if key not in _of_folders:
        config = read_config(folder, model.id)
        check_weights(folder, model.id)
        check_tokenizer(folder, model.id)
        size = weight_bytes(folder, _listed(folder))
        _of_folders[key] = _read_off(model, folder, config, str(folder), size)
    return _of_folders[key]


def _facts_of_hub(model: recipe.Model) -> ModelFacts:
    key = (model.id, model.revision, model.trust_remote_code)
    if key in _of_hub:
        known, folder = _of_hub[key]
        if known.path is None and _is_whole(folder, model.id):
            known = replace(known, path=str(folder))
            _of_hub[key] = known, folder
        return known
    folder = fetch(model.id, model.revision, weights=False, code=model.trust_remote_code)
    config = read_config(folder, model.id)
    listed = sizes(model.id, model.revision)
    _check_listing(model.id, listed)
    check_tokenizer(folder, model.id)
    whole = _is_whole(folder, model.id)
    size = weight_bytes(folder, listed or _listed(folder))
    found = _read_off(model, folder, config, str(folder) if whole else None, size)
    _of_hub[key] = found, folder
    return found


def _is_whole(folder: Path, name: str) -> bool:
    """Whether the weights are here too."""
    try:
        check_weights(folder, name)
    except BadInput:
        return False
    return True


def _listed(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.glob("*.safetensors")}


def _stamps(folder: Path) -> tuple[Any, ...]:
    """What changes when the files of a folder do."""
    names = ("config.json", "tokenizer_config.json", "chat_template.jinja")
    paths = [*(folder / n for n in names), *sorted(folder.glob("*.safetensors"))]
    return tuple(
        (p.name, s.st_mtime_ns, s.st_size) for p in paths if p.exists() and (s := p.stat())
    )


def _check_listing(name: str, listed: dict[str, int]) -> None:
    """Refuse a hub model without safetensors before anything large is fetched."""
    if not listed or any(n.endswith(".safetensors") for n in listed):
        return
    raise BadInput(
        _("{name} has no .safetensors files on the hub.").format(name=name),
        field="model.id",
        code="no_safetensors",
        advice=_("Only safetensors are read; look for a revision or a conversion with them."),
    )


def _read_off(
    model: recipe.Model, folder: Path, config: dict[str, Any], path: str | None, size: int | None
) -> ModelFacts:
    shell, parsed, remote = build_shell(model, folder, config)
    text = parsed.get_text_config()
    head = shell.get_output_embeddings()
    experts = sum(p.numel() for p in shell.parameters() if p.ndim == 3 and p.numel() > 1_000_000)
    parameters = sum(p.numel() for p in shell.parameters())
    heads = _whole(text, "num_attention_heads")
    hidden = _whole(text, "hidden_size")
    active = _active(text, parameters, experts)
    quantized = config.get("quantization_config")
    template = has_chat_template(folder)
    return ModelFacts(
        id=model.id,
        path=path,
        architecture=type(shell).__name__,
        model_type=str(config["model_type"]),
        parameters=parameters,
        layers=_whole(text, "num_hidden_layers"),
        hidden=hidden,
        intermediate=_whole(text, "intermediate_size") or _whole(text, "n_inner") or 4 * hidden,
        heads=heads,
        kv_heads=_whole(text, "num_key_value_heads") or heads,
        head_dim=_whole(text, "head_dim") or (hidden // heads if heads else 0),
        vocabulary=_whole(text, "vocab_size"),
        context=_context(text),
        dtype=stored_dtype(folder, config),
        disk_bytes=size,
        tied_embeddings=head is not None and head.weight is shell.get_input_embeddings().weight,
        linears=_linears(shell, head),
        chat_template=template,
        quantized=str(quantized.get("quant_method", "")) or None
        if isinstance(quantized, dict)
        else None,
        needs_remote_code=remote,
        warnings=_warnings(config, text, experts, parameters, template),
        sdpa=bool(getattr(type(shell), "_supports_sdpa", False)),
        active_parameters=active,
        tensors=tuple((name, p.numel(), p.ndim) for name, p in shell.named_parameters()),
    )


def build_shell(model: recipe.Model, folder: Path, config: dict[str, Any]) -> tuple[Any, Any, bool]:
    """The architecture without weights, its parsed config, and whether its code came along.

    Raises:
        BadInput: unknown, refused or broken architecture.
    """
    import torch
    import transformers
    from transformers import AutoConfig, AutoModelForCausalLM
    from transformers.models.auto import modeling_auto as auto

    name, kind = model.id, str(config["model_type"])
    native = kind in auto.MODEL_FOR_CAUSAL_LM_MAPPING_NAMES
    known = kind in transformers.CONFIG_MAPPING
    code = config.get("auto_map")
    brings = isinstance(code, dict) and "AutoModelForCausalLM" in code
    if not known and not (brings and model.trust_remote_code):
        if brings:
            raise BadInput(
                _("{name} runs only with Python code that comes along with it.").format(name=name),
                field="model.trust_remote_code",
                code="needs_remote_code",
                advice=_("Read that code; if you trust it, set model.trust_remote_code: true."),
            )
        raise BadInput(
            _("{name}: transformers {v} does not know the architecture {kind!r}.").format(
                name=name, v=transformers.__version__, kind=kind
            ),
            field="model.id",
            code="unknown_architecture",
            advice=_("A newer transformers may; see the model's page."),
        )
    _refuse_other_kinds(name, kind, config, native or brings, auto)
    for key in _KINDS:
        value = config.get(key)
        limit = MAX_LAYERS if "layer" in key else 10**8
        if value is not None and not (
            isinstance(value, int) and not isinstance(value, bool) and 0 < value <= limit
        ):
            raise BadInput(
                _("{name}: config.json has {key}: {value!r}, which no model can have.").format(
                    name=name, key=key, value=str(value)[:40]
                ),
                field="model.id",
            )
    try:
        parsed = AutoConfig.from_pretrained(
            folder, trust_remote_code=model.trust_remote_code, local_files_only=True
        )
        with torch.device("meta"):
            shell = AutoModelForCausalLM.from_config(
                parsed, trust_remote_code=model.trust_remote_code
            )
    except Exception as error:  # broken configs raise whatever their architecture stumbles over
        raise BadInput(
            _("{name}: config.json describes no model that can be built ({why}).").format(
                name=name, why=_first_line(error)
            ),
            field="model.id",
            advice=_("Copy or download the folder again."),
        ) from None
    return shell, parsed, brings and not native


def _refuse_other_kinds(
    name: str, kind: str, config: dict[str, Any], generates: bool, auto: Any
) -> None:
    """Only models that go on with a text can be tuned here."""
    built = config.get("architectures")
    first = str(built[0]) if isinstance(built, list) and built else ""
    if (
        config.get("is_encoder_decoder")
        or kind in auto.MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES
    ):
        what = _("{name} is an encoder-decoder ({kind}), which this tool does not tune.")
    elif kind in auto.MODEL_FOR_MASKED_LM_MAPPING_NAMES and not config.get("is_decoder"):
        what = _("{name} only encodes text ({kind}) and cannot answer.")
    elif first.endswith(
        ("Classification", "QuestionAnswering", "MultipleChoice", "RewardModel", "Regression")
    ):
        what = _("{name} classifies ({first}) and cannot answer.")
    elif not generates:
        what = _("{name} ({kind}) does not generate text.")
    else:
        return
    raise BadInput(
        what.format(name=name, kind=kind, first=first),
        field="model.id",
        code="not_text_generation",
        advice=_("Choose a causal language model; `tunesmith models` lists some."),
    )


def _linears(shell: Any, head: Any) -> tuple[LinearShape, ...]:
    """Every linear layer, those alike counted together, in the order of the model."""
    import torch
    from transformers.pytorch_utils import Conv1D

    counted: Counter[tuple[str, int, int, bool, bool, bool]] = Counter()
    for name, module in shell.named_modules():
        if isinstance(module, Conv1D):  # GPT-2's, which stores its weight transposed
            inputs, outputs = module.weight.shape
        elif isinstance(module, torch.nn.Linear):
            inputs, outputs = module.in_features, module.out_features
        else:
            continue
        has_bias = getattr(module, "bias", None) is not None
        kind = (has_bias, module is head, isinstance(module, Conv1D))
        counted[name.rsplit(".", 1)[-1], int(inputs), int(outputs), *kind] += 1
    return tuple(
        LinearShape(name, inputs, outputs, count, *kind)
        for (name, inputs, outputs, *kind), count in counted.items()
    )


def _active(text: Any, parameters: int, experts: int) -> int | None:
    """Parameters that one token uses: of the experts only those that are chosen."""
    total = next(
        (n for key in ("num_experts", "num_local_experts", "n_routed_experts")
         if (n := _whole(text, key))), 0,
    )  # fmt: skip
    chosen = _whole(text, "num_experts_per_tok")
    if not experts or not total or not chosen:
        return None
    return parameters - experts + experts * chosen // total


def _warnings(
    config: dict[str, Any], text: Any, experts: int, parameters: int, template: bool
) -> tuple[str, ...]:
    found = []
    if experts:
        found.append(
            _(
                "{share:.0%} of the weights are experts: adapters and 4-bit storage leave them as "
                "they are."
            ).format(share=experts / parameters)
        )
    if "vision_config" in config or "audio_config" in config:
        found.append(_("It also takes pictures or sound; only its text side is tuned."))
    if not template:
        found.append(_("Its tokenizer has no chat template: it is a base model, not a chat model."))
    if _context(text) == 0:
        found.append(_("Its config does not tell the longest context."))
    return tuple(found)


def _context(text: Any) -> int:
    """Longest context in tokens, 0 where the config does not tell."""
    for key in ("max_position_embeddings", "n_positions", "max_seq_len", "seq_length"):
        if value := _whole(text, key):
            return value
    return 0


def _whole(config: Any, key: str) -> int:
    value = getattr(config, key, None)
    if isinstance(value, (list, tuple)) and value:  # some architectures vary it by layer
        value = max((v for v in value if isinstance(v, int)), default=0)
    return int(value) if isinstance(value, (int, float)) and value > 0 else 0


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if len(lines) > 1 and lines[0].endswith(":"):
        return lines[1][:160]
    return (lines[0] if lines else type(error).__name__)[:160]
