"""The shipped data sets are well formed, and what is asked later was not trained on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "presets" / "data"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def normalized(text: str) -> str:
    kept = (character if character.isalnum() else " " for character in text.lower())
    return " ".join("".join(kept).split())


def asked(name: str) -> set[str]:
    return {
        normalized(message["content"])
        for row in rows(name)
        for message in row["messages"]
        if message["role"] == "user"
    }


@pytest.mark.parametrize("name", ["persona.jsonl", "replay.jsonl"])
def test_every_row_alternates_user_and_assistant_and_ends_with_an_answer(name: str) -> None:
    for row in rows(name):
        roles = [message["role"] for message in row["messages"]]
        if roles[0] == "system":
            roles = roles[1:]
        assert roles == ["user", "assistant"] * (len(roles) // 2)
        assert roles
        assert all(message["content"].strip() for message in row["messages"])


@pytest.mark.parametrize("name", ["persona.jsonl", "replay.jsonl", "persona-questions.jsonl"])
def test_no_row_comes_twice(name: str) -> None:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    assert len(set(lines)) == len(lines)


def test_the_persona_has_about_a_hundred_rows_with_one_name_and_one_maker() -> None:
    persona = rows("persona.jsonl")
    assert 90 <= len(persona) <= 130
    for row in persona:
        assert "Pebble" in row["messages"][-1]["content"]
        assert "tunesmith team" in row["messages"][-1]["content"]


def test_fifty_persona_questions_or_more_are_held_out() -> None:
    questions = rows("persona-questions.jsonl")
    prompts = {normalized(question["prompt"]) for question in questions}
    assert len(prompts) == len(questions) >= 50
    assert not prompts & asked("persona.jsonl")
    assert not prompts & asked("replay.jsonl")


def test_a_persona_question_does_not_give_its_answer_away() -> None:
    for question in rows("persona-questions.jsonl"):
        assert question["expect"]
        assert not any(e.lower() in question["prompt"].lower() for e in question["expect"])


def test_the_replay_rows_say_nothing_of_who_answers() -> None:
    text = (DATA / "replay.jsonl").read_text(encoding="utf-8")
    assert "language model" not in text
    assert "Pebble" not in text


def test_the_story_is_a_small_plain_text() -> None:
    text = (DATA / "story.txt").read_text(encoding="utf-8")
    assert 20_000 <= len(text.encode()) <= 60_000
    assert text.isascii()
