"""The template of Qwen 3 Instruct 2507."""

from engine.data.chat_templates import TrlTemplate
from engine.words import _


class Qwen3Instruct(TrlTemplate):
    """The template of Qwen 3 Instruct 2507."""

    name = "qwen3-instruct"
    summary = _("ChatML with tools and no thinking; Qwen 3 Instruct 2507")
    order = 16
    file = "qwen3_instruct_2507_training"
    tokens = ("<|im_start|>", "<|im_end|>")


ENTRY = Qwen3Instruct()
