"""Checking and tokenizing a large set, beside `datasets.map` with the same template and tokenizer.

`python tests/bench/data.py [ROWS]` writes that many short rows (a million unless told), runs each
way in a process of its own, in turns (ours, theirs, ours, theirs …), prints a table and one line
of figures. The check leaves its tokens for the tokenization, as before a training; `alone` is
tokenization without a check before it. Exit 0 only when the bars hold: check and tokenization
together within 2 × the time of `datasets.map`, the check within 500 MB of memory beyond what the
libraries take by themselves.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ROWS, PAIRS = 1_000_000, 3
TIMES, BYTES = 2.0, 500_000_000
LENGTH = 512


def write_rows(path: Path, count: int) -> None:
    """Short questions and answers, no two alike."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            asked = f"What is {n} plus {n * 7 % 13}? Please tell me in a few words."
            said = f"It is {n + n * 7 % 13}, which is what you get when you count on from {n}."
            turns = [{"role": "user", "content": asked}, {"role": "assistant", "content": said}]
            file.write(json.dumps({"messages": turns}) + "\n")


def section(path: str) -> Any:
    """The recipe's section on these rows."""
    from engine.recipe.fields import Data

    return Data(source=path, max_length=LENGTH, validation=0)


def _tokenizer() -> Any:
    from engine.models import find, load_tokenizer
    from engine.recipe import Model

    return load_tokenizer(find(Model()))


def check(path: str) -> int:
    """Rows that `data check` accounts for, each of them tokenized, and left for `tokenize`."""
    from engine.data.doctor import checked

    return checked(section(path), "conversation", _tokenizer(), near=False).counts.rows


def tokenize(path: str) -> int:
    """Tokens of all rows as they go to the trainer."""
    from engine.data import prepare

    prepared = prepare(section(path), "conversation", _tokenizer(), max_length=LENGTH, seed=1)
    return len(prepared.datasets()[0])


def alone(path: str) -> int:
    """The same where no check went before."""
    from engine import locations

    shutil.rmtree(locations.home() / "cache", ignore_errors=True)
    return tokenize(path)


def theirs(path: str) -> int:
    """`datasets.map` with the same template, its mask and the same tokenizer, in one process for
    each processor."""
    import datasets

    from engine.data.templates import prepare_template
    from engine.data.workers import usable_processors

    tokenizer = _tokenizer()
    template = prepare_template(tokenizer)
    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        rows = datasets.load_dataset("json", data_files=path, split="train", cache_dir=cache)

        def encode(batch: dict[str, Any]) -> dict[str, Any]:
            found = tokenizer.apply_chat_template(
                batch["messages"],
                chat_template=template.jinja,
                tokenize=True,
                return_dict=True,
                return_assistant_tokens_mask=template.marked,
                max_length=LENGTH,
                truncation=True,
            )
            return {"input_ids": found["input_ids"], "mask": found["assistant_masks"]}

        processes = usable_processors()
        done = rows.map(
            encode, batched=True, remove_columns=rows.column_names,
            num_proc=processes if processes > 1 else None,
        )  # fmt: skip
        return len(done)


def nothing(path: str) -> int:
    """What the libraries take by themselves: ten rows, all the same ways."""
    few = Path(path).with_name("few.jsonl")
    write_rows(few, 10)
    return check(str(few)) + tokenize(str(few))


WAYS = {way.__name__: way for way in (nothing, check, tokenize, alone, theirs)}


def child(name: str, path: str) -> None:
    """One way, timed without the imports, which are the same for all."""
    import datasets  # noqa: F401
    import transformers  # noqa: F401

    _tokenizer()
    started = time.monotonic()
    count = WAYS[name](path)
    print(json.dumps({"seconds": time.monotonic() - started, "count": count}))


def measured(name: str, path: str, home: str, script: str = __file__) -> tuple[float, int, int]:
    """Seconds, what came out, and peak bytes of the process and its children together."""
    process = subprocess.Popen(
        [sys.executable, str(Path(script).resolve()), "--child", name, path],
        env={**os.environ, "TUNESMITH_HOME": home, "HF_HUB_OFFLINE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        peak = max(peak, _together(watched))
        time.sleep(0.2)
    assert process.stdout is not None
    found = json.loads(process.stdout.read())
    return found["seconds"], found["count"], peak


def _together(process: psutil.Process) -> int:
    """Bytes of the process and its children, each shared page as the part that falls to each."""
    total = 0
    try:
        for one in [process, *process.children(recursive=True)]:
            total += getattr(one.memory_full_info(), "pss", None) or one.memory_info().rss
    except psutil.Error:
        return total
    return total


def main(rows: int, pairs: int) -> int:
    """Measure, print, judge."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "rows.jsonl")
        write_rows(Path(path), rows)
        _seconds, _count, empty = measured("nothing", path, folder)
        ratios: list[float] = []
        peaks: dict[str, int] = {}
        print(f"{rows} rows, {Path(path).stat().st_size / 1e6:.0f} MB")
        print(f"{'way':10} {'seconds':>8} {'rows/s':>8} {'extra MB':>9}")
        for n in range(pairs):
            home = str(Path(folder) / f"home{n}")
            times: dict[str, float] = {}
            for name in ("check", "tokenize", "alone", "theirs"):
                times[name], count, peak = measured(name, path, home)
                assert count == rows
                peaks[name] = max(peaks.get(name, 0), peak - empty)
                print(
                    f"{name:10} {times[name]:8.1f} {rows / times[name]:8.0f} "
                    f"{(peak - empty) / 1e6:9.0f}",
                    flush=True,
                )
            ratios.append((times["check"] + times["tokenize"]) / times["theirs"])
        ratio = sorted(ratios)[len(ratios) // 2]
    good = ratio <= TIMES and peaks["check"] <= BYTES
    figures = {
        "rows": rows,
        "times": round(ratio, 2),
        "all": [round(one, 2) for one in ratios],
        "check_extra_bytes": peaks["check"],
        "tokenize_extra_bytes": peaks["tokenize"],
        "bars_hold": good,
    }
    print(json.dumps(figures))
    return 0 if good else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:4])
    else:
        sys.exit(
            main(
                int(sys.argv[1]) if len(sys.argv) > 1 else ROWS,
                int(sys.argv[2]) if len(sys.argv) > 2 else PAIRS,
            )
        )
