"""`tunesmith data`: look at a data set before anything is trained on it."""

import argparse
from typing import TYPE_CHECKING, Any, get_args

from engine.cli.output import Column, Output
from engine.cli.parser import Parser, whole
from engine.cli.verb import Verb
from engine.data.quoting import listed
from engine.data.rows import Kind
from engine.errors import EXIT_DONE, BadInput
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
                document = _show(recipe.data, kind, tokenizer, args.row)
        finally:
            out.status("")
        out.document(document)
        (_print_check if args.what == "check" else _print_row)(document, out)
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


def _show(data: DataSection, kind: Kind | None, tokenizer: Any, row: int) -> dict[str, Any]:
    from engine.data.preview import preview

    seen = preview(data, kind, tokenizer, 1, start=row)
    for problem in seen.problems:
        if problem.number == row:
            raise BadInput(
                _("{source}, row {n}: {message}").format(
                    source=problem.source, n=row, message=problem.message
                ),
                field=problem.source,
                advice=problem.advice,
                code=problem.code,
            )
    if not seen.rows or seen.rows[0].number != row:
        raise BadInput(
            _("{source} has no row {n}.").format(source=data.source, n=row),
            field="--row",
            advice=_("`tunesmith data check {source}` counts them.").format(source=data.source),
        )
    shown = seen.rows[0]
    turns = [{"role": turn.role, "content": turn.content} for turn in shown.turns]
    as_read = shown.text or "\n".join(f"{turn['role']}: {turn['content']}" for turn in turns)
    return {
        "row": row,
        "kind": seen.kind,
        "format": seen.format,
        "turns": turns,
        "text": "".join(text for text, _loss in shown.tokens) or as_read,
        "tokens": [
            {"id": identity, "text": text, "loss": loss}
            for identity, (text, loss) in zip(shown.ids, shown.tokens, strict=True)
        ],
        "cut": shown.cut,
    }


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


def _print_row(found: dict[str, Any], out: Output) -> None:
    if not found["tokens"]:
        for turn in found["turns"]:
            out.say(f"{turn['role']}:")
            out.say(turn["content"])
            out.say()
        return
    out.table(
        [Column(_("id"), right=True), Column(_("loss")), Column(_("token"), wrap=True)],
        [
            (token["id"], _("yes") if token["loss"] else "", repr(token["text"])[1:-1])
            for token in found["tokens"]
        ],
    )
    if found["cut"]:
        out.say(_("This row is cut at data.max_length."))


ENTRY = Data()
