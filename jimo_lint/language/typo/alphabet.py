"""Turns text into the small character numbers that n-gram tables are indexed by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from jimo_lint.values import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint16]

# Bits of a number: four of them and more fit into a 64-bit key.
BITS = 13
BORDER = 0  # before and after a sentence
DIGIT = 1
LATIN = 2
OTHER = 3  # a character that the training text does not have
FIRST = 4  # the number of the most frequent character

# Borders between two sentences: no n-gram of up to four characters reaches from one into the next.
GAP = 3

_PLANE = 0x10000
_BORDERS = "\n\r\t \u00a0\u3000\u2028\u2029\0"
_ENDS = "。！？；!?;"
# Written in several ways; what stands first is counted.
_SAME = ("，,", "：:", "（(〔﹝", "）)〕﹞", "“\"＂", "；;", "！!", "？?", "—－", "·•‧", "％%")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as numbers, sentences apart and borders around. offsets: the code point that each number stands for."""

    numbers: Numbers
    offsets: NDArray[np.int64]


class Alphabet:
    """The characters of a model, by falling frequency; the place in `characters` plus FIRST is the number."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        self.size = FIRST + len(self.characters)
        if self.size > 1 << BITS:
            raise ValueError(f"{self.size} characters do not fit into {BITS} bits")
        table = np.full(_PLANE, OTHER, np.uint16)
        points = np.frombuffer("".join(self.characters).encode("utf-32-le"), np.uint32)
        table[points] = np.arange(FIRST, self.size)
        for group in _SAME:
            for variant in group[1:]:
                table[ord(variant)] = table[ord(group[0])]
        for first, last, number in (("0", "9", DIGIT), ("０", "９", DIGIT), ("a", "z", LATIN), ("A", "Z", LATIN)):
            table[ord(first) : ord(last) + 1] = number
        for first, last in (("ａ", "ｚ"), ("Ａ", "Ｚ")):
            table[ord(first) : ord(last) + 1] = LATIN
        for character in _BORDERS:
            table[ord(character)] = BORDER
        self._table = table
        ends = np.zeros(_PLANE, bool)
        for character in _ENDS + _BORDERS:
            ends[ord(character)] = True
        self._ends = ends
        self.han = np.concatenate((np.zeros(FIRST, bool), (points >= 0x4E00) & (points <= 0x9FFF)))

    def number(self, character: str) -> int:
        """The number of one character."""
        return int(self._table[min(ord(character), _PLANE - 1)])

    def text(self, numbers: Sequence[int]) -> str:
        """The characters of numbers from FIRST."""
        return "".join(self.characters[number - FIRST] for number in numbers)

    def encode(self, text: str) -> Encoded:
        """Numbers of `text` with GAP borders at both ends and behind each sentence, line and blank."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        points = np.minimum(points, _PLANE - 1)
        lengths = np.where(self._ends[points], GAP + 1, 1)
        starts = np.cumsum(lengths) - lengths + GAP
        numbers = np.zeros(int(lengths.sum()) + 2 * GAP, np.uint16)
        numbers[starts] = self._table[points]
        offsets = np.zeros(len(numbers), np.int64)
        offsets[starts] = np.arange(len(points))
        return Encoded(numbers, offsets)


def keys(numbers: Numbers, n: int) -> NDArray[np.uint64]:
    """The key of the n-gram that starts at each place; the last n - 1 places have none."""
    wide = numbers.astype(np.uint64)
    size = max(len(wide) - n + 1, 0)
    key = wide[:size].copy()
    for step in range(1, n):
        key <<= np.uint64(BITS)
        key |= wide[step : step + size]
    return key


def packed(*columns: NDArray[np.integer]) -> NDArray[np.uint64]:
    """The keys of n-grams given column by column."""
    key = columns[0].astype(np.uint64)
    for column in columns[1:]:
        key <<= np.uint64(BITS)
        key |= column.astype(np.uint64)
    return key
