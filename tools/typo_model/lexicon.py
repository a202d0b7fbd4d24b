"""The word list of the model: words of jieba's dictionary, and pairs of characters that cohere in the text."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np

from jimo_lint.language.typo.alphabet import BITS, FIRST, Alphabet
from jimo_lint.language.typo.ngrams import SCALE
from tools.typo_model.counting import Counts

# A pair coheres where it is so frequent, and so many times as frequent as chance would have it (natural logarithm).
_PAIR_COUNT = 50
_PAIR_BOND = 3.0


def read(letters: Alphabet) -> dict[str, int]:
    """Word and frequency, of two to four Chinese characters that the alphabet has."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    lexicon: dict[str, int] = {}
    for line in (Path(spec.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, _ = line.split(" ", 2)
        if 2 <= len(word) <= 4 and all(letters.number(one) >= FIRST and "\u4e00" <= one <= "\u9fff" for one in word):
            lexicon[word] = int(frequency)
    return lexicon


def cohering(counts: Counts, letters: Alphabet) -> set[str]:
    """Pairs of Chinese characters that stand together far more often than by chance: new words, parts of terms."""
    keys, values = counts.grams[2]
    left, right = (keys >> np.uint64(BITS)).astype(np.int64), (keys & np.uint64((1 << BITS) - 1)).astype(np.int64)
    logs = values / SCALE
    singles = np.log(np.maximum(counts.frequency, 1))
    bond = logs + np.log(counts.total) - singles[left] - singles[right]
    kept = letters.han[left] & letters.han[right] & (logs >= np.log1p(_PAIR_COUNT)) & (bond >= _PAIR_BOND)
    return {letters.text(pair) for pair in zip(left[kept].tolist(), right[kept].tolist(), strict=True)}
