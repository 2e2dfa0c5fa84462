"""The template of DeepSeek R1's distillations, with the thoughts of every turn."""

from engine.data.chat_templates import TrlTemplate
from engine.words import _


class DeepSeekR1(TrlTemplate):
    """The template of DeepSeek R1's distillations, with the thoughts of every turn."""

    name = "deepseek-r1"
    summary = _("DeepSeek's turns, answers begin with <think>; R1 and its distillations")
    order = 52
    file = "deepseek_r1_distill_training"
    tokens = ("<｜User｜>", "<｜Assistant｜>", "<｜end▁of▁sentence｜>")


ENTRY = DeepSeekR1()
