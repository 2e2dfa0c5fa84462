"""What the prompt methods share: learned tokens in front of every row, the model left alone."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from engine.methods.base import BITSANDBYTES
from engine.methods.peft_adapter import PeftMethod
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class VirtualTokenOptions(Options):
    """What all of them have."""

    tokens: Annotated[int, Field(ge=1, le=1000)] = Field(
        20, description=_("learned tokens in front of every row")
    )


class VirtualTokens(PeftMethod):
    """Rows cannot share a sequence: learned tokens stand in front of the first one only."""

    quantized = BITSANDBYTES
    packing = False
    rate_follows_width = False
    config_fields = {"tokens": "num_virtual_tokens"}

    def owns_checkpoints(self, options: Any) -> bool:
        return True

    def why_not_continued(self, folder: Path) -> str | None:
        config = json.loads((folder / "adapter_config.json").read_text())
        if config.get("peft_type") == "P_TUNING" or config.get("prefix_projection"):
            return _(
                "{method} saves the tokens that its network made, not the network, so it cannot be "
                "trained on."
            ).format(method=self.name)
        return None

    def load(self, model: "PreTrainedModel", folder: Path, *, trainable: bool = False) -> Any:
        if not trainable:
            return super().load(model, folder)
        return self._load_to_train(model, folder)

    def _load_to_train(self, model: "PreTrainedModel", folder: Path) -> Any:
        """peft refuses to load prompts for training; it makes new ones, into which these go."""
        import torch
        from peft import PeftConfig, get_peft_model
        from safetensors.torch import load_file

        config = PeftConfig.from_pretrained(str(folder))
        config.inference_mode = False
        if hasattr(config, "prompt_tuning_init"):
            config.prompt_tuning_init = "RANDOM"
        wrapped = get_peft_model(model, config)
        saved = load_file(folder / "adapter_model.safetensors")["prompt_embeddings"]
        weight = wrapped.prompt_encoder[wrapped.active_adapter].embedding.weight
        with torch.no_grad():
            weight.copy_(saved)
        return wrapped
