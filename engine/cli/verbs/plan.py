"""`tunesmith plan`: what a recipe will cost, and whether it fits."""

import argparse

from engine.cli.output import Output
from engine.cli.parser import Parser
from engine.cli.verb import Verb
from engine.errors import EXIT_DOES_NOT_FIT, EXIT_DONE
from engine.words import _


class Plan(Verb):
    """Prints a recipe's plan; exit code 3 when it does not fit."""

    name = "plan"
    summary = _("What a recipe will cost in memory, steps and time, before anything is spent.")
    order = 15

    def add_arguments(self, parser: Parser) -> None:
        from engine.cli.planning import add_recipe_arguments

        parser.add_argument("recipe", metavar="RECIPE", help=_("a file or the name of a preset"))
        parser.add_argument(
            "--gpu", metavar="CARD",
            help=_("plan for a card that is not here: 24GiB, rtx-4090, 2xh100"),
        )  # fmt: skip
        add_recipe_arguments(parser)

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.cli.planning import DOES_NOT_FIT, changed, named_recipe, plan_of, show_plan

        plan = plan_of(changed(named_recipe(args.recipe), args), out, args.gpu)
        out.document(plan)
        show_plan(plan, out)
        return EXIT_DOES_NOT_FIT if plan["verdict"] == DOES_NOT_FIT else EXIT_DONE


ENTRY = Plan()
