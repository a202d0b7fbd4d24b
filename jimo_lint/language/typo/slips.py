"""Finds places where a character is missing, two are swapped, or one stands twice: what may have been meant there.

A character put in anywhere makes most texts likelier, so likelihood alone tells nothing. What tells is that the words
before, or behind, go on in one way only - 高度重 with 视, never with a comma -, and that the text does with the change
what nearly all others do. The trees that weigh this are trained on sentences that the tables have not seen.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from jimo_lint.language.typo.alphabet import BITS, BORDER, packed
from jimo_lint.language.typo.candidates import REACH, ranges
from jimo_lint.language.typo.features import backed_off
from jimo_lint.language.typo.ngrams import SCALE
from jimo_lint.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from jimo_lint.language.typo.alphabet import Numbers
    from jimo_lint.language.typo.candidates import Floats, Places, Support, Tables


class Slip(IntEnum):
    """What was done wrong."""

    MISSING = 0
    SWAPPED = 1
    DOUBLED = 2


# What is written is suspicious where no more is known of it than this: logarithms of counts, of the trigram that ends
# with the first character behind the place, and of the one that begins with the last before it.
_WRITTEN_BEFORE, _WRITTEN_BEHIND = 1.5, 5.0
# And what is meant needs as much: of the trigram up to a character that is put in, and of that around it. The former
# has to be such a part, at least, of all that goes on from the two characters before.
_MEANT_BEFORE, _MEANT_AROUND, _PART = 3.0, 2.0, 2.3
# Of two characters that are rarer, nobody knows how they go on.
_KNOWN = 4.0
_PER_PLACE = 3
# Characters of context on both sides.
_AROUND = 4
_ORDERS = (2, 3, 4)
_UNKNOWN = np.float32(-9.0)
_TELLING = 3.0


@dataclass(frozen=True, slots=True)
class Slips:
    """Candidates. slips: of each; places: of the first character of the written ones; numbers: of a character that is
    put in, 0 for the other slips; rank: 0 for the best of its place."""

    slips: NDArray[np.int8]
    places: Places
    numbers: Numbers
    rank: NDArray[np.int8]


def slips(tables: Tables, numbers: Numbers, known: Support) -> Slips:
    """All candidates of a text with REACH borders around."""
    parts = [_missing(tables, numbers, known), _swapped(tables, numbers, known), _doubled(tables, numbers, known)]
    return Slips(
        np.concatenate([np.full(len(at), slip, np.int8) for slip, (at, _, _) in zip(Slip, parts, strict=True)]),
        np.concatenate([at for at, _, _ in parts]),
        np.concatenate([meant for _, meant, _ in parts]).astype(np.uint16),
        np.concatenate([rank for _, _, rank in parts]),
    )


def _inside(places: Places, length: int) -> Places:
    return places[(places >= REACH) & (places < length - REACH)]


def _missing(tables: Tables, numbers: Numbers, known: Support) -> tuple[Places, Numbers, NDArray[np.int8]]:
    """A character before a place, by the bigrams that it would make."""
    han = tables.han[numbers]
    suspicious: NDArray[np.bool_] = np.zeros(len(numbers), bool)
    suspicious[2:] = (
        (known.triples[:-2] < _WRITTEN_BEFORE)
        & ((known.triples[1:-1] < _WRITTEN_BEHIND) | ~han[2:])
        & han[1:-1]
        & (han[:-2] | han[2:])
    )
    at = _inside(np.flatnonzero(suspicious), len(numbers))
    at, meant = _possible(tables, numbers, at)
    before = _log(tables, numbers[at - 2], numbers[at - 1], meant)
    around = _log(tables, numbers[at - 1], meant, numbers[at])
    kept = np.flatnonzero(around > _MEANT_AROUND)
    at, meant, gain = at[kept], meant[kept], (before + around)[kept]
    gain = gain + _log(tables, meant, numbers[at], numbers[at + 1])
    order = np.lexsort((meant, -gain, at))
    at, meant = at[order], meant[order]
    first = np.flatnonzero(np.diff(at, prepend=-1))
    rank = np.arange(len(at)) - np.repeat(first, np.diff(np.append(first, len(at))))
    best = rank < _PER_PLACE
    return at[best], meant[best].astype(np.uint16), rank[best].astype(np.int8)


def _possible(tables: Tables, numbers: Numbers, at: Places) -> tuple[Places, NDArray[np.int64]]:
    """What may be put in before each place: what nearly alone goes on from the two characters before it, where the
    bigram that it would make with the one behind it is frequent enough."""
    pair = packed(numbers[at - 2], numbers[at - 1])
    first, end = (np.searchsorted(tables.onward, each << np.uint64(BITS)) for each in (pair, pair + np.uint64(1)))
    counts = end - first
    meant = (tables.onward[ranges(first, counts)] & np.uint64((1 << BITS) - 1)).astype(np.int64)
    at = np.repeat(at, counts)
    beside = tables.behind[numbers[at], meant >> 3] >> (meant & 7).astype(np.uint8) & 1
    kept = np.flatnonzero(tables.han[meant] & (beside > 0))
    return at[kept], meant[kept]


def onward(keys: NDArray[np.uint64], values: NDArray[np.uint8], square: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Of the keys of all trigrams, those of which the last character nearly alone goes on from the two before it.

    values: stored ones of the trigrams; square: of bigrams.
    """
    # Few trigrams are frequent enough, so that these are looked at first.
    frequent = np.flatnonzero(values >= int(_MEANT_BEFORE * SCALE))
    keys, values = keys[frequent], values[frequent]
    first, second, third = (
        (keys >> np.uint64(shift) & np.uint64((1 << BITS) - 1)).astype(np.int64) for shift in (2 * BITS, BITS, 0)
    )
    pairs = square[first, second] * np.float32(1 / SCALE)
    least = np.maximum(pairs - _PART, _MEANT_BEFORE)
    enough = values * np.float32(1 / SCALE) > least
    enough &= square[second, third] > (least * np.float32(SCALE)).astype(np.uint8)  # as the trees were trained
    kept: NDArray[np.uint64] = keys[enough & (pairs > _KNOWN)]
    return kept


def _swapped(tables: Tables, numbers: Numbers, known: Support) -> tuple[Places, Numbers, NDArray[np.int8]]:
    """Two characters in the other order."""
    han = tables.han[numbers]
    suspicious = np.zeros(len(numbers), bool)
    suspicious[1:-1] = (
        (known.triples[:-2] < _WRITTEN_BEFORE)
        & (known.triples[1:-1] < _WRITTEN_BEFORE)
        & han[1:-1]
        & han[2:]
        & (numbers[1:-1] != numbers[2:])
    )
    at = _inside(np.flatnonzero(suspicious), len(numbers))
    before = _log(tables, numbers[at - 1], numbers[at + 1], numbers[at])
    behind = _log(tables, numbers[at + 1], numbers[at], numbers[at + 2])
    # What is a word both ways round is no slip: 罪犯 and 犯罪.
    word = tables.words[2].get(packed(numbers[at], numbers[at + 1]))
    at = at[(np.maximum(before, behind) > _MEANT_BEFORE) & (word == 0)]
    return at, np.zeros(len(at), np.uint16), np.zeros(len(at), np.int8)


def _doubled(tables: Tables, numbers: Numbers, known: Support) -> tuple[Places, Numbers, NDArray[np.int8]]:
    """A character that repeats the one before it; the place is that of the first."""
    han = tables.han[numbers]
    suspicious = np.zeros(len(numbers), bool)
    suspicious[1:-1] = (
        (numbers[1:-1] == numbers[2:])
        & han[1:-1]
        & (np.minimum(known.triples[:-2], known.triples[1:-1]) < _WRITTEN_BEHIND)
    )
    at = _inside(np.flatnonzero(suspicious), len(numbers))
    at = at[_log(tables, numbers[at - 1], numbers[at], numbers[at + 2]) > _MEANT_AROUND]
    at = at[~_of_two_words(tables, numbers, at)]
    return at, np.zeros(len(at), np.uint16), np.zeros(len(at), np.int8)


def _of_two_words(tables: Tables, numbers: Numbers, at: Places) -> NDArray[np.bool_]:
    """Whether one word ends with the first of two characters that are alike, and another begins with the second.

    服务期 and 期间, 操作工 and 工作.
    """
    l2, l1, here, r1, r2 = (numbers[at + step] for step in (-2, -1, 0, 2, 3))
    two, three = tables.words[2], tables.words[3]
    ends = (two.get(packed(l1, here)) > 0) | (three.get(packed(l2, l1, here)) > 0)
    begins = (two.get(packed(here, r1)) > 0) | (three.get(packed(here, r1, r2)) > 0)
    both: NDArray[np.bool_] = ends & begins
    return both


def _log(tables: Tables, *columns: NDArray[np.integer]) -> Floats:
    found: Floats = tables.value(len(columns), list(columns)) * np.float32(1 / SCALE)
    return found


def features(tables: Tables, numbers: Numbers, found: Slips) -> Floats:
    """A row for each candidate, alike for all slips."""
    written, meant = (_window(numbers, found, right=right) for right in (False, True))
    # Looked up together: a call costs as much as a thousand look-ups.
    fit, closing = _fit(tables, np.concatenate((written, meant), axis=1))
    count = len(found.places)
    before, after = fit[:, :count], fit[:, count:]
    left, right = written[_AROUND - 1], written[_AROUND]
    begins, ends = (packed(meant[_AROUND + at], meant[_AROUND + at + 1]) for at in (-1, 0))
    were, behind = packed(left, right), packed(right, written[_AROUND + 1])
    fours = np.array([packed(*meant[at : at + 4]) for at in range(_AROUND - 3, _AROUND)])
    own = np.stack(
        [
            found.slips,
            found.rank,
            tables.han[left],
            tables.han[right],
            right == BORDER,
            written[_AROUND - 2] == BORDER,
            tables.singles[left],
            tables.singles[right],
            tables.singles[meant[_AROUND]],
            *tables.words[2].get(np.array((begins, ends, were, behind))),
            *tables.words[4].get(fours),
        ]
    ).astype(np.float32)
    return np.concatenate((before, after, after - before, closing[:, :count], closing[:, count:], own)).T


def _window(numbers: Numbers, found: Slips, *, right: bool) -> Numbers:
    """A column for each candidate: _AROUND characters before the place, and as many from it on.

    As it is written, or right: as it was meant.
    """
    steps = np.arange(-_AROUND, _AROUND + 1)[:, None]
    around = numbers[found.places + steps]
    window: Numbers = around[:-1].copy()
    if right:
        missing, swapped, doubled = (found.slips == slip for slip in Slip)
        window[_AROUND, missing] = found.numbers[missing]
        window[_AROUND + 1 :, missing] = around[_AROUND:-2, missing]
        window[_AROUND, swapped], window[_AROUND + 1, swapped] = around[_AROUND + 1, swapped], around[_AROUND, swapped]
        window[_AROUND:, doubled] = around[_AROUND + 1 :, doubled]
    return window


def _fit(tables: Tables, window: Numbers) -> tuple[Floats, Floats]:
    """How well windows are borne by their n-grams, and what `_closing` gives: a row a feature."""
    scale = np.float32(1 / SCALE)
    grams = {1: window.astype(np.uint64)}
    logs: dict[int, Floats] = {1: tables.singles[window] * scale}
    for n in _ORDERS:
        grams[n] = grams[n - 1][:-1] << np.uint64(BITS) | grams[1][n - 1 :]
    logs[2] = tables.square[window[:-1], window[1:]] * scale
    logs[3] = tables.triples.get(grams[3]) * scale
    logs[4] = tables.quads.get(grams[4]) * scale
    score = backed_off(lambda n, start, end: logs[n][start:end], _AROUND, len(window))
    rows = [score.sum(axis=0), score.min(axis=0), *score[:3]]
    for n in _ORDERS:
        covering = logs[n][_AROUND - n + 1 : _AROUND + 1]
        rows += [covering.min(axis=0), covering.max(axis=0), covering.sum(axis=0), covering[0], covering[-1]]
    return np.stack(rows).astype(np.float32), _closing(logs)


def _closing(logs: Mapping[int, Floats]) -> Floats:
    """The share of what stands at the place among all that goes on from the words before it, and so backwards.

    Logarithms; _UNKNOWN where too little is known of the words. logs: of the n-grams of a window, by n.
    """
    rows: list[Floats] = []
    for n in (3, 4):
        # Where the n-gram begins, and where the part of it that is known.
        for whole, context in ((_AROUND - n + 1,) * 2, (_AROUND, _AROUND + 1), (_AROUND - 1, _AROUND)):
            known = logs[n - 1][context]
            share = np.where(known > _TELLING, logs[n][whole] - known, _UNKNOWN).astype(np.float32)
            rows += [share, known]
    return np.stack(rows)
