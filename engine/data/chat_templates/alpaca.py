"""The template of Stanford Alpaca."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class AlpacaTemplate(NamedTemplate):
    """### Instruction and ### Response, answers ended by the end-of-sequence token."""

    name = "alpaca"
    summary = _("### Instruction: … ### Response: …; models tuned from Alpaca's set")
    order = 90
    jinja = """\
{{- bos_token }}
{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {{- '### Response:\\n' }}
        {%- generation %}
            {{- message.content | trim + eos_token }}
        {%- endgeneration %}
        {{- '\\n\\n' }}
    {%- elif message.role == 'system' %}
        {{- message.content | trim + '\\n\\n' }}
    {%- else %}
        {{- '### Instruction:\\n' + message.content | trim + '\\n\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '### Response:\\n' }}
{%- endif %}
"""


ENTRY = AlpacaTemplate()
