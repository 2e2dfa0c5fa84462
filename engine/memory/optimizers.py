"""Optimizers by transformers' names and what their states take."""

import difflib

from engine.errors import BadInput
from engine.words import _

_SMALL_TENSOR = 4096
"""bitsandbytes keeps states of tensors below this many elements in 32 bits."""

OPTIMIZERS: dict[str, tuple[float, float]] = {
    # name: (states of the parameter's own type, further bytes a parameter)
    "adamw_torch": (2, 0),
    "adamw_torch_fused": (2, 0),
    "adamw_bnb_8bit": (0, 2 + 8 / 256),
    "adamw_8bit": (0, 2 + 8 / 256),
    "paged_adamw_32bit": (0, 8),
    "paged_adamw_8bit": (0, 2 + 8 / 256),
    "lion_32bit": (0, 4),
    "lion_8bit": (0, 1 + 4 / 256),
    "paged_lion_32bit": (0, 4),
    "paged_lion_8bit": (0, 1 + 4 / 256),
    "rmsprop": (1, 0),
    "rmsprop_bnb_8bit": (0, 1 + 4 / 256),
    "ademamix": (0, 12),
    "ademamix_8bit": (0, 3 + 12 / 256),
    "adafactor": (0, 0.05),
    "adagrad": (1, 0),
    "sgd": (0, 0),
    "muon": (2, 0),
}
"""Those that need nothing beyond what is installed. bitsandbytes' 8-bit states carry one fp32 scale
a block of 256 (its blockwise quantizer); Adafactor keeps a row and a column sum a matrix. Muon keeps
one state for matrices and two for the rest: counted as two, which is never too little."""


def state_bytes(name: str, parameters: int, parameter_bytes: int) -> int:
    """Bytes of optimizer states for so many trained parameters.

    Raises:
        BadInput: for a name that is not known, with the nearest.
    """
    if name not in OPTIMIZERS:
        longer = [known for known in OPTIMIZERS if name and known.startswith(name)]
        near = longer or difflib.get_close_matches(name, OPTIMIZERS, 1, 0.5)
        raise BadInput(
            _("training.optimizer: there is no optimizer called {name!r}.").format(name=name),
            field="training.optimizer",
            advice=_("Did you mean {near}?").format(near=near[0])
            if near
            else _("Choose one of {names}.").format(names=", ".join(OPTIMIZERS)),
        )
    own, further = OPTIMIZERS[name]
    return int(parameters * (own * parameter_bytes + further))
