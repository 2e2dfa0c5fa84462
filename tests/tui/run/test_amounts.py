"""Figures in few cells."""

import pytest

from tui.run.amounts import brief_bytes, brief_count, brief_seconds, figure, rate, whole_seconds


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"), (float("nan"), "–"), (float("inf"), "∞"), (0.0, "0"), (1.23456, "1.235"),
        (12.3456, "12.35"), (0.012345, "0.01235"), (0.74, "0.7400"), (0.0012, "1.2e-03"), (1.2e-5, "1.2e-05"), (123456.0, "123456"),
        (1e9, "1.0e+09"), (-2.5, "-2.500"),
    ],
)  # fmt: skip
def test_a_figure_keeps_its_significant_digits(value: float | None, shown: str) -> None:
    assert figure(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(2e-4, "2e-4"), (1.53e-5, "1.53e-5"), (0.1, "1e-1"), (0.0, "0"), (None, "–")],
)
def test_a_learning_rate_is_written_as_people_do(value: float | None, shown: str) -> None:
    assert rate(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (912, "912"),
        (3400, "3.4k"),
        (12_300, "12k"),
        (999_600, "1.0M"),
        (1.2e6, "1.2M"),
        (None, "–"),
    ],
)
def test_a_count_is_brief(value: float | None, shown: str) -> None:
    assert brief_count(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(912, "912 B"), (3 * 1024, "3.0 KiB"), (12.1 * 2**30, "12.1 GiB"), (None, "–")],
)
def test_bytes_are_binary(value: float | None, shown: str) -> None:
    assert brief_bytes(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.42, "0.4s"), (12, "12s"), (185, "3m 05s"), (2 * 3600 + 14 * 60, "2h 14m"),
     (3 * 86400 + 4 * 3600, "3d 4h"), (None, "–")],
)  # fmt: skip
def test_a_duration_has_two_units_at_most(value: float | None, shown: str) -> None:
    assert brief_seconds(value) == shown


def test_whole_seconds_have_no_parts() -> None:
    assert whole_seconds(0.42) == "0s"
