"""The demo from the outside: time, memory, and how many held-out questions it learned to answer.

`python tests/bench/demo.py` prints a table and one line of figures; exit 0 only when the bars hold:
under 3 minutes and 2 GB for all its processes together, the tuned model right on at least 8 of 10
questions it never saw, its base on none.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SECONDS, BYTES, SHARE = 180.0, 2_000_000_000, 0.8


def run_demo(home: str) -> tuple[dict[str, Any], float, int]:
    """The demo's document, its wall time in seconds and its processes' peak memory in bytes."""
    from engine.processes import environment

    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "tui.entry", "demo", "--headless", "--json"],
        env={**environment(), "TUNESMITH_HOME": home},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        peak = max(peak, _together(watched))
        time.sleep(0.1)
    assert process.stdout is not None
    return json.loads(process.stdout.read()), time.monotonic() - started, peak


def _together(process: psutil.Process) -> int:
    """Bytes that the process and its children hold now, pages they share counted once each."""
    total = 0
    try:
        for one in [process, *process.children(recursive=True)]:
            total += one.memory_info().rss
    except psutil.Error:
        return total
    return total


def score(run: str) -> tuple[int, int, int]:
    """Held-out questions, and how many the tuned model and its base get right."""
    from engine.chat import ChatMessage, ChatRequest
    from engine.chat.load import talker_for_run

    lines = (ROOT / "presets" / "data" / "persona-questions.jsonl").read_text().splitlines()
    questions = [json.loads(line) for line in lines]
    talker = talker_for_run(run)
    right = {False: 0, True: 0}
    for question in questions:
        for base in right:
            said = talker.respond(
                ChatRequest(
                    messages=(ChatMessage(role="user", content=question["prompt"]),),
                    base=base,
                    temperature=0.0,
                    max_new_tokens=64,
                )
            ).answer.lower()
            right[base] += any(word.lower() in said for word in question["expect"])
    return len(questions), right[False], right[True]


def main() -> int:
    """Run, ask, print, judge."""
    from engine.processes import adopt_defaults

    adopt_defaults()
    with tempfile.TemporaryDirectory() as home:
        document, seconds, peak = run_demo(home)
        os.environ["TUNESMITH_HOME"] = home
        asked, tuned, base = score(document["run"])
    rows = [
        ("seconds, all", f"{seconds:.1f}", f"< {SECONDS:.0f}", seconds < SECONDS),
        ("peak memory, MB", f"{peak / 1e6:.0f}", f"< {BYTES / 1e6:.0f}", peak < BYTES),
        ("tuned right", f"{tuned}/{asked}", f">= {SHARE:.0%}", tuned >= SHARE * asked),
        ("base right", f"{base}/{asked}", "0", base == 0),
        (
            "loss",
            f"{document['loss_first']:.3f} -> {document['loss_last']:.3f}",
            "falls",
            document["loss_last"] < document["loss_first"],
        ),
    ]
    for name, value, bar, holds in rows:
        print(f"{name:18}{value:>18}  {bar:>8}  {'ok' if holds else 'MISSED'}")
    figures = {"seconds": round(seconds, 1), "peak_bytes": peak, "steps": document["steps"]}
    print(json.dumps({**figures, "asked": asked, "tuned": tuned, "base": base}))
    return 0 if all(holds for *_rest, holds in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
