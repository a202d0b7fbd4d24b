"""Turns proposals into findings: by tier, without those that a guard explains, neighbours as one, as whole words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from jimo_lint.language.expressions import compiled
from jimo_lint.language.typo.detector import Proposal
from jimo_lint.language.typo.guards import explained
from jimo_lint.language.typo.places import holds_place, is_county
from jimo_lint.language.typo.storage import Model, word_keys
from jimo_lint.values import dataclass, replace

_LONGEST_WORD = 4
# Between two sentences.
_END = "[。！？；!?;\n]"
# So many different likely mistakes, so near (in characters) to a place, make what is doubtful there likely: four places
# in 1.8 million characters of local pages, none in 252 articles and in the clean texts.
_MANY = 2
_NEAR = 500
# Tiers from here on are for places that are near so many; alone they say nothing.
_DOUBTFUL = 2
# Characters of lines whose proposals are remembered, beyond which all are forgotten.
_KEPT = 2_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """Code points [start, end) that should read `meant`. tier: from 0, the surest that it has or is given."""

    start: int
    end: int
    meant: str
    tier: int
    score: float


class Speller:
    """Reads documents. tiers: the least score of each, as in the model."""

    def __init__(self, model: Model) -> None:
        self._detector = model.detector
        self._tiers = sorted(model.tiers.values(), reverse=True)
        # What is proposed for a line depends on nothing else, and the pages of a site have most of their lines in
        # common: each is looked at once.
        self._lines: dict[str, tuple[Proposal, ...]] = {}
        self._kept = 0

    def expect(self, texts: Iterable[str]) -> None:
        """Look at texts that will be read next, all at once."""
        lines = dict.fromkeys(line for text in texts for line in text.split("\n") if len(line) > 1)
        if self._kept > _KEPT:
            self._lines.clear()
            self._kept = 0
        new = [line for line in lines if line not in self._lines]
        least = self._tiers[-1]
        for line, proposed in zip(new, self._detector.propose(new) if new else (), strict=True):
            self._lines[line] = tuple(one for one in proposed if one.score >= least)
            self._kept += len(line)

    def _proposed(self, text: str) -> Iterator[Proposal]:
        self.expect([text])
        start = 0
        for line in text.split("\n"):
            for one in self._lines.get(line, ()):
                yield Proposal(start + one.start, start + one.end, one.meant, one.score)
            start += len(line) + 1

    def read(self, text: str) -> Iterator[Finding]:
        """Findings by place, of the likely and the possible tier; they do not overlap.

        Mistakes come in swarms: of the sentences of the test sets that have one, a third have more, and who has left
        two on a page has left others. So what would be possible alone is as sure as the surest of its sentence, what
        is doubtful is likely among several that are, and clean text does not hear more of it.
        """
        sentence: list[Finding] = []
        for one in _among_likely(text, list(self._found(text))):
            if sentence and compiled(_END).search(text, sentence[-1].end, one.start):
                yield from _together(sentence)
                sentence = []
            sentence.append(one)
        yield from _together(sentence)

    def _found(self, text: str) -> Iterator[Finding]:
        """Findings, each by its own score."""
        proposals = [one for one in self._proposed(text) if not explained(text, one)]
        merged = list(_merged(proposals))
        ends = [0, *(one.end for one in merged)]
        starts = [*(one.start for one in merged[1:]), len(text)]
        values = self._values(text, merged)
        free = 0
        for one, before, behind in zip(merged, ends, starts, strict=False):
            word = _word(text, one, max(before, free), behind, values)
            # What is no word is no better than what is written; and what is a name to the list is no mistake.
            if word is None or is_county(word.meant) or holds_place(text, word.start, word.end):
                continue
            free = word.end
            yield Finding(
                start=word.start,
                end=word.end,
                meant=word.meant,
                tier=next(tier for tier, threshold in enumerate(self._tiers) if one.score >= threshold),
                score=one.score,
            )

    def _values(self, text: str, proposals: list[Proposal]) -> dict[str, int]:
        """How frequent the words are that each proposal could make with its neighbours; 0 for what is no word.

        All of a length are looked up at once: one by one, a text full of garbage took ten times as long.
        """
        values: dict[str, int] = {}
        for length in range(2, _LONGEST_WORD + 1):
            words = list(dict.fromkeys(word for one in proposals for _, word in _around(text, one, length)))
            if words:
                found = self._detector.tables.words[length].get(word_keys(words, self._detector.alphabet))
                values |= zip(words, map(int, found), strict=True)
        return values


def _among_likely(text: str, found: list[Finding]) -> Iterator[Finding]:
    """The findings, likely where so many different likely ones are near; without the doubtful ones elsewhere."""
    likely = [one for one in found if one.tier == 0]
    starts = [one.start for one in likely]
    written = [text[one.start : one.end] for one in likely]
    for one in found:
        near = slice(bisect_left(starts, one.start - _NEAR), bisect_right(starts, one.start + _NEAR))
        if one.tier and len(set(written[near])) >= _MANY:
            yield replace(one, tier=0)
        elif one.tier < _DOUBTFUL:
            yield one


def _together(sentence: list[Finding]) -> Iterator[Finding]:
    """The findings of a sentence, all of the surest tier that one of them reaches."""
    for one in sentence:
        yield replace(one, tier=min(each.tier for each in sentence))


def _around(text: str, one: Proposal, length: int) -> Iterator[tuple[int, str]]:
    """Where each word of so many characters begins that the proposal is a part of, and the word."""
    taken = _taken(one, length)
    for start in range(max(one.end - taken, 0), min(one.start, len(text) - taken) + 1):
        yield start, text[start : one.start] + one.meant + text[one.end : start + taken]


def _taken(one: Proposal, length: int) -> int:
    """How many characters of the text a word of so many takes."""
    return length - len(one.meant) + one.end - one.start


def _word(text: str, one: Proposal, low: int, high: int, values: dict[str, int]) -> Proposal | None:
    """The proposal with the rest of the word that was meant, within [low, high); None where it makes no word.

    “修盯”疑为“修订” says more than “盯”疑为“订”. The longest word, then the most frequent, then the first.
    """
    best = (0, 0, 0)
    written = text[one.start : one.end]
    # A character that stands twice is one too many whether or not it makes a word, and two that were swapped may be of
    # two words: 推基进础.
    slipped = len(one.meant) < len(written) or (len(written) > 1 and one.meant == written[::-1])
    meant = one if slipped else None
    for length in range(max(len(one.meant), 2), _LONGEST_WORD + 1):
        taken = _taken(one, length)
        for start, word in _around(text, one, length):
            ranked = (length, values[word], -start)
            if low <= start and start + taken <= high and values[word] and ranked > best:
                best, meant = ranked, Proposal(start, start + taken, word, one.score)
    return _around_gap(text, meant, one.start, low, high) if meant and one.start == one.end else meant


def _around_gap(text: str, word: Proposal, gap: int, low: int, high: int) -> Proposal:
    """The proposal with what stands on both sides of where a character is missing.

    “强，”疑为“强调，” is said of nothing else, “强” stands everywhere.
    """
    start, end = min(word.start, max(gap - 1, low)), max(word.end, min(gap + 1, high))
    before, behind = text[start : word.start], text[word.end : end].rstrip("\n")
    return Proposal(start, word.end + len(behind), f"{before}{word.meant}{behind}", word.score)


def _merged(proposals: list[Proposal]) -> Iterator[Proposal]:
    """Neighbouring proposals as one, as sure as the surest of them."""
    last: Proposal | None = None
    for one in proposals:
        if last is not None and last.end == one.start:
            last = Proposal(last.start, one.end, last.meant + one.meant, max(last.score, one.score))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last
