"""The trainer of a run that keeps time: ten steps a second, answers of forty words a second.

`python tests/bench/steady_trainer.py RUN_DIRECTORY`; what a screen sends for it can be compared.
"""

import os
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.events import Eval, Phase, RunStarted, Step
from engine.protocol import Request, delta, result
from engine.runs import ControlServer, JournalWriter, Owner, RunDirectory


def serve(folder: str) -> None:
    """Be the trainer of a run: ten steps a second, answers of forty words a second."""
    run = RunDirectory(Path(folder))
    owner = Owner(run)
    journal = JournalWriter(run.journal_file)
    server = ControlServer(run, lambda request: None)
    journal.write(RunStarted(run.id, "bench", "sft", "lora", "none", "pocket", "persona",
                             os.getpid(), "here"))  # fmt: skip
    journal.write(Phase("training"))
    stopped = threading.Event()
    threading.Thread(target=_answer, args=(server, stopped), daemon=True).start()
    total, begun = 100_000, time.monotonic()
    for number in range(1, total):
        if stopped.is_set():
            break
        loss = 0.6 + 3 / (1 + number / 50) + (number * 7919 % 100) / 400
        journal.write(Step(number, total, number / 1000, loss, 2e-4 * (1 - number / total),
                           0.8 + number % 7 / 10, number * 4096, 12_000.0 + number % 100 * 9,
                           number * 900, 5 * 2**30 + number % 9 * 2**20, 6 * 2**30,
                           (total - number) / 10))  # fmt: skip
        if number % 50 == 0:
            journal.write(Eval(number, loss, 2.0, 0.1))
        time.sleep(max(0.0, begun + number / 10 - time.monotonic()))
    owner.release()


def _answer(server: ControlServer, stopped: threading.Event) -> None:
    while True:
        order = server.orders.get()
        request: Request = order.request
        if request.command == "stop":
            stopped.set()
            return
        words = [f"word{n} " for n in range(400)]
        for word in words:
            if order.cancelled.is_set():
                break
            order.send(delta(request, {"text": word}))
            time.sleep(1 / 40)
        order.send(result(request, {"answer": "".join(words), "tokens": 400, "seconds": 10.0,
                                    "base": False, "stopped": "eos"}))  # fmt: skip


if __name__ == "__main__":
    serve(sys.argv[1])
