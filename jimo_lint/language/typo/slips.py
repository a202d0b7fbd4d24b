"""Finds characters missing, doubled, swapped or wrong where the words around leave no doubt what was meant."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jimo_lint.language.confusables import alike
from jimo_lint.language.text import segment
from jimo_lint.language.typo.alphabet import FIRST, Alphabet, Encoded, packed
from jimo_lint.language.typo.candidates import Tables
from jimo_lint.language.typo.contexts import BEFORE, ROUND, Contexts, Departure, Symbols, symbols
from jimo_lint.language.typo.ngrams import SCALE
from jimo_lint.values import dataclass

# Differences of stored values, which are SCALE times a logarithm: so many times as frequent.
_TWENTY_TIMES, _FIFTY_TIMES, _HUNDREDS, _THOUSANDS = (
    round(SCALE * float(np.log(times))) for times in (20, 50, 500, 2000)
)
_FIVE, _TWENTY, _OFTEN = (round(SCALE * float(np.log1p(count))) for count in (5, 20, 100))
# Words of one character that stand anywhere: nothing need be missing beside them.
_LONE = frozenset(
    "的了和在与及等为是有对将被把从到也都并可应以于由就不要该本此其各所之而且或但若如至向给让使着过再已还更最很又须仍"
    "一二三四五六七八九十两"
)
# Of them those that meet the end of a word of the same character: 可以以名义, 作为为民.
_ANYWHERE = "的以为在有对是上下中到"
# What short names end with.
_ENDS = frozenset("人部会省市县区镇村局厅办委日月年大中小上下型性化者们")
_CUT_OFF = "\n\r.…(（ \u3000"  # what stands where a list shortens a title
_AROUND = 12  # characters on each side that are segmented


@dataclass(frozen=True, slots=True)
class Found:
    """Code points [start, end) that should read `meant`. slip: 漏字, 多字, 错字 or 颠倒."""

    start: int
    end: int
    meant: str
    slip: str


def slips(text: str, letters: Alphabet, tables: Tables, contexts: Contexts) -> Iterator[Found]:
    """The slips of a text by place; they do not overlap."""
    encoded = letters.encode(text)
    seen = symbols(encoded, letters.han)
    reader = _Reader(text, letters, tables, encoded, seen)
    inside = range(3, len(seen.symbols) - 3)
    departures = sorted(contexts.departures(seen.symbols), key=lambda one: (one.at, one.side))
    found = [reader.judged(one) for one in departures if one.at in inside]
    found += _doubles(text, encoded, letters, tables)
    free = 0
    for slip in sorted((one for one in found if one), key=lambda one: one.start):
        if slip.start >= free:
            free = slip.end
            yield slip


def _doubles(text: str, encoded: Encoded, letters: Alphabet, tables: Tables) -> Iterator[Found]:
    """Characters written twice where they are never doubled: nor 葱葱郁郁, nor where two words meet (评审审批)."""
    n, han = encoded.numbers, letters.han
    at = np.flatnonzero((n[2:-3] == n[3:-2]) & han[n[2:-3]]) + 2
    before, x, behind = n[at - 1], n[at], n[at + 2]
    lone = han[before] & (behind != x) & (before != x) & (behind != n[at + 3]) & (before != n[at - 2])
    known = tables.value(3, [before, x, behind])
    ahead, after = tables.value(3, [before, x, x]) == 0, tables.value(3, [x, x, behind]) == 0
    ends = tables.words[2].get(packed(before, x)) | tables.words[3].get(packed(n[at - 2], before, x))
    begins = tables.words[2].get(packed(x, behind)) | tables.words[3].get(packed(x, behind, n[at + 3]))
    lone &= ~np.isin(x, [letters.number(one) for one in _ANYWHERE]) & (before != letters.number("一"))
    lone &= ((known >= _FIVE) & ahead & after & ((ends == 0) | (begins == 0))) | (
        # 部门门要: the rest of a word that has been said.
        (known >= _OFTEN) & (((ends > 0) & after & (begins == 0)) | ((begins > 0) & ahead & (ends == 0)))
    )
    for place in encoded.offsets[at[lone]].tolist():
        yield Found(place, place + 2, text[place], "多字")
    yield from _doubled_words(text, encoded, letters, tables)


def _doubled_words(text: str, encoded: Encoded, letters: Alphabet, tables: Tables) -> Iterator[Found]:
    """Words written twice inside a clause, which official text never has: 为期为期三天."""
    n, han = encoded.numbers, letters.han
    at = np.flatnonzero((n[1:-4] == n[3:-2]) & (n[2:-3] == n[4:-1]) & (n[1:-4] != n[2:-3]) & han[n[1:-4]]) + 1
    before, x, y, behind = n[at - 1], n[at], n[at + 1], n[at + 4]
    twice = han[before] & han[y] & han[behind]
    twice &= (tables.value(3, [x, y, x]) == 0) & (tables.value(3, [y, x, y]) == 0)
    twice &= (tables.value(3, [before, x, y]) >= _FIVE) & (tables.value(3, [x, y, behind]) >= _FIVE)
    for place in encoded.offsets[at[twice]].tolist():
        yield Found(place, place + 4, text[place : place + 2], "多字")


@dataclass(frozen=True, slots=True)
class _Reader:
    """A text, and what is asked about a place in it."""

    text: str
    letters: Alphabet
    tables: Tables
    encoded: Encoded
    seen: Symbols

    def judged(self, one: Departure) -> Found | None:
        """What explains the departure; None where nothing does."""
        if one.side == ROUND:
            return self._round(one)
        return self._beside(one, 1 if one.side == BEFORE else -1)

    def _round(self, one: Departure) -> Found | None:
        at, x = one.at, one.meant
        if one.wrong == 0:
            return self._missing(at, x) if self._breaks_a_word(at, _LONE | _ENDS) else None
        if one.wrong == 2:
            if self.seen.symbols[at] != self.seen.symbols[at + 1]:
                return self._swapped(at)
            b, c = self._number(at - 1, at), self._number(at + 2, at)
            if c == self._number(at + 3, at):  # 切切实实
                return None
            most = max(self._value(b, x, c) - _FIFTY_TIMES, 0)
            return self._doubled(at) if max(self._value(b, x, x), self._value(x, x, c)) <= most else None
        a, b, m, c, d = (self._number(at + step, at) for step in range(-2, 3))
        if self._value(b, m, c) or not self._rarer((a, b, m), (a, b, x)) or not self._rarer((m, c, d), (x, c, d)):
            return None
        return self._wrong(at, x) if self._alike(x, m) else None

    def _beside(self, one: Departure, step: int) -> Found | None:
        """step: 1 where the context stands before the place, -1 where it stands behind."""
        at, x = one.at, one.meant
        b, c, m, n = (self._number(at + step * way, at) for way in (-2, -1, 0, 1))

        def value(*numbers: int) -> int:
            return self._value(*numbers[::step])

        if value(b, c, m) > max(value(b, c, x) - _THOUSANDS, 0):
            return None
        meant = value(c, x, n)
        if meant >= _FIVE and value(c, m, n) <= meant - _TWENTY_TIMES and self._alike(x, m):
            # 农林｜卫生: the word goes on, away from the context.
            return None if self._is_word((m, n)[::step]) else self._wrong(at, x)
        if n == x:
            first = min(at, at + step)
            return self._doubled(first - step) if m == c else self._swapped(first)
        gap = at if step > 0 else at + 1
        known = value(c, x, m)
        if known < _TWENTY or value(c, m, n) > known - _FIFTY_TIMES or not self._breaks_a_word(gap, _LONE):
            return None
        # A clause may end too early; where it begins, a title or a list may be cut.
        whole = self.letters.han[m] or (step > 0 and m >= FIRST and self._char(at) not in _CUT_OFF)
        return self._missing(gap, x) if whole else None

    def _number(self, symbol: int, at: int) -> int:
        """The number that stands for a symbol, of a run the one nearest to `at`."""
        places = self.seen.places
        return int(self.encoded.numbers[places[symbol] if symbol >= at else places[symbol + 1] - 1])

    def _value(self, *numbers: int) -> int:
        return int(self.tables.value(3, [np.array([number]) for number in numbers])[0])

    def _is_word(self, numbers: tuple[int, ...]) -> bool:
        return bool(self.tables.words[2].get(packed(*(np.array([number]) for number in numbers)))[0])

    def _rarer(self, written: tuple[int, int, int], meant: tuple[int, int, int]) -> bool:
        return self._value(*written) <= max(self._value(*meant) - _TWENTY_TIMES, 0)

    def _alike(self, right: int, written: int) -> bool:
        if not self.letters.han[written]:
            return False
        one, other = self.letters.text([right]), self.letters.text([written])
        return alike(one, other) or alike(other, one)

    def _place(self, symbol: int) -> int:
        return int(self.encoded.offsets[self.seen.places[symbol]])

    def _char(self, symbol: int) -> str:
        return self.text[self._place(symbol)]

    def _breaks_a_word(self, symbol: int, lone: frozenset[str]) -> bool:
        """True unless whole words meet there, or a word goes on over the place. lone: words of one character."""
        place = self._place(symbol)
        low = max(place - _AROUND, 0)
        around = self.text[low : place + _AROUND].split("\n")
        start, ends, starts = low, "", ""
        for first, last in segment("\n".join(around), guess=False):
            if start + last == place:
                ends = self.text[start + first : place]
            elif start + first == place:
                starts = self.text[place : start + last]
        if not ends:
            return False
        # 严落实, 促文明: a verb at the beginning of a clause may be of one character.
        verb = len(ends) == 1 and not self.letters.han[self._number(symbol - 2, symbol)]
        return not ((verb or _whole(ends, lone)) and _whole(starts, lone))

    def _wrong(self, symbol: int, x: int) -> Found:
        """With the character before it, so that one sees what is meant."""
        place, meant = self._place(symbol), self.letters.text([x])
        low = place - bool(self.letters.han[self._number(symbol - 1, symbol)])
        return Found(low, place + 1, self.text[low:place] + meant, "错字")

    def _missing(self, symbol: int, x: int) -> Found:
        place = self._place(symbol)
        end = place + bool(self.letters.han[self._number(symbol, symbol)])
        meant = self.text[place - 1 : place] + self.letters.text([x]) + self.text[place:end]
        return Found(place - 1, end, meant, "漏字")

    def _doubled(self, symbol: int) -> Found:
        place = self._place(symbol)
        return Found(place, place + 2, self.text[place], "多字")

    def _swapped(self, symbol: int) -> Found | None:
        left, one, other, right = (self._number(symbol + step, symbol) for step in (-1, 0, 1, 2))
        if self._value(left, one, other) or self._value(one, other, right):
            return None
        written, meant = (int(self.tables.square[pair]) for pair in ((one, other), (other, one)))
        if self._is_word((one, other)) and written > meant - _HUNDREDS:  # 贴补 for 补贴 is right, 会社 for 社会 is not
            return None
        if min(self._value(left, other, one), self._value(other, one, right)) < _FIVE:
            return None
        place = self._place(symbol)
        return Found(place, place + 2, self.text[place + 1] + self.text[place], "颠倒")


def _whole(word: str, lone: frozenset[str]) -> bool:
    return len(word) > 1 or word in lone or not "\u4e00" <= word <= "\u9fff"
