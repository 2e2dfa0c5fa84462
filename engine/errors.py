"""What can go wrong in words a person can act on, and the exit code each kind has."""

from dataclasses import asdict, dataclass
from typing import Any

from engine.plain_text import plain_line

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_BAD_INPUT = 2
EXIT_DOES_NOT_FIT = 3
EXIT_INTERRUPTED = 130


@dataclass(frozen=True)
class Problem:
    """One failure as a person and a script read it.

    `code` is a short stable word, `message` one sentence, `field` the recipe field or file
    concerned, `advice` what to do next.
    """

    code: str
    message: str
    field: str | None = None
    advice: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The value of `error` in a JSON answer."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.message} {self.advice}" if self.advice else self.message


class TunesmithError(Exception):
    """A failure that is told to the person in one sentence, never as a traceback."""

    exit_code = EXIT_FAILED
    code = "failed"

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        advice: str | None = None,
        code: str | None = None,
    ) -> None:
        # Names of files, fields and rows stand in it as they were given.
        message = plain_line(message)
        super().__init__(message)
        self.problem = Problem(
            code or self.code, message, field, None if advice is None else plain_line(advice)
        )

    def __str__(self) -> str:
        return str(self.problem)


class BadInput(TunesmithError):
    """Something the person gave cannot be used: a file, a field, a name, a flag."""

    exit_code = EXIT_BAD_INPUT
    code = "bad_input"


class RunFailed(TunesmithError):
    """A run ended without its result; `code` is the journal's `reason`."""

    exit_code = EXIT_FAILED
    code = "run_failed"


class Unreachable(TunesmithError):
    """A process or network place that should answer does not."""

    exit_code = EXIT_FAILED
    code = "unreachable"
