"""The template of Mistral's models since [INST] is a token."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class MistralV3(NamedTemplate):
    """The template of Mistral's models since [INST] is a token."""

    name = "mistral-v3"
    summary = _("[INST] and [/INST] as tokens; Mistral 7B v0.3, Nemo, Mixtral 8x22B")
    order = 41
    tokens = ("[INST]", "[/INST]")
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
        {{- '[INST] ' + message.content | trim + '[/INST]' }}
    {%- endif %}
{%- endfor %}
"""


ENTRY = MistralV3()
