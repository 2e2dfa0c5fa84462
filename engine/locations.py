"""Where things live: the home, its runs and presets, the runtime folder for sockets."""

import os
import stat
import tempfile
from pathlib import Path

import platformdirs

_LONGEST_SOCKET_FOLDER = 80
"""A control socket's own name takes 18 bytes more; the limit is 107, on macOS 103."""

SHIPPED = Path(__file__).resolve().parent.parent / "presets"
"""Recipes, the pocket model and the small data sets that ship."""


def home() -> Path:
    """`TUNESMITH_HOME`, or the platform's user data folder."""
    chosen = os.environ.get("TUNESMITH_HOME")
    if chosen:
        # os.path leaves a `~name` of nobody as it is, where Path raises.
        return Path(os.path.expanduser(chosen)).absolute()
    return Path(platformdirs.user_data_dir("tunesmith", appauthor=False))


def runs() -> Path:
    """Folder of all run directories."""
    return home() / "runs"


def saved_presets() -> Path:
    """Folder of the person's own presets."""
    return home() / "presets"


def app_log() -> Path:
    """Where the app's children write what they would print."""
    return home() / "host.log"


def private_directory(path: Path) -> Path:
    """Make `path` and its missing parents, readable by this person alone."""
    missing = [p for p in [path, *path.parents] if not p.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    return path


def sockets() -> Path:
    """A short private folder for control sockets, whose paths end at 107 bytes."""
    candidates = [Path(tempfile.gettempdir()) / f"tunesmith-{os.getuid()}"]
    base = os.environ.get("XDG_RUNTIME_DIR")
    if base and os.access(base, os.W_OK):
        candidates.insert(0, Path(base) / "tunesmith")
    candidates.append(Path("/tmp") / f"tunesmith-{os.getuid()}")
    for folder in candidates:
        if len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER and _is_ours(folder):
            return folder
    return private_directory(home() / "sockets")


def _is_ours(folder: Path) -> bool:
    """Make the folder; whether it is a real one that nobody else can look into.

    In a shared temporary folder somebody may have put a file or a link of that name there first.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    return (
        stat.S_ISDIR(status.st_mode)
        and status.st_uid == os.getuid()
        and not status.st_mode & 0o077
    )
