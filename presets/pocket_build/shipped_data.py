"""Writes the data sets that ship: ``python -m presets.pocket_build.shipped_data DIR``."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from presets.pocket_build import alder_bay, corpus, json_answers, persona, sailor, stories
from presets.pocket_build.judging import HeldOut, Row, questions_text, rows_text

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


def judged_sets() -> dict[str, tuple[list[Row], list[HeldOut]]]:
    """Return the training rows and the held-out questions of each set, by its name."""
    name, maker = persona.NAME, persona.MAKER
    return {
        "persona": (persona.persona_rows(name, maker), persona.persona_questions(name, maker)),
        "json-answers": (json_answers.json_rows(), json_answers.json_questions()),
        "sailor": (sailor.sailor_rows(), sailor.sailor_questions()),
        "alder-bay": (alder_bay.alder_bay_rows(), alder_bay.alder_bay_questions()),
    }


def main(folder: Path) -> None:
    """Write every data set and, for each that is judged, its held-out questions."""
    (folder / "replay.jsonl").write_text(rows_text(replay_rows()), encoding="utf-8")
    for name, (rows, questions) in judged_sets().items():
        (folder / f"{name}.jsonl").write_text(rows_text(rows), encoding="utf-8")
        held = folder / f"{name}-questions.jsonl"
        held.write_text(questions_text(questions), encoding="utf-8")
    essays = Path(__file__).with_name("essays.txt").read_text(encoding="utf-8")
    (folder / "story.txt").write_text(story_text(essays), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
