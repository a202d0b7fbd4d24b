"""Describes a candidate by numbers: how well what is written and what may be meant fit into their context."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jimo_lint.language.typo.alphabet import BITS, packed
from jimo_lint.language.typo.classes import DOT, GIVEN, LAND, PLACE, SURNAME, TITLE
from jimo_lint.language.typo.ngrams import SCALE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from jimo_lint.language.typo.alphabet import Numbers
    from jimo_lint.language.typo.candidates import Candidates, Floats, Support, Tables

# Characters of context on both sides of what is changed.
_AROUND = 4
_BACK_OFF = float(np.log(0.4))
_ORDERS = (2, 3, 4)


def features(tables: Tables, numbers: Numbers, known: Support, found: Candidates) -> Floats:
    """A row for each candidate; see `names` for the columns."""
    size = found.numbers.shape[1]
    unique, inverse = np.unique(found.places, return_inverse=True)
    steps = np.arange(-_AROUND, size + _AROUND)
    written = numbers[unique + steps[:, None]]
    meant = written[:, inverse]
    meant[_AROUND : _AROUND + size] = found.numbers.T
    # Looked up together: a call costs as much as a thousand look-ups.
    both = _fit(tables, np.concatenate((written, meant), axis=1), size)
    before, after = both[:, : len(unique)][:, inverse], both[:, len(unique) :]
    around = _surroundings(tables, written, known, unique, size)[:, inverse]
    kinds = found.kinds
    own = np.stack(
        [
            found.gain,
            found.rank,
            found.several,
            _ahead(found),
            *((kinds & flag) > 0 for flag in (1, 2, 4, 8)),
        ]
    ).astype(np.float32)
    return np.concatenate((before, after, after - before, around, own)).T


def backed_off(log: Callable[[int, int, int], Floats], first: int, end: int) -> Floats:
    """How likely each character of [first, end) is behind the three before it, by a model of back-off.

    log: of the n-grams, by n, that begin in [start, end): a row a place.
    """
    score = log(1, first, end) - np.float32(18.5) + np.float32(3 * _BACK_OFF)
    for n in _ORDERS:
        whole, context = (log(m, first - n + 1, end - n + 1) for m in (n, n - 1))
        better = np.minimum(0, whole - context) + np.float32((4 - n) * _BACK_OFF)
        score = np.where(whole > 0, better, score)
    return score


def _signs(first: int, after: int) -> tuple[tuple[int, int], ...]:
    """Which classes of which places are looked at: those that a name would have around or at the change."""
    return (
        (first - 1, SURNAME),
        (first - 2, SURNAME),
        (first, SURNAME),
        (first, GIVEN),
        (first - 1, GIVEN),
        (after, GIVEN),
        (after, TITLE),
        (after + 1, TITLE),
        (after, PLACE),
        (after + 1, PLACE),
        (first - 1, PLACE),
        (first, PLACE),
        (first, LAND),
        (first - 1, LAND),
        (after, LAND),
        *((place, DOT) for place in (first - 3, first - 2, first - 1, after, after + 1, after + 2)),
    )


def _ahead(found: Candidates) -> Floats:
    """By how much gain each candidate leads the next of its place, or trails the first."""
    gain, rank = found.gain, found.rank
    lead = np.zeros(len(gain), np.float32)
    if not len(gain):
        return lead
    first = rank == 0
    starts = np.flatnonzero(first)
    best = gain[starts][np.cumsum(first) - 1]
    lead[:] = gain - best
    follower = np.append(rank[1:] == 1, False)
    lead[:-1] = np.where(first[:-1] & follower[:-1], gain[:-1] - gain[1:], lead[:-1])
    lead[first & ~follower] = 20.0
    return lead


def _fit(tables: Tables, window: Numbers, size: int) -> NDArray[np.float32]:
    """One row a feature. window: one row a column of context, `size` characters in the middle."""
    first, last = _AROUND, _AROUND + size - 1
    scale = np.float32(1 / SCALE)
    logs = {1: tables.singles[window] * scale}
    grams = {1: window.astype(np.uint64)}
    for n in _ORDERS:
        grams[n] = grams[n - 1][:-1] << np.uint64(BITS) | grams[1][n - 1 :]
    # The model of back-off also asks for what stands before the change and for the contexts of what follows.
    begins = {1: 0, 2: first - 2, 3: first - 3, 4: first - 3}
    logs[2] = tables.square[window[begins[2] : last + 3], window[begins[2] + 1 : last + 4]] * scale
    for n, table in ((3, tables.triples), (4, tables.quads)):
        logs[n] = table.get(grams[n][begins[n] : last + 5 - n]) * scale

    def log(n: int, start: int, end: int) -> Floats:
        """Of the n-grams that begin in [start, end)."""
        return logs[n][start - begins[n] : end - begins[n]]

    score = backed_off(log, first, last + 4)
    rows = [score.sum(axis=0), np.minimum(score.min(axis=0), 0)]
    for n in _ORDERS:
        covering = log(n, first - n + 1, last + 1)
        rows += [covering.max(axis=0), covering.sum(axis=0)]
        if n < 4:
            rows += [covering.min(axis=0), *covering]
    for n in _ORDERS:
        words = tables.words[n].get(grams[n][first - n + 1 : last + 1]) * np.float32(0.1)
        rows.append(words.max(axis=0))
        if n == 2:
            rows += [words[0], words[-1], words[len(words) // 2]]
    rows.append(log(1, first, last + 1).min(axis=0))
    return np.stack(rows).astype(np.float32)


def _surroundings(tables: Tables, window: Numbers, known: Support, at: NDArray[np.int64], size: int) -> Floats:
    """What stands beside the change: words, Chinese characters, borders, how usual the context itself is."""
    first, after = _AROUND, _AROUND + size
    tenth = np.float32(0.1)
    return np.stack(
        [
            tables.words[2].get(packed(window[first - 2], window[first - 1])) * tenth,
            tables.words[2].get(packed(window[after], window[after + 1])) * tenth,
            tables.han[window[first - 1]],
            tables.han[window[after]],
            window[first - 1] == 0,
            window[after] == 0,
            known.pairs[at - 2],
            known.pairs[at + size],
            known.triples[at - 3],
            known.triples[at + size],
            tables.singles[window[first - 1]],
            tables.singles[window[after]],
            *((tables.classes[window[place]] & flag) > 0 for place, flag in _signs(first, after)),
        ]
    ).astype(np.float32)
