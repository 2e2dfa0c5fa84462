"""`tunesmith replay`: the same recipe once more."""

import argparse

from engine.cli.output import Output
from engine.cli.parser import Parser
from engine.cli.verb import Verb
from engine.words import _


class Replay(Verb):
    """A new run of a preset, or of the resolved recipe of a run."""

    name = "replay"
    summary = _("Runs the recipe of a run or of a preset again, as a new run.")
    description = _("With the same seed on the same machine the losses are the same.")
    order = 50

    def add_arguments(self, parser: Parser) -> None:
        from engine.cli.launching import add_launch_arguments
        from engine.cli.planning import add_recipe_arguments

        parser.add_argument(
            "reference", metavar="RUN-or-PRESET", help=_("a run, `last`, or the name of a preset")
        )
        add_recipe_arguments(parser)
        add_launch_arguments(parser)

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.cli.launching import launch
        from engine.cli.planning import changed, recipe_of_run_or_preset

        return launch(changed(recipe_of_run_or_preset(args.reference), args), args, out)


ENTRY = Replay()
