"""Starting a run's trainer as a process of its own that outlives whoever started it."""

import subprocess
import time

from engine import processes
from engine.connection import Connection
from engine.errors import RunFailed, Unreachable
from engine.runs.control import connect
from engine.runs.directory import RunDirectory
from engine.words import _

TRAINER = "engine.train"


def start_trainer(
    run: RunDirectory, *, resume: bool = False, keep_warm: bool = False
) -> subprocess.Popen[bytes]:
    """Start the trainer in its own process session; what it prints goes to `engine.log`.

    `keep_warm` lets it answer chat after its end for as long as someone is connected.
    """
    arguments = [str(run.path)]
    if resume:
        arguments.append("--resume")
    if keep_warm:
        arguments.append("--keep-warm")
    with run.log_file.open("ab") as log:
        run.log_file.chmod(0o600)
        return processes.start(TRAINER, *arguments, log=log, own_session=True, cwd=run.path)


def wait_for_control(
    run: RunDirectory, process: subprocess.Popen[bytes] | None = None, timeout: float = 60.0
) -> Connection:
    """Connect to a trainer that is just starting.

    Raises:
        RunFailed: when it died before it listened.
    """
    end = time.monotonic() + timeout
    while True:
        try:
            return connect(run)
        except Unreachable:
            if process is not None and process.poll() is not None:
                raise RunFailed(
                    _("The trainer ended at its start (exit code {code}).").format(
                        code=process.returncode
                    ),
                    advice=_("Its log is {path}.").format(path=run.log_file),
                    code="trainer_start",
                ) from None
            if time.monotonic() > end:
                raise
        time.sleep(0.05)
