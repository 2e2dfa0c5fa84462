"""The template of Granite 3."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class Granite(NamedTemplate):
    """The template of Granite 3."""

    name = "granite"
    summary = _("roles between <|start_of_role|> and <|end_of_role|>; Granite 3")
    order = 66
    tokens = ("<|start_of_role|>", "<|end_of_role|>", "<|end_of_text|>")
    jinja = """\
{%- for message in messages %}
    {{- '<|start_of_role|>' + message.role + '<|end_of_role|>' }}
    {%- if message.role == 'assistant' %}
        {%- generation %}
            {{- message.content + '<|end_of_text|>' }}
        {%- endgeneration %}
    {%- else %}
        {{- message.content + '<|end_of_text|>' }}
    {%- endif %}
    {{- '\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_of_role|>assistant<|end_of_role|>' }}
{%- endif %}
"""


ENTRY = Granite()
