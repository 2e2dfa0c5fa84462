"""Preference pairs as Anthropic's HH has them: two transcripts with `Human:` and `Assistant:`."""

import re
from collections.abc import Mapping
from typing import Any

from engine.data.dialogue import preference
from engine.data.formats import Field, Format
from engine.data.rows import AnyRow, Message, Role, RowProblem
from engine.data.turns import read_text
from engine.words import _

_SPEAKER = re.compile(r"(?:\A|\n\n)(Human|Assistant|System):[ \t]?")
_ROLES: dict[str, Role] = {"Human": "user", "Assistant": "assistant", "System": "system"}


class HHPreference(Format):
    """Two transcripts of one dialogue, of which the last answers differ."""

    name = "hh-preference"
    summary = _("two transcripts with Human: and Assistant:, the better and the worse")
    order = 140
    kind = "preference"
    fields = (
        Field("chosen", _("the better transcript"), ("chosen",)),
        Field("rejected", _("the worse transcript"), ("rejected",)),
        Field("prompt", _("what stands before both"), ("prompt",), required=False),
    )

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        chosen, rejected = row.get(columns["chosen"]), row.get(columns["rejected"])
        if not isinstance(chosen, str) or not isinstance(rejected, str):
            return False
        prompt = row.get(columns["prompt"])
        return is_transcript(prompt) or (prompt is None and is_transcript(chosen))

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        given = row.get(columns["prompt"])
        before = "" if given is None else read_text(given, columns["prompt"])
        sides: list[list[Message]] = []
        for field in ("chosen", "rejected"):
            text = read_text(row.get(columns[field]), columns[field])
            whole = text if is_transcript(text) else before + text
            sides.append(read_transcript(whole, columns[field]))
        return preference((), sides[0], sides[1])


def is_transcript(value: Any) -> bool:
    """Whether a value is text that begins with a speaker's name."""
    return isinstance(value, str) and _SPEAKER.match(value.lstrip("\n")) is not None


def read_transcript(text: str, where: str) -> list[Message]:
    """The turns of a transcript; what a speaker says is stripped of blank space around it.

    Raises:
        RowProblem: `bad_shape` where it does not begin with a speaker.
    """
    text = "\n\n" + text.lstrip("\n")
    parts = _SPEAKER.split(text)
    if len(parts) < 3 or parts[0].strip():
        raise RowProblem(
            "bad_shape",
            _("{field} is no transcript with Human: and Assistant:.").format(field=where),
            _("Begin each turn with an empty line and the speaker's name."),
        )
    return [
        Message(_ROLES[speaker], said.strip())
        for speaker, said in zip(parts[1::2], parts[2::2], strict=True)
    ]


ENTRY = HHPreference()
