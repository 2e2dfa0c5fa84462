"""Looking at the machine, in one place so that tests can put another machine there."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.machine import Doctor, Machine


def read_machine() -> "Machine":
    """This machine now; some 30 ms with a GPU, so it is asked off the event loop."""
    from engine.machine import machine

    return machine()


def read_doctor() -> "Doctor":
    """Everything about this machine; up to some seconds when the hub does not answer."""
    from engine.machine import doctor

    return doctor()
