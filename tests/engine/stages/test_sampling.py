"""The order in which rows of several lengths are drawn."""

from random import Random

from engine.stages.sampling import LengthGroups

LENGTHS = [Random(n).randint(1, 400) for n in range(500)]


def padding(order, batch):
    """Padded tokens in all batches."""
    groups = [[LENGTHS[n] for n in order[i : i + batch]] for i in range(0, len(order), batch)]
    return sum(max(group) * len(group) - sum(group) for group in groups)


def test_every_row_comes_once_and_the_longest_first():
    order = list(LengthGroups(LENGTHS, 8, seed=1))
    assert sorted(order) == list(range(500))
    assert LENGTHS[order[0]] == max(LENGTHS)


def test_batches_hold_little_padding():
    groups = list(LengthGroups(LENGTHS, 8, seed=1))
    assert padding(groups, 8) < padding(range(500), 8) / 5


def test_the_order_depends_on_seed_and_epoch_alone():
    import torch

    groups = LengthGroups(LENGTHS, 8, seed=1)
    first = list(groups)
    torch.rand(5)
    assert list(groups) == first
    groups.set_epoch(1)
    second = list(groups)
    assert second != first
    later = LengthGroups(LENGTHS, 8, seed=1)
    later.set_epoch(1)
    assert list(later) == second
    assert list(LengthGroups(LENGTHS, 8, seed=2)) != first
