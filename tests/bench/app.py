"""The app in a real terminal, measured: `python tests/bench/app.py [--steady] [--part NAME] [--rounds N]`.

Drives `tunesmith` in a pseudo terminal of 80x24 and reads what it sends. Bytes, imported
libraries and what survives a hang-up are steady and always gate; times gate too unless `--steady`
is given, for machines that do other work. Ends with one line of JSON.
"""

import argparse
import contextlib
import dataclasses
import itertools
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil

from engine.events import RunFinished, RunStarted, read_entry
from engine.recipe import build
from engine.runs import JournalWriter, RunDirectory, create, start_trainer
from tests.bench.terminal import ROOT, Terminal

HEAVY = ("torch", "transformers", "datasets", "peft", "trl", "numpy", "pandas", "pyarrow",
         "accelerate", "bitsandbytes", "matplotlib", "tokenizers")  # fmt: skip
BARE_APP = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label("bare content")
Bare().run()
"""
SETTLED = 14.0
"""Seconds after which the app's engine host has imported its libraries."""
KEYS = "éèêëàâäîïôöùûüñõãåøæßðþçžšč"
"""Typed one by one: characters that nothing else on the screen has."""


@dataclass(frozen=True)
class Bar:
    """One figure against its bar; a `timed` one depends on what else the machine does."""

    name: str
    value: float
    most: float
    unit: str
    timed: bool = False

    @property
    def holds(self) -> bool:
        """Whether the figure is within its bar."""
        return self.value <= self.most


def environment(home: Path) -> dict[str, str]:
    """What the app is started with."""
    env = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "TEXTUAL"}}
    env.update(
        TUNESMITH_HOME=str(home),
        PYTHONPATH=str(ROOT),
        TERM="xterm-256color",
        COLORTERM="truecolor",
        OMP_NUM_THREADS="1",
    )
    return env


def app(home: Path, *arguments: str) -> Terminal:
    """The app in a terminal."""
    return Terminal([sys.executable, "-P", "-m", "tui.entry", *arguments], environment(home))


@contextlib.contextmanager
def scripted_run(home: Path) -> Iterator[RunDirectory]:
    """A run whose trainer keeps time."""
    os.environ["TUNESMITH_HOME"] = str(home)
    run = create(build({"name": "bench"}))
    trainer = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("steady_trainer.py")), str(run.path)],
        env=environment(home),
    )
    try:
        _until(run.control_file.exists, 20)
        yield run
    finally:
        trainer.kill()
        trainer.wait()


@contextlib.contextmanager
def real_run(home: Path) -> Iterator[tuple[RunDirectory, psutil.Process]]:
    """A tiny model that is really trained, long enough to be watched."""
    from tests.tui.run.real_runs import tiny_run

    os.environ["TUNESMITH_HOME"] = str(home)
    os.environ["OMP_NUM_THREADS"] = "1"
    run = tiny_run(home, max_steps=20_000, eval_every=500, save_every=10_000)
    process = start_trainer(run)
    try:
        _until(lambda: '"event":"step"' in _read(run.journal_file), 120)
        yield run, psutil.Process(process.pid)
    finally:
        process.kill()
        process.wait()


def _until(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("the run did not start")
        time.sleep(0.05)


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


# --- what is measured ---------------------------------------------------------------------------


def first_content(home: Path, rounds: int) -> Iterator[Bar]:
    """From the start of the process to the first words on the screen, beside a bare app."""
    ours, bare, version = [], [], []
    for _round in range(rounds):
        terminal = Terminal([sys.executable, "-P", "-c", BARE_APP], environment(home))
        bare.append(terminal.wait_for("bare content", 30) - terminal.started)
        terminal.end(signal.SIGKILL)
        terminal = app(home)
        ours.append(terminal.wait_for("tunesmith", 30) - terminal.started)
        terminal.end(signal.SIGTERM)
        started = time.monotonic()
        subprocess.run([sys.executable, "-P", "-m", "tui.entry", "--version"],
                       env=environment(home), cwd=ROOT, check=True, capture_output=True)  # fmt: skip
        version.append(time.monotonic() - started)
    mine, theirs = statistics.median(ours), statistics.median(bare)
    yield Bar("first content", mine * 1000, 300, "ms", timed=True)
    yield Bar("first content / bare Textual app", mine / theirs, 2.0, "×", timed=True)
    yield Bar("--version", statistics.median(version) * 1000, 100, "ms", timed=True)


def idle(home: Path, _rounds: int) -> Iterator[Bar]:
    """The first screen, left alone."""
    terminal = app(home)
    terminal.wait_for("tunesmith", 30)
    time.sleep(SETTLED)
    process = psutil.Process(terminal.pid)
    start, before = time.monotonic(), process.cpu_times()
    time.sleep(10)
    end, after = time.monotonic(), process.cpu_times()
    used = after.user + after.system - before.user - before.system
    yield Bar("idle, sent", terminal.bytes_between(start, end) / (end - start), 0, "B/s")
    yield Bar("idle, processor", used / (end - start) * 100, 0.5, "%")
    yield from exits(terminal, "idle", [])


def run_screen(home: Path, _rounds: int) -> Iterator[Bar]:
    """Steps at ten a second; then an answer at forty words a second."""
    with scripted_run(home) as run:
        terminal = app(home, "attach", run.id)
        terminal.wait_for("training", 30)
        time.sleep(4)
        start = time.monotonic()
        time.sleep(15)
        end = time.monotonic()
        yield Bar(
            "run screen, sent", terminal.bytes_between(start, end) / (end - start), 2000, "B/s"
        )
        terminal.send("t")
        time.sleep(0.5)
        asked = terminal.send("say much\r")
        terminal.wait_for("word2", 20, since=asked)
        start = time.monotonic()
        time.sleep(7)
        end = time.monotonic()
        yield Bar("chat, sent", terminal.bytes_between(start, end) / (end - start), 25_000, "B/s")
        terminal.wait_for("tokens/s", 30, since=asked)
        yield Bar(
            "resident memory", psutil.Process(terminal.pid).memory_info().rss / 2**20, 60, "MiB"
        )
        maps = Path(f"/proc/{terminal.pid}/maps")
        loaded = {name for name in HEAVY if f"/site-packages/{name}/" in _read(maps)}
        yield Bar("heavy libraries mapped", len(loaded), 0, "")
        terminal.end(signal.SIGTERM)


def finished(home: Path, _rounds: int) -> Iterator[Bar]:
    """The screen of a run that is over, left alone."""
    os.environ["TUNESMITH_HOME"] = str(home)
    run = create(build({"name": "over"}))
    journal = JournalWriter(run.journal_file)
    journal.write(RunStarted(run.id, "over", "sft", "lora", "none", "pocket", "persona", 1, "here"))
    journal.write(RunFinished(10, 10, "adapter", 0.5, 0.6, 1000, 60.0))
    terminal = app(home, "attach", run.id)
    terminal.wait_for("Done", 30)
    time.sleep(SETTLED)
    process = psutil.Process(terminal.pid)
    start, before = time.monotonic(), process.cpu_times()
    time.sleep(10)
    end, after = time.monotonic(), process.cpu_times()
    used = after.user + after.system - before.user - before.system
    yield Bar("finished run, sent", terminal.bytes_between(start, end) / (end - start), 0, "B/s")
    yield Bar("finished run, processor", used / (end - start) * 100, 0.5, "%")
    terminal.end(signal.SIGTERM)


def training(home: Path, rounds: int) -> Iterator[Bar]:
    """Keys while a real run trains, and what a closed terminal does to it."""
    with real_run(home) as (run, trainer):
        terminal = app(home, "attach", run.id)
        terminal.wait_for("training", 30)
        time.sleep(SETTLED)
        terminal.send("t")
        time.sleep(1)
        echoes = []
        for number in range(40 * rounds):
            key = KEYS[number % len(KEYS)]
            sent = terminal.send(key)
            echoes.append((terminal.wait_for(key, 5, since=sent) - sent) * 1000)
            time.sleep(0.06)
            if number % len(KEYS) == len(KEYS) - 1:
                terminal.send("\x15")  # ctrl+u: to the line's start
                time.sleep(0.3)
        echoes.sort()
        yield Bar(
            "key echo while training, median", statistics.median(echoes), 15, "ms", timed=True
        )
        yield Bar(
            "key echo while training, p95", echoes[int(len(echoes) * 0.95)], 15, "ms", timed=True
        )
        yield from exits(terminal, "training", [trainer], run, signal.SIGHUP)
        terminal = app(home, "attach", run.id)
        terminal.wait_for("training", 30)
        yield from exits(terminal, "training", [trainer], run, signal.SIGTERM)


def exits(
    terminal: Terminal,
    where: str,
    alive: list[psutil.Process],
    run: RunDirectory | None = None,
    number: int = signal.SIGHUP,
) -> Iterator[Bar]:
    """How fast the app ends, and that the trainer and its journal do not mind."""
    name = signal.Signals(number).name
    yield Bar(f"exit on {name}, {where}", terminal.end(number) * 1000, 500, "ms", timed=True)
    if run is None:
        return
    time.sleep(1.5)
    gone = sum(not process.is_running() or process.status() == "zombie" for process in alive)
    yield Bar(f"trainers lost to {name}", gone, 0, "")
    lines = run.journal_file.read_bytes().split(b"\n")[:-1]
    seqs = [entry.seq for entry in map(read_entry, lines) if entry]
    broken = len(lines) - len(seqs) + sum(b != a + 1 for a, b in itertools.pairwise(seqs))
    yield Bar(f"journal lines lost to {name}", broken, 0, "")


def imported(home: Path, _rounds: int) -> Iterator[Bar]:
    """Modules that the app holds once its screens were shown."""
    code = (
        "import asyncio, sys\n"
        "from tui.app import TunesmithApp\n"
        "from tui.run.screen import RunScreen\n"
        "from tui.sessions.screen import SessionsScreen\n"
        "from engine.runs import create\n"
        "from engine.recipe import build\n"
        "async def main():\n"
        "    app = TunesmithApp()\n"
        "    app.link.start = lambda: None\n"
        "    async with app.run_test() as pilot:\n"
        "        await app.push_screen(RunScreen(create(build({})), start=False))\n"
        "        await app.push_screen(SessionsScreen())\n"
        "        await pilot.pause(0.5)\n"
        "asyncio.run(main())\n"
        f"print(' '.join(m for m in {HEAVY!r} if m in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], env=environment(home), cwd=ROOT,
                          check=True, capture_output=True, text=True)  # fmt: skip
    yield Bar("heavy modules imported", len(done.stdout.split()), 0, "")


PARTS: dict[str, Callable[[Path, int], Iterator[Bar]]] = {
    "first-content": first_content,
    "imports": imported,
    "idle": idle,
    "run-screen": run_screen,
    "finished": finished,
    "training": training,
}


def main() -> int:
    """Measure all, print the table and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steady", action="store_true", help="times are told and do not gate")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--part", choices=[*PARTS], action="append", help="only this part")
    arguments = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="tunesmith-bench-"))
    bars: list[Bar] = []
    try:
        for name in arguments.part or PARTS:
            for bar in PARTS[name](place / name, arguments.rounds):
                bars.append(bar)
                sign = "ok" if bar.holds else ("slow" if arguments.steady and bar.timed else "OVER")
                print(f"{bar.name:<36} {bar.value:>10.1f} {bar.unit:<4} ≤ {bar.most:<8g} {sign}",
                      flush=True)  # fmt: skip
    finally:
        shutil.rmtree(place, ignore_errors=True)
    holds = all(bar.holds or (arguments.steady and bar.timed) for bar in bars)
    print(json.dumps({"holds": holds, "figures": [dataclasses.asdict(bar) for bar in bars]}))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
