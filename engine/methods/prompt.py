"""Prompt tuning (Lester 2021): learned tokens in front of the text, and nothing else."""

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from engine.methods.peft_adapter import task_of
from engine.methods.virtual_tokens import VirtualTokenOptions, VirtualTokens
from engine.models.facts import ModelFacts
from engine.words import _

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class PromptOptions(VirtualTokenOptions):
    """Options of prompt tuning."""

    text: str | None = Field(
        None, description=_("a text they begin as, repeated or cut to fit; best said as a task")
    )
    start: Literal["words", "noise"] = Field(
        "words", description=_("what they begin as without a text: words of the model, or noise")
    )


class Prompt(VirtualTokens):
    """Soft words that the model reads before each text."""

    name = "prompt"
    summary = _("Learns a few soft words before the text: the smallest file; for one narrow task.")
    options = PromptOptions
    order = 52
    peft_type = "PROMPT_TUNING"
    learning_rate = 3e-2
    learning_rate_source = "Prompt tuning (Lester 2021) with Adam as in peft's examples: 3e-2"

    def extra_tokens(self, options: PromptOptions) -> int:
        return options.tokens

    def trainable_parameters(self, options: PromptOptions, facts: ModelFacts) -> int:
        """Tokens · hidden."""
        return options.tokens * facts.hidden

    def config(self, options: PromptOptions, model: "PreTrainedModel") -> Any:
        from peft import PromptTuningConfig

        given: dict[str, Any] = {"prompt_tuning_init": "RANDOM"}
        if options.text:
            given = {
                "prompt_tuning_init": "TEXT",
                "prompt_tuning_init_text": options.text,
                "tokenizer_name_or_path": model.name_or_path,
                "tokenizer_kwargs": {"local_files_only": True},
            }
        elif options.start == "words":
            given = {"prompt_tuning_init": "SAMPLE_VOCAB"}
        return PromptTuningConfig(
            task_type=task_of(model), num_virtual_tokens=options.tokens, **given
        )


ENTRY = Prompt()
