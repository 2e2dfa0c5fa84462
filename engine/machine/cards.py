"""Cards of the field by name, to plan for one that is not here and to guess how long a run takes.

Memory as NVML reports it; half-precision rate is dense, with sums in 32 bits (NVIDIA's data sheets
and architecture white papers).
"""

import difflib
import re
from dataclasses import dataclass, replace

from engine.errors import BadInput
from engine.machine.gpus import Gpu
from engine.machine.system import Machine
from engine.words import _

MIB = 1 << 20
GIB = 1 << 30
RESERVED_BYTES = 512 * MIB
"""What driver and desktop hold of a card that nobody uses."""
MAX_CARDS = 1024


@dataclass(frozen=True)
class Card:
    """One model of GPU: bytes, bytes/s, floating-point operations/s in half precision."""

    name: str
    label: str
    total_bytes: int
    bandwidth: float
    half_flops: float
    compute_capability: tuple[int, int]


def _card(
    name: str, label: str, mib: int, gbs: float, tflops: float, capability: tuple[int, int]
) -> Card:
    return Card(name, label, mib * MIB, gbs * 1e9, tflops * 1e12, capability)


CARDS: dict[str, Card] = {
    card.name: card
    for card in (
        _card("rtx-3060", "NVIDIA GeForce RTX 3060", 12288, 360, 25.5, (8, 6)),
        _card("rtx-3070", "NVIDIA GeForce RTX 3070", 8192, 448, 40.6, (8, 6)),
        _card("rtx-3080", "NVIDIA GeForce RTX 3080", 10240, 760, 59.5, (8, 6)),
        _card("rtx-3090", "NVIDIA GeForce RTX 3090", 24576, 936, 71.0, (8, 6)),
        _card("rtx-4060", "NVIDIA GeForce RTX 4060", 8188, 272, 30.2, (8, 9)),
        _card("rtx-4060-ti", "NVIDIA GeForce RTX 4060 Ti", 16380, 288, 44.0, (8, 9)),
        _card("rtx-4070", "NVIDIA GeForce RTX 4070", 12282, 504, 58.3, (8, 9)),
        _card("rtx-4080", "NVIDIA GeForce RTX 4080", 16376, 717, 97.5, (8, 9)),
        _card("rtx-4090", "NVIDIA GeForce RTX 4090", 24564, 1008, 165.2, (8, 9)),
        _card("rtx-5070", "NVIDIA GeForce RTX 5070", 12227, 672, 61.7, (12, 0)),
        _card("rtx-5070-ti", "NVIDIA GeForce RTX 5070 Ti", 16303, 896, 87.9, (12, 0)),
        _card("rtx-5080", "NVIDIA GeForce RTX 5080", 16303, 960, 112.6, (12, 0)),
        _card("rtx-5090", "NVIDIA GeForce RTX 5090", 32607, 1792, 209.5, (12, 0)),
        _card("rtx-a6000", "NVIDIA RTX A6000", 49140, 768, 154.8, (8, 6)),
        _card("rtx-6000-ada", "NVIDIA RTX 6000 Ada Generation", 49140, 960, 364.2, (8, 9)),
        _card("rtx-pro-6000", "NVIDIA RTX PRO 6000 Blackwell", 97887, 1792, 503.8, (12, 0)),
        _card("gtx-1080-ti", "NVIDIA GeForce GTX 1080 Ti", 11264, 484, 11.3, (6, 1)),
        _card("rtx-2080-ti", "NVIDIA GeForce RTX 2080 Ti", 11264, 616, 53.8, (7, 5)),
        _card("p100", "Tesla P100-PCIE-16GB", 16384, 732, 18.7, (6, 0)),
        _card("v100-16", "Tesla V100-SXM2-16GB", 16384, 900, 125.0, (7, 0)),
        _card("v100", "Tesla V100-SXM2-32GB", 32768, 900, 125.0, (7, 0)),
        _card("t4", "Tesla T4", 15360, 320, 65.0, (7, 5)),
        _card("a10", "NVIDIA A10", 23028, 600, 125.0, (8, 6)),
        _card("a10g", "NVIDIA A10G", 23028, 600, 70.0, (8, 6)),
        _card("l4", "NVIDIA L4", 23034, 300, 121.0, (8, 9)),
        _card("l40s", "NVIDIA L40S", 46068, 864, 362.0, (8, 9)),
        _card("a100-40", "NVIDIA A100-SXM4-40GB", 40960, 1555, 312.0, (8, 0)),
        _card("a100", "NVIDIA A100-SXM4-80GB", 81920, 2039, 312.0, (8, 0)),
        _card("h100-pcie", "NVIDIA H100 PCIe", 81559, 2000, 756.0, (9, 0)),
        _card("h100", "NVIDIA H100 80GB HBM3", 81559, 3352, 989.0, (9, 0)),
        _card("h200", "NVIDIA H200", 143771, 4800, 989.0, (9, 0)),
        _card("b200", "NVIDIA B200", 183359, 8000, 2250.0, (10, 0)),
    )
}


def card_of(name: str) -> Card | None:
    """The card that NVML's name speaks of, None for one that the table lacks.

    Variants differ in their last words (PCIe, NVL, SUPER): the longest beginning is the nearest.
    Laptop chips share a name with much faster cards, so they are not guessed.
    """
    words = _words(name)
    if "laptop" in words or "max" in words:
        return None
    near = [
        (len(stem), card)
        for card in CARDS.values()
        for stem in (_words(card.label), _words(card.name))
        if words[: len(stem)] == stem
    ]
    return max(near, key=lambda pair: pair[0])[1] if near else None


def imagine(text: str, machine: Machine) -> Machine:
    """The machine as if it had the cards of `--gpu`: `24GiB`, `rtx-4090`, `2xh100`.

    A size counts in binary units however it is written, as card makers do.

    Raises:
        BadInput: with the nearest known name.
    """
    match = re.fullmatch(r"\s*(?:(\d{1,4})\s*[x×*]\s*)?(\S(?:.*\S)?)\s*", text, re.IGNORECASE)
    count = int(match[1] or 1) if match else 0
    if match is None or not 1 <= count <= MAX_CARDS:
        raise _unknown(text)
    size = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([gm])(?:i?b)?", match[2], re.IGNORECASE)
    if size:
        total = int(float(size[1]) * (GIB if size[2].lower() == "g" else MIB))
        label, capability = _("a card with {size}").format(size=match[2]), (8, 0)
    else:
        card = _by_name(match[2])
        if card is None:
            raise _unknown(text)
        total, label, capability = card.total_bytes, card.label, card.compute_capability
    if total < RESERVED_BYTES * 2:
        raise BadInput(
            _("--gpu {text}: that is less than a GPU needs to run anything.").format(text=text),
            field="--gpu",
            advice=_("For example --gpu 24GiB, --gpu rtx-4090 or --gpu 2xh100."),
        )
    one = Gpu(
        index=0,
        uuid="",
        name=label,
        total_bytes=total,
        free_bytes=total - RESERVED_BYTES,
        compute_capability=capability,
    )
    return machine.with_gpus(tuple(replace(one, index=index) for index in range(count)))


def _by_name(name: str) -> Card | None:
    plain = "".join(_words(name))
    for card in CARDS.values():
        names = {"".join(_words(text)) for text in (card.name, card.label)}
        if plain in names | {one.removeprefix("rtx") for one in names}:
            return card
    return None


def _words(name: str) -> list[str]:
    """A name without maker and series: `NVIDIA GeForce RTX 4060 Ti` is rtx, 4060, ti."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    return [w for w in words if w not in {"nvidia", "geforce", "tesla", "graphics", "generation"}]


def _unknown(text: str) -> BadInput:
    near = difflib.get_close_matches(text.lower(), CARDS, 1, 0.4)
    examples = _("A size works for every card: --gpu 24GiB.")
    return BadInput(
        _("--gpu {text}: no card of that name is known.").format(text=text),
        field="--gpu",
        advice=_("Did you mean {near}? {examples}").format(near=near[0], examples=examples)
        if near
        else _("Known are {names}. {examples}").format(names=", ".join(CARDS), examples=examples),
    )
