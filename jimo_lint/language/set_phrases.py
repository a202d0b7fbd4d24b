"""Finds places that miss a fixed phrase by one or two characters, in one pass for all phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, product

from jimo_lint.language.edits import LONG, Allowed, Edit, Kind, Miss, doubled_end, plausible
from jimo_lint.language.matcher import Matcher
from jimo_lint.settings import cache

SHORTEST = 5  # code points; shorter phrases have too many legitimate neighbours


# A part of a phrase that is looked for: the phrase, the offset of its first character there, the limit of edits.
_Piece = tuple[str, int, int]
# Changes whenever the pieces that are remembered do.
_FORM = 1


class NearMisses:
    """An automaton over pieces of the phrases.

    k edits leave one of k + 1 pieces whole (pigeonhole), so a whole piece proposes its phrase and the text on both
    sides is compared there. A swap across a cut spoils two pieces; its four characters stand in the automaton too.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        """Phrases with their allowed neighbours (see `Allowed`); ValueError on one shorter than SHORTEST."""
        for phrase in phrases:
            if len(phrase) < SHORTEST:
                raise ValueError(f"“{phrase}”短于 {SHORTEST} 字")
        self._phrases = phrases
        # Cut anew only where the phrases have changed: that takes longer than looking for them in a draft.
        source = (_FORM, *phrases)
        pieces: Iterable[tuple[str, _Piece]] = cache.remembered("pieces", source, lambda: tuple(_all_pieces(phrases)))
        self._matcher = Matcher(pieces)

    def find(self, text: str) -> Iterator[Miss]:
        """Near misses by start; of overlapping ones that with the fewest edits, then the longest."""
        # A set would order what is equal anew in each run. A character too many is the likelier slip.
        found = dict.fromkeys(self._misses(text))
        ranked = sorted(
            found,
            key=lambda one: (
                len(one.edits), one.start - one.end, one.start, [edit.kind is not Kind.EXTRA for edit in one.edits],
            ),
        )  # fmt: skip
        taken: set[int] = set()
        kept: list[Miss] = []
        for one in ranked:
            if taken.isdisjoint(range(one.start, one.end)):
                taken.update(range(one.start, one.end))
                kept.append(one)
        return iter(sorted(kept, key=lambda one: one.start))

    def _misses(self, text: str) -> Iterator[Miss]:
        for start, end, (phrase, offset, limit) in self._matcher.iter(text):
            begin = start - offset
            if begin >= 0 and text.startswith(phrase, begin):
                if offset == 0:
                    yield from (one for one in doubled_end(text, begin, phrase) if self._stands(text, one))
                continue
            # Two slips count only between the right first and last character.
            stop = begin + len(phrase)
            if limit == 2 and (
                phrase[-1] not in text[max(stop - 3, 0) : stop + 2]
                or phrase[0] not in text[max(begin - 2, 0) : begin + 3]
            ):
                limit = 1
            # The cheap test comes first: nearly all pieces stand alone. No edit reaches further than its limit, so
            # all but `limit` characters of the rest stand near by.
            if not _rest_is_near(text, start, end, phrase, offset, limit):
                continue
            yield from (
                one
                for one in _misses(text, start, end, phrase, offset, limit)
                if plausible(text, one) and self._stands(text, one)
            )

    def _stands(self, text: str, miss: Miss) -> bool:
        """True where neither an allowed wording nor another phrase of the list, rightly written, explains the place."""
        if Allowed.read(miss.phrase, self._phrases[miss.phrase]).explains(text, miss):
            return False
        low, high = max(miss.start - 20, 0), miss.end + 20
        around = text[low:high]
        for phrase in self._phrases:
            at = around.find(phrase)
            while at >= 0:
                begin = low + at
                if all(_covers(begin, begin + len(phrase), miss, edit) for edit in miss.edits):
                    return False
                at = around.find(phrase, at + 1)
        return True


def _covers(begin: int, end: int, miss: Miss, edit: Edit) -> bool:
    """True where a right phrase at [begin, end) holds the place of the edit, and not only what the miss holds too."""
    if edit.kind is Kind.MISSING:
        return begin < edit.place < end
    if edit.kind is Kind.EXTRA and begin >= miss.start and end <= miss.end:
        return begin < edit.place < end - 1
    return begin <= edit.place < end


def _all_pieces(phrases: Iterable[str]) -> Iterator[tuple[str, _Piece]]:
    shared = _shared(phrases)
    for phrase in phrases:
        yield from _pieces(phrase, shared)


def _pieces(phrase: str, shared: Mapping[str, int]) -> Iterator[tuple[str, _Piece]]:
    """The pieces of a phrase. shared: how many phrases hold a string, which says how common it is."""
    size = len(phrase)
    limit = 2 if size >= LONG else 1
    parts = min(_cuts(size, limit), key=lambda parts: sum(shared[phrase[a:b][:4]] for a, b in parts))
    for left, right in parts:
        yield phrase[left:right], (phrase, left, limit)
    for cut, _ in parts[1:]:
        first, second = phrase[cut - 1], phrase[cut]
        if first != second:
            crossed = phrase[cut - 2] + second + first + phrase[cut + 1 : cut + 2]
            yield crossed, (phrase, cut - 2, limit)


@lru_cache
def _cuts(size: int, limit: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Ways to cut a phrase into limit + 1 pieces of two characters or more, none far from even ones."""
    even = [size * number // (limit + 1) for number in range(1, limit + 1)]
    moves = product((0, -1, 1, -2, 2), repeat=limit)
    ways = (tuple(pairwise((0, *(cut + by for cut, by in zip(even, moved, strict=True)), size))) for moved in moves)
    return tuple(parts for parts in ways if all(right - left >= 2 for left, right in parts))


def _shared(phrases: Iterable[str]) -> Counter[str]:
    """For each string of two to four characters, in how many phrases it stands."""
    return Counter(
        part
        for phrase in phrases
        for part in {phrase[at : at + size] for size in range(2, 5) for at in range(len(phrase) - size + 1)}
    )


def _rest_is_near(text: str, start: int, end: int, phrase: str, offset: int, limit: int) -> bool:
    tail = offset + end - start
    missing = 0
    if tail < len(phrase):
        window = text[end : end + len(phrase) - tail + limit]
        for character in phrase[tail:]:
            if character not in window:
                missing += 1
                if missing > limit:
                    return False
    if offset:
        window = text[max(start - offset - limit, 0) : start]
        for character in phrase[:offset]:
            if character not in window:
                missing += 1
                if missing > limit:
                    return False
    return True


def _misses(text: str, start: int, end: int, phrase: str, offset: int, limit: int) -> Iterator[Miss]:
    size = end - start
    tail = offset + size
    inner: tuple[Edit, ...] = ()
    if text[start:end] != phrase[offset:tail]:  # a swap across a cut
        inner = (Edit(Kind.SWAPPED, offset + 1, start + 1, text[start + 1 : start + 3]),)
    left_text = text[max(start - offset - limit, 0) : start][::-1]
    left_phrase = phrase[:offset][::-1]
    budget = limit - len(inner)
    for used, left in _walk(left_text, 0, left_phrase, 0, budget):
        before = tuple(_mirrored(edit, start, offset, text) for edit in left)
        for stop, after in _walk(text, end, phrase, tail, budget - len(left)):
            edits = (*before[::-1], *inner, *after)
            if edits:
                yield Miss(start - used, stop, phrase, edits)


def _mirrored(edit: Edit, start: int, offset: int, text: str) -> Edit:
    """An edit of the reversed left part as one of the text."""
    wide = 2 if edit.kind is Kind.SWAPPED else 1
    place = start - edit.place - (0 if edit.kind is Kind.MISSING else wide)
    at = offset - edit.at - (0 if edit.kind is Kind.EXTRA else wide)
    written = "" if edit.kind is Kind.MISSING else text[place : place + wide]
    return Edit(edit.kind, at, place, written)


def _walk(text: str, place: int, phrase: str, at: int, limit: int) -> Iterator[tuple[int, tuple[Edit, ...]]]:
    """Ways to read phrase[at:] from text[place:] with at most `limit` edits: (where it ends, edits)."""
    size, length = len(phrase), len(text)
    while at < size and place < length and text[place] == phrase[at]:
        at += 1
        place += 1
    if at == size:
        yield place, ()
        return
    if not limit:
        return
    written = text[place : place + 2]
    right = phrase[at : at + 2]
    steps: list[tuple[int, int, Edit]] = []
    if len(written) == 2 and len(right) == 2 and written == right[::-1]:
        steps.append((2, 2, Edit(Kind.SWAPPED, at, place, written)))
    else:
        if written:
            steps.append((1, 1, Edit(Kind.WRONG, at, place, written[0])))
            steps.append((1, 0, Edit(Kind.EXTRA, at, place, written[0])))
        steps.append((0, 1, Edit(Kind.MISSING, at, place)))
    for over_text, over_phrase, edit in steps:
        for stop, rest in _walk(text, place + over_text, phrase, at + over_phrase, limit - 1):
            yield stop, (edit, *rest)
