"""The figures of a run: head, progress, curve and memory. Shows a `RunView`, asks nothing."""

import time
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from engine.words import _
from tui.run.amounts import brief_bytes, brief_count, figure, rate, whole_seconds
from tui.run.lines import Lines, Row
from tui.run.sparkline import Plot, Sparkline
from tui.run.state import NO_CURVE, RunView
from tui.run.states import look
from tui.run.story import phase_words
from tui.safe_text import plain

STILL_SECONDS = 2.5
"""Without news for so long, the clock goes on by itself."""
BAR_DONE, BAR_LEFT = "━", "─"
GAUGE_USED, GAUGE_FREE = "▰", "▱"


@dataclass(frozen=True)
class Metric:
    """One curve that can be shown."""

    name: str
    words: str


METRICS = (
    Metric("loss", _("loss")),
    Metric("eval", _("eval loss")),
    Metric("learning_rate", _("learning rate")),
    Metric("grad_norm", _("gradient norm")),
    Metric("tokens_per_second", _("tokens/s")),
    Metric("memory", _("memory, GiB")),
)


class Dashboard(Vertical):
    """Head, progress bar, figures beside the curve, memory gauge."""

    DEFAULT_CSS = """
    Dashboard { height: auto; padding: 0 1; }
    Dashboard #top { height: 2; }
    Dashboard #middle { height: 7; }
    Dashboard #figures { width: 27; height: 100%; }
    """

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(id="dashboard")
        self._ascii = ascii_only
        self._view = RunView()
        self._title = ""
        self._metric = 0
        self._told_at = 0.0

    def compose(self) -> ComposeResult:
        """The parts, empty."""
        yield Lines(id="top")
        with Horizontal(id="middle"):
            yield Lines(id="figures")
            yield Sparkline(ascii_only=self._ascii)
        yield Lines(id="memory")

    def on_resize(self, event: events.Resize) -> None:
        """Bars fill the width."""
        self._draw()

    def show(self, view: RunView, name: str) -> None:
        """Show another moment of the run."""
        self._view, self._title = view, name
        self._told_at = time.monotonic()
        self._draw()

    def next_metric(self) -> None:
        """Show another curve."""
        self._metric = (self._metric + 1) % len(METRICS)
        self._draw()

    def tick(self) -> None:
        """Let the clock go on where no step moved it."""
        if time.monotonic() - self._told_at > STILL_SECONDS:
            self._draw_top()

    @property
    def text(self) -> str:
        """All that is shown, as plain text."""
        return "\n".join(lines.text for lines in self.query(Lines))

    def _draw(self) -> None:
        if not self.is_mounted or not self.size.width:
            return
        self._draw_top()
        self.query_one("#figures", Lines).show(self._figures())
        self.query_one("#memory", Lines).show([self._memory()])
        self.query_one(Sparkline).plot(self._plot())

    def _draw_top(self) -> None:
        self.query_one("#top", Lines).show([self._head(), self._progress()])

    def _head(self) -> Row:
        view = self._view
        row: Row = [(plain(self._title), "strong")]
        facts = view.facts
        if facts is not None:
            words = f"  {facts.stage} · {facts.method} · {_brief_model(facts.model)}"
            if facts.quantization != "none":
                words += f" · {facts.quantization}"
            row.append((plain(words), "label"))
        seen = look(view.state)
        words = seen.words
        if view.state in {"queued", "running"}:
            words = phase_words(view.phase)
            if view.phase_done is not None and view.phase_total:
                words += f" {view.phase_done}/{view.phase_total}"
        state = plain(f"{seen.sign} {words}")
        room = self.content_size.width - len(state) - 1
        left = _cut(row, room)
        gap = room + 1 - sum(cell_len(text) for text, _look in left)
        return [*left, (" " * gap, ""), (state, seen.look)]

    def _progress(self) -> Row:
        view = self._view
        elapsed = view.elapsed(time.time())
        total = view.total_steps
        words = []
        if total:
            words.append(_("step {step} of {total}").format(step=view.step, total=total))
        if view.newest is not None:
            words.append(_("epoch {n}").format(n=f"{view.newest.epoch:.2f}"))
        if elapsed is not None:
            words.append(whole_seconds(elapsed))
        left = view.newest.eta_seconds if view.newest is not None else None
        if left is not None and not view.ended:
            words.append(_("{time} left").format(time=whole_seconds(left)))
        said = "  " + " · ".join(words) if words else ""
        width = max(0, self.content_size.width - len(said))
        done = round(width * view.step / total) if total else 0
        done = max(0, min(width, done))
        style = "accent" if not view.ended else look(view.state).look
        return [(BAR_DONE * done, style), (BAR_LEFT * (width - done), "rule"), (said, "")]

    def _figures(self) -> list[Row]:
        view = self._view
        newest, evaluation, best = view.newest, view.evaluation, view.best_evaluation
        at_eval = f" @{evaluation.step}" if evaluation else ""
        at_best = f" @{best.step}" if best else ""
        rows = [
            (_("loss"), figure(newest.loss if newest else None), ""),
            (_("smoothed"), figure(view.curve("smoothed").last), ""),
            (_("eval loss"), figure(evaluation.loss if evaluation else None), at_eval),
            (_("best"), figure(best.loss if best else None), at_best),
            (_("learn rate"), rate(newest.learning_rate if newest else None), ""),
            (_("grad norm"), figure(newest.grad_norm if newest else None, 3), ""),
            (_("tokens/s"), brief_count(newest.tokens_per_second if newest else None), ""),
            (_("tokens"), brief_count(newest.tokens if newest else None), ""),
            (_("perplexity"), figure(evaluation.perplexity if evaluation else None), at_eval),
            (_("checkpoint"), f"@{view.checkpoint.step}" if view.checkpoint else "–", ""),
            (_("rows"), brief_count(view.data.kept if view.data else None), ""),
        ]
        return [
            [(f"{label:<12}", "label"), (value, ""), (note, "label")] for label, value, note in rows
        ]

    def _memory(self) -> Row:
        view = self._view
        label = f"{_('memory'):<12}"
        if view.newest is None:
            return [(label, "label")]
        used, peak = view.newest.memory_bytes, view.newest.memory_peak_bytes
        total = view.memory_total
        words = brief_bytes(used)
        if total:
            words = _("{used} of {total}").format(used=words, total=brief_bytes(total))
        words += _(" · peak {peak}").format(peak=brief_bytes(peak))
        if not total:
            return [(label, "label"), (words, "")]
        width = max(4, self.content_size.width - len(label) - len(words) - 2)
        filled = min(width, round(width * used / total))
        reached = min(width - filled, max(0, round(width * peak / total) - filled))
        return [
            (label, "label"),
            (GAUGE_USED * filled, "accent" if peak < 0.9 * total else "warning"),
            (GAUGE_USED * reached, "rule"),
            (GAUGE_FREE * (width - filled - reached), "rule"),
            (f"  {words}", ""),
        ]

    def _plot(self) -> Plot:
        view, metric = self._view, METRICS[self._metric]
        is_loss = metric.name == "loss"
        head: Row = [(metric.words, "")]
        if is_loss:
            head.append((_("  smoothed, raw below"), "label"))
            if view.curve("eval").length:
                head += [("  ", ""), ("E" if self._ascii else "◆", "mark"), (_(" eval"), "label")]
        return Plot(
            area=view.curve("smoothed" if is_loss else metric.name),
            thin=view.curve("loss") if is_loss else NO_CURVE,
            marks=view.curve("eval") if is_loss else NO_CURVE,
            step=view.step,
            total_steps=view.total_steps,
            scale=1 / 2**30 if metric.name == "memory" else 1.0,
            head=tuple(head),
        )


def _cut(row: Row, width: int) -> Row:
    """The beginning of a row that has room in so many cells."""
    kept: Row = []
    for text, look_ in row:
        text = set_cell_size(text, width) if cell_len(text) > width else text
        kept.append((text, look_))
        width -= cell_len(text)
    return kept


def _brief_model(name: str) -> str:
    """A model's name as a head has room for: of a folder, its last part."""
    return plain(Path(name).name if name.startswith(("/", "~", ".")) else name)
