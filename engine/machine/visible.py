"""Which cards CUDA_VISIBLE_DEVICES lets CUDA see, and in which order."""

from dataclasses import dataclass
from typing import Any

from engine.words import _


@dataclass(frozen=True)
class Found:
    """A card or a MIG slice of one, as NVML lists it."""

    index: int
    uuid: str
    handle: Any
    mig: bool = False
    parent: "Found | None" = None
    legacy: str = ""
    """A slice's name under drivers before 470: MIG-GPU-<uuid>/<instance>/<compute instance>."""


def visible(setting: str | None, found: list[Found]) -> tuple[list[Found], str | None]:
    """The devices CUDA numbers 0, 1, … and a sentence on what it leaves out.

    CUDA reads the list up to the first entry that names nothing, refuses a list with the same
    device twice, and uses one MIG slice only, which then hides whole cards (CUDA C++ Programming
    Guide, CUDA environment variables; NVIDIA MIG User Guide, device enumeration).
    """
    note = None
    if setting is None:
        chosen = list(found)
    else:
        chosen = []
        for word in (part.strip() for part in setting.split(",")):
            one = _named(word, found)
            if one is None:
                if word not in {"", "-1"} or (word == "" and chosen):
                    note = _("CUDA_VISIBLE_DEVICES names {word!r}, which is no GPU here.").format(
                        word=word
                    )
                break
            if one in chosen:
                return [], _("CUDA_VISIBLE_DEVICES names the same GPU twice, so CUDA sees none.")
            chosen.append(one)
        if not chosen and note is None and found:
            note = _("CUDA_VISIBLE_DEVICES hides every GPU.")
    slices = [one for one in chosen if one.mig]
    if slices and len(chosen) > 1:
        chosen = slices[:1]
        note = _("CUDA uses one MIG instance a process; CUDA_VISIBLE_DEVICES chooses which.")
    return chosen, note


def _named(word: str, found: list[Found]) -> Found | None:
    """A device by number, by UUID or by the unique beginning of one."""
    if word.isascii() and word.isdigit():
        cards = sorted({one.index for one in found})
        if int(word) not in cards:
            return None
        return next(one for one in found if one.index == int(word))
    if not word.startswith(("GPU-", "MIG-")):
        return None
    fits = [
        one
        for one in found
        if one.uuid.startswith(word)
        or one.legacy == word
        or (one.parent is not None and one.parent.uuid.startswith(word))
    ]
    if len({one.index if one.mig and word.startswith("GPU-") else id(one) for one in fits}) != 1:
        return None
    return fits[0]
