"""Freeze tuning: the last layers, or modules by name, are trained in full; the rest stays."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import Field

from engine.methods.base import Refusal
from engine.methods.delta import DeltaMethod
from engine.models.facts import ModelFacts
from engine.tables import Options
from engine.words import _

EMBEDDINGS = frozenset({"embed_tokens", "wte", "word_embeddings", "embed_in", "tok_embeddings"})
HEADS = frozenset({"lm_head", "embed_out", "output", "score"})


class FreezeOptions(Options):
    """Options of freeze tuning."""

    layers: Annotated[int, Field(ge=0, le=2000)] = Field(
        2, description=_("how many of the last layers are trained; 0 is none")
    )
    modules: tuple[str, ...] = Field(
        (), description=_("train these in all layers instead: names, or patterns such as *.mlp.*")
    )
    embeddings: bool = Field(
        False, description=_("train the token embeddings too; with a tied head, both")
    )
    head: bool = Field(False, description=_("train the output head too"))


class Freeze(DeltaMethod):
    """Full tuning of a part; saved as that part alone."""

    name = "freeze"
    summary = _("Full tuning of the last layers only: strong, and a fraction of full's memory.")
    options = FreezeOptions
    order = 30
    learning_rate = 2e-5
    learning_rate_source = "as full tuning's: LoRA Without Regret (2025), a tenth of LoRA's rate"

    def trained(self, options: FreezeOptions, names: Iterable[str], layers: int) -> set[str]:
        listed = list(names)
        chosen = {
            name
            for name in listed
            if (options.embeddings and EMBEDDINGS & set(name.split(".")))
            or (options.head and HEADS & set(name.split(".")[:1]))
        }
        tied = not any(HEADS & set(name.split(".")[:1]) for name in listed)
        if options.head and tied:  # a tied head is the embedding, under whose name it is listed
            chosen |= {name for name in listed if EMBEDDINGS & set(name.split("."))}
        for name in listed:
            if options.modules:
                if any(_matches(name, pattern) for pattern in options.modules):
                    chosen.add(name)
            elif (index := layer_of(name)) is not None and index >= layers - options.layers:
                chosen.add(name)
        return chosen

    def nothing_to_train(self, facts: ModelFacts) -> Refusal:
        example = next((name for name, _size, _ndim in facts.tensors if layer_of(name)), "")
        return Refusal(
            _("None of {model}'s weights is meant, so nothing would be trained.").format(
                model=facts.id
            ),
            _(
                "Set method.layers above 0, or method.modules to parts of names such as {name}."
            ).format(name=example),
            "method.modules",
        )


def layer_of(name: str) -> int | None:
    """Which layer a parameter is in: the first number in its path."""
    found = re.search(r"\.(\d+)\.", name)
    return int(found.group(1)) if found else None


def _matches(name: str, pattern: str) -> bool:
    """A plain word names a module anywhere; with a star it is matched to the whole name."""
    if "*" in pattern or "?" in pattern:
        return fnmatchcase(name, pattern)
    return f".{pattern}." in f".{name}."


ENTRY = Freeze()
