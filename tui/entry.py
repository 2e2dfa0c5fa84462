"""The console entry: opens the app, or hands a verb to the command line.

Imports neither before it knows which of them is meant.
"""

import os
import sys

TYPE_CHECKING = False  # importing typing would be half of what --version takes
if TYPE_CHECKING:
    from typing import NoReturn

APP_VERBS = {"demo", "attach"}
APP_FLAGS = {"--in-process", "--ascii", "--no-mouse"}


def main(argv: list[str] | None = None) -> int:
    """Run `tunesmith`; returns its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments in (["--version"], ["-V"]):
        from engine import __version__

        print(f"tunesmith {__version__}")
        return 0
    if not _is_for_the_app(arguments):
        return _command_line(arguments)
    if not _has_terminal():
        if arguments[:1] == ["attach"]:
            return _command_line(arguments)
        from engine.words import _

        print(
            _("The app needs a terminal; without one use `tunesmith demo --headless`, or "
              "`tunesmith train RECIPE`."),
            file=sys.stderr,
        )  # fmt: skip
        return 2
    return _app(arguments)


def _is_for_the_app(arguments: list[str]) -> bool:
    """No verb, `demo` or `attach RUN`, with the app's own flags only."""
    words = [word for word in arguments if word not in APP_FLAGS]
    return words in ([], ["demo"]) or (
        len(words) == 2 and words[0] == "attach" and not words[1].startswith("-")
    )


def _has_terminal() -> bool:
    # Textual reads standard input and draws on standard error.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return os.environ.get("TERM") != "dumb" and all(s is not None and s.isatty() for s in streams)


def _command_line(arguments: list[str]) -> int:
    from engine.cli import main as command_line

    return command_line(arguments)


def _app(arguments: list[str]) -> int:
    from tui.app import AppSettings, TunesmithApp

    words = [word for word in arguments if word not in APP_FLAGS]
    app = TunesmithApp(
        AppSettings(
            start=words[0] if words else "home",
            run=words[1] if len(words) > 1 else None,
            in_process="--in-process" in arguments,
            ascii_only="--ascii" in arguments,
        )
    )
    app.run(mouse="--no-mouse" not in arguments)
    _leave(app.return_code or 0)


def _leave(code: int) -> "NoReturn":
    """End at once: the app is closed, and taking Python apart takes as long as the app did.

    Nobody waits for a thread that still reads a driver or a network.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue  # the terminal is gone
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
