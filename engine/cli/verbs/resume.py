"""`tunesmith resume`: go on with a run that was stopped, failed or lost."""

import argparse

from engine.cli.output import Output
from engine.cli.parser import Parser
from engine.cli.verb import Verb
from engine.errors import BadInput
from engine.words import _


class Resume(Verb):
    """Starts another attempt from the newest whole checkpoint."""

    name = "resume"
    summary = _("Goes on with a run from its newest whole checkpoint.")
    order = 45

    def add_arguments(self, parser: Parser) -> None:
        parser.add_argument("reference", metavar="RUN", help=_("id, name, directory or `last`"))
        parser.add_argument(
            "--detach", action="store_true", help=_("start it, print its id and leave it running")
        )

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.cli.launching import detach, end, follow_new
        from engine.runs import find, is_owned, summarize

        run = find(args.reference)
        state = summarize(run).state
        if state == "done":
            raise BadInput(
                _("Run {run} is done: nothing is left to train.").format(run=run.id),
                field="run",
                advice=_("`tunesmith replay {run}` runs its recipe again.").format(run=run.id),
                code="run_is_done",
            )
        if is_owned(run) or state == "queued":
            raise BadInput(
                _("Run {run} is {state}: its trainer lives.").format(run=run.id, state=state),
                field="run",
                advice=_("`tunesmith attach {run}` watches it.").format(run=run.id),
                code="run_is_owned",
            )
        run.recipe()  # told here, where somebody reads it, rather than in the trainer's log
        if args.detach:
            return detach(run, out, resume=True)
        return end(follow_new(run, out, resume=True), run, out)


ENTRY = Resume()
