"""Finds suspicious places of a text and what may have been meant there."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jimo_lint.language.typo.alphabet import Numbers, keys, packed
from jimo_lint.language.typo.ngrams import SCALE, HashTable
from jimo_lint.values import dataclass

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

# Why one character is written for another.
TONE, SYLLABLE, FUZZY, SHAPE = 1, 2, 4, 8

# Borders that callers put around a text: windows reach so far.
REACH = 6

# A character is suspicious where the second best of its three trigrams is below, and the best below. Both are
# logarithms of counts. Tighter bounds are faster and miss more.
_SECOND_BELOW = 4.5
_BEST_BELOW = 8.0
_PAIR_BELOW = 2.0  # both trigrams that hold a pair of characters
# A candidate needs a bigram seen so often beside it, and so much more support than what is written.
_NEIGHBOUR = round(SCALE * np.log(8.0))
_GAIN = -1.0
_PAIR_GAIN = 0.5
_PER_PLACE = 6


@dataclass(frozen=True, slots=True)
class Tables:
    """The arrays of a model. singles: stored values of characters; words: HashTable of words by length."""

    singles: NDArray[np.uint8]
    square: NDArray[np.uint8]
    triples: HashTable
    quads: HashTable
    words: dict[int, HashTable]
    han: NDArray[np.bool_]
    classes: NDArray[np.uint8]
    confusion_offsets: NDArray[np.int32]
    confusion_numbers: Numbers
    confusion_kinds: NDArray[np.uint8]
    homophones: Numbers
    homophones_first: NDArray[np.int32]
    homophones_last: NDArray[np.int32]
    sounds: NDArray[np.uint16]

    def value(self, n: int, columns: list[NDArray[Any]]) -> NDArray[np.uint8]:
        """Stored values of n-grams given column by column."""
        if n <= 2:
            values: NDArray[np.uint8] = self.singles[columns[0]] if n == 1 else self.square[columns[0], columns[1]]
            return values
        return (self.triples if n == 3 else self.quads).get(packed(*columns))


@dataclass(frozen=True, slots=True)
class Support:
    """How well each place of a text is borne by its n-grams: logarithms of counts.

    pairs, triples: of the n-gram that starts here. second, best: of the three trigrams that hold the place.
    """

    pairs: Floats
    triples: Floats
    total: Floats
    second: Floats
    best: Floats


@dataclass(frozen=True, slots=True)
class Candidates:
    """places: where; numbers: a row of one or two meant characters; kinds: flags, 0 for pairs; gain: of support.

    rank: 0 for the best of its place; several: how many its place has.
    """

    places: Places
    numbers: Numbers
    kinds: NDArray[np.uint8]
    gain: Floats
    rank: Places
    several: Places


def support(tables: Tables, numbers: Numbers) -> Support:
    """One look at every bigram and trigram of a text."""
    scale = np.float32(1 / SCALE)
    triples = np.zeros(len(numbers), np.float32)
    pairs = np.zeros(len(numbers), np.float32)
    triples[:-2] = tables.triples.get(keys(numbers, 3)) * scale
    pairs[:-1] = tables.square[numbers[:-1], numbers[1:]] * scale
    middle, left = np.roll(triples, 1), np.roll(triples, 2)
    low, high = np.minimum(triples, middle), np.maximum(triples, middle)
    best = np.maximum(high, left)
    second = np.maximum(low, np.minimum(high, left))
    return Support(pairs, triples, triples + middle + left, second, best)


def singles(tables: Tables, numbers: Numbers, known: Support) -> Candidates:
    """One character for another."""
    doubtful = tables.han[numbers] & (known.second < _SECOND_BELOW) & (known.best < _BEST_BELOW)
    doubtful[:REACH] = doubtful[-REACH:] = False
    places = np.flatnonzero(doubtful)
    first = tables.confusion_offsets[numbers[places]]
    counts = tables.confusion_offsets[numbers[places].astype(np.int64) + 1] - first
    rows = _ranges(first, counts)
    at = np.repeat(places, counts)
    meant = tables.confusion_numbers[rows]
    left, right = tables.square[numbers[at - 1], meant], tables.square[meant, numbers[at + 1]]
    kept = np.flatnonzero(np.maximum(left, right) >= _NEIGHBOUR)
    at, meant, rows = at[kept], meant[kept], rows[kept]
    scale = np.float32(1 / SCALE)
    beside = (left[kept].astype(np.float32) + right[kept]) * scale
    l2, l1, r1, r2 = numbers[at - 2], numbers[at - 1], numbers[at + 1], numbers[at + 2]
    total = np.zeros(len(at), np.float32)
    for columns in ((l2, l1, meant), (l1, meant, r1), (meant, r1, r2)):
        total += tables.triples.get(packed(*columns)) * scale
    gain = total - known.total[at] + 0.5 * (beside - known.pairs[at] - known.pairs[at - 1])
    kept = np.flatnonzero((gain > _GAIN) & (total >= 1.0))
    return _best(at[kept], meant[kept][:, None], tables.confusion_kinds[rows[kept]], gain[kept])


def pairs(tables: Tables, numbers: Numbers, known: Support) -> Candidates:
    """A word of two characters for two that sound alike; both differ, else it is a matter of one."""
    han = tables.han[numbers]
    doubtful = np.zeros(len(numbers), bool)
    doubtful[1:-1] = han[1:-1] & han[2:] & (known.triples[:-2] < _PAIR_BELOW) & (known.triples[1:-1] < _PAIR_BELOW)
    doubtful[:REACH] = doubtful[-REACH:] = False
    places = np.flatnonzero(doubtful)
    size = int(np.sqrt(len(tables.homophones_first)))
    at_parts, row_parts = [], []
    for one in range(tables.sounds.shape[1]):
        for two in range(tables.sounds.shape[1]):
            a, b = tables.sounds[numbers[places], one], tables.sounds[numbers[places + 1], two]
            heard = np.flatnonzero((a > 0) & (b > 0))
            sound = a[heard].astype(np.int64) * size + b[heard]
            first = tables.homophones_first[sound]
            counts = tables.homophones_last[sound] - first
            at_parts.append(np.repeat(places[heard], counts))
            row_parts.append(_ranges(first, counts))
    at = np.concatenate(at_parts)
    meant = tables.homophones[np.concatenate(row_parts)]
    kept = np.flatnonzero((meant[:, 0] != numbers[at]) & (meant[:, 1] != numbers[at + 1]))
    at, meant = at[kept], meant[kept]
    unique, inverse = np.unique(at, return_inverse=True)
    before = _pair_support(tables, numbers, unique, numbers[unique], numbers[unique + 1])
    gain = _pair_support(tables, numbers, at, meant[:, 0], meant[:, 1]) - before[inverse]
    kept = np.flatnonzero(gain > _PAIR_GAIN)
    return _best(at[kept], meant[kept], np.zeros(len(kept), np.uint8), gain[kept])


def _pair_support(tables: Tables, numbers: Numbers, at: Places, x: Numbers, y: Numbers) -> Floats:
    l2, l1, r1, r2 = (numbers[at + step] for step in (-2, -1, 2, 3))
    total = np.zeros(len(at), np.float32)
    for a, b in ((l1, x), (x, y), (y, r1)):
        total += tables.square[a, b] * np.float32(0.5)
    for weight, columns in ((1, (l1, x, y)), (1, (x, y, r1)), (0.5, (l2, l1, x)), (0.5, (y, r1, r2))):
        total += tables.triples.get(packed(*columns)) * np.float32(weight)
    return total * np.float32(1 / SCALE)


def _ranges(first: NDArray[np.int32], counts: NDArray[np.int32]) -> Places:
    """All of [first, first + count) one after the other."""
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    rows: Places = np.arange(total) + np.repeat(first - (ends - counts), counts)
    return rows


def _best(at: Places, meant: Numbers, kinds: NDArray[np.uint8], gain: Floats) -> Candidates:
    """The _PER_PLACE candidates of most gain at each place, each once."""
    order = np.lexsort((meant[:, -1], meant[:, 0], -gain, at))
    at, meant, kinds, gain = at[order], meant[order], kinds[order], gain[order]
    new = np.ones(len(at), bool)
    new[1:] = at[1:] != at[:-1]
    same = np.zeros(len(at), bool)
    same[1:] = ~new[1:] & (meant[1:] == meant[:-1]).all(axis=1)
    if same.any():
        at, meant, kinds, gain, new = at[~same], meant[~same], kinds[~same], gain[~same], new[~same]
    starts = np.flatnonzero(new)
    several = np.diff(np.concatenate((starts, [len(at)])))
    rank = np.arange(len(at)) - np.repeat(starts, several)
    several = np.repeat(several, several)
    kept = rank < _PER_PLACE
    return Candidates(at[kept], meant[kept], kinds[kept], gain[kept], rank[kept], several[kept])
