"""Chat with a model in a folder, once or turn after turn, and what cannot be talked to."""

import io
import sys
from types import SimpleNamespace

import pytest

from engine.cli.verbs import chat
from engine.errors import TunesmithError
from engine.recipe import Recipe
from engine.runs import create


@pytest.fixture
def echo(monkeypatch):
    """A partner that repeats what it is told, with what no terminal should see."""
    asked = []

    class Echo:
        def ask(self, arguments, on_text):
            asked.append(arguments)
            said = arguments["messages"][-1]["content"]
            if said == "interrupt":
                raise KeyboardInterrupt
            if said == "fail":
                raise TunesmithError("The run has ended.", code="run_ended")
            if said == "die":
                raise TunesmithError("The trainer process is gone.", code="gone")
            text = ("base: " if arguments["base"] else "") + said + "\x1b[2J\u202e"
            for piece in text:
                on_text(piece)
            return {"answer": text, "tokens": len(text), "seconds": 0.5, "base": arguments["base"]}

        def close(self):
            asked.append("closed")

    monkeypatch.setattr("engine.cli.talking.partner", lambda _reference, _out: Echo())
    return asked


@pytest.fixture
def typed(monkeypatch):
    """What the person types, line by line, in a terminal."""

    def type_lines(*lines):
        left = list(lines)

        def read(_prompt=""):
            if not left:
                raise EOFError
            return left.pop(0)

        monkeypatch.setattr("builtins.input", read)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))

    return type_lines


def test_a_model_in_a_folder_answers_a_prompt(tunesmith, model_folder):
    words = ("chat", model_folder, "--prompt", "who are you?", "--max-tokens", "6", "--seed", "3")
    said = tunesmith(*words, "--json")
    assert said.code == 0
    assert set(said.document) == {"prompt", "answer", "tokens", "seconds"}
    assert said.document["prompt"] == "who are you?"
    assert said.document["tokens"] <= 6
    shown = tunesmith(*words)
    assert shown.code == 0
    assert "\x1b" not in shown.out
    with_base = tunesmith(*words, "--base", "--json").document
    assert with_base["base"] == with_base["answer"]  # an untuned model is its own base


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("nothing", "There is no run and no model called 'nothing'."),
        ("./nowhere", "nowhere"),
        ("\x1b[31m", "There is no run and no model called"),
    ],
)
def test_what_is_not_there_cannot_be_talked_to(tunesmith, monkeypatch, reference, words):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    said = tunesmith("chat", reference, "--prompt", "hi")
    assert said.code == 2
    assert words in said.sentence


def test_a_run_that_saved_nothing_cannot_be_talked_to(tunesmith, model_folder):
    run = create(Recipe(name="ember"))
    said = tunesmith("chat", run.id, "--prompt", "hi", "--json")
    assert said.code == 2
    assert "has saved nothing to talk to yet" in said.document["error"]["message"]


def test_what_is_said_is_shown_harmlessly_as_it_comes(tunesmith, echo):
    said = tunesmith("chat", "x", "--prompt", "hello")
    assert said.out == "hello␛[2J�\n"
    assert echo == [
        {"messages": [{"role": "user", "content": "hello"}], "base": False, "temperature": 0.7,
         "top_p": 0.95, "max_new_tokens": 256, "seed": None},
        "closed",
    ]  # fmt: skip


def test_flags_reach_the_model(tunesmith, echo):
    tunesmith("chat", "x", "--prompt", "hello", "--system", "Be short.", "--temperature", "0",
              "--top-p", "0.5", "--max-tokens", "9", "--seed", "0", "--base", "--json")  # fmt: skip
    base, tuned, _closed = echo
    assert (base["base"], tuned["base"]) == (True, False)
    assert tuned["messages"][0] == {"role": "system", "content": "Be short."}
    assert (tuned["temperature"], tuned["top_p"], tuned["max_new_tokens"], tuned["seed"]) == (
        0.0, 0.5, 9, 0,
    )  # fmt: skip


@pytest.mark.parametrize("flag", [("--prompt", "-"), ()])
def test_a_prompt_may_come_through_a_pipe(tunesmith, echo, monkeypatch, flag):
    monkeypatch.setattr(sys, "stdin", io.StringIO("from a pipe"))
    assert tunesmith("chat", "x", *flag, "--json").document["prompt"] == "from a pipe"


def test_an_empty_prompt_is_refused(tunesmith, echo, monkeypatch):
    assert "The prompt is empty." in tunesmith("chat", "x", "--prompt", " ").sentence
    monkeypatch.setattr(sys, "stdin", None)
    assert tunesmith("chat", "x").code == 2


def test_json_wants_a_prompt(tunesmith, echo, typed):
    typed("hello")
    said = tunesmith("chat", "x", "--json")
    assert said.code == 2
    assert "--prompt" in said.document["error"]["advice"]


def test_a_conversation_keeps_its_turns(tunesmith, echo, typed):
    typed("one", "", "two", "/clear", "three", "/system Be short.", "four", "/quit", "never")
    said = tunesmith("chat", "x")
    assert said.code == 0
    turns = [[m["content"] for m in asked["messages"]] for asked in echo[:-1]]
    assert turns == [
        ["one"],
        ["one", "one\x1b[2J\u202e", "two"],
        ["three"],
        ["Be short.", "four"],
    ]
    assert "never" not in said.out


def test_base_is_switched_on_and_off(tunesmith, echo, typed):
    typed("/base", "one", "/base", "two", "/help")
    said = tunesmith("chat", "x")
    assert [asked["base"] for asked in echo[:-1]] == [True, False, False]
    assert "base: one" in said.out
    assert "/system TEXT" in said.err


def test_an_interrupted_or_failed_turn_is_not_the_end(tunesmith, echo, typed):
    typed("interrupt", "fail", "one")
    said = tunesmith("chat", "x")
    assert said.code == 0
    assert "The run has ended." in said.err
    assert [m["content"] for m in echo[-2]["messages"]] == ["one"]


def test_a_trainer_that_goes_ends_the_conversation(tunesmith, echo, typed):
    typed("die", "one")
    said = tunesmith("chat", "x")
    assert said.code == 1
    assert "The trainer process is gone." in said.err
    assert echo[-1] == "closed"


def test_chat_has_its_place_in_the_table():
    assert chat.ENTRY.name == "chat"
