"""Which rows are trained on and which are held out, each drawn by the run's seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from engine.errors import BadInput
from engine.words import _

FEWEST_FOR_A_SHARE = 10
"""With fewer rows than this a share holds none out: each one is worth more for training."""


@dataclass(frozen=True)
class Split:
    """Places of rows: those of an epoch of training, in order and with repeats, and those held out."""

    train: list[int]
    held_out: list[int]


def held_out_count(rows: int, validation: float) -> int:
    """How many of `rows` are held out for `data.validation`.

    Raises:
        BadInput: a count leaves nothing to train on.
    """
    if validation >= 1:
        count = int(validation)
        if count >= rows:
            raise BadInput(
                _("data.validation: {n} rows are to be held out, but only {m} can be used.").format(
                    n=count, m=rows
                ),
                field="data.validation",
                advice=_("Hold out fewer rows, or a share such as 0.05."),
            )
        return count
    if not validation or rows < FEWEST_FOR_A_SHARE:
        return 0
    return min(rows - 1, max(1, round(rows * validation)))


def split(sizes: Sequence[int], weights: Sequence[float], held_out: int, seed: int) -> Split:
    """Hold `held_out` rows out, then mix the rest by weight.

    Args:
        sizes: usable rows of each source; rows are numbered through all of them.
        weights: how often each row of a source is seen an epoch.

    Rows held out keep their order, and so do the rows of a single source with weight 1; other
    mixtures are shuffled.
    """
    random = Random(seed)
    total = sum(sizes)
    out = set(_drawn(random, total, held_out))
    train: list[int] = []
    first = 0
    for size, weight in zip(sizes, weights, strict=True):
        rows = [place for place in range(first, first + size) if place not in out]
        first += size
        train += rows * int(weight)
        part = seen_rows(len(rows), weight) - len(rows) * int(weight)
        train += sorted(random.sample(rows, part))
    if len(sizes) > 1 or any(weight != 1 for weight in weights):
        random.shuffle(train)
    return Split(train, sorted(out))


def held_out_places(total: int, held_out: int, seed: int) -> list[int]:
    """The places of so many rows out of `total` that `split` holds out with this seed."""
    return _drawn(Random(seed), total, held_out)


def _drawn(random: Random, total: int, held_out: int) -> list[int]:
    # The first draw of the seed: it does not depend on how the rest is mixed.
    return random.sample(range(total), held_out)


def seen_rows(rows: int, weight: float) -> int:
    """How many rows an epoch has of a source with `rows` rows; at least one if there is any."""
    whole = int(weight)
    part = round(rows * (weight - whole))
    return max(rows * whole + part, min(1, rows))
