"""What the methods have in common that peft carries out."""

import json
from abc import abstractmethod
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.methods.base import AdapterMethod
from engine.methods.raw_weights import read_trained, write_trained

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class PeftMethod(AdapterMethod):
    """An adapter of peft's: its config comes from our options, the rest is peft's own."""

    adapter = True
    peft_type: str = ""
    """peft's name of the kind, as it stands in `adapter_config.json`."""
    config_fields: dict[str, str] = {}
    """Options of ours by the name of the field in peft's config that holds them."""

    @abstractmethod
    def config(self, options: Any, model: "PreTrainedModel") -> Any:
        """peft's config for these options on this model."""

    def apply(self, model: "PreTrainedModel", options: Any) -> Any:
        from peft import get_peft_model

        return get_peft_model(model, self.config(options, model))

    def load(self, model: "PreTrainedModel", folder: Path, *, trainable: bool = False) -> Any:
        from peft import PeftModel

        return PeftModel.from_pretrained(
            model, str(folder), is_trainable=trainable, local_files_only=True
        )

    def save(self, model: Any, folder: Path) -> None:
        model.save_pretrained(
            folder, safe_serialization=True, selected_adapters=[model.active_adapter]
        )

    def save_checkpoint(self, model: Any, folder: Path) -> None:
        self.save(model, folder)
        write_trained(model, folder)

    def resume(self, model: Any, folder: Path) -> None:
        read_trained(model, folder)

    def base_shown(self, model: Any) -> AbstractContextManager[Any]:
        return model.disable_adapter()  # type: ignore[no-any-return]

    def merge(self, model: Any) -> Any:
        return model.merge_and_unload()

    def saved_options(self, folder: Path) -> dict[str, Any]:
        config = json.loads((folder / "adapter_config.json").read_text())
        found = {
            option: config[field]
            for option, field in self.config_fields.items()
            if config.get(field) is not None
        }
        return {o: tuple(sorted(v)) if isinstance(v, list) else v for o, v in found.items()}

    def add(self, model: Any, folder: Path, name: str) -> None:
        """What is loaded to be talked to is not trained; peft leaves prompts open."""
        mine = {id(parameter) for parameter in model.parameters()}
        model.load_adapter(str(folder), adapter_name=name, local_files_only=True)
        for parameter in model.parameters():
            if id(parameter) not in mine:
                parameter.requires_grad_(False)

    def switch(self, model: Any, name: str) -> None:
        """peft marks what is switched to as trained; in a run, what is trained stays what it is."""
        marks = [(parameter, parameter.requires_grad) for parameter in model.parameters()]
        model.set_adapter(name)
        for parameter, trained in marks:
            parameter.requires_grad_(trained)

    def names(self, model: Any) -> list[str]:
        active = model.active_adapter
        return [active, *(name for name in model.peft_config if name != active)]


def task_of(model: Any) -> Any:
    """peft's word for what a model's head does."""
    from peft import TaskType

    if type(model).__name__.endswith("ForSequenceClassification"):
        return TaskType.SEQ_CLS
    return TaskType.CAUSAL_LM
