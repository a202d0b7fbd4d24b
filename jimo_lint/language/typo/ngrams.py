"""Looks up how frequent n-grams are: a square of bigrams, and hash tables for longer ones and for words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.uint8]
    Keys = NDArray[np.uint64]

# A stored value is round(SCALE * ln(1 + count)): 255 is a count of 80 million.
SCALE = 14.0

# Slots per entry. More slots mean fewer probes and more memory.
_ROOM = 1.9
# Slots behind the last home, for a run of entries that reaches over it; the very last one stays empty.
_MARGIN = 1024
_FINGERPRINT = np.uint32(0xFFFFFF00)
_MOST = np.uint32(0xFF)
_MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_HALF = np.uint64(32)
_LOWEST = np.uint64(0xFF)
_PIECE = 1 << 18


def quantised(counts: NDArray[np.integer]) -> Values:
    """Counts as stored values."""
    values: Values = np.minimum(np.round(np.log1p(counts.astype(np.float64)) * SCALE), 255).astype(np.uint8)
    return values


def square(keys: Keys, values: Values, size: int, bits: int) -> Values:
    """Bigrams as a square: [first number, second number]."""
    table = np.zeros((size, size), np.uint8)
    table[(keys >> np.uint64(bits)).astype(np.int64), (keys & np.uint64((1 << bits) - 1)).astype(np.int64)] = values
    return table


class HashTable:
    """Open addressing with linear probing, 4 bytes a slot: 24 bits of the key's hash and the value; 0 is empty.

    Whole keys would treble the memory. Without them an unknown n-gram passes for a known one once in some ten
    million look-ups, which no statistics notices.
    """

    def __init__(self, slots: NDArray[np.uint32]) -> None:
        self._slots = slots
        self._size = np.uint64(len(slots) - _MARGIN)

    @staticmethod
    def filled(keys: Keys, values: Values) -> NDArray[np.uint32]:
        """The slots of a table with these keys, each once, and values of at least 1."""
        size = max(int(len(keys) * _ROOM), 8)
        slots = np.zeros(size + _MARGIN, np.uint32)
        for part in _pieces(len(keys)):
            hashes = _hashes(keys[part])
            entries = hashes.astype(np.uint32) & _FINGERPRINT | values[part]
            hashes >>= _HALF
            places = (hashes * np.uint64(size) >> _HALF).view(np.int64)
            # Those that found their slot taken, by an earlier piece or by one of their own, go on to the next one.
            # Sorting all by their home first needs no second try and takes three times as long.
            while len(places):
                free = np.flatnonzero(slots.take(places) == 0)
                slots[places[free]] = entries[free]
                left = np.flatnonzero(slots.take(places) != entries)
                places, entries = places[left] + 1, entries[left]
                if len(places) and places.max() >= len(slots) - 1:
                    raise ValueError("a run of entries reaches behind the table")
        return slots

    def get(self, keys: Keys) -> Values:
        """The value of each key, 0 where there is none."""
        hashes = _hashes(keys).ravel()
        wanted = hashes.astype(np.uint32)
        wanted &= _FINGERPRINT
        places = hashes
        places >>= _HALF
        places *= self._size
        places >>= _HALF
        # What differs is less than a byte where the fingerprint is the same: then it is the value.
        differs = self._slots.take(places.view(np.int64))
        differs ^= wanted
        same = differs <= _MOST
        values: Values = differs.astype(np.uint8)
        values *= same
        left = np.flatnonzero(~same & (differs != wanted))  # a slot that is not empty
        places, wanted = places[left], wanted[left]
        while len(left):
            places += np.uint64(1)
            differs = self._slots.take(places.view(np.int64)) ^ wanted
            same = differs <= _MOST
            values[left[same]] = differs[same].astype(np.uint8)
            further = ~same & (differs != wanted)
            left, places, wanted = left[further], places[further], wanted[further]
        return values.reshape(keys.shape)


def _pieces(size: int) -> Iterator[slice]:
    return (slice(start, start + _PIECE) for start in range(0, size, _PIECE))


def _hashes(keys: Keys) -> Keys:
    mixed: Keys = keys * _MIX[0]
    mixed ^= mixed >> _HALF
    mixed *= _MIX[1]
    return mixed
