"""Chat templates that can be chosen by name, one file each with an `ENTRY`."""

from typing import ClassVar

from engine.tables import Choice, Table


class NamedTemplate(Choice):
    """A chat template with generation markers.

    `tokens` are what the tokenizer must have as single tokens; the end-of-sequence token, which
    templates write as `eos_token`, is needed by all.
    """

    jinja: ClassVar[str]
    tokens: ClassVar[tuple[str, ...]] = ()


CHAT_TEMPLATES: Table[NamedTemplate] = Table("engine.data.chat_templates", "template")
