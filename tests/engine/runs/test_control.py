"""The trainer's socket: many watchers, slow ones, rude ones, and a training thread that never waits."""

import json
import os
import socket
import threading
from pathlib import Path

import pytest

from engine.connection import Refused
from engine.errors import BadInput, TunesmithError, Unreachable
from engine.protocol import delta, result
from engine.runs import ControlServer, connect, order_by_file, take_file_order
from engine.runs.control import OUTBOX_LINES
from tests.engine.waiting import wait_for


def answer_now(request):
    """Some requests are answered in the watcher's own thread."""
    if request.command == "status":
        return {"step": 7}
    if request.command == "refused":
        raise BadInput("That cannot be.", field="command", advice="Ask for something else.")
    if request.command == "broken":
        raise RuntimeError("a mistake of ours")
    return None


@pytest.fixture
def server(run):
    server = ControlServer(run, answer_now)
    yield server
    server.close()


@pytest.fixture
def trainer(server):
    """A training thread that answers every order by echoing its arguments."""
    ended = threading.Event()

    def obey():
        while not ended.is_set():
            order = server.orders.get()
            if order.request.command == "end":
                return
            order.send(delta(order.request, {"text": "…"}))
            order.send(result(order.request, order.request.args))

    thread = threading.Thread(target=obey, daemon=True)
    thread.start()
    yield thread
    ended.set()


def raw(server) -> socket.socket:
    """A connection that speaks for itself."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.connect(str(server._path))
    sock.settimeout(30)
    return sock


def test_an_order_reaches_training_and_its_answer_the_watcher(run, server, trainer):
    connection = connect(run)
    pieces = []
    pending = connection.ask("echo", {"n": 1}, on_delta=pieces.append)
    assert pending.result(30) == {"n": 1}
    assert pieces == [{"text": "…"}]
    connection.close()


def test_what_needs_no_training_is_answered_beside_it(run, server):
    connection = connect(run)  # nobody takes orders here
    assert connection.ask("status").result(30) == {"step": 7}
    connection.close()


def test_a_refusal_comes_with_its_field_and_advice(run, server):
    connection = connect(run)
    with pytest.raises(Refused) as told:
        connection.ask("refused").result(30)
    problem = told.value.problem
    assert (problem.code, problem.message, problem.field, problem.advice) == (
        "bad_input", "That cannot be.", "command", "Ask for something else.",
    )  # fmt: skip
    connection.close()


def test_a_mistake_in_an_answer_costs_nobody_the_connection(run, server):
    connection = connect(run)
    with pytest.raises(Refused, match="a mistake of ours"):
        connection.ask("broken").result(30)
    assert connection.ask("status").result(30) == {"step": 7}
    connection.close()


def test_the_socket_and_its_name_are_private(run, server):
    named = json.loads(run.control_file.read_text())
    path = Path(named["socket"])
    assert named["pid"] == os.getpid()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert run.control_file.stat().st_mode & 0o777 == 0o600
    assert len(os.fsencode(path)) < 104


def test_many_watchers_each_get_their_own_answers(run, server, trainer):
    connections = [connect(run) for _n in range(12)]
    asked = [
        (n, m, connection.ask("echo", {"n": n, "m": m}))
        for m in range(20)
        for n, connection in enumerate(connections)
    ]
    for n, m, pending in asked:
        assert pending.result(30) == {"n": n, "m": m}
    assert server.watchers == 12
    for connection in connections:
        connection.close()
    wait_for(lambda: server.watchers == 0)


def test_a_watcher_that_does_not_read_is_cut_off_and_nobody_waits_for_it(run, server):
    slow, quick = raw(server), connect(run)
    slow.sendall(b'{"id":1,"command":"chat","args":{}}\n')
    order = server.orders.get(timeout=30)
    for _n in range(OUTBOX_LINES * 3):  # would block for ever, were it written here
        order.send(delta(order.request, {"text": "x" * 2000}))
    assert quick.ask("status").result(30) == {"step": 7}
    wait_for(lambda: server.watchers == 1)
    assert order.cancelled.is_set()
    order.send(result(order.request, {}))  # an answer that nobody hears any more
    quick.close()
    slow.close()


@pytest.mark.parametrize(
    "line",
    [b"", b"null", b"[]", b"{}", b'"x"', b"\xff\x00", b'{"id":1}', b'{"id":[],"command":"status"}',
     b'{"id":1,"command":1}', b'{"id":1,"command":"status","args":[1]}', b"[" * 50_000,
     b'{"id":1.5,"command":"status"}'],
)  # fmt: skip
def test_a_line_that_is_no_request_is_answered_and_forgiven(server, line):
    sock = raw(server)
    stream = sock.makefile("rb")
    sock.sendall(line + b"\n")
    reply = json.loads(stream.readline())
    assert reply["id"] is None
    assert reply["error"]["code"] == "bad_input"
    sock.sendall(b'{"id":"a","command":"status"}\n')
    assert json.loads(stream.readline()) == {"id": "a", "result": {"step": 7}}
    sock.close()


def test_an_answer_can_be_cancelled(run, server):
    connection = connect(run)
    pending = connection.ask("chat")
    order = server.orders.get(timeout=30)
    assert not order.cancelled.is_set()
    connection.cancel(pending)
    assert order.cancelled.wait(30)
    order.send(result(order.request, {"stopped": "cancelled"}))
    assert pending.result(30) == {"stopped": "cancelled"}
    connection.close()


def test_hanging_up_cancels_what_was_asked(run, server):
    connection = connect(run)
    connection.ask("chat")
    order = server.orders.get(timeout=30)
    connection.close()
    assert order.cancelled.wait(30)


def test_connections_that_come_and_go_leave_nothing_open(run, server, trainer):
    def open_files():
        return len(os.listdir("/proc/self/fd"))

    before = open_files()
    for _n in range(60):
        connection = connect(run)
        connection.ask("echo").result(30)
        connection.close()
        raw(server).close()
    wait_for(lambda: server.watchers == 0)
    wait_for(lambda: open_files() <= before + 2)


def test_closing_answers_first_and_leaves_no_trace(run, server):
    connection = connect(run)
    pending = connection.ask("stop")
    unanswered = connection.ask("chat")
    order = server.orders.get(timeout=30)
    order.send(result(order.request, {"state": "stopped"}))
    server.close()
    assert pending.result(30) == {"state": "stopped"}
    with pytest.raises(Refused) as told:
        unanswered.result(30)
    assert told.value.problem.code == "gone"
    assert not run.control_file.exists()
    assert not server._path.exists()
    with pytest.raises(Unreachable, match="has no living trainer"):
        connect(run)
    wait_for(lambda: connection.closed)
    with pytest.raises(Unreachable):
        connection.ask("status")


def test_closing_ends_the_accepting_thread(run):
    before = threading.active_count()
    ControlServer(run, answer_now).close()
    wait_for(lambda: threading.active_count() <= before)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"socket": 1}', '{"pid": 1}', "null"])
def test_a_spoiled_control_file_is_no_trainer(run, content):
    run.control_file.write_text(content)
    with pytest.raises(Unreachable):
        connect(run)


def test_the_socket_of_a_killed_trainer_is_no_trainer(run, tmp_path):
    path = tmp_path / "old.sock"
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.bind(str(path))
    sock.close()  # the file stays, as after a kill
    run.control_file.write_text(json.dumps({"socket": str(path), "pid": 1}))
    with pytest.raises(Unreachable, match="does not answer") as told:
        connect(run)
    assert isinstance(told.value, TunesmithError)


def test_an_order_by_file_is_obeyed_once(run):
    assert take_file_order(run) is None
    order_by_file(run, "stop")
    assert take_file_order(run) == "stop"
    assert take_file_order(run) is None
    run.command_file.write_text("rm -rf /")
    assert take_file_order(run) is None
    with pytest.raises(BadInput):
        order_by_file(run, "chat")


def test_the_socket_folder_of_somebody_else_is_not_used(tmp_path, monkeypatch, tunesmith_home):
    from engine import locations

    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    mine = tmp_path / f"tunesmith-{os.getuid()}"
    assert locations.sockets() == mine
    mine.chmod(0o755)  # others can look into it
    assert locations.sockets() != mine
    mine.rmdir()
    mine.write_text("a file that somebody put there first")
    assert locations.sockets() != mine
    mine.unlink()
    (tmp_path / "theirs").mkdir(mode=0o700)
    mine.symlink_to(tmp_path / "theirs")
    assert locations.sockets() not in {mine, tmp_path / "theirs"}


def test_a_long_runtime_folder_is_passed_over(tmp_path, monkeypatch):
    from engine import locations

    long = tmp_path / ("x" * 100)
    long.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    assert len(os.fsencode(locations.sockets())) <= 80
