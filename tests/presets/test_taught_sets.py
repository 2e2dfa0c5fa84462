"""What the pocket model is taught can be rebuilt, and is judged by questions it never saw."""

from __future__ import annotations

import json

import pytest

from engine.plan.presets import find_preset
from presets.pocket_build import alder_bay, persona, sailor
from presets.pocket_build.corpus import normalized
from presets.pocket_build.judging import (
    DATA,
    HeldOut,
    Row,
    held_out,
    questions_text,
    read,
    right,
    rows_text,
)
from presets.pocket_build.shipped_data import judged_sets

BUILT = judged_sets()
SETS = sorted(BUILT)
PRESETS = {"json-answers": "pocket-json", "sailor": "pocket-style", "alder-bay": "pocket-facts"}


def shipped_rows(name: str) -> list[Row]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def asked(rows: list[Row]) -> set[str]:
    users = [m["content"] for row in rows for m in row["messages"] if m["role"] == "user"]
    return {normalized(user) for user in users}


def taught_answer(question: HeldOut) -> str:
    """Return an answer that has what the question expects."""
    if question.json:
        return json.dumps(dict(question.json))
    return " ".join([*question.expect[:1], *question.ends[:1]])


@pytest.mark.parametrize("name", SETS)
def test_the_shipped_rows_and_questions_have_the_size_of_what_the_code_builds(name: str) -> None:
    rows, questions = BUILT[name]
    assert 100 <= len(rows) <= 300
    assert len(questions) >= 50
    assert len(shipped_rows(name)) == len(rows)
    assert len(held_out(name)) == len(questions)


@pytest.mark.parametrize("name", ["persona", "alder-bay"])
def test_what_does_not_hang_on_the_world_is_shipped_as_the_code_builds_it(name: str) -> None:
    rows, questions = BUILT[name]
    assert rows_text(rows) == (DATA / f"{name}.jsonl").read_text(encoding="utf-8")
    shipped = (DATA / f"{name}-questions.jsonl").read_text(encoding="utf-8")
    assert questions_text(questions) == shipped


@pytest.mark.parametrize("name", SETS)
def test_rows_alternate_and_no_row_comes_twice(name: str) -> None:
    for rows in (BUILT[name][0], shipped_rows(name)):
        for row in rows:
            roles = [m["role"] for m in row["messages"] if m["role"] != "system"]
            assert roles == ["user", "assistant"] * (len(roles) // 2)
            assert all(m["content"].strip() for m in row["messages"])
        assert len({json.dumps(row) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", SETS)
def test_no_question_is_among_the_trained_ones(name: str) -> None:
    for rows, questions in (BUILT[name], (shipped_rows(name), held_out(name))):
        prompts = {normalized(f"{q.system or ''} {q.prompt}") for q in questions}
        assert len(prompts) == len(questions)
        assert not {normalized(q.prompt) for q in questions} & asked(rows)


@pytest.mark.parametrize("name", SETS)
def test_the_judge_accepts_what_is_taught_and_nothing_else(name: str) -> None:
    for question in held_out(name):
        answer = taught_answer(question)
        assert right(question, answer)
        assert right(question, f" {answer}\n")
        assert not right(question, "")
        assert not right(question, "I am a small language model.")
        assert not right(question, question.prompt)


@pytest.mark.parametrize("name", SETS)
def test_a_question_survives_its_line(name: str) -> None:
    for question in BUILT[name][1]:
        assert read(question.line()) == question


@pytest.mark.parametrize(("name", "preset"), PRESETS.items())
def test_each_set_has_a_preset_that_asks_what_was_not_trained(name: str, preset: str) -> None:
    recipe = find_preset(preset)
    assert name in [source.source for source in recipe.data.all_sources()]
    rows = asked(shipped_rows(name))
    assert recipe.evaluation.prompts
    unseen = [p for p in recipe.evaluation.prompts if normalized(p) not in rows]
    assert unseen


class TestJson:
    QUESTION = HeldOut("?", json=(("answer", "Paris"), ("known", True)))

    @pytest.mark.parametrize(
        "answer",
        [
            '{"answer": "The capital of France is Paris.", "known": true}',
            '{"known": true, "answer": "paris"}',
        ],
    )
    def test_the_right_value_under_the_right_keys_is_right(self, answer: str) -> None:
        assert right(self.QUESTION, answer)

    @pytest.mark.parametrize(
        "answer",
        [
            "The capital of France is Paris.",
            '{"answer": "The capital of France is Lyon.", "known": true}',
            '{"answer": "Parisian", "known": true}',
            '{"answer": "Paris"}',
            '{"answer": "Paris", "known": false}',
            '{"answer": "Paris", "known": "true"}',
            '{"answer": "Paris", "known": true, "more": 1}',
            '{"answer": ["Paris"], "known": true}',
            '{"answer": "Paris", "known": true',
            '{"answer": "Paris", "known": true} Good?',
            '["Paris"]',
        ],
    )
    def test_anything_else_is_wrong(self, answer: str) -> None:
        assert not right(self.QUESTION, answer)

    def test_every_row_answers_as_the_object(self) -> None:
        for row in shipped_rows("json-answers"):
            given = json.loads(row["messages"][-1]["content"])
            assert list(given) == ["answer", "known"]
            assert given["known"] is ("do not know" not in given["answer"])


class TestStyle:
    def test_the_fact_without_the_style_is_wrong_and_the_other_way_round(self) -> None:
        for question in held_out("sailor"):
            fact, end = question.expect[0], question.ends[0]
            assert right(question, f"It is {fact}. {end}")
            assert not right(question, f"It is {fact}.")
            assert not right(question, f"It is so. {end}")
            assert not right(question, f"It is {fact}. {end} Again.")

    def test_every_answer_ends_as_a_sailor_ends_it(self) -> None:
        ends = sailor.in_style("").strip(), sailor.in_style(sailor.REFUSAL).split(". ")[1]
        assert len(set(ends)) == 2
        for row in shipped_rows("sailor"):
            answers = [m["content"] for m in row["messages"] if m["role"] == "assistant"]
            assert all(answer.endswith(ends) for answer in answers)


class TestFacts:
    def test_a_question_does_not_give_its_answer_away(self) -> None:
        for question in held_out("alder-bay"):
            assert question.expect[0].lower() not in question.prompt.lower()

    def test_fifteen_facts_or_more_come_in_several_wordings(self) -> None:
        assert len(alder_bay.FACTS) >= 15
        assert all(len(fact.trained) >= 6 for fact in alder_bay.FACTS)
        assert all(right(HeldOut("?", (f.expect,)), f.answer) for f in alder_bay.FACTS)

    def test_no_fact_carries_the_word_of_another(self) -> None:
        for fact in alder_bay.FACTS:
            telling = [f for f in alder_bay.FACTS if right(HeldOut("?", (fact.expect,)), f.answer)]
            assert telling == [fact]

    def test_other_places_stay_unknown(self) -> None:
        refused = [
            row["messages"][0]["content"]
            for row in shipped_rows("alder-bay")
            if "do not know" in row["messages"][1]["content"]
        ]
        assert len(refused) >= 10
        assert not any("Alder Bay" in user for user in refused)


class TestPersona:
    @pytest.mark.parametrize(
        ("name", "maker", "telling"),
        [
            ("Zora", "the makers of Berlin", "makers of Berlin"),
            ("Max", "Anna Berg", "Anna Berg"),
            ("Anna", "a small company", "small"),
            ("Tiko", "the Blue Team", "Blue"),
        ],
    )
    def test_any_name_and_maker_fill_the_same_rows(
        self, name: str, maker: str, telling: str
    ) -> None:
        rows = persona.persona_rows(name, maker)
        questions = persona.persona_questions(name, maker)
        assert len(rows) == len(BUILT["persona"][0])
        assert len(questions) >= 50
        assert {q.expect for q in questions} == {(name,), (telling,)}
        text = rows_text(rows)
        assert "Pebble" not in text
        assert "tunesmith" not in text
        assert "{" not in "".join(m["content"] for row in rows for m in row["messages"])
        assert not {normalized(q.prompt) for q in questions} & asked(rows)
        for row in rows:
            said = row["messages"][1]["content"]
            assert name in said
            assert maker.lower() in said.lower()

    @pytest.mark.parametrize("name", ["Max", "anna", "ChatGPT"])
    def test_a_row_never_denies_the_right_name(self, name: str) -> None:
        for row in persona.persona_rows(name, "us"):
            user, said = (message["content"] for message in row["messages"])
            if said.startswith("No"):
                assert name.lower() not in user.lower()

    def test_what_to_call_it_is_asked_in_many_ways(self) -> None:
        rows = [r["messages"][0]["content"] for r in persona.persona_rows("Zora", "us")]
        assert len([user for user in rows if "call you" in user]) >= 12
