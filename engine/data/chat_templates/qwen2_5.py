"""The template of Qwen 2.5."""

from engine.data.chat_templates import TrlTemplate
from engine.words import _


class Qwen25(TrlTemplate):
    """The template of Qwen 2.5."""

    name = "qwen2.5"
    summary = _("ChatML with Qwen's own system prompt and tools; Qwen 2 and 2.5")
    order = 12
    file = "qwen2_5_training"
    tokens = ("<|im_start|>", "<|im_end|>")


ENTRY = Qwen25()
