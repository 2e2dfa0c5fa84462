"""The template of Llama 3."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class Llama3(NamedTemplate):
    """Turns under a header, ended by <|eot_id|>."""

    name = "llama3"
    summary = _("turns under a header, ended by <|eot_id|>; for base models of Llama 3")
    order = 20
    tokens = ("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")
    jinja = """\
{{- bos_token }}
{%- for message in messages %}
    {{- '<|start_header_id|>' + message.role + '<|end_header_id|>\\n\\n' }}
    {%- if message.role == 'assistant' %}
        {%- generation %}
            {{- message.content | trim + '<|eot_id|>' }}
        {%- endgeneration %}
    {%- else %}
        {{- message.content | trim + '<|eot_id|>' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
"""


ENTRY = Llama3()
