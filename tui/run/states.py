"""A run's state as a sign, a word and a colour; never by colour alone."""

from dataclasses import dataclass

from engine.words import _


@dataclass(frozen=True)
class StateLook:
    """How one state is shown; `style` is a theme variable, `look` one of `Lines`."""

    sign: str
    words: str
    style: str
    look: str


LOOKS = {
    "queued": StateLook("◌", _("starting"), "$text-muted", "label"),
    "running": StateLook("●", _("running"), "$accent", "accent"),
    "paused": StateLook("○", _("paused"), "$warning", "warning"),
    "done": StateLook("✓", _("done"), "$success", "good"),
    "stopped": StateLook("■", _("stopped"), "$text-muted", "label"),
    "failed": StateLook("✗", _("failed"), "$error", "bad"),
    "lost": StateLook("✗", _("lost"), "$error", "bad"),
}


def look(state: str) -> StateLook:
    """The look of a state; an unknown one is shown by its name."""
    return LOOKS.get(state) or StateLook("?", state, "$text-muted", "label")
