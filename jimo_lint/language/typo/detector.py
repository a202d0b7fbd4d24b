"""Reads a text and proposes corrections, each with a score."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from jimo_lint.language.typo import candidates
from jimo_lint.language.typo.alphabet import BORDER, GAP, Alphabet, Encoded
from jimo_lint.language.typo.candidates import REACH, Candidates, Support, Tables
from jimo_lint.language.typo.features import features
from jimo_lint.language.typo.slips import Slip, Slips, slips
from jimo_lint.language.typo.slips import features as slip_features
from jimo_lint.language.typo.tree_ensemble import Forest
from jimo_lint.values import dataclass

if TYPE_CHECKING:
    from jimo_lint.language.typo.alphabet import Numbers
    from jimo_lint.language.typo.candidates import Floats

# Proposals below are of no use to any tier.
_LEAST = -2.0
# A character next to a better proposal is proposed as well only where it is nearly as good.
_NEARLY = 1.0
# Proposals above are put right before their sentences are read once more.
_SURE = 2.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """Code points [start, end) of the text, what may have been meant, and the log odds that it was.

    Where a character is missing before `start`, there are none.
    """

    start: int
    end: int
    meant: str
    score: float


@dataclass(frozen=True, slots=True)
class _Scored:
    """A proposal in numbers. place: of the first character; written: how many characters it is about."""

    score: float
    place: int
    meant: tuple[int, ...]
    written: int

    @property
    def places(self) -> range:
        """All that it changes; of what is put in, the character behind."""
        return range(self.place, self.place + max(self.written, 1))


@dataclass(frozen=True, slots=True)
class Described:
    """Candidates of one size with their features, one row each."""

    found: Candidates
    rows: Floats


class Detector:
    """The tables, and the trees for one and for two characters, and for slips."""

    def __init__(self, alphabet: Alphabet, tables: Tables, forests: tuple[Forest, Forest, Forest] | None) -> None:
        self.alphabet = alphabet
        self.tables = tables
        self._forests = forests

    def encode(self, text: str) -> Encoded:
        """The text as numbers, with as many borders around as windows need."""
        encoded = self.alphabet.encode(text)
        more = REACH - GAP
        return Encoded(np.pad(encoded.numbers, more), np.pad(encoded.offsets, more))

    def describe(self, numbers: Numbers, known: Support | None = None) -> tuple[Described, Described]:
        """All candidates of one and of two characters. known: what is known of the places already."""
        known = known or candidates.support(self.tables, numbers)
        one = candidates.singles(self.tables, numbers, known)
        two = candidates.pairs(self.tables, numbers, known)
        return (
            Described(one, features(self.tables, numbers, known, one)),
            Described(two, features(self.tables, numbers, known, two)),
        )

    def describe_slips(self, numbers: Numbers, known: Support | None = None) -> tuple[Slips, Floats]:
        """All candidates for characters missing, swapped and doubled, with their features, one row each."""
        found = slips(self.tables, numbers, known or candidates.support(self.tables, numbers))
        return found, slip_features(self.tables, numbers, found)

    def propose(self, texts: Sequence[str]) -> list[list[Proposal]]:
        """Proposals for each text that do not overlap, by place.

        What is proposed for a text does not depend on the others, since no window reaches over the end of a line;
        but short texts together take a fifth of the time that they take one by one.
        """
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        each: list[list[Proposal]] = [[] for _ in texts]
        for one in self._proposed("\n".join(texts)):
            number = bisect_right(starts, one.start) - 1
            start = starts[number]
            each[number].append(Proposal(one.start - start, one.end - start, one.meant, one.score))
        return each

    def _proposed(self, text: str) -> list[Proposal]:
        encoded = self.encode(text)
        chosen = _chosen(self._scored(encoded.numbers), {})
        sure = [one for one in chosen if one.score > _SURE]
        if sure:
            # With these put right, what stands near them is judged by what was meant, not by another mistake.
            taken = {place: one.score for one in sure for place in one.places}
            others = [one for one in chosen if one.score <= _SURE]
            chosen = sure + _chosen(others + self._again(encoded.numbers, sure), taken)
        return sorted((self._proposal(encoded, one) for one in chosen if one.score > _LEAST), key=lambda one: one.start)

    def _again(self, numbers: Numbers, sure: list[_Scored]) -> list[_Scored]:
        """What is proposed in the sentences of the sure ones once those are put right."""
        sure = [one for one in sure if one.written == len(one.meant)]  # what is longer or shorter moves the rest
        if not sure:
            return []
        changed = numbers.copy()
        for one in sure:
            changed[one.place : one.place + one.written] = one.meant
        borders = np.flatnonzero(numbers == BORDER)
        ends = np.searchsorted(borders, [one.place for one in sure])
        sentences = sorted({(int(borders[end - 1]) + 1, int(borders[end])) for end in ends})
        gap = np.zeros(REACH, np.int64)  # the text itself begins with a border
        places = np.concatenate([gap, *(part for lo, hi in sentences for part in (np.arange(lo, hi), gap))])
        again = self._scored(changed[places])
        return [_Scored(one.score, int(places[one.place]), one.meant, one.written) for one in again]

    def _scored(self, numbers: Numbers) -> list[_Scored]:
        """All proposals of some use, overlapping or not."""
        if self._forests is None:
            raise ValueError("a detector without trees describes but does not propose")
        known = candidates.support(self.tables, numbers)
        found: list[_Scored] = []
        for part, forest in zip(self.describe(numbers, known), self._forests[:2], strict=True):
            scores = forest.scores(part.rows)
            for row in np.flatnonzero(scores > _LEAST):
                meant = tuple(part.found.numbers[row].tolist())
                found.append(_Scored(float(scores[row]), int(part.found.places[row]), meant, len(meant)))
        slipped, rows = self.describe_slips(numbers, known)
        scores = self._forests[2].scores(rows)
        for row in np.flatnonzero(scores > _LEAST):
            place = int(slipped.places[row])
            meant, written = _meant(Slip(slipped.slips[row]), numbers[place : place + 2], slipped.numbers[row])
            found.append(_Scored(float(scores[row]), place, meant, written))
        return found

    def _proposal(self, encoded: Encoded, one: _Scored) -> Proposal:
        # Behind the end of a sentence stand borders, of which the text has none.
        start = int(encoded.offsets[one.place]) if one.written else int(encoded.offsets[one.place - 1]) + 1
        return Proposal(start, start + one.written, self.alphabet.text(one.meant), one.score)


def _meant(slip: Slip, written: Numbers, missing: int) -> tuple[tuple[int, ...], int]:
    """What was meant for how many characters."""
    first, second = written.tolist()
    if slip is Slip.MISSING:
        return (int(missing),), 0
    return ((second, first), 2) if slip is Slip.SWAPPED else ((first,), 2)


def _chosen(scored: list[_Scored], taken: Mapping[int, float]) -> list[_Scored]:
    """The best that do not overlap one another or `taken`. One next to a much better one is its shadow."""
    chosen: list[_Scored] = []
    held: dict[int, float] = {}
    for one in sorted(scored, key=lambda one: (-one.score, one.place, one.meant)):
        if any(place in held or place in taken for place in one.places):
            continue
        beside = max(held.get(one.place - 1, one.score), held.get(one.places.stop, one.score))
        if beside <= one.score + _NEARLY:
            held.update(dict.fromkeys(one.places, one.score))
            chosen.append(one)
    return chosen
