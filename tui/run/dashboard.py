"""The figures of a run: head, progress, curve and memory. Shows a `RunView`, asks nothing."""

import time
from dataclasses import dataclass
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from engine.words import _
from tui.run.amounts import brief_bytes, brief_count, figure, rate, whole_seconds
from tui.run.sparkline import Plot, Sparkline
from tui.run.state import RunView
from tui.run.states import look
from tui.run.story import phase_words
from tui.safe_text import plain

BAR_DONE, BAR_LEFT = "━", "─"


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
    Dashboard .line { height: 1; }
    Dashboard #name { width: 1fr; }
    Dashboard #state { width: auto; }
    Dashboard #middle { height: 7; }
    Dashboard #figures { width: 27; height: 100%; }
    Dashboard #plot { width: 1fr; }
    Dashboard #plot-head { height: 1; color: $text-muted; padding-left: 8; }
    """

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(id="dashboard")
        self._ascii = ascii_only
        self._view = RunView()
        self._name = ""
        self._metric = 0
        self._texts: dict[str, Content] = {}

    def compose(self) -> ComposeResult:
        """The parts, empty."""
        with Horizontal(classes="line"):
            yield Static(id="name", markup=False)
            yield Static(id="state", markup=False)
        yield Static(id="progress", classes="line", markup=False)
        with Horizontal(id="middle"):
            yield Static(id="figures", markup=False)
            with Vertical(id="plot"):
                yield Static(id="plot-head", markup=False)
                yield Sparkline(ascii_only=self._ascii)
        yield Static(id="memory", classes="line", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Bars fill the width."""
        self._draw()

    def show(self, view: RunView, name: str) -> None:
        """Show another moment of the run."""
        self._view, self._name = view, name
        self._draw()

    def next_metric(self) -> None:
        """Show another curve."""
        self._metric = (self._metric + 1) % len(METRICS)
        self._draw()

    def tick(self) -> None:
        """Let the clock go on."""
        self._put("progress", self._progress())

    @property
    def text(self) -> str:
        """All that is shown, as plain text."""
        parts = [self._texts[key].plain for key in self._texts]
        return "\n".join([*parts, self.query_one(Sparkline).text])

    def _draw(self) -> None:
        if not self.is_mounted or not self.size.width:
            return
        view = self._view
        self._put("name", self._title())
        self._put("state", self._state(), layout=True)
        self._put("progress", self._progress())
        self._put("figures", self._figures())
        self._put("memory", self._memory())
        self._put("plot-head", self._plot_head())
        self.query_one(Sparkline).show(self._plot(view))

    def _put(self, id: str, content: Content, *, layout: bool = False) -> None:
        if self._texts.get(id) != content:
            self._texts[id] = content
            self.query_one(f"#{id}", Static).update(content, layout=layout)

    def _title(self) -> Content:
        facts = self._view.facts
        parts = [f"  {facts.stage} · {facts.method} · {_brief_model(facts.model)}"] if facts else []
        if facts and facts.quantization != "none":
            parts.append(f" · {facts.quantization}")
        return Content.assemble((plain(self._name), "bold"), ("".join(parts), "$text-muted"))

    def _state(self) -> Content:
        view = self._view
        seen = look(view.state)
        words = seen.words
        if view.state in {"queued", "running"}:
            words = phase_words(view.phase)
            if view.phase_done is not None and view.phase_total:
                words += f" {view.phase_done}/{view.phase_total}"
        return Content.styled(f"{seen.sign} {words}", seen.style)

    def _progress(self) -> Content:
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
        width = self.content_size.width - len(said)
        done = round(width * view.step / total) if total else 0
        done = max(0, min(width, done))
        style = "$accent" if not view.ended else look(view.state).style
        return Content.assemble(
            (BAR_DONE * done, style), (BAR_LEFT * (width - done), "$border-blurred"), said
        )

    def _figures(self) -> Content:
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
            (
                _("perplexity"),
                figure(evaluation.perplexity if evaluation else None),
                at_eval,
            ),
            (_("checkpoint"), f"@{view.checkpoint.step}" if view.checkpoint else "–", ""),
            (_("rows"), brief_count(view.data.kept if view.data else None), ""),
        ]
        lines = [
            Content.assemble((f"{label:<12}", "$text-muted"), value, (note, "$text-muted"))
            for label, value, note in rows
        ]
        return Content("\n").join(lines)

    def _memory(self) -> Content:
        view = self._view
        if view.newest is None:
            return Content.styled(_("memory"), "$text-muted")
        used, peak = view.newest.memory_bytes, view.newest.memory_peak_bytes
        total = view.memory_total
        words = brief_bytes(used)
        if total:
            words = _("{used} of {total}").format(used=words, total=brief_bytes(total))
        words += _(" · peak {peak}").format(peak=brief_bytes(peak))
        label = f"{_('memory'):<12}"
        if not total:
            return Content.assemble((label, "$text-muted"), words)
        width = max(4, self.content_size.width - len(label) - len(words) - 2)
        filled = min(width, round(width * used / total))
        reached = min(width - filled, max(0, round(width * peak / total) - filled))
        style = "$accent" if peak < 0.9 * total else "$warning"
        return Content.assemble(
            (label, "$text-muted"),
            ("▰" * filled, style),
            ("▰" * reached, "$border-blurred"),
            ("▱" * (width - filled - reached), "$border-blurred"),
            f"  {words}",
        )

    def _plot_head(self) -> Content:
        metric = METRICS[self._metric]
        parts = [Content.styled(metric.words, "$foreground")]
        if metric.name == "loss":
            parts.append(Content.styled(_("  smoothed, raw below"), "$text-muted"))
            if self._view.curve("eval").length:
                mark = "E" if self._ascii else "◆"
                parts.append(Content.assemble("  ", (mark, "$warning"), _(" eval")))
        return Content("").join(parts)

    def _plot(self, view: RunView) -> Plot:
        name = METRICS[self._metric].name
        area = view.curve("smoothed" if name == "loss" else name)
        return Plot(
            area=area,
            thin=view.curve("loss") if name == "loss" else Plot().thin,
            marks=view.curve("eval") if name == "loss" else Plot().marks,
            step=view.step,
            total_steps=view.total_steps,
            scale=1 / 2**30 if name == "memory" else 1.0,
        )


def _brief_model(name: str) -> str:
    """A model's name as a head has room for: of a folder, its last part."""
    return plain(Path(name).name if name.startswith(("/", "~", ".")) else name)
