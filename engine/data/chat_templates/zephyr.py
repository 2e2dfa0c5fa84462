"""The template of Zephyr and TinyLlama."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class Zephyr(NamedTemplate):
    """The template of Zephyr and TinyLlama."""

    name = "zephyr"
    summary = _("turns under <|user|> in plain letters, ended by the end token; Zephyr, TinyLlama")
    order = 62
    jinja = """\
{%- for message in messages %}
    {{- '<|' + message.role + '|>\\n' }}
    {%- if message.role == 'assistant' %}
        {%- generation %}
            {{- message.content + eos_token }}
        {%- endgeneration %}
    {%- else %}
        {{- message.content + eos_token }}
    {%- endif %}
    {{- '\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|assistant|>\\n' }}
{%- endif %}
"""


ENTRY = Zephyr()
