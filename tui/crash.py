"""What is left behind when the app ends on an error of its own."""

import sys
import time
import traceback
from pathlib import Path

from engine import locations
from engine.words import _


def crash_log() -> Path:
    """Where the story is written."""
    return locations.home() / "app.log"


def crash_sentence() -> str:
    """Write the story of the exception at hand; the sentence that tells where it is."""
    error = sys.exc_info()[1]
    kind = type(error).__name__
    path = crash_log()
    try:
        locations.private_directory(path.parent)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            path.chmod(0o600)
            file.write(time.strftime("\n%Y-%m-%d %H:%M:%S\n"))
            traceback.print_exc(file=file)
    except OSError:
        return _("tunesmith ended on an error of its own ({kind}). Runs go on.").format(kind=kind)
    return _(
        "tunesmith ended on an error of its own ({kind}); its story is in {path}. "
        "Runs go on: `tunesmith attach last` comes back."
    ).format(kind=kind, path=path)
