"""Finds suspicious places of a text and what may have been meant there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from jimo_lint.language.typo.alphabet import keys, packed
from jimo_lint.language.typo.ngrams import SCALE, HashTable
from jimo_lint.values import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jimo_lint.language.typo.alphabet import Numbers

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
_LEAST_TOTAL = 1.0
_PAIR_GAIN = 0.5
_PER_PLACE = 6
# Characters that are looked at together, and how far the sums of 32 bits may be off.
_AT_ONCE = 1 << 15
_ROUNDING = 1e-2
# Of two borders side by side the bigrams are not counted, while the trigrams that begin or end with them are.
_ANY = np.uint8(255)
_BIT = (1 << np.arange(8)).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Tables:
    """The arrays of a model. singles: stored values of characters; words: HashTable of words by length.

    before: [first, second], a bit each, whether a bigram is frequent enough for a neighbour; behind: [second, first].
    onward: keys, sorted, of the trigrams that `slips` may complete.
    """

    singles: NDArray[np.uint8]
    square: NDArray[np.uint8]
    before: NDArray[np.uint8]
    behind: NDArray[np.uint8]
    onward: NDArray[np.uint64]
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
    counts = (tables.confusion_offsets[1:] - tables.confusion_offsets[:-1])[numbers[places]]
    # So many at a time that what is worked out of them stays near the processor.
    ends = np.searchsorted(np.cumsum(counts, dtype=np.int64), np.arange(_AT_ONCE, counts.sum(), _AT_ONCE))
    borders = pairwise([0, *ends.tolist(), len(places)])
    parts = [_hopeful(tables, numbers, known, places[low:high], counts[low:high]) for low, high in borders]
    at, rows, most, least = (np.concatenate(columns, axis=-1) for columns in zip(*parts, strict=True))
    scale = np.float32(1 / SCALE)
    total = np.zeros(len(at), np.float32)
    for number, steps in enumerate(((-2, -1, 0), (-1, 0, 1), (0, 1, 2))):
        meant = tables.confusion_numbers[rows]
        most[number] = tables.triples.get(packed(*(numbers[at + step] if step else meant for step in steps)))
        total += most[number] * scale
        kept = np.flatnonzero(most.sum(axis=0) > least)
        at, rows, most, least, total = at[kept], rows[kept], most[:, kept], least[kept], total[kept]
    meant = tables.confusion_numbers[rows]
    left, right = tables.square[numbers[at - 1], meant], tables.square[meant, numbers[at + 1]]
    beside = (left.astype(np.float32) + right) * scale
    gain = total - known.total[at] + 0.5 * (beside - known.pairs[at] - known.pairs[at - 1])
    kept = np.flatnonzero((gain > _GAIN) & (total >= _LEAST_TOTAL))
    return _best(at[kept], meant[kept][:, None], tables.confusion_kinds[rows[kept]], gain[kept])


def _hopeful(
    tables: Tables, numbers: Numbers, known: Support, places: Places, counts: NDArray[np.int32]
) -> tuple[Places, Places, Floats, Floats]:
    """Of all that is confused with the characters at `places`, what may have the support of a candidate.

    Nearly none of the hundred of a place have it, and most can be told by bigrams alone: no trigram is more frequent
    than the bigrams in it. Place; row of the confusions; the most that each of the three trigrams may come to, a row
    each; and what all three together have to come to at least.
    """
    l2, l1, r1, r2 = (numbers[places + step].astype(np.int64) for step in (-2, -1, 1, 2))
    size, width = len(tables.square), tables.before.shape[1]
    rows = ranges(tables.confusion_offsets[numbers[places]], counts)
    meant = tables.confusion_numbers.take(rows).astype(np.int64)
    octet = meant >> 3
    beside = tables.before.take(np.repeat(l1 * width, counts) + octet)
    beside |= tables.behind.take(np.repeat(r1 * width, counts) + octet)
    kept = np.flatnonzero(beside & _BIT.take(meant & 7))
    which = np.repeat(np.arange(len(places)), counts)[kept]
    rows, meant = rows[kept], meant[kept]
    flat = tables.square.ravel()
    left, right = flat.take((l1 * size)[which] + meant), flat.take(meant * size + r1[which])
    outer = (np.where(one + other, tables.square[one, other], _ANY) for one, other in ((l2, l1), (r1, r2)))
    before, behind = (each[which] for each in outer)
    most = np.array((np.minimum(before, left), np.minimum(left, right), np.minimum(right, behind)), np.float32)
    half = np.float32(0.5)
    wanted = known.total[places] + half * (known.pairs[places] + known.pairs[places - 1]) + np.float32(_GAIN)
    least = (wanted * np.float32(SCALE))[which] - half * (left.astype(np.float32) + right)
    least = np.maximum(least, np.float32(_LEAST_TOTAL * SCALE)) - np.float32(_ROUNDING)
    kept = np.flatnonzero(most.sum(axis=0) > least)
    return places[which[kept]], rows[kept], most[:, kept], least[kept]


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
            row_parts.append(ranges(first, counts))
    at = np.concatenate(at_parts)
    meant = tables.homophones[np.concatenate(row_parts)]
    kept = np.flatnonzero((meant[:, 0] != numbers[at]) & (meant[:, 1] != numbers[at + 1]))
    at, meant = at[kept], meant[kept]
    unique, inverse = np.unique(at, return_inverse=True)
    before = _pair_support(tables, numbers, unique, numbers[unique], numbers[unique + 1])
    gain = _pair_support(tables, numbers, at, meant[:, 0], meant[:, 1]) - before[inverse]
    kept = np.flatnonzero(gain > _PAIR_GAIN)
    return _best(at[kept], meant[kept], np.zeros(len(kept), np.uint8), gain[kept])


def neighbours(square: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Bit by bit which bigrams are so frequent that their characters may stand beside one another in a candidate:
    [first number, second number] and the other way round."""
    frequent = square >= _NEIGHBOUR
    first, second = np.divmod(np.flatnonzero(frequent), len(square))
    before = np.packbits(frequent, axis=1, bitorder="little")
    behind = np.zeros_like(before)  # one in a hundred is set: packing what is transposed takes ten times as long
    np.bitwise_or.at(behind, (second, first >> 3), (1 << (first & 7)).astype(np.uint8))
    return before, behind


def _pair_support(tables: Tables, numbers: Numbers, at: Places, x: Numbers, y: Numbers) -> Floats:
    l2, l1, r1, r2 = (numbers[at + step] for step in (-2, -1, 2, 3))
    total = np.zeros(len(at), np.float32)
    for a, b in ((l1, x), (x, y), (y, r1)):
        total += tables.square[a, b] * np.float32(0.5)
    columns = np.array(((l1, x, y), (x, y, r1), (l2, l1, x), (y, r1, r2)))
    found = tables.triples.get(packed(*columns.transpose(1, 0, 2)))
    for weight, values in zip((1, 1, 0.5, 0.5), found, strict=True):
        total += values * np.float32(weight)
    return total * np.float32(1 / SCALE)


def ranges(first: NDArray[np.integer], counts: NDArray[np.integer]) -> Places:
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
