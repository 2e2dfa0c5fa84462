"""Pictures of every screen of the shell and the wizard; a changed pixel is looked at by a person.

`pytest --snapshot-update` takes them anew.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from engine.machine import Backend, Doctor
from tests.tui import played
from tests.tui.conftest import PlayedLink, a_machine, make_app, screen_text, wait_until
from tui.wizard.screen import WizardScreen

pytestmark = pytest.mark.usefixtures("fixed_machine")
Press = Callable[[Pilot[Any]], Awaitable[None]]
SMALL, LARGE = (80, 24), (160, 45)


@pytest.fixture(autouse=True)
def one_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures do not change with the version."""
    monkeypatch.setattr("tui.home.screen.__version__", "1.2.3")


def wizard_at(step: str, then: Press | None = None) -> Press:
    """Open the wizard at a step and wait until everything it shows is there."""

    async def go(pilot: Pilot[Any]) -> None:
        pilot.app.open_wizard(None, step)  # type: ignore[attr-defined]
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, WizardScreen))
        screen: Any = pilot.app.screen
        await wait_until(
            pilot, lambda: screen.body.ready and screen.plan.fresh and screen.facts.fresh
        )
        if step == "dataset":
            await wait_until(pilot, lambda: "I am Pebble" in screen_text(pilot.app))
        if step == "plan":
            await wait_until(pilot, lambda: screen.body._machine is not None)
        if then is not None:
            await then(pilot)
        await settled(pilot)

    return go


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until the screen stays the same for a while."""
    shown, same = "", 0
    while same < 4:
        await pilot.pause(0.1)
        now = screen_text(pilot.app)
        shown, same = now, same + 1 if now == shown else 0


async def first_screen(pilot: Pilot[Any]) -> None:
    await wait_until(pilot, lambda: "RTX 4090" in screen_text(pilot.app))


def keys(*names: str) -> Press:
    """Press keys and let the screen settle."""

    async def go(pilot: Pilot[Any]) -> None:
        await first_screen(pilot)
        await pilot.press(*names)
        await settled(pilot)

    return go


async def a_wrong_value(pilot: Pilot[Any]) -> None:
    await pilot.press("tab", "tab", *"-3")


STEPS = ("model", "dataset", "method", "quantization", "plan", "review")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x45"])
@pytest.mark.parametrize("step", STEPS)
def test_a_step(snap_compare: Any, step: str, size: tuple[int, int]) -> None:
    app = make_app(PlayedLink(played.answers()))
    assert snap_compare(app, terminal_size=size, run_before=wizard_at(step))


def test_a_wrong_value_beside_its_field(snap_compare: Any) -> None:
    app = make_app(PlayedLink(played.answers()))
    assert snap_compare(app, terminal_size=SMALL, run_before=wizard_at("plan", a_wrong_value))


def test_the_first_screen(snap_compare: Any) -> None:
    app = make_app(PlayedLink(played.answers()))
    assert snap_compare(app, terminal_size=SMALL, run_before=first_screen)


def test_help(snap_compare: Any) -> None:
    app = make_app(PlayedLink(played.answers()))
    assert snap_compare(app, terminal_size=SMALL, run_before=keys("question_mark"))


def test_plain_ascii(snap_compare: Any) -> None:
    app = make_app(PlayedLink(played.answers()), ascii_only=True)
    assert snap_compare(app, terminal_size=SMALL, run_before=wizard_at("plan"))


def test_the_light_theme(snap_compare: Any) -> None:
    app = make_app(PlayedLink(played.answers()))
    app.theme = "tunesmith-light"
    assert snap_compare(app, terminal_size=SMALL, run_before=wizard_at("method"))


def test_the_terminals_own_colours(snap_compare: Any) -> None:
    app = make_app(PlayedLink(played.answers()))
    app.theme = "ansi-dark"
    assert snap_compare(app, terminal_size=SMALL, run_before=wizard_at("method"))


def test_the_doctor(snap_compare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = a_machine()
    doctor = Doctor(
        ok=True,
        python="3.11.7",
        torch="2.13.0+cu128",
        cuda="12.8",
        driver=machine.driver,
        driver_cuda=machine.driver_cuda,
        gpus=machine.gpus,
        ram_bytes=machine.ram_bytes,
        ram_free_bytes=machine.ram_free_bytes,
        disk_free_bytes=machine.disks[0].free_bytes,
        cpus=machine.cpus,
        system="Debian GNU/Linux 12",
        container=None,
        libraries={"textual": "8.2.8", "torch": "2.13.0+cu128", "trl": None},
        backends=(
            Backend("cuda", True, "torch for CUDA 12.8, driver 570.00"),
            Backend("flash-attn", False, "not installed; pip install flash-attn"),
        ),
        warnings=("trl is missing; pip install 'trl>=1.16,<2'",),
    )
    monkeypatch.setattr("tui.home.machine_facts.read_doctor", lambda: doctor)
    monkeypatch.setenv("TUNESMITH_HOME", "/home/you/tunesmith")
    app = make_app(PlayedLink(played.answers()))
    assert snap_compare(app, terminal_size=(80, 40), run_before=keys("o"))
