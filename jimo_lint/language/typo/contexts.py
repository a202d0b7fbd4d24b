"""Contexts that hold one and the same character nearly always, and where a text departs from them.

A context is four characters around a place (`ROUND`: two and two) or three on one side of it (`BEFORE`, `BEHIND`). Text
is seen as symbols: Chinese characters one by one, and a run of digits, of letters or of anything else as one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from jimo_lint.language.typo.alphabet import BITS, FIRST, Encoded, Numbers, packed
from jimo_lint.values import dataclass

Keys = NDArray[np.uint64]

DIGITS, LETTERS, MARK = 1, 2, 3  # symbols of runs; BORDER and OTHER of the alphabet are marks as well
ROUND, BEFORE, BEHIND = 0, 1, 2
# Of what a context holds, in two bytes: the character's number, and whether its absence is a slip as well.
GAP = np.uint16(1 << 15)
NUMBER = np.uint16(GAP - 1)

_KIND = np.uint64(4 * BITS)
# A bit for each value of a key's hash: most places of a text have no context, and few of those pass.
_HASH = 23
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT, _BYTE, _BIT = np.uint64(64 - _HASH), np.uint64(3), np.uint64(7)


@dataclass(frozen=True, slots=True)
class Symbols:
    """A text as symbols. places: of the first number of each in what it was made of."""

    symbols: Numbers
    places: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Departure:
    """A place where a text departs from a context.

    side: the kind of context. at: of a symbol. wrong: how many symbols stand there instead of `meant`: one, none (it
    is missing before `at`) or two (doubled, or swapped with its neighbour). meant: number of the character.
    """

    side: int
    at: int
    wrong: int
    meant: int


def symbols(encoded: Encoded, han: NDArray[np.bool_]) -> Symbols:
    """The symbols of an encoded text. han: whether a number of the alphabet is a Chinese character."""
    numbers = encoded.numbers
    seen = np.where(han[numbers] | (numbers == DIGITS) | (numbers == LETTERS), numbers, np.uint16(MARK))
    kept = np.ones(len(seen), bool)
    kept[1:] = (seen[1:] != seen[:-1]) | (seen[1:] >= FIRST)
    places = np.flatnonzero(kept)
    return Symbols(seen[places], places)


def key(kind: int, *columns: NDArray[np.integer]) -> Keys:
    """The keys of contexts given column by column."""
    return packed(*columns) | np.uint64(kind) << _KIND


def sieve(keys: Keys) -> NDArray[np.uint8]:
    """A bit for each hash that a key has."""
    hashes = (keys * _MIX) >> _SHIFT
    bits = np.zeros(1 << _HASH - 3, np.uint8)
    np.bitwise_or.at(bits, (hashes >> _BYTE).astype(np.int64), np.uint8(1) << (hashes & _BIT).astype(np.uint8))
    return bits


@dataclass(frozen=True, slots=True)
class Contexts:
    """The table. keys: sorted; held: what each holds, see `GAP`; bits: of `sieve`."""

    keys: Keys
    held: NDArray[np.uint16]
    bits: NDArray[np.uint8]

    def departures(self, seen: Numbers) -> Iterator[Departure]:
        """Where a text departs from them, in no order; most of it is right and to be looked at closely."""
        s = [seen[start:] for start in range(6)]
        for side, columns, at in ((ROUND, (0, 1, 3, 4), 2), (BEFORE, (0, 1, 2), 3), (BEHIND, (1, 2, 3), 0)):
            starts, held = self._known(side, s, columns, at)
            departs = seen[starts + at] != held & NUMBER
            yield from _departures(side, 1, starts + at, held, departs)
        starts, held = self._known(ROUND, s, (0, 1, 2, 3), 0)
        yield from _departures(ROUND, 0, starts + 2, held, held & GAP != 0)
        starts, held = self._known(ROUND, s, (0, 1, 4, 5), 0)
        twice = (seen[starts + 2] == held & NUMBER) & (seen[starts + 3] == held & NUMBER)
        yield from _departures(ROUND, 2, starts + 2, held, twice)
        # What is swapped with its neighbour, which belongs to the context.
        for columns, moved, first in (((0, 2, 3, 4), 1, 1), ((0, 1, 2, 4), 3, 2)):
            starts, held = self._known(ROUND, s, columns, 0)
            other = seen[starts + 2]
            swapped = (seen[starts + moved] == held & NUMBER) & (other != held & NUMBER) & (other >= FIRST)
            yield from _departures(ROUND, 2, starts + first, held, swapped)

    def _known(
        self, kind: int, shifted: list[Numbers], columns: tuple[int, ...], at: int
    ) -> tuple[NDArray[np.int64], Numbers]:
        """Where each context of the table begins and what it holds. at: of what it holds, a column as well."""
        size = max(len(shifted[0]) - max(*columns, at), 0)
        keys = key(kind, *(shifted[column][:size] for column in columns))
        hashes = (keys * _MIX) >> _SHIFT
        passed = np.flatnonzero(self.bits[(hashes >> _BYTE).astype(np.int64)] >> (hashes & _BIT).astype(np.uint8) & 1)
        found = np.minimum(np.searchsorted(self.keys, keys[passed]), len(self.keys) - 1)
        same = self.keys[found] == keys[passed]
        return passed[same], self.held[found[same]]


def _departures(
    side: int, wrong: int, places: NDArray[np.int64], held: Numbers, chosen: NDArray[np.bool_]
) -> Iterator[Departure]:
    for at, meant in zip(places[chosen].tolist(), (held[chosen] & NUMBER).tolist(), strict=True):
        yield Departure(side, at, wrong, meant)
