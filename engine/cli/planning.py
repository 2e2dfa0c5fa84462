"""From a recipe's name to its plan: what `plan`, `train`, `replay` and `demo` share."""

import argparse
from typing import Any

from engine.cli.measures import duration, short, size
from engine.cli.output import Column, Output
from engine.cli.parser import Parser
from engine.recipe import Recipe, apply_settings, with_field
from engine.words import _

DOES_NOT_FIT = "does-not-fit"


def add_recipe_arguments(parser: Parser) -> None:
    """`--set` and `--name`, which change a recipe before it is planned."""
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", dest="settings",
        help=_("change a field, for example training.epochs=1; may be given again"),
    )  # fmt: skip
    parser.add_argument("--name", help=_("name of the run"))


def named_recipe(reference: str) -> Recipe:
    """The recipe of a file or a preset.

    Raises:
        BadInput: when there is none, or it is not right.
    """
    from engine.plan.presets import resolve_recipe

    return resolve_recipe(reference)


def recipe_of_run_or_preset(reference: str) -> Recipe:
    """A preset's recipe, else the resolved recipe of a run.

    Raises:
        BadInput: when neither is there.
    """
    from engine.errors import BadInput
    from engine.plan.presets import names
    from engine.runs import find

    if reference in names():
        return named_recipe(reference)
    try:
        return find(reference).recipe()
    except BadInput as problem:
        if problem.problem.code != "no_run":
            raise
        raise BadInput(
            _("There is no run and no preset called {reference!r}.").format(reference=reference),
            field="run",
            advice=_("`tunesmith runs` and `tunesmith presets` list them."),
            code="no_run",
        ) from None


def changed(recipe: Recipe, args: argparse.Namespace) -> Recipe:
    """The recipe with what `--set` and `--name` change."""
    recipe = apply_settings(recipe, args.settings)
    if args.name is not None:
        recipe = with_field(recipe, "name", args.name, origin="--name")
    return recipe


def plan_of(recipe: Recipe, out: Output, gpu: str | None = None) -> dict[str, Any]:
    """The plan's document.

    Raises:
        BadInput: when the model, the data or an option of the recipe cannot be used.
    """
    from engine.plan import make_plan

    try:
        document: dict[str, Any] = make_plan(recipe, gpu=gpu, progress=out.status).to_json()
    finally:
        out.status("")
    return document


def show_plan(plan: dict[str, Any], out: Output) -> None:
    """The plan for the person."""
    verdicts = {
        "fits": _("It fits."),
        "tight": _("It fits, but barely."),
        DOES_NOT_FIT: _("It does not fit."),
    }
    out.say(
        _("{verdict} It needs {needed} of {free} free on {device}.").format(
            verdict=verdicts.get(plan["verdict"], plan["verdict"]),
            needed=size(plan["needed_bytes"]),
            free=size(plan["free_bytes"]),
            device=plan["device"],
        )
    )
    out.say(
        _("{steps} steps, {tokens} tokens, about {time}.").format(
            steps=plan["steps"],
            tokens=short(plan["tokens"]),
            time=duration(plan["seconds_estimate"]),
        )
    )
    out.say()
    parts = [(name, size(count)) for name, count in plan["parts"].items() if count]
    out.table([Column(_("memory")), Column(_("size"), right=True)], parts)
    if plan["reasons"]:
        out.say()
        out.table(
            [Column(_("field")), Column(_("value")), Column(_("reason"), wrap=True)],
            [(r["field"], _shown(r["value"]), r["reason"]) for r in plan["reasons"]],
        )
    for warning in plan["warnings"]:
        out.say()
        out.say(_("Warning: {text}").format(text=warning))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)
