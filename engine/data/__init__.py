"""The data floor: from the sources a recipe names to tokens, with every row accounted for."""

from engine.data.prepare import Prepared, prepare
from engine.data.survey import Survey, survey

__all__ = ["Prepared", "Survey", "prepare", "survey"]
