"""Starting the engine's child processes so that nothing of the person's folder shadows ours."""

import logging
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import IO, Any

from engine import locations

_ROOT = Path(__file__).resolve().parent.parent

DEFAULTS = {
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONUNBUFFERED": "1",
    # A crash in C code leaves its stack in the log.
    "PYTHONFAULTHANDLER": "1",
    # Threads that spin while they wait take the processor from each other and from the screen:
    # six times slower training was seen on two busy cores.
    "OMP_WAIT_POLICY": "PASSIVE",
    # CUDA counts cards by speed unless told to count as the driver and nvidia-smi do.
    "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
    # An installed `kernels` package lets libraries fetch and run compiled code from a hub.
    "USE_HUB_KERNELS": "0",
    # The hub's library tells its makers of every trainer that is built. Beside that nobody asked
    # for it, its thread looks names up while training writes the environment: a crash was seen.
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
"""Variables for every process of ours, unless the person has set them."""


def adopt_defaults() -> None:
    """Give this process the same variables, and quiet libraries, before it imports them."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if os.environ["USE_HUB_KERNELS"] in {"0", "NO", "OFF", "FALSE"}:
        # bitsandbytes asks no variable: it must find no such package.
        sys.modules.setdefault("kernels", None)  # type: ignore[arg-type]
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", category=FutureWarning)


def command(module: str, *arguments: str) -> list[str]:
    """The command line that runs one of the engine's modules."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """The person's environment with our packages first on the import path."""
    env = dict(os.environ)
    rest = env.get("PYTHONPATH")
    env["PYTHONPATH"] = os.pathsep.join([str(_ROOT), rest] if rest else [str(_ROOT)])
    if env.get("TUNESMITH_HOME"):
        env["TUNESMITH_HOME"] = str(locations.home())  # the child may run in another folder
    for name, value in DEFAULTS.items():
        env.setdefault(name, value)
    return env


def start(
    module: str,
    *arguments: str,
    log: IO[bytes],
    own_session: bool,
    pipes: bool = False,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a module; what it prints goes to `log`, and with `pipes` its stdin/stdout to us.

    `own_session` lets it outlive a closed terminal.
    """
    streams: dict[str, Any] = (
        {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        if pipes
        else {"stdin": subprocess.DEVNULL, "stdout": log}
    )
    return subprocess.Popen(
        command(module, *arguments),
        stderr=log,
        start_new_session=own_session,
        env=environment(),
        cwd=cwd,
        close_fds=True,
        **streams,
    )
