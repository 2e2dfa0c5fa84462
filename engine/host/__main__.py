"""The host process: JSON lines in, JSON lines out, gone when its input closes."""

import os
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor

from engine.errors import BadInput, Problem, TunesmithError
from engine.host.commands import COMMANDS, Answering, wait_until_warm, warm_up
from engine.processes import adopt_defaults
from engine.protocol import Reply, Request, error, read_request, result
from engine.words import _

WORKERS = 4


class Server:
    """Answers many requests at once; a model answers one conversation after the other."""

    def __init__(self, output: int) -> None:
        self._output = output
        self._write_lock = threading.Lock()
        self._cancels: dict[int | str, threading.Event] = {}
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="host")
        self._model_thread = ThreadPoolExecutor(1, thread_name_prefix="host-model")

    def serve(self, lines: "object") -> None:
        """Read requests until the input ends."""
        for line in lines:  # type: ignore[attr-defined]
            try:
                request = read_request(line)
            except BadInput as problem:
                self.send(error(None, problem.problem))
                continue
            if request.command == "cancel":
                event = self._cancels.get(request.args.get("request", ""))
                if event is not None:
                    event.set()
                self.send(result(request, {"cancelled": event is not None}))
                continue
            command = COMMANDS.get(request.command)
            if command is None:
                self.send(
                    error(
                        request,
                        Problem(
                            "bad_command",
                            _("There is no command {name!r}.").format(name=request.command),
                            "command",
                            ", ".join(COMMANDS),
                        ),
                    )
                )
                continue
            self._cancels[request.id] = threading.Event()
            pool = self._model_thread if command.uses_model else self._pool
            pool.submit(self._answer, request)

    def send(self, reply: Reply) -> None:
        """Write one line; nobody reading any more ends this process."""
        data = reply.to_line()
        with self._write_lock:
            try:
                while data:
                    data = data[os.write(self._output, data) :]
            except OSError:
                os._exit(0)

    def _answer(self, request: Request) -> None:
        cancelled = self._cancels[request.id]
        answering = Answering(request, self.send, cancelled)
        try:
            command = COMMANDS[request.command]
            if command.needs_libraries:
                wait_until_warm()
            if cancelled.is_set():
                raise TunesmithError(_("Cancelled."), code="cancelled")
            self.send(result(request, command.answer(answering)))
        except TunesmithError as problem:
            told = problem.problem
            self.send(error(request, told))
        except Exception as failure:
            traceback.print_exc(file=sys.stderr)
            first = (str(failure).strip().split("\n") or [""])[0]
            self.send(
                error(
                    request,
                    Problem(
                        "failed",
                        f"{type(failure).__name__}: {first[:300]}",
                        advice=_("The whole story is in host.log in tunesmith's home."),
                    ),
                )
            )
        finally:
            self._cancels.pop(request.id, None)


def main() -> int:
    """Serve standard input; standard output carries replies and nothing else."""
    adopt_defaults()
    replies = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints goes to the log
    server = Server(replies)
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    server.serve(sys.stdin.buffer)
    os._exit(0)  # the app is gone: no answer is worth finishing


if __name__ == "__main__":
    main()
