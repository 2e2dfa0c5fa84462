"""Textual's errors that we mend are still there, and are mended."""

import threading

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.drivers._writer_thread import WriterThread
from textual.widget import Widget
from textual.widgets import Static

from tui import mends


class Page(App[None]):
    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("x", markup=False)


async def height_after_two_changes() -> int:
    """How high four lines stand that came right after one line and a layout."""
    app = Page()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        words = app.query_one(Static)
        words.update("one")
        app.query_one(VerticalScroll)._clear_arrangement_cache()
        app.screen._refresh_layout()
        words.update("1\n2\n3\n4")
        await pilot.pause(0.2)
        return words.size.height


async def test_a_second_change_of_content_gets_its_own_size() -> None:
    mends.install()
    assert await height_after_two_changes() == 4


async def test_without_the_mend_it_keeps_the_size_of_the_first_one() -> None:
    """When this fails, Textual has been mended and ours can go."""
    Widget.refresh = mends._refresh  # type: ignore[method-assign]
    try:
        assert await height_after_two_changes() == 1
    finally:
        mends.install()


class ClosedTerminal:
    """A file whose other end hung up."""

    def write(self, text: str) -> None:
        raise OSError(5, "Input/output error")

    def flush(self) -> None:
        raise OSError(5, "Input/output error")


def test_writing_to_a_closed_terminal_never_waits() -> None:
    mends.install()
    writer = WriterThread(ClosedTerminal())  # type: ignore[arg-type]
    writer.start()

    def write_much() -> None:
        for _n in range(200):
            writer.write("x")
        writer.stop()

    done = threading.Thread(target=write_much, daemon=True)
    done.start()
    done.join(20)
    assert not done.is_alive()
    assert not writer.is_alive()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_without_the_mend_its_thread_dies() -> None:
    """When this fails, Textual has been mended and ours can go."""
    WriterThread.run = mends._write_all  # type: ignore[method-assign]
    try:
        writer = WriterThread(ClosedTerminal())  # type: ignore[arg-type]
        writer.start()
        writer.write("x")
        writer.join(20)
        assert not writer.is_alive()
    finally:
        mends.install()
