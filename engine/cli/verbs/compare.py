"""`tunesmith compare`: runs side by side, by recipe and by curve."""

import argparse
from typing import Any

from engine.cli.output import Column, Output
from engine.cli.parser import Parser
from engine.cli.verb import Verb
from engine.errors import EXIT_DONE, BadInput
from engine.words import _


class Compare(Verb):
    """Where recipes differ, the curves on one axis, and who did best.

    A curve is `[step, values]` with one value for each run in order, null where a run has none.
    """

    name = "compare"
    summary = _("Runs side by side: where their recipes differ, their curves, and a ranking.")
    order = 55

    def add_arguments(self, parser: Parser) -> None:
        parser.add_argument("references", metavar="RUN", nargs="+", help=_("two runs or more"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.recipe import differences
        from engine.runs import find, summarize

        runs = [find(reference) for reference in args.references]
        if len({run.id for run in runs}) < 2:
            raise BadInput(
                _("compare needs at least two different runs."),
                field="run",
                advice=_("`tunesmith runs` lists them."),
            )
        fields = differences([run.recipe() for run in runs])
        histories = [_history(run) for run in runs]
        ranking = _ranking([summarize(run) for run in runs])
        document = {
            "runs": [run.id for run in runs],
            "differences": [{"field": f, "values": values} for f, values in fields.items()],
            "curves": {
                metric: _curve([history.get(metric, {}) for history in histories])
                for metric in sorted({metric for history in histories for metric in history})
            },
            "ranking": ranking,
        }
        out.document(document)
        names = [Column(str(number), wrap=True) for number, _run in enumerate(runs, 1)]
        out.table(
            [Column(_("field"), wrap=True), *names],
            [
                (_("run"), *(run.id for run in runs)),
                *((field, *map(_shown, values)) for field, values in fields.items()),
            ],
        )
        out.say()
        out.table(
            [
                Column(_("place"), right=True),
                Column(_("run"), wrap=True),
                Column(_("metric")),
                Column(_("value"), right=True),
            ],
            [
                (place, row["run"], row["metric"], f"{row['value']:.4f}")
                for place, row in enumerate(ranking, 1)
            ],
        )
        return EXIT_DONE


def _history(run: Any) -> dict[str, dict[int, float]]:
    """The run's curves: metric → step → value, voided steps left out."""
    from engine.events import Eval, Step
    from engine.runs import read_journal, valid

    curves: dict[str, dict[int, float]] = {}
    for entry in valid(read_journal(run.journal_file)):
        event = entry.event
        figures: dict[str, float | None] = {}
        if isinstance(event, Step):
            figures = {"loss": event.loss, "learning_rate": event.learning_rate}
            figures |= {"grad_norm": event.grad_norm, **event.metrics}
        elif isinstance(event, Eval):
            figures = {"eval_loss": event.loss}
            figures |= {f"eval_{name}": value for name, value in event.metrics.items()}
        for metric, value in figures.items():
            if value is not None:
                curves.setdefault(metric, {})[event.step] = value  # type: ignore[attr-defined]
    return curves


def _curve(values: list[dict[int, float]]) -> list[list[Any]]:
    steps = sorted({step for one in values for step in one})
    return [[step, [one.get(step) for one in values]] for step in steps]


def _ranking(summaries: list[Any]) -> list[dict[str, Any]]:
    """Best first: by held-out loss where all have one, else by training loss."""
    metric = "eval_loss" if all(s.eval_loss is not None for s in summaries) else "loss"
    rows = [
        {"run": s.id, "metric": metric, "value": getattr(s, metric)}
        for s in summaries
        if getattr(s, metric) is not None
    ]
    return sorted(rows, key=lambda row: row["value"])


def _shown(value: Any) -> str:
    return "–" if value is None else str(value)


ENTRY = Compare()
