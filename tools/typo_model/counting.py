"""Counts characters and n-grams of the training text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jimo_lint.language.typo.alphabet import FIRST, Alphabet, keys
from jimo_lint.language.typo.ngrams import quantised

# Rarer n-grams are left out: most of them are chance or mistakes of the text, and they are most of the size.
CUTS = {2: 1, 3: 2, 4: 3}
_RAREST = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """Sorted keys and quantised logarithms of counts by n; total: characters counted."""

    grams: dict[int, tuple[NDArray[np.uint64], NDArray[np.uint8]]]
    single: NDArray[np.uint8]
    frequency: NDArray[np.int64]
    total: int


def alphabet(text: str) -> Alphabet:
    """The characters of `text` and of GB 2312, most frequent first, ties by code point."""
    seen = Counter(text)
    for character in _standard():
        seen[character] = max(seen[character], _RAREST)
    for several in "0123456789０１２３４５６７８９abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ":
        del seen[several]
    known = [one for one, count in seen.items() if count >= _RAREST and not one.isspace() and ord(one) < 0x10000]
    return Alphabet(sorted(known, key=lambda one: (-seen[one], one)))


def _standard() -> str:
    """The Chinese characters of GB 2312: a mistyped one may be so rare that the text does not have it."""
    return "".join(
        bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
    )


def count(text: str, letters: Alphabet) -> Counts:
    """The n-grams that reach CUTS."""
    numbers = letters.encode(text).numbers
    frequency = np.bincount(numbers, minlength=letters.size)
    frequency[0] = text.count("\n") + 1
    grams = {}
    for n, cut in CUTS.items():
        key = keys(numbers, n)
        key.sort()
        first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
        counted = np.diff(np.concatenate((first, [len(key)])))
        kept = (counted >= cut) & (key[first] != 0)
        grams[n] = (key[first[kept]], quantised(counted[kept]))
        del key
        print(f"{n}-grams: {len(grams[n][0]):,} of {len(first):,}", flush=True)
    return Counts(grams, quantised(frequency), frequency, int(frequency[FIRST:].sum()))
