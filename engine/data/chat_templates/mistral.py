"""The template of Mistral's first models."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class Mistral(NamedTemplate):
    """Questions between [INST] and [/INST], answers ended by the end-of-sequence token."""

    name = "mistral"
    summary = _("questions between [INST] and [/INST]; Mistral 7B and its kin")
    order = 40
    jinja = """\
{{- bos_token }}
{%- if messages[0].role == 'system' %}
    {{- raise_exception('The system prompt stands before the first question.') }}
{%- endif %}
{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {%- generation %}
            {{- ' ' + message.content | trim + eos_token }}
        {%- endgeneration %}
    {%- else %}
        {{- '[INST] ' + message.content | trim + ' [/INST]' }}
    {%- endif %}
{%- endfor %}
"""


ENTRY = Mistral()
