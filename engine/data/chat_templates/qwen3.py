"""The template of Qwen 3, with the thoughts of every turn."""

from engine.data.chat_templates import TrlTemplate
from engine.words import _


class Qwen3(TrlTemplate):
    """The template of Qwen 3, with the thoughts of every turn."""

    name = "qwen3"
    summary = _("ChatML with <think> blocks and tools; Qwen 3")
    order = 14
    file = "qwen3_training"
    tokens = ("<|im_start|>", "<|im_end|>")


ENTRY = Qwen3()
