"""What the running app holds in memory once every screen was open."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import asyncio, os, sys
sys.path.insert(0, {root!r})
from tests.tui import played
from tests.tui.conftest import PlayedLink, wait_until
from tui.app import AppSettings, TunesmithApp

async def main():
    app = TunesmithApp(AppSettings(), PlayedLink(played.answers()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("n")
        for step in ("dataset", "method", "quantization", "plan", "review"):
            await pilot.press("ctrl+n")
            await wait_until(pilot, lambda: app.screen.step == step and app.screen.body.ready)
        heavy = {{"torch", "transformers", "datasets", "peft", "trl", "accelerate", "pandas",
                  "bitsandbytes", "tokenizers", "pyarrow", "matplotlib", "numpy"}}
        print("heavy", sorted(heavy & {{name.split(".")[0] for name in sys.modules}}))

asyncio.run(main())
"""


def test_the_app_never_holds_a_heavy_library_and_draws_first_without_the_recipe() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(root=str(ROOT))],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    heavy = [line for line in done.stdout.splitlines() if line.startswith("heavy")]
    assert heavy == ["heavy []"], done.stdout


def test_the_first_frame_needs_neither_pydantic_nor_yaml() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import tui.app, tui.home.screen\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & "
        "{'pydantic', 'ruamel', 'psutil', 'torch', 'numpy'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
