"""In which order rows are drawn: those of like length together, the longest first."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import Trainer


class LengthGroups:
    """An epoch's order: at random, but with rows of like length next to each other.

    Batches then hold little padding, and the longest row comes first, so that a lack of memory
    shows at once. The grouping is transformers' own; its sampler draws from the generator that
    training uses too, whose state in a later epoch a resumed run cannot know. This one draws
    from the seed and the epoch alone.
    """

    def __init__(self, lengths: Sequence[int], batch: int, seed: int) -> None:
        self.lengths = list(lengths)
        self.batch = batch
        self.seed = seed
        self.epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """Which epoch is drawn next; the trainer says so before each."""
        self.epoch = epoch

    def __len__(self) -> int:
        return len(self.lengths)

    def __iter__(self) -> Iterator[int]:
        import torch
        from transformers.trainer_pt_utils import get_length_grouped_indices

        generator = torch.Generator().manual_seed(self.seed + self.epoch)
        order = get_length_grouped_indices(self.lengths, self.batch, generator=generator)
        return iter([int(place) for place in order])


def group_by_length(trainer: "Trainer", lengths: Sequence[int]) -> None:
    """Let a trainer draw its training rows, which have these lengths, grouped by length."""
    arguments = trainer.args
    batch = arguments.train_batch_size * arguments.gradient_accumulation_steps
    seed = arguments.seed if arguments.data_seed is None else arguments.data_seed

    def sampler(_dataset: object = None) -> LengthGroups:
        return LengthGroups(lengths, batch * arguments.world_size, seed)

    trainer._get_train_sampler = sampler
