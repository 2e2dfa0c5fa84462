"""`tunesmith demo --headless`: train the shipped preset, then ask the tuned model and its base."""

import argparse
import json
import time
from typing import Any

from engine.cli.output import Output
from engine.cli.parser import Parser
from engine.cli.verb import Verb
from engine.errors import BadInput
from engine.words import _

QUESTIONS = 3


class Demo(Verb):
    """The whole way on the embedded default: plan, train, ask."""

    name = "demo"
    summary = _("The app on the embedded default; --headless trains it here and asks the result.")
    order = 10

    def add_arguments(self, parser: Parser) -> None:
        from engine.cli.planning import add_recipe_arguments

        parser.add_argument(
            "--headless", action="store_true",
            help=_("no app: train, ask the tuned model and its base three questions, exit"),
        )  # fmt: skip
        add_recipe_arguments(parser)

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.cli.launching import follow_new, make_run, refused
        from engine.cli.planning import changed, named_recipe, plan_of
        from engine.errors import EXIT_DOES_NOT_FIT
        from engine.events import Entry, RunFinished, Step
        from engine.runs import connect

        if not args.headless:
            raise BadInput(
                _("Without --headless, `tunesmith demo` is the app, which takes no more flags."),
                field="--headless",
                advice=_("Run `tunesmith demo` alone, or `tunesmith demo --headless`."),
                code="usage",
            )
        started = time.monotonic()
        plan = plan_of(changed(named_recipe("demo"), args), out)
        if refused(plan, False, out):
            return EXIT_DOES_NOT_FIT
        run = make_run(plan)
        losses: list[float | None] = []

        def note(entry: Entry) -> None:
            if isinstance(entry.event, Step):
                losses.append(entry.event.loss)

        # The events are the demo's progress, not its document.
        aside = Output(False, out.stderr, out.stderr)
        ending = follow_new(run, aside, keep_warm=True, on_entry=note)
        if not isinstance(ending.event, RunFinished):
            _tell_failure(ending.event, out)
            return ending.code
        connection = connect(run)
        try:
            answers = [_ask_both(connection, prompt, out) for prompt in questions(QUESTIONS)]
            connection.ask("release").result(5.0)
        finally:
            connection.close()
        seconds = time.monotonic() - started
        out.document(
            {
                "run": run.id,
                "seconds": round(seconds, 1),
                "steps": ending.event.step,
                "loss_first": losses[0] if losses else None,
                "loss_last": losses[-1] if losses else None,
                "answers": answers,
            }
        )
        _show(run.id, seconds, ending.event.step, losses, answers, out)
        return ending.code


def questions(count: int) -> list[str]:
    """Held-out wordings of the persona's questions, spread over what they ask for."""
    from engine import locations

    path = locations.SHIPPED / "data" / "persona-questions.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    stride = max(1, len(rows) // count)
    return [str(row["prompt"]) for row in rows[::stride][:count]]


def _ask_both(connection: Any, prompt: str, out: Output) -> dict[str, str]:
    asked = {"messages": [{"role": "user", "content": prompt}], "temperature": 0.0}
    out.status(_("asking: {prompt}").format(prompt=prompt))
    try:
        tuned = connection.ask("chat", {**asked, "base": False}).result()
        base = connection.ask("chat", {**asked, "base": True}).result()
    finally:
        out.status("")
    return {"prompt": prompt, "base": base["answer"], "tuned": tuned["answer"]}


def _tell_failure(event: Any, out: Output) -> None:
    from engine.errors import Problem
    from engine.events import RunFailed

    if not out.as_json:
        return  # the run's own last line is on the screen
    if isinstance(event, RunFailed):
        out.fail(Problem(event.reason, event.message, advice=event.advice))
    else:
        out.fail(Problem("interrupted", _("The demo was interrupted.")))


def _show(
    run: str,
    seconds: float,
    steps: int,
    losses: list[float | None],
    answers: list[dict[str, str]],
    out: Output,
) -> None:
    from engine.cli.measures import duration, loss

    first, last = (losses[0], losses[-1]) if losses else (None, None)
    out.say(
        _("Trained {steps} steps in {time}, loss {first} → {last}. Run {run}.").format(
            steps=steps, time=duration(seconds), first=loss(first), last=loss(last), run=run
        )
    )
    for answer in answers:
        out.say()
        out.say(answer["prompt"])
        out.say(_("  base   {text}").format(text=answer["base"].strip()))
        out.say(_("  tuned  {text}").format(text=answer["tuned"].strip()))
    out.say()
    out.say(_("Talk to it: tunesmith chat {run}").format(run=run))


ENTRY = Demo()
