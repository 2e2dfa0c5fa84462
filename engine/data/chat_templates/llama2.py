"""The template of Llama 2."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class Llama2(NamedTemplate):
    """The template of Llama 2."""

    name = "llama2"
    summary = _("[INST] with <<SYS>> for the system prompt; Llama 2 and Code Llama")
    order = 24
    jinja = """\
{%- set system = messages[0].content if messages[0].role == 'system' else '' %}
{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {%- generation %}
            {{- ' ' + message.content | trim + ' ' + eos_token }}
        {%- endgeneration %}
    {%- elif message.role == 'system' and loop.first %}
    {%- else %}
        {{- bos_token + '[INST] ' }}
        {%- if system and loop.index0 == 1 %}
            {{- '<<SYS>>\\n' + system + '\\n<</SYS>>\\n\\n' }}
        {%- endif %}
        {{- message.content | trim + ' [/INST]' }}
    {%- endif %}
{%- endfor %}
"""


ENTRY = Llama2()
