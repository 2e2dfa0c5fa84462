"""`tunesmith attach` without a screen: a run's history, then what comes."""

import argparse

from engine.cli.output import Output
from engine.cli.parser import Parser
from engine.cli.verb import Verb
from engine.words import _


class Attach(Verb):
    """Follows a run that somebody else started; going away leaves it running."""

    name = "attach"
    summary = _("Watches a run: the run screen in a terminal, else its history and what comes.")
    order = 35

    def add_arguments(self, parser: Parser) -> None:
        parser.add_argument("reference", metavar="RUN", help=_("id, name, directory or `last`"))
        parser.add_argument(
            "--headless", action="store_true", help=_("no screen, lines only; implied by --json")
        )

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.cli.following import Follower, newest_attempt
        from engine.cli.launching import end
        from engine.runs import find

        run = find(args.reference)
        follower = Follower(run, out, after=newest_attempt(run) - 1)
        return end(follower.follow(), run, out)


ENTRY = Attach()
