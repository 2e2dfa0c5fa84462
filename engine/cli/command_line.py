"""From the words of a command line to a verb, and from any failure to one sentence."""

import difflib
import os
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from engine import processes
from engine.cli.output import Output, opened
from engine.cli.parser import Parser
from engine.cli.verb import Verb, all_verbs, find_verb
from engine.errors import (
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_INTERRUPTED,
    BadInput,
    Problem,
    TunesmithError,
)
from engine.words import _

LATER = ("export", "eval", "serve", "queue", "report", "launch", "web")
"""Verbs that are planned; until they work they are not listed and say so."""


def main(argv: list[str]) -> int:
    """Run one command; returns its exit code and never raises.

    0 done, 1 the run failed, 2 bad input, 3 does not fit, 130 interrupted.
    """
    processes.adopt_defaults()
    as_json = "--json" in argv[: argv.index("--") if "--" in argv else None]
    try:
        with opened(as_json) as out:
            code = _guarded(argv, out)
            out.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read our output has enough. Python would complain once more at its end.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return EXIT_DONE
    except OSError as error:
        with suppress(OSError, ValueError):  # the terminal may be gone altogether
            print(f"tunesmith: {error.strerror or error}", file=sys.stderr)
        return EXIT_FAILED


def _guarded(argv: list[str], out: Output) -> int:
    try:
        return _run(argv, out)
    except TunesmithError as problem:
        out.fail(problem.problem)
        return problem.exit_code
    except KeyboardInterrupt:
        if out.as_json:
            out.fail(Problem("interrupted", _("Interrupted.")))
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        out.fail(_unexpected(error))
        return EXIT_FAILED


def _run(argv: list[str], out: Output) -> int:
    words = [word for word in argv if word != "--json"] if argv[:1] == ["--json"] else argv
    if not words:
        raise BadInput(
            _("The app has no --json; a verb comes first."),
            advice=_("`tunesmith --help` lists the verbs."),
            code="usage",
        )
    if words[0] in {"-h", "--help", "help"}:
        out.document([{"name": verb.name, "summary": verb.summary} for verb in all_verbs()])
        out.piece(_help())
        return EXIT_DONE
    if words[0] in {"-V", "--version"}:
        from engine import __version__

        if out.as_json:
            out.document({"version": __version__})
        out.say(f"tunesmith {__version__}")
        return EXIT_DONE
    verb = None if words[0] in LATER else find_verb(words[0])
    if verb is None:
        _refuse(words[0])
    parser = parser_of(verb)
    try:
        args = parser.read(words[1:])
    except SystemExit:  # its help was asked for, and printed where people read
        out.document({"help": parser.format_help()})
        return EXIT_DONE
    return verb.run(args, out)


def parser_of(verb: Verb) -> Parser:
    """The parser of one verb's arguments."""
    description = f"{verb.summary} {verb.description}".strip()
    parser = Parser(verb.name, description)
    verb.add_arguments(parser)
    return parser


def _help() -> str:
    verbs = all_verbs()
    width = max(len(verb.name) for verb in verbs) + 2
    lines = [
        _("usage: tunesmith [VERB ...]"),
        "",
        _("Fine-tunes language models. Without a verb the app opens."),
        "",
        *(f"  {verb.name:<{width}}{verb.summary}" for verb in verbs),
        "",
        _("RECIPE is a file or the name of a preset. RUN is an id, the beginning of one, a name,"),
        _("a directory, or `last`. Every verb takes --help, and --json for scripts."),
        _("Exit codes: 0 done, 1 failed, 2 bad input, 3 does not fit, 130 interrupted."),
        "",
    ]
    return "\n".join(lines)


def _refuse(word: str) -> NoReturn:
    if word in LATER:
        raise BadInput(
            _("`tunesmith {word}` is not part of this version yet.").format(word=word),
            field=word,
            advice=_("`tunesmith --help` lists what is."),
            code="not_yet",
        )
    if word.startswith("-"):
        raise BadInput(
            _("There is no flag {word}; a verb comes first.").format(word=word),
            field=word,
            advice=_("`tunesmith --help` lists the verbs."),
            code="usage",
        )
    near = difflib.get_close_matches(word, [verb.name for verb in all_verbs()], 1, 0.5)
    raise BadInput(
        _("There is no verb {word!r}.").format(word=word),
        field=word,
        advice=_("Did you mean {near}?").format(near=near[0])
        if near
        else _("`tunesmith --help` lists the verbs."),
        code="usage",
    )


def _unexpected(error: Exception) -> Problem:
    """A failure nobody foresaw: one sentence, and the traceback in a file."""
    story = traceback.format_exc()
    if os.environ.get("TUNESMITH_DEBUG") == "1":
        print(story, file=sys.stderr)
    if isinstance(error, OSError) and error.strerror and error.filename:
        reason = f"{error.filename}: {error.strerror}"
    else:
        first = (str(error).strip().splitlines() or [""])[0][:200]
        reason = f"{type(error).__name__}: {first}" if first else type(error).__name__
    log = _keep(story)
    return Problem(
        "unexpected",
        _("Something went wrong that should not ({reason}).").format(reason=reason),
        advice=_("The whole story is in {log}.").format(log=log) if log else None,
    )


def _keep(story: str) -> Path | None:
    from engine import locations

    name = f"error-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    try:
        folder = locations.private_directory(locations.home() / "errors")
        path = folder / name
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        try:
            fd, temporary = tempfile.mkstemp(suffix=f"-tunesmith-{name}")
        except OSError:
            return None
        path = Path(temporary)
    with os.fdopen(fd, "w", encoding="utf-8", errors="replace") as file:
        file.write(story)
    return path
