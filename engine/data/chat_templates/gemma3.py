"""The template of Gemma 3."""

from engine.data.chat_templates import TrlTemplate
from engine.words import _


class Gemma3(TrlTemplate):
    """The template of Gemma 3."""

    name = "gemma3"
    summary = _("Gemma's turns with a system prompt; Gemma 3")
    order = 32
    file = "gemma3_training"
    tokens = ("<start_of_turn>", "<end_of_turn>")


ENTRY = Gemma3()
