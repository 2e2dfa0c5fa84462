"""What a journal's entry says to a person, in one line."""

from engine.cli.measures import duration, loss, size
from engine.events import (
    Checkpoint,
    DataReady,
    Entry,
    Eval,
    Event,
    OomBackoff,
    Paused,
    Phase,
    Resumed,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    Sample,
    Step,
    Warn,
)
from engine.words import _

_PHASES = {
    "starting": _("starting"),
    "loading_model": _("loading the model"),
    "preparing_data": _("preparing the data"),
    "training": _("training"),
    "evaluating": _("evaluating"),
    "saving": _("saving"),
}


def phase_words(phase: Phase) -> str:
    """What the trainer does now."""
    words = _PHASES.get(phase.phase, phase.phase.replace("_", " "))
    return f"{words} {phase.detail}" if phase.detail else words


def step_words(step: Step) -> str:
    """The figures of one step."""
    parts = [
        _("step {n}/{total}").format(n=step.step, total=step.total_steps),
        _("loss {loss}").format(loss=loss(step.loss)),
        _("rate {rate:.2e}").format(rate=step.learning_rate),
        _("{n:.0f} tokens/s").format(n=step.tokens_per_second),
    ]
    if step.eta_seconds is not None:
        parts.append(_("{time} left").format(time=duration(step.eta_seconds)))
    return "  ".join(parts)


def line(entry: Entry) -> str | None:
    """One line for an entry worth telling; steps and phases have words of their own."""
    return _line(entry.event)


def _line(event: Event) -> str | None:
    match event:
        case RunStarted():
            return _("Run {run}: {stage} with {method} on {model}, data {data}.").format(
                run=event.run, stage=event.stage, method=event.method, model=event.model,
                data=event.data,
            )  # fmt: skip
        case DataReady():
            text = _("{kept} of {rows} rows kept, {loss} of {tokens} tokens carry loss").format(
                kept=event.kept, rows=event.rows, loss=event.tokens_with_loss, tokens=event.tokens
            )
            cut = _(", {n} rows cut").format(n=event.cut) if event.cut else ""
            return text + cut + "."
        case Eval():
            return _("step {n}: held-out loss {loss}").format(n=event.step, loss=loss(event.loss))
        case Checkpoint():
            return _("step {n}: checkpoint, {size}").format(n=event.step, size=size(event.bytes))
        case Sample():
            return _("step {n}: {prompt} → {answer}").format(
                n=event.step, prompt=event.prompt, answer=event.answer
            )
        case Warn():
            return _("warning: {text}").format(text=event.message)
        case OomBackoff():
            return _(
                "Memory ran out at step {n}: going on with micro batch {micro}, accumulation "
                "{accumulation}."
            ).format(n=event.step, micro=event.micro_batch, accumulation=event.accumulation)
        case Paused():
            return _("Paused at step {n}.").format(n=event.step)
        case Resumed():
            return _("Goes on from step {n}.").format(n=event.from_step)
        case RunFinished():
            held_out = _(", held-out {loss}").format(loss=loss(event.eval_loss))
            return _("Done in {time}: loss {loss}{held_out}.").format(
                time=duration(event.seconds),
                loss=loss(event.loss),
                held_out=held_out if event.eval_loss is not None else "",
            )
        case RunStopped():
            return _("Stopped at step {n} of {total}.").format(
                n=event.step, total=event.total_steps
            )
        case RunFailed():
            return (
                _("Failed: {message} {advice}")
                .format(message=event.message, advice=event.advice)
                .strip()
            )
    return None
