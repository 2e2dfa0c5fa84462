"""Every field of a recipe: its type, range, default and one line of help.

A value `auto` is left for the plan to choose. Models are frozen: an edit makes a new recipe.
"""

import unicodedata
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from engine.recipe.shorthands import expand

AUTO: Literal["auto"] = "auto"
Auto = Literal["auto"]


def _no_boolean(value: Any) -> Any:
    """YAML's true is no number, though Python counts it as 1."""
    if isinstance(value, bool):
        raise ValueError(f"expected a number, found {str(value).lower()}")
    return value


def _steps_or_share(value: Any) -> Any:
    """A count of steps from 1 on, a share of all steps between 0 and 1."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if 0 < value < 1:
            return float(value)
        if value >= 1 and value % 1 == 0:
            return int(value)
    raise ValueError(
        f"expected auto, a number of steps from 1 up or a share between 0 and 1, found {value!r}"
    )


Whole = Annotated[int, BeforeValidator(_no_boolean)]
Real = Annotated[float, BeforeValidator(_no_boolean), Field(allow_inf_nan=False)]
Positive = Annotated[Whole, Field(ge=1)]
NotNegative = Annotated[Real, Field(ge=0)]
AboveZero = Annotated[Real, Field(gt=0)]
Interval = Annotated[int | float, BeforeValidator(_steps_or_share), Field(allow_inf_nan=False)]
"""Steps from 1 on, a share of all steps below 1."""

MAX_NAME = 80


def check_name(name: str) -> str:
    """Refuse a run or preset name that could not be a file name everywhere."""
    if not name.strip():
        raise ValueError("a name needs at least one visible character")
    if len(name.encode()) > MAX_NAME:
        raise ValueError(f"a name may have at most {MAX_NAME} bytes")
    if "/" in name or "\\" in name:
        raise ValueError("a name may not contain a slash; it becomes a folder's name")
    if name.startswith((".", "-")) or name != name.strip():
        raise ValueError("a name may not start with a dot or dash, nor begin or end with a space")
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in name):
        raise ValueError("a name may not contain control or invisible characters")
    return name


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False)


class _Choice(BaseModel):
    """A name out of one of the engine's tables, with that entry's own options beside it."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: str

    @property
    def options(self) -> dict[str, Any]:
        """The entry's own options as written, without the name."""
        return dict(self.__pydantic_extra__ or {})


class Model(_Fields):
    """Which base model is tuned, and how it is loaded."""

    id: str = Field(
        "pocket",
        min_length=1,
        description="pocket, a folder, a hub id, modelscope:owner/name, run:RUN",
    )
    revision: str | None = Field(None, description="branch, tag or commit of a hub model")
    dtype: Auto | Literal["fp32", "bf16", "fp16"] = Field(
        AUTO, description="type the weights are loaded in"
    )
    attention: Auto | Literal["eager", "sdpa", "flash_attention_2", "flex_attention"] = Field(
        AUTO, description="attention implementation"
    )
    rope_scaling: Literal["none", "linear", "dynamic", "yarn", "llama3"] = Field(
        "none", description="how positions are stretched for a longer context"
    )
    trust_remote_code: bool = Field(
        False, description="run Python code that comes with the model; only for authors you trust"
    )
    adapter: str | None = Field(
        None, description="adapter to begin from: a folder, a hub id or run:RUN"
    )
    adapter_use: Literal["continue", "merge"] = Field(
        "continue", description="train that adapter on, or fold it in and start one on top"
    )


class Source(_Fields):
    """One data set of several that are mixed."""

    source: str = Field(min_length=1, description="shipped name, file, folder or hub id")
    config: str | None = Field(None, description="configuration name of a hub data set")
    revision: str | None = Field(None, description="branch, tag or commit of a hub data set")
    split: str = Field("train", description="which split to train on")
    columns: dict[str, str] = Field(default_factory=dict, description="field of the format: column")
    weight: AboveZero = Field(
        1.0, description="how often each row is seen an epoch; 0.5 takes half of the rows"
    )


class Data(_Fields):
    """What is trained on and how rows become tokens."""

    source: str = Field("persona", min_length=1, description="shipped name, file, folder or hub id")
    sources: tuple[Source, ...] = Field(
        (), description="several sources; takes the place of source"
    )
    format: str = Field(AUTO, description="how rows are read; auto recognizes it")
    split: str = Field("train", description="which split to train on")
    config: str | None = Field(None, description="configuration name of a hub data set")
    revision: str | None = Field(None, description="branch, tag or commit of a hub data set")
    columns: dict[str, str] = Field(default_factory=dict, description="field of the format: column")
    template: str = Field(AUTO, description="chat template; auto is the tokenizer's own")
    system: str | None = Field(None, description="system prompt for rows that have none")
    max_length: Auto | Positive = Field(AUTO, description="longest row in tokens; the rest is cut")
    packing: Auto | bool = Field(AUTO, description="several short rows in one sequence")
    group_by_length: Auto | bool = Field(
        AUTO, description="rows of like length share a batch, which saves padding; longest first"
    )
    loss_on: Literal["responses", "all", "last"] = Field(
        "responses", description="tokens that carry loss: every answer, all tokens, the last answer"
    )
    thinking: Literal["keep", "drop", "mask"] = Field(
        "keep", description="<think> blocks in answers: learned, taken out, or shown without loss"
    )
    max_samples: Positive | None = Field(None, description="use only the first so many rows")
    drop_duplicates: bool = Field(
        False, description="train on each row once; rows that come again are dropped and counted"
    )
    validation: NotNegative = Field(
        0.05, description="rows held out for evaluation: a share below 1, a count from 1 on"
    )
    eval_source: str | None = Field(None, description="evaluate on this data set instead")
    streaming: bool = Field(False, description="read rows as they are needed, for very large sets")

    def all_sources(self) -> tuple[Source, ...]:
        """The data sets to mix, one or several."""
        if self.sources:
            return self.sources
        return (
            Source(
                source=self.source,
                config=self.config,
                revision=self.revision,
                split=self.split,
                columns=self.columns,
            ),
        )


class Stage(_Choice):
    """What kind of training this is; a stage's own options stand beside its name."""

    name: str = Field("sft", description="pretrain, sft, …; see `tunesmith stages`")


class Method(_Choice):
    """Which weights are trained; a method's own options stand beside its name."""

    name: str = Field("lora", description="lora, full, …; see `tunesmith methods`")


class Quantization(_Choice):
    """How the frozen base is stored in memory."""

    name: str = Field("none", description="none, bnb-4bit, …")


class Training(_Fields):
    """The optimization: how long, how fast, in what portions."""

    epochs: AboveZero = Field(3.0, description="passes over the data; may be 0.5")
    max_steps: Positive | None = Field(None, description="end after so many steps instead")
    learning_rate: Auto | AboveZero = Field(AUTO, description="peak learning rate")
    scheduler: Literal[
        "cosine",
        "linear",
        "constant",
        "constant_with_warmup",
        "cosine_with_restarts",
        "polynomial",
        "inverse_sqrt",
        "warmup_stable_decay",
    ] = Field("cosine", description="how the learning rate goes on after warmup")
    warmup: NotNegative = Field(0.03, description="a share of all steps below 1, steps from 1 on")
    decay: NotNegative = Field(
        0.2, description="last phase of warmup_stable_decay: a share of all steps, or steps"
    )
    micro_batch: Auto | Positive = Field(AUTO, description="rows per forward pass and device")
    accumulation: Auto | Positive = Field(AUTO, description="micro batches per optimizer step")
    effective_batch: Positive = Field(16, description="rows per optimizer step over all devices")
    optimizer: str = Field(AUTO, description="optimizer by transformers' name, or muon")
    weight_decay: NotNegative = Field(0.0, description="decoupled weight decay")
    max_grad_norm: NotNegative = Field(
        1.0, description="gradients are clipped to this norm; 0 is off"
    )
    precision: Auto | Literal["fp32", "bf16", "fp16"] = Field(
        AUTO, description="arithmetic of the forward pass"
    )
    activation_checkpointing: Auto | bool = Field(
        AUTO, description="compute activations twice to save memory"
    )
    neftune_alpha: AboveZero | None = Field(None, description="noise on embeddings while training")
    kernels: str = Field(AUTO, description="fused kernels: none, or a library that is installed")
    compile: bool = Field(False, description="torch.compile the model")
    seed: Annotated[Whole, Field(ge=0, lt=2**32)] = Field(42, description="seed of order and noise")
    log_every: Positive = Field(1, description="steps between loss figures")
    eval_every: Auto | Interval | None = Field(AUTO, description="steps between evaluations")
    save_every: Auto | Interval | None = Field(AUTO, description="steps between checkpoints")
    keep_checkpoints: Positive = Field(2, description="newest checkpoints that are kept")
    early_stopping: Positive | None = Field(
        None, description="end after so many evaluations without progress"
    )


class Evaluation(_Fields):
    """What is asked and measured at each evaluation."""

    prompts: tuple[str, ...] = Field((), description="questions answered at every evaluation")
    metrics: tuple[str, ...] = Field((), description="metrics beside the held-out loss")
    max_new_tokens: Positive = Field(128, description="longest answer in tokens")


class Launch(_Fields):
    """On how many devices, and how the model is spread over them."""

    processes: Auto | Positive = Field(AUTO, description="processes, one per device")
    strategy: Auto | Literal["none", "ddp", "fsdp", "zero2", "zero3", "zero3-offload"] = Field(
        AUTO, description="how weights and optimizer are spread"
    )
    nodes: Positive = Field(1, description="machines")


class Output(_Fields):
    """Where results go."""

    dir: str | None = Field(None, description="put the run's directory here instead of the home")
    push_to: str | None = Field(None, description="hub id to push the result to")
    report_to: tuple[str, ...] = Field((), description="trackers that are installed, by name")


class Recipe(_Fields):
    """One run, described whole."""

    version: Literal[1] = Field(1, description="version of this format")
    name: str | None = Field(None, description="name of the run")
    model: Model = Field(default_factory=Model)
    data: Data = Field(default_factory=Data)
    stage: Stage = Field(default_factory=lambda: Stage(name="sft"))
    method: Method = Field(default_factory=lambda: Method(name="lora"))
    quantization: Quantization = Field(default_factory=lambda: Quantization(name="none"))
    training: Training = Field(default_factory=Training)
    evaluation: Evaluation = Field(default_factory=Evaluation)
    launch: Launch = Field(default_factory=Launch)
    output: Output = Field(default_factory=Output)

    @field_validator("name")
    @classmethod
    def _name_is_a_file_name(cls, value: str | None) -> str | None:
        return None if value is None else check_name(value)

    @model_validator(mode="before")
    @classmethod
    def _a_bare_name_is_a_choice(cls, value: Any) -> Any:
        """`method: lora` reads as `method: {name: lora}`, `method: dora` as lora with an option."""
        if isinstance(value, dict):
            value = dict(value)
            for key in ("stage", "method", "quantization"):
                if isinstance(value.get(key), str):
                    value[key] = {"name": value[key]}
            value = expand(value)
        return value
