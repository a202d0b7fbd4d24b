"""Makes the mistakes that the scorer learns from: characters and words mistyped the way people do."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jimo_lint.language.typo.alphabet import Alphabet
from jimo_lint.language.typo.candidates import FUZZY, SHAPE, SYLLABLE, TONE, Tables
from jimo_lint.language.typo.slips import Slip

# How often a mistake of each kind is made, relative to the others of the same character.
_WEIGHTS = ((TONE, 1.0), (SYLLABLE, 0.6), (FUZZY, 0.12))
_SHAPE_WEIGHT = 0.4

# Of slips, how many leave a character out, and swap two.
_LEFT_OUT, _SWAPPED = 0.6, 0.2
_ROOM = 4


def is_han(character: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u4e00" <= character <= "\u9fff"


class Slipped(NamedTuple):
    """A sentence with a slip in it. place: of the first character that it is about; missing: what is left out there."""

    text: str
    slip: Slip
    place: int
    missing: str = ""


class Slippery:
    """Leaves characters out, swaps and doubles them. Deterministic for a given `seed` and order of calls."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)

    def make(self, sentence: str) -> Slipped | None:
        """The sentence with a slip inside; None where there is no room for one that can be told."""
        places = [place for place, one in enumerate(sentence[:-1]) if place and is_han(one)]
        if len(places) < _ROOM:
            return None
        chance, place = self._random.random(), int(self._random.choice(places))
        before, here, behind = (sentence[place + step] for step in (-1, 0, 1))
        if here in (before, behind):  # neither what is left out nor what was swapped could be told
            return None
        if chance < _LEFT_OUT:
            return Slipped(sentence[:place] + sentence[place + 1 :], Slip.MISSING, place, here)
        if chance < _LEFT_OUT + _SWAPPED:
            swapped = sentence[:place] + behind + here + sentence[place + 2 :]
            return Slipped(swapped, Slip.SWAPPED, place) if is_han(behind) else None
        return Slipped(sentence[:place] + here + sentence[place:], Slip.DOUBLED, place)


class Mistakes:
    """Mistakes drawn from the model's own confusion sets. Deterministic for a given `seed` and order of calls."""

    def __init__(self, alphabet: Alphabet, tables: Tables, frequency: np.ndarray, seed: int) -> None:
        self._alphabet = alphabet
        self._tables = tables
        self._frequency = frequency.astype(np.float64) + 1
        self._random = np.random.default_rng(seed)

    def make(self, sentence: str) -> str:
        """The sentence with one or, sometimes, several mistakes in it; itself where nothing can be mistyped."""
        characters = list(sentence)
        places = [place for place, one in enumerate(characters) if "\u4e00" <= one <= "\u9fff"]
        if not places:
            return sentence
        for _ in range(1 if self._random.random() < 0.65 or len(places) < 12 else int(self._random.integers(2, 4))):
            self._one(characters, places)
        return "".join(characters)

    def _one(self, characters: list[str], places: list[int]) -> None:
        chance = self._random.random()
        if chance < 0.62 or len(places) < 4:
            self._mistype(characters, int(self._random.choice(places)))
        elif chance < 0.84:
            self._other_word(characters, places)
        else:
            place = int(self._random.choice(places[:-1]))
            self._mistype(characters, place)
            self._mistype(characters, place + 1)

    def _mistype(self, characters: list[str], place: int) -> None:
        """One character for another, likelier the more frequent and the closer in sound."""
        if not "\u4e00" <= characters[place] <= "\u9fff":
            return
        number = self._alphabet.number(characters[place])
        first, last = self._tables.confusion_offsets[number], self._tables.confusion_offsets[number + 1]
        others, kinds = self._tables.confusion_numbers[first:last], self._tables.confusion_kinds[first:last]
        weights = np.zeros(len(others))
        for kind, weight in reversed(_WEIGHTS):
            weights[(kinds & kind) > 0] = weight
        weights += ((kinds & SHAPE) > 0) * _SHAPE_WEIGHT
        weights *= self._frequency[others] ** 0.5
        if weights.sum() > 0:
            characters[place] = self._alphabet.text([int(self._random.choice(others, p=weights / weights.sum()))])

    def _other_word(self, characters: list[str], places: list[int]) -> None:
        """A word of two characters for another that sounds alike."""
        for _ in range(8):
            place = int(self._random.choice(places))
            pair = [self._alphabet.number(one) for one in characters[place : place + 2]]
            words = self._sounding_like(pair)
            words = words[(words != pair).any(axis=1)] if len(words) > 1 and (words == pair).all(axis=1).any() else []
            if len(words):
                weights = (self._frequency[words[:, 0]] * self._frequency[words[:, 1]]) ** 0.25
                chosen = words[self._random.choice(len(words), p=weights / weights.sum())]
                characters[place : place + 2] = self._alphabet.text(chosen.tolist())
                return

    def _sounding_like(self, pair: list[int]) -> np.ndarray:
        tables = self._tables
        if len(pair) == 2:
            one, two = tables.sounds[pair[0], 0], tables.sounds[pair[1], 0]
            if one and two:
                sound = int(one) * int(np.sqrt(len(tables.homophones_first))) + int(two)
                return tables.homophones[tables.homophones_first[sound] : tables.homophones_last[sound]]
        return np.zeros((0, 2), np.uint16)
