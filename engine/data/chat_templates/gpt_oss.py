"""The template of gpt-oss."""

from engine.data.chat_templates import TrlTemplate
from engine.words import _


class GptOss(TrlTemplate):
    """The template of gpt-oss."""

    name = "gpt-oss"
    summary = _("harmony: channels of thinking and final answer; gpt-oss")
    order = 58
    file = "gptoss_training"
    tokens = ("<|start|>", "<|message|>", "<|channel|>", "<|end|>", "<|return|>")


ENTRY = GptOss()
