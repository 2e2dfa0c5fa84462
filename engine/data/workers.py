"""Rows to tokens in several processes, for sets so large that one would take long.

Rendering a chat template is Python and holds a processor of its own; the tokenizer's threads
cannot help there. Small sets stay in this process: to start another costs more than it saves.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from engine.data.encoded import EncodedRows
from engine.data.rows import Row, RowProblem
from engine.data.templates import ChatTemplate
from engine.data.thinking import Thinking
from engine.data.tokens import LossOn, encode_rows

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

T = TypeVar("T")
R = TypeVar("R")

ALONE = 80
"""Batches that this process tokenizes by itself before it asks for help."""
MOST = 8
"""Processes at most: reading the file in this one feeds no more."""


@dataclass(frozen=True)
class Tokenization:
    """All that decides which tokens a row becomes."""

    tokenizer: "PreTrainedTokenizerBase"
    template: ChatTemplate | None
    loss_on: LossOn = "responses"
    max_length: int | None = None
    thinking: Thinking = "keep"
    joined: bool = False

    def __call__(self, rows: list[Row]) -> "Batch":
        """These rows as tokens."""
        batch = Batch(EncodedRows())
        results = encode_rows(
            rows,
            self.tokenizer,
            self.template,
            self.loss_on,
            self.max_length,
            self.thinking,
            joined=self.joined,
        )
        for n, result in enumerate(results):
            if isinstance(result, RowProblem):
                batch.problems[n] = (
                    result.code, result.message, result.advice, result.outcome,
                )  # fmt: skip
                continue
            batch.rows.append(result)
            if result.cut:
                batch.cut.add(n)
            if result.spelt:
                batch.spelt[n] = result.spelt
        return batch


class Batch:
    """What became of some rows: `rows` are those that can be used, in order.

    By place in the batch: the problems of the others (what a `RowProblem` is made of, since an
    exception is not sent between processes whole), those that are cut, and control tokens that
    the words of a row spell out.
    """

    def __init__(self, rows: EncodedRows) -> None:
        self.rows = rows
        self.problems: dict[int, tuple[Any, ...]] = {}
        self.cut: set[int] = set()
        self.spelt: dict[int, tuple[str, ...]] = {}


def tokenized(
    batches: Iterable[list[T]], job: Callable[[list[T]], R], processes: int | None = None
) -> Generator[R, None, None]:
    """What the job makes of the batches, in order; later ones are made while an earlier is used.

    The job, a `Tokenization` or its like, goes to other processes. Close the iterator, or read it
    to its end, so that no process is left.
    """
    if processes is None:
        processes = min(MOST, usable_processors())
    left = iter(batches)
    for done, batch in enumerate(left, 1):
        yield job(batch)
        if processes > 1 and done >= ALONE:
            break
    first = next(left, None)
    if first is not None:
        yield from _helped(first, left, job, processes)


def usable_processors() -> int:
    """Processors that this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


def _helped(
    first: list[T], left: Iterator[list[T]], job: Callable[[list[T]], R], processes: int
) -> Iterator[R]:
    context = multiprocessing.get_context("forkserver")
    with contextlib.suppress(RuntimeError):  # the server runs already
        context.set_forkserver_preload(
            ["engine.data.workers", "transformers.tokenization_utils_tokenizers"]
        )
    pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(job,))
    try:
        waiting: deque[Future[R]] = deque([pool.submit(_one, first)])
        for batch in left:
            waiting.append(pool.submit(_one, batch))
            if len(waiting) > 3 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_job: Callable[[Any], Any] | None = None


def _begin(job: Callable[[Any], Any]) -> None:
    """In a new process: keep the job, leave Ctrl-C to the parent, and end when it ends."""
    global _job
    _job = job
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # a process for each processor is enough
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process once its parent is gone, which would leave it waiting for ever."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _one(batch: Any) -> Any:
    assert _job is not None
    return _job(batch)
