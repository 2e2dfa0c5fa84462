"""Chat templates that can be chosen by name, with the tokens that they need."""

import importlib.util
from pathlib import Path
from typing import ClassVar

from engine.tables import Choice, Table


class NamedTemplate(Choice):
    """A chat template with generation markers.

    `tokens` are what the tokenizer must have as single tokens; the end-of-sequence token, which
    templates write as `eos_token`, is needed where the template names it.
    """

    jinja: str
    tokens: tuple[str, ...] = ()


class TrlTemplate(NamedTemplate):
    """One of the training templates that TRL ships: the model's own, with markers."""

    file: ClassVar[str]

    def __init__(self) -> None:
        self.jinja = _trls(self.file)


def _trls(file: str) -> str:
    """A template's text out of the installed TRL, which is not imported for it."""
    found = importlib.util.find_spec("trl")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent / "chat_templates"
    return (folder / f"{file}.jinja").read_text(encoding="utf-8")


CHAT_TEMPLATES: Table[NamedTemplate] = Table("engine.data.chat_templates", "template")
