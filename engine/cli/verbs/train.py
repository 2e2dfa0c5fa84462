"""`tunesmith train`: run a recipe."""

import argparse

from engine.cli.output import Output
from engine.cli.parser import Parser
from engine.cli.verb import Verb
from engine.words import _


class Train(Verb):
    """Plans a recipe, makes a run of it and follows the trainer."""

    name = "train"
    summary = _("Trains a recipe, with its progress on the terminal.")
    description = _(
        "ctrl+c once saves and stops; twice leaves the run to itself. A terminal that is closed "
        "does not end it."
    )
    order = 20

    def add_arguments(self, parser: Parser) -> None:
        from engine.cli.launching import add_launch_arguments
        from engine.cli.planning import add_recipe_arguments

        parser.add_argument("recipe", metavar="RECIPE", help=_("a file or the name of a preset"))
        add_recipe_arguments(parser)
        add_launch_arguments(parser)

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.cli.launching import launch
        from engine.cli.planning import changed, named_recipe

        return launch(changed(named_recipe(args.recipe), args), args, out)


ENTRY = Train()
