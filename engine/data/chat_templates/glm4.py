"""The template of GLM 4.5."""

from engine.data.chat_templates import TrlTemplate
from engine.words import _


class Glm4(TrlTemplate):
    """The template of GLM 4.5."""

    name = "glm4"
    summary = _("turns under <|user|> and <|assistant|>; GLM 4.5")
    order = 56
    file = "glm4moe_training"
    tokens = ("[gMASK]", "<sop>", "<|system|>", "<|user|>", "<|assistant|>")


ENTRY = Glm4()
