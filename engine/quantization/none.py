"""No quantization: the base stays in its own floating-point type."""

from engine.quantization.base import Quantization
from engine.words import _


class Unquantized(Quantization):
    """Weights as they are."""

    name = "none"
    summary = _("Keeps the base as it is: exact and fastest, if it fits.")
    order = 10


ENTRY = Unquantized()
