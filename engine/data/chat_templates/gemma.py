"""The template of Gemma."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class Gemma(NamedTemplate):
    """Turns of user and model, with the system prompt before the first question."""

    name = "gemma"
    summary = _("turns between <start_of_turn> and <end_of_turn>; for base models of Gemma")
    order = 30
    tokens = ("<start_of_turn>", "<end_of_turn>")
    jinja = """\
{{- bos_token }}
{%- if messages[0].role == 'system' %}
    {{- raise_exception('The system prompt stands before the first question.') }}
{%- endif %}
{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {{- '<start_of_turn>model\\n' }}
        {%- generation %}
            {{- message.content | trim + '<end_of_turn>' }}
        {%- endgeneration %}
        {{- '\\n' }}
    {%- else %}
        {{- '<start_of_turn>' + message.role + '\\n' + message.content | trim }}
        {{- '<end_of_turn>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<start_of_turn>model\\n' }}
{%- endif %}
"""


ENTRY = Gemma()
