"""What can be chosen: `methods`, `stages`, `quantizations`, `models`, `presets`."""

import argparse
from collections.abc import Callable
from typing import Any

from engine.cli.output import Column, Output
from engine.cli.verb import Verb
from engine.errors import EXIT_DONE
from engine.words import _

Entries = list[dict[str, Any]]


class Choices(Verb):
    """Lists one table, with a one-line reason to choose each entry."""

    def __init__(self, name: str, summary: str, order: int, entries: Callable[[], Entries]) -> None:
        self.name = name
        self.summary = summary
        self.order = order
        self._entries = entries

    def run(self, args: argparse.Namespace, out: Output) -> int:
        entries = self._entries()
        out.document(entries)
        out.table(
            [Column(_("name")), Column(_("choose it because"), wrap=True)],
            [(entry["name"], _because(entry)) for entry in entries],
        )
        options = [(entry["name"], option) for entry in entries for option in entry["options"]]
        if options:
            out.say()
            out.table(
                [
                    Column(_("option")),
                    Column(_("default")),
                    Column(_("values")),
                    Column(_("help"), wrap=True),
                ],
                [
                    (f"{name}.{option['name']}", option["default"], option["type"], option["help"])
                    for name, option in options
                ],
            )
        return EXIT_DONE


def _because(entry: dict[str, Any]) -> str:
    missing = entry.get("unavailable")
    if missing:
        return _("{summary} Not here: {reason}.").format(summary=entry["summary"], reason=missing)
    return str(entry["summary"])


def _methods() -> Entries:
    from engine.methods import METHODS

    return [entry.describe() for entry in METHODS]


def _stages() -> Entries:
    from engine.stages import STAGES

    return [entry.describe() for entry in STAGES]


def _quantizations() -> Entries:
    from engine.quantization import QUANTIZATIONS

    return [{**entry.describe(), "unavailable": entry.unavailable()} for entry in QUANTIZATIONS]


def _models() -> Entries:
    from engine.models import KNOWN

    return [model.describe() for model in KNOWN]


def _presets() -> Entries:
    from engine.plan.presets import presets

    return [preset.describe() for preset in presets()]


ENTRIES = [
    Choices("presets", _("Recipes that ship, and those you saved."), 60, _presets),
    Choices("models", _("Base models to start from; any folder or hub id works too."), 61, _models),
    Choices("stages", _("Kinds of training."), 62, _stages),
    Choices("methods", _("Which weights are trained."), 63, _methods),
    Choices("quantizations", _("How the frozen base is stored."), 64, _quantizations),
]
