"""Writes what the pocket model learns from: plain text, and conversations, as files of rows."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from presets.pocket_build import corpus

_DATA = Path(__file__).parent.parent / "data"
_VOCABULARY_TALKS = 30_000


def kept_back() -> set[str]:
    """Return every question of the shipped presets that is asked only after tuning."""
    prompts = set()
    for path in _DATA.glob("*-questions.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            prompts.add(corpus.normalized(json.loads(line)["prompt"]))
    return prompts


def vocabulary_texts(seed: int) -> Iterator[str]:
    """Yield texts for the tokenizer; turns begin with their role, which so becomes one token."""
    rng = random.Random(f"vocabulary-{seed}")
    for _ in range(_VOCABULARY_TALKS):
        for message in corpus.conversation(rng):
            yield f"{message['role']}\n{message['content']}"
    yield from (corpus.plain_text(rng) for _ in range(_VOCABULARY_TALKS // 10))


def write_text(path: Path, characters: int, seed: int) -> int:
    """Write rows of plain text, about so many characters; return the number of rows."""
    rng = random.Random(f"text-{seed}")
    rows = written = 0
    with path.open("w", encoding="utf-8") as file:
        while written < characters:
            text = corpus.plain_text(rng)
            file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
            written += len(text)
            rows += 1
    return rows


def write_talks(
    path: Path,
    rows: int,
    seed: int,
    draw: Callable[[random.Random], list[corpus.Message]] = corpus.conversation,
) -> None:
    """Write conversations, none of which asks what is kept back."""
    rng = random.Random(f"{path.stem}-{seed}")
    excluded = kept_back()
    written = 0
    with path.open("w", encoding="utf-8") as file:
        while written < rows:
            messages = draw(rng)
            asked = {corpus.normalized(m["content"]) for m in messages if m["role"] == "user"}
            if asked & excluded:
                continue
            file.write(json.dumps({"messages": messages}, ensure_ascii=False) + "\n")
            written += 1
