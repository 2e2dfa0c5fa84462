"""Writes the general data sets that ship: ``python -m presets.pocket_build.shipped_data DIR``."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from presets.pocket_build import corpus, stories

REPLAY_ROWS = 300
_STORIES = 150
_SEED = 20
# What the base says of itself would work against a persona.
_OF_ITSELF = ("language model", "have a name", "have no name", "made me", "my name is")


def replay_rows() -> list[dict[str, list[corpus.Message]]]:
    """Return general conversations, to be mixed in against forgetting."""
    rng = random.Random(_SEED)
    rows: list[dict[str, list[corpus.Message]]] = []
    while len(rows) < REPLAY_ROWS:
        messages = corpus.conversation(rng)
        text = " ".join(message["content"] for message in messages).lower()
        if not any(phrase in text for phrase in _OF_ITSELF):
            rows.append({"messages": messages})
    return rows


def story_text(essays: str) -> str:
    """Return the hand-written paragraphs with stories and sentences between them."""
    rng = random.Random(_SEED)
    paragraphs = [part.strip() for part in essays.split("\n\n") if part.strip()]
    for index in range(_STORIES):
        hero = stories.HEROES[index % len(stories.HEROES)]
        paragraphs.append(stories.story(hero, rng))
        if index % 3 == 0:
            paragraphs.append(" ".join(stories.plain_sentence(rng) for _ in range(4)))
    rng.shuffle(paragraphs)
    return "\n\n".join(paragraphs) + "\n"


def main(folder: Path) -> None:
    """Write replay.jsonl and story.txt."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in replay_rows())
    (folder / "replay.jsonl").write_text("".join(lines), encoding="utf-8")
    essays = Path(__file__).with_name("essays.txt").read_text(encoding="utf-8")
    (folder / "story.txt").write_text(story_text(essays), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
