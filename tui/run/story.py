"""A run's journal told in lines a person reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.events import (
    Chat,
    Checkpoint,
    DataReady,
    Entry,
    Eval,
    OomBackoff,
    Paused,
    Phase,
    Resumed,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    Sample,
    Warn,
)
from engine.words import _
from tui.run.amounts import brief_bytes, brief_count, brief_seconds, figure


@dataclass(frozen=True)
class LogLine:
    """One line of the log; `kind` is plain, good, warning or error. `at` is Unix seconds."""

    number: int
    at: float
    kind: str
    text: str


PHASES = {
    "starting": _("starting"),
    "loading_model": _("loading the model"),
    "preparing_data": _("preparing the data"),
    "planning": _("planning"),
    "measuring": _("measuring a step"),
    "training": _("training"),
    "evaluating": _("evaluating"),
    "saving": _("saving"),
    "resuming": _("resuming"),
    "sampling": _("answering the sample prompts"),
    "chatting": _("answering"),
    "finishing": _("finishing"),
}


def phase_words(phase: str) -> str:
    """A phase as a person says it."""
    return PHASES.get(phase) or phase.replace("_", " ")


def tell(entry: Entry) -> Iterator[LogLine]:
    """The lines an entry adds to the log; most steps add none."""
    for kind, text in _lines(entry):
        yield LogLine(0, entry.at, kind, text)


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    match entry.event:
        case RunStarted() as e:
            if entry.attempt > 1:
                yield "plain", _("attempt {n}").format(n=entry.attempt)
            yield (
                "plain",
                _("{stage} · {method} · {model} on {data}").format(
                    stage=e.stage, method=e.method, model=e.model, data=e.data
                ),
            )
        case Phase(phase=phase) if phase not in ("training", "saving", "evaluating", "chatting"):
            words = phase_words(phase)
            yield "plain", f"{words}: {entry.event.detail}" if entry.event.detail else words
        case DataReady() as e:
            yield (
                "plain",
                _("{kept} of {rows} rows, {tokens} tokens carry loss").format(
                    kept=e.kept, rows=e.rows, tokens=brief_count(e.tokens_with_loss)
                ),
            )
            if e.cut or e.dropped or e.refused:
                yield (
                    "warning",
                    _("rows: {cut} cut, {dropped} dropped, {refused} refused").format(
                        cut=e.cut, dropped=e.dropped, refused=e.refused
                    ),
                )
        case Eval() as e:
            yield (
                "good",
                _("step {step}: eval loss {loss}, perplexity {perplexity}").format(
                    step=e.step, loss=figure(e.loss), perplexity=figure(e.perplexity)
                ),
            )
        case Checkpoint() as e:
            yield (
                "good",
                _("step {step}: checkpoint saved, {size} in {seconds}").format(
                    step=e.step, size=brief_bytes(e.bytes), seconds=brief_seconds(e.seconds)
                ),
            )
        case Sample() as e:
            yield "plain", _("step {step}: “{prompt}”").format(step=e.step, prompt=e.prompt)
            yield "plain", f"  → {e.answer}"
        case Chat() as e:
            who = _("base") if e.base else _("tuned")
            yield (
                "plain",
                _("step {step}: answered a question ({who}, {tokens} tokens)").format(
                    step=e.step, who=who, tokens=e.tokens
                ),
            )
        case Warn() as e:
            yield "warning", e.message
        case OomBackoff() as e:
            yield (
                "warning",
                _(
                    "step {step}: out of memory in {where}; micro batch is now {micro}, "
                    "accumulation {accumulation}"
                ).format(
                    step=e.step, where=e.where, micro=e.micro_batch, accumulation=e.accumulation
                ),
            )
        case Paused() as e:
            yield "plain", _("step {step}: paused").format(step=e.step)
        case Resumed() as e:
            yield "plain", _("goes on from step {step}").format(step=e.from_step)
        case RunFinished() as e:
            yield (
                "good",
                _("finished after {seconds}; the result lies in {result}").format(
                    seconds=brief_seconds(e.seconds), result=e.result
                ),
            )
        case RunStopped() as e:
            yield (
                "plain",
                _("stopped at step {step} of {total}").format(step=e.step, total=e.total_steps),
            )
        case RunFailed() as e:
            yield "error", e.message
            if e.advice:
                yield "error", e.advice
