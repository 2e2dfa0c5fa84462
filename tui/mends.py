"""Mends of Textual 8.2.8, which is pinned exactly; each says what goes wrong without it."""

import sys
from typing import Any

from textual.drivers._writer_thread import WriterThread
from textual.widget import Widget

_refresh = Widget.refresh
_write_all = WriterThread.run


def install() -> None:
    """Put the mends in place; may be called again."""
    Widget.refresh = _refresh_with_new_size  # type: ignore[method-assign,assignment]
    WriterThread.run = _write_until_the_end  # type: ignore[method-assign]
    if sys.platform != "win32":
        from textual.drivers.linux_driver import LinuxDriver

        LinuxDriver._sigcont_application = _resume_only_what_was_suspended  # type: ignore[method-assign]


def _refresh_with_new_size(self: Widget, *regions: Any, layout: bool = False, **more: Any) -> Widget:
    """`Widget.refresh` that never leaves a widget at the size of its content before.

    Sizes are kept by a count of layout requests, which Textual raises only once until the widget
    is idle. A second change of content after a layout in between then finds the first one's size.
    """
    if layout and self._layout_required:
        self._layout_updates += 1
    return _refresh(self, *regions, layout=layout, **more)


def _write_until_the_end(self: WriterThread) -> None:
    """`WriterThread.run` that outlives its terminal.

    Textual's dies of the first write to a closed terminal, and the app then waits forever for
    room in the queue of a thread that is gone.
    """
    try:
        _write_all(self)
    except (OSError, ValueError):
        while self._queue.get() is not None:
            pass  # nobody is there to read it


def _resume_only_what_was_suspended(self: Any, *_: Any) -> None:
    """The driver's answer to SIGCONT, which the kernel sends with every hang-up too.

    Textual starts its terminal mode and its threads a second time even if they never stopped.
    """
    if self._auto_restart and self._must_signal_resume:
        self.resume_application_mode()
