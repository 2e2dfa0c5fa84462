"""The template of DeepSeek V3."""

from engine.data.chat_templates import TrlTemplate
from engine.words import _


class DeepSeek(TrlTemplate):
    """The template of DeepSeek V3."""

    name = "deepseek"
    summary = _("turns after <｜User｜> and <｜Assistant｜>; DeepSeek V2.5 and V3")
    order = 50
    file = "deepseekv3_training"
    tokens = ("<｜User｜>", "<｜Assistant｜>", "<｜end▁of▁sentence｜>")


ENTRY = DeepSeek()
