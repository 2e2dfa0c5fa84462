"""The template of OpenChat."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class OpenChat(NamedTemplate):
    """The template of OpenChat."""

    name = "openchat"
    summary = _("GPT4 Correct User: … ended by <|end_of_turn|>; OpenChat, Starling")
    order = 68
    tokens = ("<|end_of_turn|>",)
    jinja = """\
{{- bos_token }}
{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {{- 'GPT4 Correct Assistant:' }}
        {%- generation %}
            {{- ' ' + message.content + '<|end_of_turn|>' }}
        {%- endgeneration %}
    {%- elif message.role == 'system' %}
        {{- message.content + '<|end_of_turn|>' }}
    {%- else %}
        {{- 'GPT4 Correct User: ' + message.content + '<|end_of_turn|>' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- 'GPT4 Correct Assistant:' }}
{%- endif %}
"""


ENTRY = OpenChat()
