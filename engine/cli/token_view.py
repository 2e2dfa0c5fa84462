"""`tunesmith data show`: the exact tokens of one row, and where the trainer meets them."""

from typing import Any

from engine.cli.output import Column, Output
from engine.data.rows import Kind
from engine.errors import BadInput
from engine.recipe import AUTO, Recipe
from engine.words import _


def show(
    recipe: Recipe, kind: Kind | None, tokenizer: Any, row: int, find: str = ""
) -> dict[str, Any]:
    """The document of one row.

    Args:
        row: its number in its source, from 1.
        find: the first row from there on that has this text in it is shown instead.

    Raises:
        BadInput: there is no such row, or it cannot be used; in one sentence.
    """
    from engine.data.preview import preview

    data = recipe.data
    seen = preview(data, kind, tokenizer, 1, start=row, longest=None, find=find)
    if row == 1:
        # The first row of a file of lines stands below its header, or below empty lines.
        numbers = [one.number for one in seen.rows] + [one.number for one in seen.problems]
        row = min(numbers, default=1)
    if not find:
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
    if not seen.rows or (not find and seen.rows[0].number != row):
        raise BadInput(
            _("{source} has no row from {n} on with that text.").format(source=data.source, n=row)
            if find
            else _("{source} has no row {n}.").format(source=data.source, n=row),
            field="--find" if find else "--row",
            advice=_("`tunesmith data check {source}` counts them.").format(source=data.source),
        )
    shown = seen.rows[0]
    turns = [{"role": turn.role, "content": turn.content} for turn in shown.turns]
    as_read = shown.text or "\n".join(f"{turn['role']}: {turn['content']}" for turn in turns)
    document = {
        "row": shown.number,
        "source": shown.source,
        "kind": seen.kind,
        "format": seen.format,
        "template": seen.template,
        "turns": turns,
        "text": "".join(text for text, _loss in shown.tokens) or as_read,
        "tokens": [
            {"id": identity, "text": text, "loss": loss}
            for identity, (text, loss) in zip(shown.ids, shown.tokens, strict=True)
        ],
        "cut": shown.cut,
        "lost": shown.lost,
        "held_out": None,
        "sequences": None,
    }
    if data.packing is True and shown.tokens:
        document |= _among_others(recipe, seen.kind, tokenizer, shown.source, shown.number)
    return document


def _among_others(
    recipe: Recipe, kind: Kind, tokenizer: Any, source: str, number: int
) -> dict[str, Any]:
    """The sequences in which a row is packed, and its neighbours: all rows are read for it."""
    from engine.data import prepare
    from engine.data.layout import Layout

    data = recipe.data
    if data.max_length == AUTO:
        raise BadInput(
            _("data.max_length is not known, and so is not which rows share a sequence."),
            field="data.max_length",
            advice=_("Add --set data.max_length=1024, or the length that `plan` chooses."),
        )
    length = int(data.max_length)
    prepared = prepare(data, kind, tokenizer, max_length=length, seed=recipe.training.seed)
    layout = Layout(prepared, length, packing=True, joined=kind == "text")
    return {
        "held_out": layout.is_held_out(source, number),
        "sequences": [
            {
                "sequence": sequence + 1,
                "of": len(layout),
                "rows": [
                    {
                        "source": part.source,
                        "row": part.number,
                        "start": part.start,
                        "tokens": part.tokens,
                        "row_start": part.row_start,
                    }
                    for part in layout.parts(sequence)
                ],
            }
            for sequence in layout.sequences_of(source, number)
        ],
    }


def print_row(found: dict[str, Any], out: Output) -> None:
    """The document as a person reads it."""
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
        out.say(
            _("Here the row is cut (data.max_length): {n} more tokens are not trained on.").format(
                n=found["lost"]
            )
        )
    if found["held_out"]:
        out.say(_("The row is held out: it is evaluated on, not trained on."))
    for sequence in found["sequences"] or ():
        out.say(_("It stands in sequence {sequence} of {of}, together with:").format(**sequence))
        out.table(
            [
                Column(_("from token"), right=True),
                Column(_("tokens"), right=True),
                Column(_("row"), right=True),
                Column(_("source"), wrap=True),
            ],
            [
                (part["start"], part["tokens"], part["row"], part["source"])
                for part in sequence["rows"]
            ],
        )
