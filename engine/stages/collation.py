"""Batches of packed sequences, in which every row keeps to itself."""

from typing import Any


def is_flash(model: Any) -> bool:
    """Whether attention is a flash kernel, which wants a batch of packed rows as one sequence."""
    return "flash" in str(getattr(model.config, "_attn_implementation", ""))


def packed_collator(tokenizer: Any) -> Any:
    """TRL's collator for packed sequences, one to a line of the batch.

    Positions begin anew with every row and there is no attention mask: by that transformers knows
    that rows are to be kept apart. TRL itself lays a batch out as one long sequence, which is
    right for flash attention; with any other the work grows with the square of its length.
    """
    from trl.trainer.sft_trainer import DataCollatorForLanguageModeling

    class PackedCollator(DataCollatorForLanguageModeling):  # type: ignore[misc]
        """Sequences of several rows each."""

        def torch_call(self, examples: list[dict[str, Any]]) -> dict[str, Any]:
            batch: dict[str, Any] = super().torch_call(examples)
            # Padding behind a sequence has position 0 too: each of its tokens is alone.
            del batch["attention_mask"]
            batch["labels"][batch["position_ids"] == 0] = -100
            return batch

    pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id
    return PackedCollator(pad_token_id=pad, return_position_ids=True)
