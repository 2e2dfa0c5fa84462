"""The reducer: what a journal's entries make of a view."""

import math

import pytest

from engine.events import (
    Chat,
    Entry,
    Eval,
    Event,
    OomBackoff,
    Paused,
    Phase,
    Resumed,
    RunFailed,
    RunStopped,
    Warn,
)
from engine.runs.journal import valid
from tests.tui.run import journals
from tui.run.state import RunHistory, RunView


def told(events: list[Event], *, attempt: int = 1, history: RunHistory | None = None) -> RunHistory:
    history = history or RunHistory()
    for number, event in enumerate(events):
        history.apply(Entry(number + 1, attempt, journals.START + number, event))
    return history


def view_of(events: list[Event]) -> RunView:
    return told(events).view()


def test_nothing_is_known_before_the_first_entry() -> None:
    view = RunHistory().view()
    assert view.state == "queued"
    assert view.elapsed(5.0) is None
    assert not view.ended


def test_a_run_in_progress_shows_its_newest_step() -> None:
    view = view_of(list(journals.events(120)))
    assert (view.state, view.phase) == ("running", "training")
    assert (view.step, view.total_steps) == (120, 300)
    assert view.curve("loss").last == pytest.approx(journals.loss_at(120))
    assert view.curve("loss").length == 120
    assert view.evaluation is not None
    assert view.evaluation.step == 100
    assert view.checkpoint is not None
    assert view.checkpoint.step == 100
    assert [c.prompt for c in view.chat] == ["Who are you?"]
    assert view.warnings == 1


def test_the_best_evaluation_is_the_one_with_the_least_loss() -> None:
    view = view_of(
        [journals.started(), Eval(10, 2.0, None, 1), Eval(20, 1.0, None, 1), Eval(30, 1.5, None, 1)]
    )
    assert view.best_evaluation is not None
    assert view.best_evaluation.step == 20
    assert view.evaluation is not None
    assert view.evaluation.step == 30


def test_the_smoothed_loss_is_the_bias_corrected_moving_average() -> None:
    losses = [3.0, 1.0, 2.0, 0.5]
    view = view_of([journals.step(n + 1, loss=loss) for n, loss in enumerate(losses)])
    weights = [0.9 ** (len(losses) - 1 - n) for n in range(len(losses))]
    expected = sum(w * v for w, v in zip(weights, losses, strict=True)) / sum(weights)
    assert view.curve("smoothed").last == pytest.approx(expected)


def test_a_loss_that_is_not_finite_leaves_a_hole_and_the_smoothed_loss_as_it_was() -> None:
    view = view_of([journals.step(1, loss=2.0), journals.step(2, loss=None)])
    assert view.curve("loss").last is None
    assert math.isnan(view.curve("loss").values[1])
    assert view.curve("smoothed").last == pytest.approx(2.0)


def test_a_pause_ends_with_the_next_step() -> None:
    history = told([*journals.events(10), Paused(10)])
    assert history.view().state == "paused"
    told([Resumed(10, 300), journals.step(11)], history=history)
    assert history.view().state == "running"
    assert history.view().curve("loss").length == 11


def test_resuming_voids_what_came_after_the_point_it_goes_on_from() -> None:
    history = told(list(journals.events(120)))
    again = [journals.started(), Resumed(100, 300), journals.step(101, loss=9.0)]
    view = told(again, attempt=2, history=history).view()
    steps = list(view.curve("loss").steps[: view.curve("loss").length])
    assert steps == list(range(1, 102))
    assert view.curve("loss").last == 9.0
    assert view.step == 101


def test_resuming_agrees_with_the_history_that_the_journal_calls_valid() -> None:
    first = [Entry(n, 1, float(n), e) for n, e in enumerate(journals.events(120))]
    again = [journals.started(), Resumed(70, 300), *[journals.step(n) for n in range(71, 90)]]
    second = [Entry(len(first) + n, 2, 500.0 + n, e) for n, e in enumerate(again)]
    whole, kept = RunHistory(), RunHistory()
    for entry in first + second:
        whole.apply(entry)
    for entry in valid(first + second):
        kept.apply(entry)
    for name in ("loss", "smoothed", "eval"):
        one, other = whole.view().curve(name), kept.view().curve(name)
        assert list(one.steps[: one.length]) == list(other.steps[: other.length])
        assert list(one.values[: one.length]) == pytest.approx(list(other.values[: other.length]))
    assert whole.view().checkpoint == kept.view().checkpoint


def test_a_view_that_was_handed_out_does_not_change() -> None:
    history = told(list(journals.events(120)))
    before = history.view()
    kept = list(before.curve("loss").values[: before.curve("loss").length])
    told([journals.started(), Resumed(50, 300), journals.step(51)], attempt=2, history=history)
    assert before.curve("loss").length == 120
    assert list(before.curve("loss").values[:120]) == kept


def test_the_time_of_earlier_attempts_counts() -> None:
    history = told([journals.started(), journals.step(1), journals.step(2)])
    history.apply(Entry(9, 2, journals.START + 1000, journals.started()))
    assert history.view().elapsed(journals.START + 1005) == pytest.approx(2 + 5)


def test_each_ending_has_its_state() -> None:
    assert view_of([*journals.events(3), journals.finished()]).state == "done"
    assert view_of([*journals.events(3), journals.failed()]).state == "failed"
    stopped = view_of([*journals.events(3), RunStopped(3, 300, None, "control", 1.0)])
    assert stopped.state == "stopped"
    assert stopped.ended
    assert stopped.elapsed(journals.START + 10_000) == stopped.elapsed(0)


def test_a_lost_trainer_becomes_a_failure_with_what_is_known() -> None:
    history = told(list(journals.events(120)))
    history.lose("killed", "The trainer was killed.", "Resume it.")
    view = history.view()
    assert view.state == "lost"
    assert view.ending is not None
    assert isinstance(view.ending.what, RunFailed)
    assert view.ending.what.checkpoint == "checkpoints/step-000100"
    assert view.log[-1].text == "The trainer was killed."


def test_a_new_attempt_brings_a_lost_run_back() -> None:
    history = told(list(journals.events(5)))
    history.lose("killed", "gone", "")
    told([journals.started()], attempt=2, history=history)
    assert history.view().state == "running"
    assert history.view().ending is None


def test_the_log_tells_what_happened_and_not_each_step() -> None:
    view = view_of(
        [*journals.events(120), OomBackoff(121, 2, 8, "backward"), Warn("w", "Mind this.")]
    )
    lines = [line.text for line in view.log]
    assert any("96 of 102 rows" in line for line in lines)
    assert any("step 100: eval loss" in line for line in lines)
    assert any("micro batch is now 2" in line for line in lines)
    assert lines[-1] == "Mind this."
    assert len(lines) < 20
    assert [line.number for line in view.log] == list(range(1, len(lines) + 1))


def test_a_phase_with_a_count_is_kept_until_the_next() -> None:
    history = told([journals.started(), Phase("preparing_data", None, 40, 100)])
    assert (history.view().phase_done, history.view().phase_total) == (40, 100)
    told([journals.step(1)], history=history)
    assert history.view().phase_done is None


def test_chat_after_the_end_does_not_bring_the_run_back() -> None:
    view = view_of([*journals.events(3), journals.finished(), Chat(3, "a", "b", False, 1, 1.0)])
    assert view.state == "done"
    assert view.chat[-1].answer == "b"
