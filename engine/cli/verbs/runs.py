"""`tunesmith runs`: every run with its state and figures."""

import argparse

from engine.cli.output import Column, Output
from engine.cli.verb import Verb
from engine.errors import EXIT_DONE
from engine.words import _


class Runs(Verb):
    """Lists the runs, newest first."""

    name = "runs"
    summary = _("Lists the runs, newest first.")
    order = 30

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.cli.measures import duration, loss, moment
        from engine.runs import list_runs

        runs = list_runs()
        out.document([run.to_json() for run in runs])
        if not runs:
            out.say(_("There are no runs yet. `tunesmith demo` makes the first one."))
            return EXIT_DONE
        out.table(
            [
                Column(_("run"), wrap=True),
                Column(_("state")),
                Column(_("what")),
                Column(_("step"), right=True),
                Column(_("loss"), right=True),
                Column(_("held-out"), right=True),
                Column(_("started")),
                Column(_("time"), right=True),
            ],
            [
                (
                    run.id,
                    run.state,
                    f"{run.stage} {run.method}",
                    f"{run.step}/{run.total_steps}" if run.total_steps else "–",
                    loss(run.loss),
                    loss(run.eval_loss),
                    moment(run.started),
                    duration(run.seconds),
                )
                for run in runs
            ],
        )
        return EXIT_DONE


ENTRY = Runs()
