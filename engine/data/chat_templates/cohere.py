"""The template of Cohere's Aya."""

from engine.data.chat_templates import TrlTemplate
from engine.words import _


class Cohere(TrlTemplate):
    """The template of Cohere's Aya."""

    name = "cohere"
    summary = _("turns of Command R and Aya")
    order = 54
    file = "cohere_training"
    tokens = (
        "<|START_OF_TURN_TOKEN|>",
        "<|END_OF_TURN_TOKEN|>",
        "<|SYSTEM_TOKEN|>",
        "<|USER_TOKEN|>",
        "<|CHATBOT_TOKEN|>",
    )


ENTRY = Cohere()
