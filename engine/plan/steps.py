"""How many optimizer steps a run takes, counted as transformers' Trainer counts them."""

import math

from engine.recipe import Training


def count_steps(training: Training, rows: int, processes: int = 1) -> int:
    """Steps of a run whose epoch has so many rows or packed sequences.

    A last micro batch that is not full and a last step of fewer micro batches count as whole ones
    (transformers.Trainer.set_initial_training_values, dataloader_drop_last=False).
    """
    if training.max_steps is not None:
        return training.max_steps
    return max(1, math.ceil(training.epochs * steps_per_epoch(training, rows, processes)))


def steps_per_epoch(training: Training, rows: int, processes: int = 1) -> int:
    """Steps of one pass over the data."""
    micro, accumulation = int(training.micro_batch), int(training.accumulation)
    batches = math.ceil(math.ceil(rows / micro) / processes)
    return max(1, math.ceil(batches / accumulation))


def epochs_of(training: Training, rows: int, processes: int = 1) -> float:
    """Passes over the data, where `max_steps` may cut them short or repeat them."""
    if training.max_steps is None:
        return float(training.epochs)
    return training.max_steps / steps_per_epoch(training, rows, processes)
