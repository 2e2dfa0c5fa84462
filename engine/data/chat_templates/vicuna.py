"""The template of Vicuna."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class Vicuna(NamedTemplate):
    """USER and ASSISTANT on one line, answers ended by the end-of-sequence token."""

    name = "vicuna"
    summary = _("USER: … ASSISTANT: …; Vicuna and models tuned from it")
    order = 92
    jinja = """\
{{- bos_token }}
{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {{- 'ASSISTANT:' }}
        {%- generation %}
            {{- ' ' + message.content | trim + eos_token }}
        {%- endgeneration %}
    {%- elif message.role == 'system' %}
        {{- message.content | trim + ' ' }}
    {%- else %}
        {{- 'USER: ' + message.content | trim + ' ' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- 'ASSISTANT:' }}
{%- endif %}
"""


ENTRY = Vicuna()
