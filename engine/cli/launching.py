"""Starting a run from a recipe: plan, directory, trainer, and following it to its end."""

import argparse
import threading
from collections.abc import Callable
from typing import Any

from engine.cli.following import Ending, Follower, newest_attempt, wait_until_taken
from engine.cli.output import Output
from engine.cli.parser import Parser
from engine.cli.planning import DOES_NOT_FIT, plan_of, show_plan
from engine.errors import EXIT_DOES_NOT_FIT, EXIT_DONE, RunFailed
from engine.events import Entry
from engine.recipe import Recipe, build
from engine.runs import RunDirectory, create, start_trainer
from engine.words import _


def add_launch_arguments(parser: Parser) -> None:
    """How a run is started."""
    parser.add_argument(
        "--detach", action="store_true", help=_("start it, print its id and leave it running")
    )
    parser.add_argument(
        "--anyway", action="store_true", help=_("start even if the plan says that it does not fit")
    )
    parser.add_argument(
        "--in-process", action="store_true",
        help=_("train in this process, for debugging; it ends with the terminal"),
    )  # fmt: skip


def launch(recipe: Recipe, args: argparse.Namespace, out: Output) -> int:
    """Plan the recipe, make its run and train it as the arguments say; returns the exit code."""
    plan = plan_of(recipe, out)
    if refused(plan, args.anyway, out):
        return EXIT_DOES_NOT_FIT
    run = make_run(plan)
    if args.in_process:
        return _in_this_process(run, out).code
    if args.detach:
        return detach(run, out)
    return end(follow_new(run, out), run, out)


def refused(plan: dict[str, Any], anyway: bool, out: Output) -> bool:
    """Whether the plan forbids to start; then it is printed."""
    if plan["verdict"] != DOES_NOT_FIT:
        return False
    if anyway:
        out.note(_("The plan says that it does not fit; starting anyway."))
        return False
    out.document(plan)
    show_plan(plan, out)
    out.note(_("Nothing was started. Change the recipe (--set), or force it with --anyway."))
    return True


def make_run(plan: dict[str, Any]) -> RunDirectory:
    """The directory of a new run of the plan's resolved recipe."""
    return create(build(plan["resolved"]), plan)


def follow_new(
    run: RunDirectory,
    out: Output,
    *,
    resume: bool = False,
    keep_warm: bool = False,
    on_entry: Callable[[Entry], None] = lambda entry: None,
) -> Ending:
    """Start an attempt at the run and follow it to its end."""
    after = newest_attempt(run)
    process = start_trainer(run, resume=resume, keep_warm=keep_warm)
    return Follower(
        run, out, process=process, after=after, history=False, on_entry=on_entry
    ).follow()


def detach(run: RunDirectory, out: Output, *, resume: bool = False) -> int:
    """Start an attempt and leave it; returns once the trainer has taken the run.

    Raises:
        RunFailed: when it died before.
    """
    after = newest_attempt(run)
    process = start_trainer(run, resume=resume)
    if not wait_until_taken(run, process, after):
        raise RunFailed(
            _("The trainer ended at its start (exit code {code}).").format(code=process.returncode),
            advice=_("Its log is {log}.").format(log=run.log_file),
            code="trainer_start",
        )
    out.document({"run": run.id, "directory": str(run.path)})
    out.say(run.id)
    if out.stderr_is_terminal and not out.as_json:
        out.note(_("It runs on its own: `tunesmith attach {run}` watches it.").format(run=run.id))
    return EXIT_DONE


def end(ending: Ending, run: RunDirectory, out: Output) -> int:
    """Tell the person where the run lies; returns the exit code."""
    if ending.event is not None:
        out.say(_("{run}  {path}").format(run=run.id, path=run.path))
    return ending.code


def _in_this_process(run: RunDirectory, out: Output) -> Ending:
    """Train in this thread, where a debugger can look, and show the journal from another."""
    from engine.train import train

    endings: list[Ending] = []
    follower = Follower(run, out)
    watcher = threading.Thread(target=lambda: endings.append(follower.follow()), daemon=True)
    watcher.start()
    train(run, own_process=True)
    watcher.join()
    return endings[0]
