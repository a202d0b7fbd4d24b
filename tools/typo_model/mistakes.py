"""Makes the mistakes that the scorer learns from: characters and words mistyped the way people do."""

from __future__ import annotations

import numpy as np

from jimo_lint.language.typo.alphabet import Alphabet
from jimo_lint.language.typo.candidates import FUZZY, SHAPE, SYLLABLE, TONE, Tables

# How often a mistake of each kind is made, relative to the others of the same character.
_WEIGHTS = ((TONE, 1.0), (SYLLABLE, 0.6), (FUZZY, 0.12))
_SHAPE_WEIGHT = 0.4


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
