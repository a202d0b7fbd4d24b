"""Finds places that miss a fixed phrase by one or two characters, in one pass for all phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, pairwise, product

from jimo_lint.language.edits import LONG, Allowed, Edit, Kind, Miss, doubled_end, plausible
from jimo_lint.language.matcher import Matcher
from jimo_lint.language.text import segment

SHORTEST = 5  # code points; shorter phrases have too many legitimate neighbours


# Words of one character that may stand in front of a term in place of a longer word: 老小区, 签劳动合同.
_LONG_TERM = 9  # code points; who writes so much of a term means it, even where whole words are left
_MODIFIERS = frozenset("新老旧大小高低全各本该原多少签缴请促减建深乘推防抓加保提")

# A part of a phrase that is looked for: the phrase, the offset of its first character there, the limit of edits.
_Piece = tuple[str, int, int]
# The pieces of inner phrases that read the same, as most are parts of many: whether they are the first or the last of
# their phrases, and these.
_Bunch = tuple[bool, str]
# Changes whenever the pieces that are remembered do.
_FORM = 5


class NearMisses:
    """An automaton over pieces of the phrases.

    k edits leave one of k + 1 pieces whole (pigeonhole), so a whole piece proposes its phrase and the text on both
    sides is compared there. A swap across a cut spoils two pieces; its four characters stand in the automaton too.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]], inner: Collection[str] = frozenset()) -> None:
        """Phrases with their allowed neighbours (see `Allowed`); ValueError on one shorter than SHORTEST.

        inner: those of which only one slip counts, and only between the first and the last character: terms of which
        a shorter or longer one is another term as often as not.
        """
        for phrase in phrases:
            if len(phrase) < SHORTEST:
                raise ValueError(f"“{phrase}”短于 {SHORTEST} 字")
        self._phrases = phrases
        self._inner = frozenset(inner)
        plain = {phrase: 2 if len(phrase) >= LONG else 1 for phrase in phrases if phrase not in self._inner}
        within = {phrase: 1 for phrase in phrases if phrase in self._inner}
        self._whole = _pieces_of("pieces", plain, frozenset())
        self._within = _pieces_of("inner-pieces", within, self._inner)
        # Opened when a text first holds their piece: most drafts hold few.
        self._bunches: dict[tuple[int, _Bunch], dict[str, list[_Piece]]] = {}

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
        for start, end, (phrase, offset, limit) in self._places(text):
            begin = start - offset
            if begin >= 0 and text.startswith(phrase, begin):
                if offset == 0 and phrase not in self._inner:
                    yield from (
                        one
                        for one in doubled_end(text, begin, phrase)
                        if not self._is_allowed(text, one) and self._stands(text, one)
                    )
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
                if (phrase not in self._inner or _inside(text, one))
                # First what costs least: to tell whether a slip is plausible may take the dictionary.
                and not self._is_allowed(text, one)
                and plausible(text, one)
                and self._stands(text, one)
            )

    def _places(self, text: str) -> Iterator[tuple[int, int, _Piece]]:
        """Pieces of phrases by where they end; of those that only begin or end one, where its other end is near."""
        found: list[tuple[int, int, _Piece]] = []
        for start, end, value in chain(self._whole.iter(text), self._within.iter(text)):
            if len(value) == 3:
                found.append((start, end, value))
                continue
            first = value[0]
            pieces = self._bunches.get((end - start, value)) or self._opened(end - start, value)
            beside = text[end : end + 2] if first else text[max(start - 2, 0) : start]
            near = [pieces[character] for character in beside if character in pieces]
            if near:
                for piece in dict.fromkeys(near[0] + near[1]) if len(near) == 2 else near[0]:
                    phrase, offset, _ = piece
                    # One slip leaves the other end of the phrase in its place, or in one beside it.
                    at = end - len(phrase) if offset else start + len(phrase)
                    if (
                        (phrase[0] in text[max(at - 1, 0) : at + 2])
                        if offset
                        else (phrase[-1] in text[at - 2 : at + 1])
                    ):
                        found.append((start, end, piece))
        # Of ten places one is left here, so that they are put in order now and not before.
        found.sort(key=lambda one: (one[1], one[0]))
        return iter(found)

    def _opened(self, size: int, bunch: _Bunch) -> dict[str, list[_Piece]]:
        """The pieces of a bunch by each of the two characters that stand beside them, of which one slip leaves one."""
        first, phrases = bunch
        pieces: dict[str, list[_Piece]] = {}
        for phrase in phrases.split("\n"):
            offset = 0 if first else len(phrase) - size
            for character in set(phrase[size : size + 2] if first else phrase[max(offset - 2, 0) : offset]):
                pieces.setdefault(character, []).append((phrase, offset, 1))
        self._bunches[size, bunch] = pieces
        return pieces

    def _is_allowed(self, text: str, miss: Miss) -> bool:
        return Allowed.read(miss.phrase, self._phrases[miss.phrase]).explains(text, miss)

    def _stands(self, text: str, miss: Miss) -> bool:
        """True where no other phrase of the list, rightly written, explains the place."""
        low, high = max(miss.start - 20, 0), miss.end + 20
        for begin in range(low, min(high, len(text))):
            for phrase in self._by_beginning.get(text[begin : begin + 2], ()):
                end = begin + len(phrase)
                if (
                    end <= high
                    and text.startswith(phrase, begin)
                    and all(_covers(begin, end, miss, edit) for edit in miss.edits)
                ):
                    return False
        return True

    @cached_property
    def _by_beginning(self) -> dict[str, list[str]]:
        """The phrases by their first two characters."""
        found: dict[str, list[str]] = {}
        for phrase in self._phrases:
            found.setdefault(phrase[:2], []).append(phrase)
        return found


def _covers(begin: int, end: int, miss: Miss, edit: Edit) -> bool:
    """True where a right phrase at [begin, end) holds the place of the edit, and not only what the miss holds too."""
    if edit.kind is Kind.MISSING:
        return begin < edit.place < end
    if edit.kind is Kind.EXTRA and begin >= miss.start and end <= miss.end:
        return begin < edit.place < end - 1
    return begin <= edit.place < end


def _inside(text: str, miss: Miss) -> bool:
    """True where the one slip lies between the first and the last character and leaves no other term.

    Shorter terms beside a term are 出租车 for 出租汽车, 检查员 for 检查人员, 老小区 for 老旧小区: the modifier or the
    head of its last word is left out, or what is left are whole words.
    """
    phrase, edit = miss.phrase, miss.edits[0]
    last = len(phrase) - 1
    if edit.at == 0 or edit.at + (edit.kind is Kind.SWAPPED) >= last:
        return False
    if edit.kind is not Kind.MISSING:
        return True
    if edit.at == last - 1 or (edit.at == 1 and phrase[0] in _MODIFIERS):
        return False
    return len(phrase) >= _LONG_TERM or any(right - left == 1 for left, right in segment(text[miss.start : miss.end]))


def _pieces_of(kind: str, limits: Mapping[str, int], inner: Collection[str]) -> Matcher[_Piece | _Bunch]:
    """The pieces of phrases, cut anew only where these have changed: that takes longer than looking for them.

    What one rule has does not depend on whether another is in force. kind: of what is remembered.
    """
    if not limits:
        return Matcher(())
    return Matcher.remembered(kind, (_FORM, "\n".join(limits)), lambda: _all_pieces(limits, inner))


def _all_pieces(limits: Mapping[str, int], inner: Collection[str]) -> Iterator[tuple[str, _Piece | _Bunch]]:
    shared = _shared(limits)
    bunches: dict[tuple[str, bool], list[str]] = {}
    for phrase, limit in limits.items():
        for part, piece in _pieces(phrase, limit, shared):
            offset, end = piece[1], piece[1] + len(part)
            if phrase not in inner or not phrase.startswith(part, offset) or (offset and end < len(phrase)):
                yield part, piece
            else:
                bunches.setdefault((part, offset == 0), []).append(phrase)
    for (part, first), bunch in bunches.items():
        yield part, (first, "\n".join(bunch))


def _pieces(phrase: str, limit: int, shared: Mapping[str, int]) -> Iterator[tuple[str, _Piece]]:
    """The pieces of a phrase. shared: how many phrases hold a string, which says how common it is."""
    size = len(phrase)
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
