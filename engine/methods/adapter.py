"""Bottleneck adapters (Houlsby 2019, Pfeiffer 2021): no library has them for these models."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from engine.errors import BadInput
from engine.methods.base import BITSANDBYTES, AdapterMethod, Refusal, Situation
from engine.methods.bottleneck.sites import sites
from engine.methods.own_files import read_own, write_own
from engine.models.facts import ModelFacts
from engine.tables import Options
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel

DEFAULT = "default"


class BottleneckOptions(Options):
    """Options of bottleneck adapters."""

    placement: Literal["houlsby", "pfeiffer"] = Field(
        "pfeiffer", description=_("behind attention and feed-forward, or the feed-forward alone")
    )
    reduction: Annotated[int, Field(ge=1, le=1024)] = Field(
        16, description=_("the adapter is so many times narrower than the model")
    )
    non_linearity: Literal["relu", "gelu", "silu", "tanh"] = Field(
        "relu", description=_("what bends the line between down and up")
    )


class BottleneckAdapter(AdapterMethod):
    """Two small layers with a bend between, behind each block; the base stays as it is."""

    name = "adapter"
    summary = _("Small networks behind each block, which can be stacked and switched; the classic.")
    options = BottleneckOptions
    order = 40
    adapter = True
    quantized = BITSANDBYTES
    learning_rate = 3e-4
    learning_rate_source = "LLM-Adapters (Hu 2023): 3e-4"

    def refusal(self, options: BottleneckOptions, situation: Situation) -> Refusal | None:
        found = super().refusal(options, situation)
        facts = situation.facts
        if found is not None or facts is None or not facts.tensors:
            return found
        if not self._sites(options, facts):
            return Refusal(
                _("No block of {model} is an attention or feed-forward known by name.").format(
                    model=facts.id
                ),
                _("Set method: lora, which goes on every linear layer."),
            )
        return None

    def trainable_parameters(self, options: BottleneckOptions, facts: ModelFacts) -> int:
        """Σ 2 · h · m + m + h, where m = h / reduction."""
        h = facts.hidden
        m = max(1, h // options.reduction)
        return len(self._sites(options, facts)) * (2 * h * m + m + h)

    def kept_bytes(
        self, options: BottleneckOptions, facts: ModelFacts, tokens: int, each: int
    ) -> float:
        """The block's output in fp32 and the narrow layer before and after its bend."""
        m = max(1, facts.hidden // options.reduction)
        return float(len(self._sites(options, facts)) * tokens * (4 * facts.hidden + 2 * each * m))

    def _sites(self, options: BottleneckOptions, facts: ModelFacts) -> list[str]:
        return sites((name for name, _size, _ndim in facts.tensors), options.placement)

    def apply(self, model: "PreTrainedModel", options: BottleneckOptions) -> Any:
        model.requires_grad_(False)
        self._add(model, DEFAULT, options.model_dump(mode="json"), trainable=True)
        self.switch(model, DEFAULT)
        return model

    def _add(self, model: Any, name: str, options: dict[str, Any], *, trainable: bool) -> None:
        from engine.methods.bottleneck.layers import set_of

        names = [path for path, _parameter in model.named_parameters()]
        found = set_of(model)
        found.add(name, options, sites(names, str(options["placement"])))
        for _path, parameter in found.parameters(name):
            parameter.requires_grad_(trainable)
        if getattr(model, "is_quantized", False):
            # transformers trains on a quantized base only what it knows to be an adapter.
            model._hf_peft_config_loaded = True

    def save(self, model: Any, folder: Path) -> None:
        from engine.methods.bottleneck.layers import set_of

        found = set_of(model)
        name = found.stack[-1]
        write_own(folder, self.name, found.options[name], dict(found.parameters(name)))

    def owns_checkpoints(self, options: BottleneckOptions) -> bool:
        return True

    def resume(self, model: Any, folder: Path) -> None:
        from engine.methods.bottleneck.layers import set_of

        self._fill(model, set_of(model).stack[-1], folder)

    def load(self, model: "PreTrainedModel", folder: Path, *, trainable: bool = False) -> Any:
        model.requires_grad_(False)
        self._read(model, folder, DEFAULT, trainable=trainable)
        self.switch(model, DEFAULT)
        return model

    def _read(self, model: Any, folder: Path, name: str, *, trainable: bool) -> None:
        _method, options, _tensors = read_own(folder)
        checked = BottleneckOptions.model_validate(options).model_dump(mode="json")
        self._add(model, name, checked, trainable=trainable)
        self._fill(model, name, folder)

    def _fill(self, model: Any, name: str, folder: Path) -> None:
        import torch

        from engine.methods.bottleneck.layers import set_of

        _method, _options, tensors = read_own(folder)
        mine = dict(set_of(model).parameters(name))
        if {n: t.shape for n, t in tensors.items()} != {n: p.shape for n, p in mine.items()}:
            raise BadInput(
                _("{folder}: the adapter was made for a model of another shape.").format(
                    folder=folder
                ),
                field="model.adapter",
                advice=_("It was trained on another base."),
            )
        with torch.no_grad():
            for path, parameter in mine.items():
                parameter.copy_(tensors[path])

    def base_shown(self, model: Any) -> AbstractContextManager[Any]:
        from engine.methods.bottleneck.layers import set_of

        return set_of(model).off()

    def saved_options(self, folder: Path) -> dict[str, Any]:
        return read_own(folder)[1]

    def add(self, model: Any, folder: Path, name: str) -> None:
        self._read(model, folder, name, trainable=False)

    def switch(self, model: Any, name: str) -> None:
        self.stack(model, (name,))

    def stack(self, model: Any, names: Iterable[str]) -> None:
        """Let several adapters answer, each behind the one before it."""
        from engine.methods.bottleneck.layers import set_of

        found = set_of(model)
        order = tuple(names)
        unknown = [name for name in order if name not in found.options]
        if unknown:
            raise KeyError(unknown[0])
        found.stack = order

    def names(self, model: Any) -> list[str]:
        from engine.methods.bottleneck.layers import set_of

        found = set_of(model)
        active = list(found.stack)
        return [*reversed(active), *(name for name in found.options if name not in active)]


ENTRY = BottleneckAdapter()
