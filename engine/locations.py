"""Where things live: the home, its runs and presets, the runtime folder for sockets."""

import os
import tempfile
from pathlib import Path

import platformdirs

SHIPPED = Path(__file__).resolve().parent.parent / "presets"
"""Recipes, the pocket model and the small data sets that ship."""


def home() -> Path:
    """`TUNESMITH_HOME`, or the platform's user data folder."""
    chosen = os.environ.get("TUNESMITH_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
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
    base = os.environ.get("XDG_RUNTIME_DIR")
    if base and os.access(base, os.W_OK) and len(base) < 60:
        folder = Path(base) / "tunesmith"
    else:
        folder = Path(tempfile.gettempdir()) / f"tunesmith-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if folder.is_symlink() or status.st_uid != os.getuid() or status.st_mode & 0o077:
        return private_directory(home() / "sockets")
    return folder
