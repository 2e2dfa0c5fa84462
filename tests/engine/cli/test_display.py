"""What a person sees of a run as it goes, where no line can move; and how signals are counted."""

import io
import os
import signal

import pytest

from engine.cli import measures
from engine.cli.display import PlainLines
from engine.cli.output import Output
from engine.cli.signals import counted
from engine.events import Entry, Event, Phase
from tests.engine.runs.journals import checkpoint, evaluation, finished, started, step


def shown(*events: Event) -> list[str]:
    stream = io.StringIO()
    with PlainLines(Output(False, io.StringIO(), stream)) as display:
        for number, event in enumerate(events, 1):
            display.show(Entry(number, 1, 0.0, event))
    return stream.getvalue().splitlines()


def test_figures_come_every_few_seconds_and_at_the_end():
    lines = shown(started(), *(step(n) for n in range(1, 11)), finished())
    steps = [line for line in lines if line.startswith("step")]
    assert [line.split()[1] for line in steps] == ["1/10", "10/10"]
    assert lines[-1].startswith("Done in")


def test_an_event_is_told_after_the_figures_it_belongs_to():
    lines = shown(started(), step(1), step(2), evaluation(2), checkpoint(2))
    assert [line.split(":")[0].split("  ")[0] for line in lines[1:]] == [
        "step 1/10", "step 2/10", "step 2", "step 2",
    ]  # fmt: skip


def test_going_back_to_training_is_not_told_each_time():
    lines = shown(
        Phase("loading_model"), Phase("evaluating"), Phase("training"), Phase("evaluating"),
        Phase("training"), Phase("saving"), Phase("a_new_phase", detail="here"),
    )  # fmt: skip
    assert lines == [
        "loading the model", "evaluating", "training", "saving", "a new phase here",
    ]  # fmt: skip


def test_signals_are_counted_and_given_back():
    before = signal.getsignal(signal.SIGTERM)
    with counted() as signals:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGHUP)
        assert (signals.stops, signals.hung_up) == (2, True)
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_hang_up_that_nohup_ignores_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with counted() as signals:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not signals.hung_up
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (measures.size(None), "–"),
        (measures.size(0), "0 B"),
        (measures.size(1536), "1.5 KiB"),
        (measures.size(24 * 2**30), "24 GiB"),
        (measures.size(5 * 2**40), "5 TiB"),
        (measures.duration(None), "–"),
        (measures.duration(41.4), "41 s"),
        (measures.duration(59.6), "1:00"),
        (measures.duration(185), "3:05"),
        (measures.duration(3723), "1:02:03"),
        (measures.loss(None), "–"),
        (measures.loss(0.12345), "0.1235"),
        (measures.short(950), "950"),
        (measures.short(1_240_000_000), "1.24 B"),
        (measures.moment(None), "–"),
        (measures.moment(1e300), "–"),
    ],
)
def test_figures_are_said_as_people_say_them(said, words):
    assert said == words
