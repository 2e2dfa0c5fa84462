"""`tunesmith stop`: save a run and end it."""

import argparse
import time
from typing import Any

from engine.cli.output import Output
from engine.cli.parser import Parser
from engine.cli.verb import Verb
from engine.errors import EXIT_DONE
from engine.words import _


class Stop(Verb):
    """Asks a run's trainer to save and stop, and waits until it has."""

    name = "stop"
    summary = _("Saves a run and stops it; `resume` goes on from there.")
    order = 40

    def add_arguments(self, parser: Parser) -> None:
        parser.add_argument("reference", metavar="RUN", help=_("id, name, directory or `last`"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.runs import find, is_owned, summarize

        run = find(args.reference)
        before = summarize(run)
        lived = is_owned(run) and before.state in {"running", "paused"}
        out.status(_("stopping: the run is saved first"))
        try:
            document = (lived and _ask(run)) or _as_it_is(run)
        finally:
            out.status("")
        out.document(document)
        if lived:
            words = _("Run {run} is {state} at step {step}.")
        else:
            words = _("Run {run} was not running: it is {state} at step {step}.")
        out.say(words.format(**document))
        return EXIT_DONE


def _ask(run: Any) -> dict[str, Any] | None:
    """What the trainer answers once all is saved, None when it went away without an answer."""
    from engine.connection import Refused
    from engine.errors import Unreachable
    from engine.runs import connect, is_owned, order_by_file

    try:
        connection = connect(run)
    except Unreachable:
        order_by_file(run, "stop")
        while is_owned(run):
            time.sleep(0.1)
        return None
    try:
        answer: dict[str, Any] = connection.ask("stop").result()
        return answer
    except (Refused, Unreachable):
        return None  # it ended just now; the journal knows how
    finally:
        connection.close()


def _as_it_is(run: Any) -> dict[str, Any]:
    """The same document from the journal."""
    from engine.events import Checkpoint, RunFailed, RunStopped
    from engine.runs import read_journal, summarize, valid

    now = summarize(run)
    checkpoint: str | None = None
    for entry in valid(read_journal(run.journal_file)):
        event = entry.event
        if isinstance(event, Checkpoint):
            checkpoint = event.path
        elif isinstance(event, (RunStopped, RunFailed)) and event.checkpoint:
            checkpoint = event.checkpoint
    return {"run": run.id, "state": now.state, "step": now.step, "checkpoint": checkpoint}


ENTRY = Stop()
