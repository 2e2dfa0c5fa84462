"""The template of Phi 3."""

from engine.data.chat_templates import TrlTemplate
from engine.words import _


class Phi3(TrlTemplate):
    """The template of Phi 3."""

    name = "phi3"
    summary = _("turns under <|user|>, ended by <|end|>; Phi 3")
    order = 44
    file = "phi3_training"
    tokens = ("<|system|>", "<|user|>", "<|assistant|>", "<|end|>")


ENTRY = Phi3()
