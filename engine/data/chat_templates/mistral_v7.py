"""The template of Mistral's models with a system prompt of its own."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class MistralV7(NamedTemplate):
    """The template of Mistral's models with a system prompt of its own."""

    name = "mistral-v7"
    summary = _("[SYSTEM_PROMPT] and [INST] as tokens; Mistral Small 3 and later")
    order = 42
    tokens = ("[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[INST]", "[/INST]")
    jinja = """\
{{- bos_token }}
{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {%- generation %}
            {{- message.content + eos_token }}
        {%- endgeneration %}
    {%- elif message.role == 'system' %}
        {{- '[SYSTEM_PROMPT]' + message.content + '[/SYSTEM_PROMPT]' }}
    {%- else %}
        {{- '[INST]' + message.content + '[/INST]' }}
    {%- endif %}
{%- endfor %}
"""


ENTRY = MistralV7()
