"""The template of Llama 4."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class Llama4(NamedTemplate):
    """The template of Llama 4."""

    name = "llama4"
    summary = _("turns under a header, ended by <|eot|>; Llama 4")
    order = 26
    tokens = ("<|header_start|>", "<|header_end|>", "<|eot|>")
    jinja = """\
{{- bos_token }}
{%- for message in messages %}
    {{- '<|header_start|>' + message.role + '<|header_end|>\\n\\n' }}
    {%- if message.role == 'assistant' %}
        {%- generation %}
            {{- message.content | trim + '<|eot|>' }}
        {%- endgeneration %}
    {%- else %}
        {{- message.content | trim + '<|eot|>' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|header_start|>assistant<|header_end|>\\n\\n' }}
{%- endif %}
"""


ENTRY = Llama4()
