"""`tunesmith data check`: the doctor at work, and its report."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.measures import duration
from engine.cli.output import Column, Output
from engine.data.rows import Kind
from engine.errors import EXIT_BAD_INPUT, EXIT_DONE
from engine.recipe import AUTO, Recipe
from engine.words import _, ngettext

if TYPE_CHECKING:
    from engine.data.doctor import Checkup
    from engine.data.ledger import Cause


_NO_LIMIT = 1 << 60

_SHOWN = 8
"""Row numbers that are told of each cause."""


def check_data(
    recipe: Recipe,
    kind: Kind | None,
    tokenizer: Any,
    args: argparse.Namespace,
    out: Output,
    *,
    model_chosen: bool,
) -> int:
    """Examine the recipe's data, tell how far it is, and report; the exit code.

    Where no model is chosen, rows are written as ChatML, which shows tools too, and no model's
    context counts: what is told is then true of the data alone.

    Raises:
        BadInput: the data cannot be read to its end, or the mended set not be written.
    """
    from engine.data.doctor import check

    data = recipe.data
    if not model_chosen:
        tokenizer.model_max_length = _NO_LIMIT
        if data.template == AUTO:
            data = data.model_copy(update={"template": "chatml"})
    fix = Path(args.fix).expanduser() if args.fix else None
    pictures = check(
        data,
        kind,
        tokenizer,
        near=not args.no_near,
        seed=recipe.training.seed,
        fix=fix,
        overwrite=args.overwrite,
    )
    found: Checkup | None = None
    try:
        for found in pictures:
            out.status(_under_way(found))
    finally:
        out.status("")
    assert found is not None  # the first picture comes before the first row
    if not model_chosen:
        said = _("Tokens are those of the small pocket model; --model counts those of yours.")
        found = replace(found, warnings=(*found.warnings, said))
    out.document(found.to_json())
    _report(found, out)
    if found.problem is None:
        return EXIT_DONE
    if not out.as_json:
        out.fail(found.problem)
    return EXIT_BAD_INPUT


def _under_way(found: "Checkup") -> str:
    """One line on how far it is."""
    if found.phase != "reading":
        return _("comparing {n} rows with each other").format(n=found.counts.rows)
    counts = found.counts
    if found.expected:
        # The expected number is an estimate, so it never falls behind what is done.
        said = [_("{n} of {m} rows").format(n=counts.rows, m=max(counts.rows, found.expected))]
    else:
        said = [_("{n} rows").format(n=counts.rows)]
    if counts.dropped:
        said.append(_("{n} dropped").format(n=counts.dropped))
    if counts.refused:
        said.append(_("{n} refused").format(n=counts.refused))
    noted = sum(cause.outcome == "kept" for cause in found.causes)
    if noted:
        said.append(ngettext("{n} thing to know", "{n} things to know", noted).format(n=noted))
    left = found.seconds_left
    if left is not None and found.seconds >= 1:
        said.append(_("{time} left").format(time=duration(left)))
    return " · ".join(said)


def _report(found: "Checkup", out: Output) -> None:
    counts, tokens = found.counts, found.tokens
    out.say(
        _("{rows} rows ({format}): {kept} kept ({cut} of them cut), {dropped} dropped, "
          "{refused} refused.").format(
              rows=counts.rows, format=found.format, kept=counts.kept, cut=counts.cut,
              dropped=counts.dropped, refused=counts.refused,
          )
    )  # fmt: skip
    out.say(
        _("{total} tokens, {with_loss} carry loss; a row has {p50} in the middle, {p95} at 95 %, "
          "{max} at most.").format(
              total=tokens.total, with_loss=tokens.with_loss, p50=tokens.p50, p95=tokens.p95,
              max=tokens.max,
          )
    )  # fmt: skip
    several = len({cause.source for cause in found.causes}) > 1
    for cause in found.causes:
        out.say()
        rows = ngettext("{n} row {fate}", "{n} rows {fate}", cause.count).format(
            n=cause.count, fate=_fate(cause)
        )
        where = _(" of {source}").format(source=cause.source) if several else ""
        out.say(f"{rows}: {cause.code} ({_first(cause)}{where})")
        for line in (cause.message, cause.advice):
            if line:
                out.say(f"  {line}")
    if found.lengths:
        out.say()
        out.table(
            [
                Column(_("data.max_length"), right=True),
                Column(_("rows cut"), right=True),
                Column(_("tokens lost"), right=True),
            ],
            [(cut.max_length, cut.rows_cut, cut.tokens_cut) for cut in found.lengths],
        )
    if found.suggestions or found.warnings:
        out.say()
    for suggestion in (*found.suggestions, *found.warnings):
        out.say(f"- {suggestion}")
    if found.mended is not None:
        out.say()
        out.say(
            _("{path}: {rows} rows, {changed} of them mended; {left_out} left out.").format(
                path=found.mended.path, rows=found.mended.rows, changed=found.mended.changed,
                left_out=found.mended.left_out,
            )
        )  # fmt: skip


def _fate(cause: "Cause") -> str:
    return {"kept": _("used"), "dropped": _("dropped"), "refused": _("refused")}[cause.outcome]


def _first(cause: "Cause") -> str:
    more = " …" if cause.count > _SHOWN else ""
    said = ", ".join(map(str, cause.rows[:_SHOWN])) + more
    return ngettext("row {numbers}", "rows {numbers}", cause.count).format(numbers=said)
