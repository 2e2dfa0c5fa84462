"""The run's lock: held by its living trainer, and so the sign that there is one."""

import errno
import fcntl
import os
import time

from engine.errors import BadInput
from engine.runs.directory import RunDirectory
from engine.words import _

_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)


class Owner:
    """Holds a run for this process until it ends, however it ends."""

    def __init__(self, run: RunDirectory) -> None:
        """Take the run.

        Raises:
            BadInput: when another process has it.
        """
        self._fd = os.open(run.lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _take(self._fd):
            holder = os.read(self._fd, 64).decode("ascii", "replace").strip()
            os.close(self._fd)
            raise BadInput(
                _("Run {run} is owned by process {pid}.").format(run=run.id, pid=holder or "?"),
                field="run",
                advice=_("`tunesmith attach {run}` watches it.").format(run=run.id),
                code="run_is_owned",
            )
        os.ftruncate(self._fd, 0)
        os.write(self._fd, str(os.getpid()).encode())

    def release(self) -> None:
        """Let the run go."""
        os.close(self._fd)


def _take(fd: int, patience: float = 0.5) -> bool:
    """Lock, waiting out those who only look: `is_owned` holds the lock for an instant."""
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _HELD:
                raise BadInput(
                    _("The disk of the run has no file locks ({why}).").format(why=error.strerror),
                    field="TUNESMITH_HOME",
                    advice=_("Set TUNESMITH_HOME to a folder on a local disk."),
                    code="no_locks",
                ) from None
        else:
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.02)


def is_owned(run: RunDirectory) -> bool:
    """Whether a living process has the run."""
    try:
        fd = os.open(run.lock_file, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _HELD
    finally:
        os.close(fd)
    return False
