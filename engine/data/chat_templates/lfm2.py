"""The template of LFM 2."""

from engine.data.chat_templates import TrlTemplate
from engine.words import _


class Lfm2(TrlTemplate):
    """The template of LFM 2."""

    name = "lfm2"
    summary = _("ChatML after a start token, with tools; LFM 2")
    order = 59
    file = "lfm2_v2_training"
    tokens = ("<|im_start|>", "<|im_end|>")


ENTRY = Lfm2()
