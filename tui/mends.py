"""Mends of Textual 8.2.8, which is pinned exactly; each says what goes wrong without it."""

from typing import Any

from textual.widget import Widget

_refresh = Widget.refresh


def install() -> None:
    """Put the mends in place; may be called again."""
    Widget.refresh = _refresh_with_new_size  # type: ignore[method-assign]


def _refresh_with_new_size(self: Widget, *regions: Any, layout: bool = False, **more: Any) -> Widget:
    """`Widget.refresh` that never leaves a widget at the size of its content before.

    Sizes are kept by a count of layout requests, which Textual raises only once until the widget
    is idle. A second change of content after a layout in between then finds the first one's size.
    """
    if layout and self._layout_required:
        self._layout_updates += 1
    return _refresh(self, *regions, layout=layout, **more)
