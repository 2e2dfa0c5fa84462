"""The asking side: answers find their questions, and a gone process leaves nobody waiting."""

import io
import os
import subprocess
import sys
import threading

import pytest

from engine.connection import Connection, Refused, connect_socket
from engine.errors import Unreachable
from engine.protocol import Reply, delta, error, read_request, result
from tests.engine.waiting import wait_for


class FarSide:
    """The other end of two pipes, played by the test."""

    def __init__(self) -> None:
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        self.reader = os.fdopen(theirs_in, "rb")
        self.writer = os.fdopen(theirs_out, "wb", buffering=0)
        self.connection = Connection(
            os.fdopen(ours_in, "rb"), os.fdopen(ours_out, "wb"), "engine host"
        )

    def next(self):
        return read_request(self.reader.readline())

    def say(self, reply: Reply) -> None:
        self.writer.write(reply.to_line())

    def hang_up(self) -> None:
        self.reader.close()
        self.writer.close()


@pytest.fixture
def far():
    side = FarSide()
    yield side
    side.hang_up()
    side.connection.close()


def test_answers_find_their_questions_in_any_order(far):
    first = far.connection.ask("a", {"x": 1})
    second = far.connection.ask("b")
    one, two = far.next(), far.next()
    assert (one.command, one.args, two.command) == ("a", {"x": 1}, "b")
    far.say(result(two, "second"))
    far.say(result(one, "first"))
    assert (first.result(30), second.result(30)) == ("first", "second")


def test_deltas_come_in_order_and_the_end_once(far):
    heard, ended = [], []
    pending = far.connection.ask("chat", on_delta=heard.append, on_end=ended.append)
    request = far.next()
    for number in range(100):
        far.say(delta(request, number))
    far.say(result(request, "done"))
    far.say(delta(request, "after the end"))
    far.say(result(request, "again"))
    assert pending.result(30) == "done"
    assert heard == list(range(100))
    wait_for(lambda: ended == [pending])


def test_lines_that_are_no_replies_are_passed_over(far):
    pending = far.connection.ask("a")
    request = far.next()
    for line in (b"", b"null", b"[]", b"7", b'"result"', b"\xff", b"{}", b'{"id":null,"result":1}',
                 b'{"id":99,"result":1}', b"a library printed this"):  # fmt: skip
        far.writer.write(line + b"\n")
    far.say(result(request, "mine"))
    assert pending.result(30) == "mine"


@pytest.mark.parametrize(
    "value",
    [None, "words", [], {}, {"message": 1}, {"code": "x", "message": "y", "new": "z"},
     {"code": "x", "message": "y", "field": 3, "advice": []}],
)  # fmt: skip
def test_an_error_of_any_shape_ends_its_question(far, value):
    pending = far.connection.ask("a")
    far.say(Reply(far.next().id, "error", value))
    with pytest.raises(Refused) as told:
        pending.result(30)
    assert isinstance(told.value.problem.message, str)
    assert told.value.problem.code


def test_a_callback_that_fails_leaves_the_others_their_answers(far, caplog):
    def fail(_value):
        raise RuntimeError("the screen is gone")

    first = far.connection.ask("a", on_delta=fail, on_end=fail)
    request = far.next()
    far.say(delta(request, 1))
    far.say(result(request, 2))
    second = far.connection.ask("b")
    far.say(result(far.next(), 3))
    assert (first.result(30), second.result(30)) == (2, 3)
    assert "the screen is gone" in caplog.text


def test_a_process_that_goes_leaves_nobody_waiting(far):
    told = threading.Event()
    far.connection.on_close = told.set
    pending = far.connection.ask("a")
    far.next()
    far.hang_up()
    with pytest.raises(Refused) as gone:
        pending.result(30)
    assert gone.value.problem.code == "gone"
    assert told.wait(30)
    assert far.connection.closed
    with pytest.raises(Unreachable):
        far.connection.ask("b")


def test_whoever_wants_to_hear_of_the_end_too_late_hears_at_once(far):
    far.hang_up()
    wait_for(lambda: far.connection.closed)
    told = threading.Event()
    wait_for(lambda: far.connection._gone)
    far.connection.on_close = told.set
    assert told.is_set()


def test_an_answer_that_does_not_come_can_be_waited_for_in_portions(far):
    pending = far.connection.ask("a")
    with pytest.raises(TimeoutError):
        pending.result(0.01)
    assert not pending.done
    far.say(result(far.next(), 1))
    assert pending.result(30) == 1


def test_cancelling_names_the_question(far):
    pending = far.connection.ask("chat")
    asked = far.next()
    far.connection.cancel(pending)
    assert far.next().args == {"request": asked.id}
    far.say(result(asked, "what it had"))
    assert pending.result(30) == "what it had"
    far.connection.cancel(pending)  # too late: says nothing
    far.connection.ask("next")
    assert far.next().command == "next"


def test_hanging_up_does_not_wait_for_a_process_that_says_nothing():
    process = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    connection = Connection(process.stdout, process.stdin, "engine host")
    pending = connection.ask("ready")
    closing = threading.Thread(target=connection.close)
    closing.start()
    closing.join(30)
    stuck = closing.is_alive()
    process.kill()
    process.wait()
    assert not stuck
    with pytest.raises(Refused):
        pending.result(30)


def test_questions_from_many_threads_do_not_mix(far):
    def answer():
        for _n in range(200):
            request = far.next()
            far.say(result(request, request.args["n"]))

    threading.Thread(target=answer, daemon=True).start()
    wrong = []

    def ask(first):
        for n in range(first, first + 50):
            if far.connection.ask("echo", {"n": n}).result(30) != n:
                wrong.append(n)

    threads = [threading.Thread(target=ask, args=(n * 50,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_no_listener_is_one_sentence(tmp_path):
    for path in (tmp_path / "none.sock", tmp_path / ("x" * 200), tmp_path):
        with pytest.raises(Unreachable, match="The trainer does not answer") as told:
            connect_socket(path, "trainer")
        assert told.value.problem.code == "gone"


def test_a_broken_stream_is_an_end_like_any_other():
    class Broken(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, _buffer):
            raise ConnectionResetError

    connection = Connection(io.BufferedReader(Broken()), io.BytesIO(), "trainer")
    wait_for(lambda: connection.closed)
    with pytest.raises(Unreachable):
        connection.ask("a")


def test_an_error_reply_carries_its_problem(far):
    from engine.errors import Problem

    pending = far.connection.ask("a")
    problem = Problem("bad_field", "It is wrong.", "model.id", "Mend it.")
    far.say(error(far.next(), problem))
    with pytest.raises(Refused) as told:
        pending.result(30)
    assert told.value.problem == problem
    assert told.value.exit_code == 2
