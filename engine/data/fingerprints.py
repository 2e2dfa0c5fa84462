"""Rows told apart by what is learned from them, in a few bytes each."""

import json
from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from engine.data.rows import (
    AnyRow,
    Conversation,
    Feedback,
    Labelled,
    Message,
    Preference,
    Prompt,
    Text,
)

_LEAST_SLOTS = 1 << 10
_MULTIPLIER = 0x9E3779B97F4A7C15  # 2⁶⁴ / golden ratio: spreads keys over slots (Knuth, vol. 3, 6.4)


def fingerprint(row: AnyRow) -> int:
    """64 bits that two rows share when the same is learned from them.

    Of a million different rows two share them by chance once in 37 million sets.
    """
    return _digest(_parts(row))


def turns_fingerprint(messages: Iterable[Message]) -> int:
    """As `fingerprint` of a conversation without tools that has these turns."""
    return _digest(_turns(messages))


class Seen:
    """Which fingerprints have come up, and where first: about 30 bytes for each, never more.

    An open-addressing table (linear probing, at most half full) of places in parallel arrays; a
    dictionary would take six times as much.
    """

    def __init__(self) -> None:
        self._prints = array("Q")
        self._sources = array("H")
        self._numbers = array("q")
        self._slots = array("I", bytes(4 * _LEAST_SLOTS))
        self._mask = _LEAST_SLOTS - 1

    def __len__(self) -> int:
        return len(self._prints)

    def __contains__(self, key: int) -> bool:
        return bool(self._slots[self._slot(key)])

    def add(self, key: int, source: int, number: int) -> tuple[int, int] | None:
        """Note a fingerprint at this source and row; where it came up first if it did before."""
        slot = self._slot(key)
        place = self._slots[slot]
        if place:
            return self._sources[place - 1], self._numbers[place - 1]
        self._prints.append(key)
        self._sources.append(source)
        self._numbers.append(number)
        self._slots[slot] = len(self._prints)
        if 2 * len(self._prints) > self._mask:
            self._grow()
        return None

    def _slot(self, key: int) -> int:
        """The slot that holds this fingerprint, or the empty one where it belongs."""
        slots, prints, mask = self._slots, self._prints, self._mask
        slot = (key * _MULTIPLIER >> 20) & mask
        while (place := slots[slot]) and prints[place - 1] != key:
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        size = 4 * (self._mask + 1)
        self._slots = array("I", bytes(4 * size))
        self._mask = size - 1
        slots, mask = self._slots, self._mask
        for place, key in enumerate(self._prints, 1):
            slot = (key * _MULTIPLIER >> 20) & mask
            while slots[slot]:
                slot = (slot + 1) & mask
            slots[slot] = place


def _digest(parts: Iterable[str]) -> int:
    data = "\x1e".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")


def _parts(row: AnyRow) -> Iterator[str]:
    """What is learned from a row, with the length of each text, so that none runs into the next."""
    if isinstance(row, Text):
        yield row.text
    elif isinstance(row, Conversation):
        yield from _turns(row.messages)
    elif isinstance(row, Preference):
        yield from _turns(row.prompt)
        yield "chosen"
        yield from _turns(row.chosen)
        yield "rejected"
        yield from _turns(row.rejected)
    elif isinstance(row, Feedback):
        yield from _turns(row.prompt)
        yield "wanted" if row.desirable else "unwanted"
        yield from _turns(row.completion)
    elif isinstance(row, Prompt):
        yield from _turns(row.messages)
        yield "no answer" if row.answer is None else f"answer{row.answer}"
    elif isinstance(row, Labelled):
        yield f"{len(row.text)}{row.text}"
        yield "one" if row.second is None else f"{len(row.second)}{row.second}"
        yield json.dumps(row.labels)
    tools = getattr(row, "tools", ())
    if tools:
        yield json.dumps(tools, sort_keys=True, default=str)


def _turns(messages: Iterable[Message]) -> Iterator[str]:
    for message in messages:
        learned = "" if message.loss else "0"
        yield f"{message.role}{learned}{len(message.content)}:{message.content}"
        for call in message.tool_calls:
            yield f"{call.name}{json.dumps(call.arguments, sort_keys=True, default=str)}"
