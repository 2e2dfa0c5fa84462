"""LLaMA-Adapter (Zhang 2023): learned tokens in the upper layers' attention, behind a zero gate."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from engine.methods.base import Refusal, Situation
from engine.methods.peft_adapter import PeftMethod, task_of
from engine.models.facts import ModelFacts
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel

KINDS = ("llama", "mistral", "gpt2")
"""Architectures that peft knows how to do this for (adaption_prompt/config.py)."""


class LlamaAdapterOptions(Options):
    """Options of LLaMA-Adapter."""

    tokens: Annotated[int, Field(ge=1, le=1000)] = Field(
        10, description=_("learned tokens in each layer")
    )
    layers: Literal["auto"] | Annotated[int, Field(ge=1, le=1000)] = Field(
        "auto", description=_("how many of the upper layers get them; auto: all but two")
    )


class LlamaAdapter(PeftMethod):
    """Attention to learned tokens, added through a gate that is closed at the start."""

    name = "llama-adapter"
    summary = _("Learned tokens behind a gate that starts closed; Llama, Mistral and GPT-2 only.")
    options = LlamaAdapterOptions
    order = 76
    common = False
    peft_type = "ADAPTION_PROMPT"
    config_fields = {"tokens": "adapter_len", "layers": "adapter_layers"}
    learning_rate = 9e-3
    learning_rate_source = "LLaMA-Adapter (Zhang 2023): 9e-3"
    rate_follows_width = False

    def resolve(self, options: dict[str, Any], facts: ModelFacts) -> dict[str, tuple[Any, str]]:
        if options.get("layers", "auto") != "auto":
            return {}
        return {
            "layers": (
                max(1, facts.layers - 2),
                _("all but the two lowest, as in the paper (30 of 32)"),
            )
        }

    def refusal(self, options: LlamaAdapterOptions, situation: Situation) -> Refusal | None:
        if situation.stored is not None:
            return Refusal(
                _(
                    "llama-adapter computes with the attention's own weights, which {stored} packs."
                ).format(stored=situation.stored),
                _("Set method: lora, or quantization: none."),
            )
        facts = situation.facts
        if facts is None:
            return None
        if facts.model_type not in KINDS:
            return Refusal(
                _("peft: \"Unsupported model type for adaption prompt: '{kind}'\".").format(
                    kind=facts.model_type
                ),
                _("It is made for {names}; prefix and lora go on every model.").format(
                    names=", ".join(KINDS)
                ),
            )
        if options.layers != "auto" and options.layers > facts.layers:
            return Refusal(
                _("{model} has {n} layers.").format(model=facts.id, n=facts.layers),
                _("Set method.layers to at most that."),
                "method.layers",
            )
        return None

    def exact_base(self, options: LlamaAdapterOptions) -> str | None:
        return _("peft keeps what llama-adapter learns in the base's type, and half loses updates")

    def trainable_parameters(self, options: LlamaAdapterOptions, facts: ModelFacts) -> int:
        """Layers · (tokens · hidden + 1): the tokens and the gate."""
        layers = max(1, facts.layers - 2) if options.layers == "auto" else options.layers
        return layers * (options.tokens * facts.hidden + 1)

    def config(self, options: LlamaAdapterOptions, model: "PreTrainedModel") -> Any:
        from peft import AdaptionPromptConfig

        layers = options.layers
        if layers == "auto":
            layers = max(1, model.config.get_text_config().num_hidden_layers - 2)
        return AdaptionPromptConfig(
            task_type=task_of(model), adapter_len=options.tokens, adapter_layers=layers
        )

    def prepare_training(
        self, trainer: Any, options: LlamaAdapterOptions, total_steps: int
    ) -> None:
        """peft took the model's forward when it wrapped it; TRL has put its own there since."""
        tuner = trainer.model.base_model
        tuner.forward = tuner.model.forward


ENTRY = LlamaAdapter()
