"""Settings that few people need: folded away, and made only when they are unfolded."""

from collections.abc import Callable

from textual.widgets import Collapsible

from tui.wizard.options_form import FieldForm


class Fold(Collapsible):
    """A line that unfolds to a form with Enter."""

    def __init__(self, title: str, make: Callable[[], FieldForm], *, id: str | None = None) -> None:
        super().__init__(title=title, collapsed=True, id=id)
        self._make: Callable[[], FieldForm] | None = make

    def _watch_collapsed(self, collapsed: bool) -> None:
        super()._watch_collapsed(collapsed)
        if not collapsed and self._make is not None:
            self.query_one(Collapsible.Contents).mount(self._make())
            self._make = None
