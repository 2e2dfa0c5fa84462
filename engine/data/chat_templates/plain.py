"""Roles written out as words: works with every tokenizer that has an end-of-sequence token."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class Plain(NamedTemplate):
    """System:, User: and Assistant: before each turn, answers ended by the end token."""

    name = "plain"
    summary = _("User: … Assistant: …; for base models that know no chat template")
    order = 95
    jinja = """\
{{- bos_token }}
{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {{- 'Assistant:' }}
        {%- generation %}
            {{- ' ' + message.content | trim + eos_token }}
        {%- endgeneration %}
        {{- '\\n' }}
    {%- else %}
        {{- message.role | capitalize + ': ' + message.content | trim + '\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- 'Assistant:' }}
{%- endif %}
"""


ENTRY = Plain()
