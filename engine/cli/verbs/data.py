"""`tunesmith data`: look at a data set before anything is trained on it."""

import argparse
from typing import TYPE_CHECKING, Any, get_args

from engine.cli.output import Column, Output
from engine.cli.parser import Parser, whole
from engine.cli.token_view import print_row, show
from engine.cli.verb import Verb
from engine.data.quoting import listed
from engine.data.rows import Kind
from engine.errors import EXIT_DONE
from engine.recipe import Data as DataSection
from engine.recipe import Recipe, apply_settings, with_field
from engine.words import _

if TYPE_CHECKING:
    from engine.data import Survey


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
            "--model", default="pocket", help=_("whose tokenizer reads it (pocket)")
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
            "--set", action="append", default=[], metavar="FIELD=VALUE", dest="settings",
            help=_("change a field of the recipe, for example data.split=test"),
        )  # fmt: skip

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.models import find, load_tokenizer
        from engine.stages import STAGES

        recipe = with_field(Recipe(), "model.id", args.model, origin="--model")
        recipe = with_field(recipe, "data.source", args.source, origin="SOURCE")
        recipe = apply_settings(recipe, args.settings)
        kind: Kind | None = args.kind
        if args.stage is not None:
            kind = kind or STAGES.get(args.stage).kind
        out.status(_("reading {source}").format(source=args.source))
        try:
            tokenizer = load_tokenizer(find(recipe.model))
            if args.what == "check":
                document = _check(recipe.data, kind, tokenizer)
            else:
                document = show(recipe, kind, tokenizer, args.row, args.find)
        finally:
            out.status("")
        out.document(document)
        (_print_check if args.what == "check" else print_row)(document, out)
        return EXIT_DONE


def _check(data: DataSection, kind: Kind | None, tokenizer: Any) -> dict[str, Any]:
    from engine.data import survey

    found = survey(data, kind, tokenizer)
    return {
        "rows": found.rows,
        "format": found.format,
        "kept": found.counts.kept,
        "cut": found.counts.cut,
        "dropped": found.counts.dropped,
        "refused": found.counts.refused,
        "causes": [
            {
                "code": cause.code,
                "count": cause.count,
                "rows": list(cause.rows),
                "advice": cause.advice,
                "message": cause.message,
                "source": cause.source,
            }
            for cause in found.causes
        ],
        "tokens": {
            "total": found.tokens.total,
            "with_loss": found.tokens.with_loss,
            "p50": found.tokens.p50,
            "p95": found.tokens.p95,
            "max": found.tokens.max,
        },
        "suggestions": [*_on_reading(found), *found.warnings],
        "template": found.template,
        "kind": found.kind,
        "columns": found.columns,
        "unread": list(found.unread),
    }


def _on_reading(found: "Survey") -> list[str]:
    """What a person may want to read otherwise."""
    said: list[str] = []
    if found.others:
        said.append(
            _("The rows can be read as {formats} too (--set data.format=…).").format(
                formats=_(" or ").join(found.others)
            )
        )
    if found.unread:
        said.append(_("Columns that are not read: {columns}.").format(columns=listed(found.unread)))
    return said


def _print_check(found: dict[str, Any], out: Output) -> None:
    tokens = found["tokens"]
    out.say(
        _("{rows} rows ({format}): {kept} kept ({cut} of them cut), {dropped} dropped, "
          "{refused} refused.").format(**found)
    )  # fmt: skip
    out.say(
        _("{total} tokens, {with_loss} carry loss; a row has {p50} in the middle, {p95} at 95 %, "
          "{max} at most.").format(**tokens)
    )  # fmt: skip
    if found["causes"]:
        out.say()
        out.table(
            [
                Column(_("cause")),
                Column(_("rows"), right=True),
                Column(_("first")),
                Column(_("what to do"), wrap=True),
            ],
            [
                (c["code"], c["count"], ", ".join(map(str, c["rows"][:5])), c["advice"])
                for c in found["causes"]
            ],
        )
    for suggestion in found["suggestions"]:
        out.say()
        out.say(suggestion)


ENTRY = Data()
