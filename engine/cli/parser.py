"""argparse with our manners: every mistake is one sentence with the nearest known flag."""

import argparse
import difflib
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from engine.errors import BadInput
from engine.words import _


class Parser(argparse.ArgumentParser):
    """Raises BadInput instead of printing its usage."""

    def __init__(self, verb: str, description: str) -> None:
        super().__init__(
            prog=f"tunesmith {verb}", description=description, allow_abbrev=False, add_help=False
        )
        self._verb = verb
        # Apart from the arguments, so that these two come last in every help.
        common = self.add_argument_group(_("common"))
        common.add_argument(
            "--json", action="store_true", help=_("one JSON document on standard output")
        )
        common.add_argument("-h", "--help", action="help", help=_("show this and exit"))

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The arguments of a verb.

        Raises:
            BadInput: naming what is missing, wrong or unknown.
        """
        known, unknown = self.parse_known_args(arguments)
        if unknown:
            self._refuse(unknown[0])
        return known

    def error(self, message: str) -> NoReturn:
        """What argparse calls when something is wrong."""
        raise BadInput(
            f"{self._verb}: {message.rstrip('.')}.",
            advice=_("`{prog} --help` shows how.").format(prog=self.prog),
            code="usage",
        )

    def _refuse(self, word: str) -> NoReturn:
        if not word.startswith("-"):
            self.error(_("there is one argument too many: {word}").format(word=word))
        flag = word.split("=", 1)[0]
        near = difflib.get_close_matches(flag, self._option_string_actions, 1, 0.5)
        raise BadInput(
            _("{verb}: there is no flag {flag}.").format(verb=self._verb, flag=flag),
            field=flag,
            advice=_("Did you mean {near}?").format(near=near[0])
            if near
            else _("`{prog} --help` lists its flags.").format(prog=self.prog),
            code="usage",
        )


def whole(least: int) -> Callable[[str], int]:
    """An argument's type: a whole number from `least` up."""

    def read(text: str) -> int:
        return int(_number(text, int, _("a whole number from {n} up").format(n=least), least))

    return read


def number(least: float, most: float) -> Callable[[str], float]:
    """An argument's type: a number between two limits, both allowed."""

    def read(text: str) -> float:
        words = _("a number from {least:g} to {most:g}").format(least=least, most=most)
        return _number(text, float, words, least, most)

    return read


def _number(
    text: str, kind: Callable[[str], Any], words: str, least: float, most: float | None = None
) -> Any:
    try:
        value = kind(text)
    except ValueError:
        value = None
    if value is None or not value >= least or (most is not None and not value <= most):
        raise argparse.ArgumentTypeError(
            _("expected {words}, found {text!r}").format(words=words, text=text)
        )
    return value
