"""The data doctor on a large set: time beside `datasets.map`, and memory.

`python tests/bench/doctor.py [ROWS]` writes that many short rows (100,000 unless told), examines
them without and with the search for near duplicates, each in a process of its own, tokenizes them
with `datasets.map`, and prints a table and one line of figures. Exit 0 only when the bars hold: the
check, which tokenizes every row, within 2 × the time of `datasets.map`; what it takes beyond the
libraries' own memory, carried on to a million rows, within 500 MB.
"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench import data as beside  # noqa: E402

ROWS, MILLION = 100_000, 1_000_000
TIMES, BYTES = 2.0, 500_000_000
_SYLLABLES = "ba ko li mu ne so ta re vi do fen gar hil jam".split()  # noqa: SIM905


def write_rows(path: Path, count: int) -> None:
    """Short questions and answers of random words; one row in a hundred is another one again, one
    in a hundred differs from it by a word."""
    draw = random.Random(0)
    words = ["".join(draw.choices(_SYLLABLES, k=draw.randint(1, 3))) for _ in range(4000)]
    last = ["so"]
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            if n % 100 == 98:
                said = last
            elif n % 100 == 99:
                said = [*last[:-1], "otherwise"]
            else:
                said = draw.choices(words, k=draw.randint(12, 40))
            last = said
            half = len(said) // 3
            turns = [
                {"role": "user", "content": " ".join(said[:half])},
                {"role": "assistant", "content": " ".join(said[half:])},
            ]
            file.write(json.dumps({"messages": turns}) + "\n")


def without_near(path: str) -> int:
    """Rows accounted for, without the search for near duplicates."""
    return _checked(path, near=False)


def with_near(path: str) -> int:
    """Rows accounted for, near duplicates found."""
    return _checked(path, near=True)


def nothing(path: str) -> int:
    """What the libraries take by themselves: ten rows, the same way."""
    few = Path(path).with_name("few.jsonl")
    write_rows(few, 10)
    return _checked(str(few), near=True)


def _checked(path: str, *, near: bool) -> int:
    from engine.data.doctor import checked

    found = checked(beside.section(path), "conversation", beside._tokenizer(), near=near)
    counts = {cause.code: cause.count for cause in found.causes}
    few = found.counts.rows < 100
    assert few or counts["duplicate"] >= found.counts.rows // 101
    assert few or not near or counts["near_duplicate"] >= found.counts.rows // 150
    return found.counts.rows


WAYS: dict[str, Any] = {
    way.__name__: way for way in (nothing, without_near, with_near, beside.theirs)
}


def child(name: str, path: str) -> None:
    """One way, timed without the imports, which are the same for all."""
    import datasets  # noqa: F401
    import transformers  # noqa: F401

    beside._tokenizer()
    started = time.monotonic()
    count = WAYS[name](path)
    print(json.dumps({"seconds": time.monotonic() - started, "count": count}))


def main(rows: int) -> int:
    """Measure, print, judge."""
    seconds: dict[str, float] = {}
    extra: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "rows.jsonl")
        write_rows(Path(path), rows)
        empty = beside.measured("nothing", path, folder, __file__)[2]
        print(f"{rows} rows, {Path(path).stat().st_size / 1e6:.0f} MB")
        print(f"{'way':14} {'seconds':>8} {'rows/s':>8} {'extra MB':>9}")
        for name in ("without_near", "theirs", "with_near"):
            seconds[name], count, peak = beside.measured(name, path, folder, __file__)
            assert count == rows
            extra[name] = peak - empty
            print(
                f"{name:14} {seconds[name]:8.1f} {rows / seconds[name]:8.0f} "
                f"{extra[name] / 1e6:9.0f}",
                flush=True,
            )
    times = seconds["without_near"] / seconds["theirs"]
    # Beside a fixed part, memory grows with the rows: some 120 bytes for each.
    most = extra["with_near"] + max(0, MILLION - rows) * 120
    good = times <= TIMES and most <= BYTES
    figures = {
        "rows": rows,
        "times": round(times, 2),
        "near_seconds": round(seconds["with_near"] - seconds["without_near"], 1),
        "extra_bytes": extra["with_near"],
        "extra_bytes_for_a_million": most,
        "bars_hold": good,
    }
    print(json.dumps(figures))
    return 0 if good else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:4])
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
