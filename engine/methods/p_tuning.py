"""P-tuning (Liu 2021): learned tokens in front of the text, made by an LSTM or an MLP."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from engine.methods.peft_adapter import task_of
from engine.methods.virtual_tokens import VirtualTokenOptions, VirtualTokens
from engine.models.facts import ModelFacts
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel

LSTM_LAYERS = 2


class PTuningOptions(VirtualTokenOptions):
    """Options of P-tuning."""

    encoder: Literal["mlp", "lstm"] = Field(
        "mlp", description=_("the network behind the tokens; lstm lets them know each other")
    )
    network: Literal["auto"] | Annotated[int, Field(ge=1, le=65536)] = Field(
        "auto", description=_("width of that network; it is not saved")
    )
    dropout: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.0, description=_("share of an lstm's outputs dropped between its layers")
    )


class PTuning(VirtualTokens):
    """Soft words, made by a network that is dropped when training is done."""

    name = "p-tuning"
    summary = _("Soft words made by a small network: steadier than prompt, as small when saved.")
    options = PTuningOptions
    order = 54
    peft_type = "P_TUNING"
    learning_rate = 1e-3
    learning_rate_source = "P-tuning as in peft's and NeMo's examples: 1e-3 to 1e-4"

    def extra_tokens(self, options: PTuningOptions) -> int:
        return options.tokens

    def resolve(self, options: dict[str, Any], facts: ModelFacts) -> dict[str, tuple[Any, str]]:
        if options.get("network", "auto") != "auto":
            return {}
        return {"network": (facts.hidden, _("as wide as the model"))}

    def trainable_parameters(self, options: PTuningOptions, facts: ModelFacts) -> int:
        """The tokens' embedding and the network: three layers, or a two-way LSTM and two layers."""
        d = facts.hidden
        n = d if options.network == "auto" else options.network
        tokens = options.tokens * d
        if options.encoder == "mlp":
            return tokens + (d * n + n) + (n * n + n) + (n * d + d)
        first = 2 * (4 * n * d + 4 * n * n + 8 * n)
        others = (LSTM_LAYERS - 1) * 2 * (4 * n * 2 * n + 4 * n * n + 8 * n)
        return tokens + first + others + (4 * n * n + 2 * n) + (2 * n * d + d)

    def config(self, options: PTuningOptions, model: "PreTrainedModel") -> Any:
        from peft import PromptEncoderConfig

        width = model.config.get_text_config().hidden_size
        return PromptEncoderConfig(
            task_type=task_of(model),
            num_virtual_tokens=options.tokens,
            encoder_reparameterization_type=options.encoder.upper(),
            encoder_hidden_size=width if options.network == "auto" else options.network,
            encoder_dropout=options.dropout,
        )


ENTRY = PTuning()
