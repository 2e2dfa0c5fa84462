"""What every verb answers, and where the verbs are found."""

import argparse
import importlib
import pkgutil
from collections.abc import Iterable

from engine.cli.output import Output
from engine.cli.parser import Parser

_PACKAGE = "engine.cli.verbs"


class Verb:
    """One verb of the command line. `order` is its place in the help."""

    name: str
    summary: str
    description: str = ""
    """What its own help tells beyond the summary."""
    order: int = 100

    def add_arguments(self, parser: Parser) -> None:
        """Declare the verb's arguments; `--json` is there already."""

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Do it; returns the exit code.

        Raises:
            TunesmithError: told to the person in one sentence.
        """
        raise NotImplementedError  # every entry overrides this


def all_verbs() -> list[Verb]:
    """Every verb in the order of the help."""
    package = importlib.import_module(_PACKAGE)
    verbs: list[Verb] = []
    for info in pkgutil.iter_modules(package.__path__):
        verbs.extend(_entries(info.name))
    return sorted(verbs, key=lambda verb: (verb.order, verb.name))


def find_verb(name: str) -> Verb | None:
    """The verb of that name. A file with the verb's name is looked at first, and alone."""
    package = importlib.import_module(_PACKAGE)
    files = [info.name for info in pkgutil.iter_modules(package.__path__)]
    first = name.replace("-", "_")
    for file in sorted(files, key=lambda file: file != first):
        for verb in _entries(file):
            if verb.name == name:
                return verb
    return None


def _entries(file: str) -> Iterable[Verb]:
    module = importlib.import_module(f"{_PACKAGE}.{file}")
    entry = getattr(module, "ENTRY", None)
    return [entry] if entry is not None else list(getattr(module, "ENTRIES", ()))
