"""Base models: which are known, where their files are, what their configs tell, loading them."""

from engine.models.facts import LinearShape, ModelFacts
from engine.models.hub import Cancelled, Progress
from engine.models.known import KNOWN, KnownModel
from engine.models.load import load, load_tokenizer
from engine.models.places import POCKET, LocalModel, find
from engine.models.shapes import facts

__all__ = [
    "KNOWN",
    "POCKET",
    "Cancelled",
    "KnownModel",
    "LinearShape",
    "LocalModel",
    "ModelFacts",
    "Progress",
    "facts",
    "find",
    "load",
    "load_tokenizer",
]
