"""Starting the host and asking it; light enough for the app."""

import subprocess
from dataclasses import dataclass

from engine import locations, processes
from engine.connection import Connection
from engine.words import _


@dataclass(frozen=True)
class Host:
    """The host process and the line to it. It ends when its input closes."""

    process: subprocess.Popen[bytes]
    connection: Connection

    def close(self, timeout: float = 0.2) -> None:
        """Hang up and make sure that nothing stays behind."""
        self.connection.close()
        try:
            self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_host() -> Host:
    """Start the host in the background; it answers as soon as its imports are done."""
    log_path = locations.app_log()
    locations.private_directory(log_path.parent)
    with log_path.open("ab") as log:
        log_path.chmod(0o600)
        # A session of its own: ctrl+c in the terminal is the app's to handle.
        process = processes.start("engine.host", log=log, own_session=True, pipes=True)
    assert process.stdin is not None
    assert process.stdout is not None
    return Host(process, Connection(process.stdout, process.stdin, _("engine host")))
