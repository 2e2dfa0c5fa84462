"""A run's state as a sign, a word and a colour; never by colour alone."""

from dataclasses import dataclass

from engine.words import _


@dataclass(frozen=True)
class StateLook:
    """How one state is shown; `style` is a theme variable."""

    sign: str
    words: str
    style: str


LOOKS = {
    "queued": StateLook("◌", _("starting"), "$text-muted"),
    "running": StateLook("●", _("running"), "$accent"),
    "paused": StateLook("○", _("paused"), "$warning"),
    "done": StateLook("✓", _("done"), "$success"),
    "stopped": StateLook("■", _("stopped"), "$text-muted"),
    "failed": StateLook("✗", _("failed"), "$error"),
    "lost": StateLook("✗", _("lost"), "$error"),
}


def look(state: str) -> StateLook:
    """The look of a state; an unknown one is shown by its name."""
    return LOOKS.get(state) or StateLook("?", state, "$text-muted")
