"""The template of Tülu 3 and OLMo 2."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class Tulu(NamedTemplate):
    """The template of Tülu 3 and OLMo 2."""

    name = "tulu"
    summary = _("turns under <|user|>, only answers are ended; Tülu 3, OLMo 2")
    order = 64
    jinja = """\
{{- bos_token }}
{%- for message in messages %}
    {{- '<|' + message.role + '|>\\n' }}
    {%- if message.role == 'assistant' %}
        {%- generation %}
            {{- message.content + eos_token }}
        {%- endgeneration %}
    {%- else %}
        {{- message.content }}
    {%- endif %}
    {{- '\\n' if not loop.last or message.role != 'assistant' else '' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|assistant|>\\n' }}
{%- endif %}
"""


ENTRY = Tulu()
