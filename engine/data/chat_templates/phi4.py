"""The template of Phi 4."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class Phi4(NamedTemplate):
    """The template of Phi 4."""

    name = "phi4"
    summary = _("ChatML with <|im_sep|> after the role; Phi 4")
    order = 46
    tokens = ("<|im_start|>", "<|im_sep|>", "<|im_end|>")
    jinja = """\
{%- for message in messages %}
    {{- '<|im_start|>' + message.role + '<|im_sep|>' }}
    {%- if message.role == 'assistant' %}
        {%- generation %}
            {{- message.content + '<|im_end|>' }}
        {%- endgeneration %}
    {%- else %}
        {{- message.content + '<|im_end|>' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant<|im_sep|>' }}
{%- endif %}
"""


ENTRY = Phi4()
