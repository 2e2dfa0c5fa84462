"""A conversation without a screen."""

from engine.errors import Problem
from tui.chat.conversation import Answer, Conversation, Turn
from tui.chat.voice import ChatSettings, Message, arguments


def test_an_answer_grows_and_ends_with_what_was_really_said() -> None:
    answer = Answer(base=False)
    answer.say({"phase": "loading"})
    assert answer.state == "loading"
    answer.say({"text": "one "})
    answer.say({"phase": "late"})
    answer.say({"text": "two"})
    assert (answer.state, answer.text) == ("speaking", "one two")
    answer.end({"answer": "one two.", "tokens": 3, "seconds": 1.5, "stopped": "length"}, None)
    assert (answer.state, answer.text, answer.cut) == ("done", "one two.", True)
    assert answer.tokens_per_second == 2


def test_a_cancelled_answer_keeps_its_beginning() -> None:
    answer = Answer(False)
    answer.say({"text": "one"})
    answer.end({"answer": "one", "stopped": "cancelled"}, None)
    assert (answer.state, answer.text) == ("stopped", "one")


def test_what_is_no_piece_of_an_answer_is_passed_over() -> None:
    answer = Answer(False)
    for piece in (None, 3, "text", {"text": 3}, {"other": "x"}):
        answer.say(piece)
    assert (answer.state, answer.text) == ("waiting", "")
    answer.end(None, None)
    assert answer.state == "done"


def test_failed_answers_are_not_told_to_the_model_again() -> None:
    failed = Answer(False)
    failed.end(None, Problem("x", "no"))
    talk = Conversation(
        [Turn("one", [failed]), Turn("two", [Answer(False, "b", "done")]), Turn("c")]
    )
    assert talk.messages(base=False) == [
        Message("user", "two"), Message("assistant", "b"), Message("user", "c"),
    ]  # fmt: skip
    assert talk.messages(base=True) == [Message("user", "c")]


def test_a_base_answer_joins_the_turn_of_its_tuned_twin() -> None:
    talk = Conversation()
    talk.take_finished("q", Answer(False, "tuned", "done"), 3)
    talk.take_finished("q", Answer(True, "base", "done"), 3)
    talk.take_finished("q", Answer(False, "again", "done"), 9)
    assert [len(turn.answers) for turn in talk.turns] == [2, 1]
    assert talk.last_answer is not None
    assert talk.last_answer.text == "again"


def test_the_last_answer_is_the_tuned_one() -> None:
    talk = Conversation([Turn("q", [Answer(True, "base", "done"), Answer(False, "tuned", "done")])])
    assert talk.last_answer is not None
    assert talk.last_answer.text == "tuned"


def test_an_empty_system_prompt_is_not_sent() -> None:
    asked = arguments([Message("user", "q")], ChatSettings(system="  "), base=True)
    assert asked["messages"] == [{"role": "user", "content": "q"}]
    assert asked["base"] is True
