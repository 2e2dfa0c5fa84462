"""The run's lock: held by its living trainer, and so the sign that there is one."""

import fcntl
import os

from engine.errors import BadInput
from engine.runs.directory import RunDirectory
from engine.words import _


class Owner:
    """Holds a run for this process until it ends, however it ends."""

    def __init__(self, run: RunDirectory) -> None:
        """Take the run.

        Raises:
            BadInput: when another process has it.
        """
        self._fd = os.open(run.lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(self._fd, 64).decode("ascii", "replace").strip()
            os.close(self._fd)
            raise BadInput(
                _("Run {run} is owned by process {pid}.").format(run=run.id, pid=holder or "?"),
                field="run",
                advice=_("`tunesmith attach {run}` watches it.").format(run=run.id),
                code="run_is_owned",
            ) from None
        os.ftruncate(self._fd, 0)
        os.write(self._fd, str(os.getpid()).encode())

    def release(self) -> None:
        """Let the run go."""
        os.close(self._fd)


def is_owned(run: RunDirectory) -> bool:
    """Whether a living process has the run."""
    try:
        fd = os.open(run.lock_file, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(fd)
    return False
