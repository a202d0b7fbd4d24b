"""Describes a candidate by numbers: how well what is written and what may be meant fit into their context."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jimo_lint.language.typo.alphabet import Numbers, packed
from jimo_lint.language.typo.candidates import Candidates, Floats, Support, Tables
from jimo_lint.language.typo.classes import DOT, GIVEN, LAND, PLACE, SURNAME, TITLE
from jimo_lint.language.typo.ngrams import SCALE

# Characters of context on both sides of what is changed.
_AROUND = 4
_BACK_OFF = float(np.log(0.4))
_ORDERS = (2, 3, 4)


def features(tables: Tables, numbers: Numbers, known: Support, found: Candidates) -> Floats:
    """A row for each candidate; see `names` for the columns."""
    size = found.numbers.shape[1]
    unique, inverse = np.unique(found.places, return_inverse=True)
    steps = np.arange(-_AROUND, size + _AROUND)
    written = numbers[unique[:, None] + steps].T
    meant = np.ascontiguousarray(written[:, inverse])
    meant[_AROUND : _AROUND + size] = found.numbers.T
    before = _fit(tables, written, size)[:, inverse]
    after = _fit(tables, meant, size)
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
    width = len(window)
    first, last = _AROUND, _AROUND + size - 1
    scale = np.float32(1 / SCALE)
    logs: dict[tuple[int, int], Floats] = {}
    for n in (1, *_ORDERS):
        for start in range(width - n + 1):
            covers = start <= last and start + n - 1 >= first
            # The model of back-off also asks for the contexts of the characters that follow.
            if covers or (first - 3 <= start + n <= last + 4 and start + n > first - 1) or n == 1:
                logs[n, start] = tables.value(n, [window[start + step] for step in range(n)]) * scale
    total = np.zeros(window.shape[1], np.float32)
    least = np.zeros(window.shape[1], np.float32)
    everything = np.float32(18.5)
    for at in range(first, min(width - 1, last + 3) + 1):
        score = logs[1, at] - everything + np.float32(3 * _BACK_OFF)
        for n in _ORDERS:
            whole, context = logs.get((n, at - n + 1)), logs.get((n - 1, at - n + 1))
            if whole is not None and context is not None:
                better = np.minimum(0, whole - context) + np.float32((4 - n) * _BACK_OFF)
                score = np.where(whole > 0, better, score)
        total += score
        least = np.minimum(least, score)
    rows = [total, least]
    for n in _ORDERS:
        each = [logs[n, start] for start in range(first - n + 1, last + 1)]
        covering = np.stack(each)
        rows += [covering.max(axis=0), covering.sum(axis=0)]
        if n < 4:
            rows += [covering.min(axis=0), *each]
    tenth = np.float32(0.1)
    for n in _ORDERS:
        words = [
            tables.words[n].get(packed(*(window[start + step] for step in range(n)))) * tenth
            for start in range(first - n + 1, last + 1)
        ]
        rows.append(np.maximum.reduce(words))
        if n == 2:
            rows += [words[0], words[-1], words[len(words) // 2]]
    rows.append(np.minimum.reduce([logs[1, at] for at in range(first, last + 1)]))
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
