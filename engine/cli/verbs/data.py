"""`tunesmith data`: look at a data set before anything is trained on it."""

import argparse
from typing import get_args

from engine.cli.health import check_data
from engine.cli.output import Output
from engine.cli.parser import Parser, whole
from engine.cli.token_view import print_row, show
from engine.cli.verb import Verb
from engine.data.rows import Kind
from engine.errors import EXIT_DONE
from engine.recipe import Recipe, apply_settings, with_field
from engine.words import _


class Data(Verb):
    """`check` accounts for every row, `show` prints the exact tokens of one."""

    name = "data"
    summary = _(
        "`data check SOURCE` examines a data set, `data show SOURCE` prints a row's tokens."
    )
    order = 25

    def add_arguments(self, parser: Parser) -> None:
        parser.add_argument("what", choices=["check", "show"], help=_("what to do"))
        parser.add_argument(
            "source", metavar="SOURCE",
            help=_(
                "shipped name, file, folder, pattern, hub id, modelscope:owner/name, or an entry "
                "of LLaMA-Factory's dataset_info.json (FILE:NAME)"
            ),
        )  # fmt: skip
        parser.add_argument(
            "--row", type=whole(1), default=1, metavar="N", help=_("show: which row, from 1")
        )
        parser.add_argument(
            "--find", default="", metavar="TEXT",
            help=_("show: the first row from --row on that has this text"),
        )  # fmt: skip
        parser.add_argument(
            "--model", help=_("whose tokenizer reads it (pocket; check then writes plain ChatML)")
        )
        parser.add_argument(
            "--stage", help=_("the stage it is meant for; without one, what its rows are decides")
        )
        parser.add_argument(
            "--kind", choices=get_args(Kind), metavar="KIND",
            help=_("what to read its rows as, in place of a stage: {kinds}").format(
                kinds=", ".join(get_args(Kind))
            ),
        )  # fmt: skip
        parser.add_argument(
            "--max-length", type=whole(1), metavar="N",
            help=_("check: where rows are cut, in tokens"),
        )  # fmt: skip
        parser.add_argument(
            "--fix", metavar="OUT.jsonl", help=_("check: write the mended set to this file")
        )
        parser.add_argument(
            "--overwrite", action="store_true", help=_("check: --fix may replace a file")
        )
        parser.add_argument(
            "--no-near", action="store_true",
            help=_("check: look for no rows that are nearly alike, which is faster"),
        )  # fmt: skip
        parser.add_argument(
            "--set", action="append", default=[], metavar="FIELD=VALUE", dest="settings",
            help=_("change a field of the recipe, for example data.split=test"),
        )  # fmt: skip

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.models import find, load_tokenizer
        from engine.stages import STAGES

        recipe = Recipe()
        if args.model is not None:
            recipe = with_field(recipe, "model.id", args.model, origin="--model")
        recipe = with_field(recipe, "data.source", args.source, origin="SOURCE")
        recipe = apply_settings(recipe, args.settings)
        kind: Kind | None = args.kind
        if args.stage is not None:
            kind = kind or STAGES.get(args.stage).kind
        if args.max_length is not None:
            recipe = with_field(recipe, "data.max_length", args.max_length, origin="--max-length")
        out.status(_("reading {source}").format(source=args.source))
        try:
            tokenizer = load_tokenizer(find(recipe.model, weights=False))
            if args.what == "check":
                chosen = args.model is not None or recipe.model != Recipe().model
                return check_data(recipe, kind, tokenizer, args, out, model_chosen=chosen)
            document = show(recipe, kind, tokenizer, args.row, args.find)
        finally:
            out.status("")
        out.document(document)
        print_row(document, out)
        return EXIT_DONE


ENTRY = Data()
