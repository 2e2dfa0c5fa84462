"""Rows compared with each other once all are read: near duplicates, leaks into the evaluation."""

from typing import Any

from engine.data.doctor.examination import Examination
from engine.data.mixing import held_out_count, held_out_places
from engine.errors import BadInput
from engine.words import _


def compare(found: Examination, seed: int) -> int:
    """Note near duplicates and leaks; how many rows the evaluation has.

    Without rows of its own the evaluation gets those that the seed holds out, as in training.
    """
    count, trained = len(found.prints), found.trained
    apart = count > trained
    if apart:
        held = set(range(trained, count))
    else:
        try:
            held = set(
                held_out_places(trained, held_out_count(trained, found.data.validation), seed)
            )
        except BadInput:  # more are to be held out than there are, which the plan refuses
            held = set()
    leaking = set(_leaking(found, held)) if held else set()
    for place in sorted(leaking):
        found.note(place, "validation_leak", _("The very same row is trained on."))
    if found.near is None:
        return len(held)
    for later, earlier in found.near.pairs():
        said = _("It is nearly the same as {row}.")
        if later < trained:
            found.note(later, "near_duplicate", said.format(row=found.row_words(earlier, later)))
        if (later in held) != (earlier in held):
            out, other = (later, earlier) if later in held else (earlier, later)
            if out not in leaking:
                leaking.add(out)  # a row near several others is told of once
                words = said.format(row=found.row_words(other, out))
                found.note(out, "near_validation_leak", words)
    return len(held)


def _leaking(found: Examination, held: set[int]) -> list[int]:
    """The places of held-out rows that are among the rows trained on."""
    import numpy

    prints: Any = numpy.frombuffer(found.prints, dtype=numpy.uint64)
    is_held: Any = numpy.zeros(len(prints), dtype=bool)
    is_held[list(held)] = True
    leaks = is_held.copy()
    leaks[is_held] = numpy.isin(prints[is_held], prints[~is_held])
    return [int(place) for place in numpy.flatnonzero(leaks)]
