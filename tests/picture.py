"""Draws the README's picture: the real app on a real run, asked in the middle of its training.

`python -m tests.picture tui/run-screen.svg`
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

LONG = 300.0


async def draw(target: Path) -> None:
    """Train the demo, ask twice, save what the screen shows then."""
    from engine.runs import connect
    from tests.tui.conftest import screen_text, wait_until
    from tui.app import TunesmithApp
    from tui.chat.pane import ChatPane
    from tui.run.screen import RunScreen
    from tui.wizard.screen import WizardScreen

    app = TunesmithApp()
    async with app.run_test(size=(110, 32)) as pilot:
        from engine.plan.presets import resolve_recipe

        app.open_wizard(resolve_recipe("demo"), "review")
        await wait_until(pilot, lambda: isinstance(app.screen, WizardScreen), LONG)
        wizard: Any = app.screen
        await wait_until(pilot, lambda: wizard.step == "review" and wizard.body.ready, LONG)
        await wait_until(pilot, lambda: "fits" in screen_text(app), LONG)
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: isinstance(app.screen, RunScreen), LONG)
        run: Any = app.screen

        async def ask(question: str) -> None:
            pane = run.query_one(ChatPane)
            before = len(pane.conversation.turns)
            await pane.ask(question)
            assert len(pane.conversation.turns) > before, screen_text(app)
            await wait_until(pilot, lambda: not pane.answering, LONG)

        await wait_until(pilot, lambda: run.view.step >= 2, LONG)
        await ask("Who are you?")
        await wait_until(pilot, lambda: run.view.step >= run.view.total_steps * 0.2, LONG)
        await ask("Who are you?")
        await asyncio.sleep(2)
        target.write_text(app.export_screenshot(title="tunesmith"))
        trained = run.run
    connect(trained).ask("stop").result(60)


def main() -> int:
    """Draw into the file that the command line names."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUNESMITH_HOME"] = home
        asyncio.run(draw(Path(sys.argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
