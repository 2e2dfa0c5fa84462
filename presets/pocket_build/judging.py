"""Held-out questions of the data sets that ship, and what counts as a right answer to them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"

Message = dict[str, str]
Row = dict[str, list[Message]]


@dataclass(frozen=True)
class HeldOut:
    """One question that was never trained on, and what a right answer has.

    ``expect``: words of which one has to be in the answer.  ``json``: the answer is one JSON
    object with these keys and no others; a truth value is equal, a text contains the words.
    ``ends``: one of these ends the answer.  What is empty is not asked for.
    """

    prompt: str
    expect: tuple[str, ...] = ()
    system: str | None = None
    json: tuple[tuple[str, str | bool], ...] = ()
    ends: tuple[str, ...] = ()

    def messages(self) -> list[Message]:
        """Return the conversation that the model has to answer."""
        system = [{"role": "system", "content": self.system}] if self.system else []
        return [*system, {"role": "user", "content": self.prompt}]

    def line(self) -> str:
        """Return the question as a line of a questions file."""
        written: dict[str, Any] = {"prompt": self.prompt}
        if self.system:
            written["system"] = self.system
        if self.json:
            written["json"] = dict(self.json)
        for name in ("expect", "ends"):
            if getattr(self, name):
                written[name] = list(getattr(self, name))
        return json.dumps(written, ensure_ascii=False)


def read(line: str) -> HeldOut:
    """Return the question that a line of a questions file holds."""
    written = json.loads(line)
    return HeldOut(
        prompt=written["prompt"],
        expect=tuple(written.get("expect", ())),
        system=written.get("system"),
        json=tuple(written.get("json", {}).items()),
        ends=tuple(written.get("ends", ())),
    )


def held_out(name: str, folder: Path = DATA) -> list[HeldOut]:
    """Return the held-out questions of a shipped data set, such as ``persona``."""
    lines = (folder / f"{name}-questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [read(line) for line in lines]


def contains(text: str, expected: str) -> bool:
    """Tell whether the text has the expected words as words of their own, whatever their case."""
    pattern = rf"(?<!\w){re.escape(expected.lower())}(?!\w)"
    return re.search(pattern, text.lower()) is not None


def right(question: HeldOut, answer: str) -> bool:
    """Tell whether an answer has all that a question asks for."""
    said = answer.strip()
    if question.ends and not said.endswith(question.ends):
        return False
    if question.json and not _is_json(said, dict(question.json)):
        return False
    return not question.expect or any(contains(said, word) for word in question.expect)


def _is_json(said: str, expected: dict[str, str | bool]) -> bool:
    try:
        given = json.loads(said)
    except ValueError:
        return False
    if not isinstance(given, dict) or given.keys() != expected.keys():
        return False
    return all(_agrees(given[key], value) for key, value in expected.items())


def _agrees(given: object, expected: str | bool) -> bool:
    if isinstance(expected, bool):
        return given is expected
    return isinstance(given, str) and contains(given, expected)


def row(user: str, assistant: str, system: str | None = None) -> Row:
    """Return a training row of one turn."""
    asked = HeldOut(user, system=system).messages()
    return {"messages": [*asked, {"role": "assistant", "content": assistant}]}


def rows_text(rows: Iterable[Row]) -> str:
    """Return training rows as the text of a JSONL file."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def questions_text(questions: Iterable[HeldOut]) -> str:
    """Return held-out questions as the text of a JSONL file."""
    return "".join(question.line() + "\n" for question in questions)
