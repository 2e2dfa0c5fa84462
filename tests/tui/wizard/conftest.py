"""A wizard on a played host."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui import played
from tests.tui.conftest import PlayedLink, make_app, wait_until
from tui.wizard.screen import WizardScreen

Opened = Callable[..., AbstractAsyncContextManager[tuple[Pilot[Any], WizardScreen]]]


@pytest.fixture
def link() -> PlayedLink:
    return PlayedLink(played.answers())


@pytest.fixture
def wizard(link: PlayedLink, fixed_machine: Any) -> Opened:
    """Opens the wizard at a step and waits until its first answers are there."""

    @asynccontextmanager
    async def opened(
        step: str = "model", recipe: Any = None, size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[tuple[Pilot[Any], WizardScreen]]:
        app = make_app(link)
        async with app.run_test(size=size, notifications=True) as pilot:
            app.open_wizard(recipe, step)
            await wait_until(pilot, lambda: isinstance(app.screen, WizardScreen))
            screen = app.screen
            assert isinstance(screen, WizardScreen)
            await wait_until(pilot, lambda: screen.body.ready and not screen.plan.asking)
            yield pilot, screen

    return opened
