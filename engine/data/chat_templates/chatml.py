"""ChatML with tools as Hermes and Qwen write them."""

from engine.data.chat_templates import NamedTemplate
from engine.words import _


class ChatML(NamedTemplate):
    """Turns between <|im_start|> and <|im_end|>."""

    name = "chatml"
    summary = _("turns between <|im_start|> and <|im_end|>; Qwen, Hermes, Yi and many more")
    order = 10
    tokens = ("<|im_start|>", "<|im_end|>")
    jinja = """\
{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {%- if messages[0].role == 'system' %}
        {{- messages[0].content + '\\n\\n' }}
    {%- endif %}
    {{- '# Tools\\n\\nYou may call one or more functions.\\n<tools>' }}
    {%- for tool in tools %}
        {{- '\\n' + tool | tojson }}
    {%- endfor %}
    {{- '\\n</tools>\\n\\nWrite each call as JSON with name and arguments:\\n<tool_call>\\n' }}
    {{- '{"name": ..., "arguments": ...}\\n</tool_call><|im_end|>\\n' }}
{%- elif messages[0].role == 'system' %}
    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {{- '<|im_start|>assistant\\n' }}
        {%- generation %}
            {{- message.content }}
            {%- for call in message.tool_calls or [] %}
                {{- '\\n' if message.content or not loop.first else '' }}
                {{- '<tool_call>\\n{"name": ' + call.function.name | tojson }}
                {{- ', "arguments": ' + call.function.arguments | tojson + '}\\n</tool_call>' }}
            {%- endfor %}
            {{- '<|im_end|>' }}
        {%- endgeneration %}
        {{- '\\n' }}
    {%- elif message.role == 'tool' %}
        {{- '<|im_start|>user\\n<tool_response>\\n' + message.content }}
        {{- '\\n</tool_response><|im_end|>\\n' }}
    {%- elif not (message.role == 'system' and loop.first) %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""


ENTRY = ChatML()
