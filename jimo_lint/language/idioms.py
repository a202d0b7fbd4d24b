"""Finds places that miss an idiom or another fixed phrase of four characters by one character or one swap."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import compress, count
from typing import TYPE_CHECKING

from jimo_lint.language.confusables import alike
from jimo_lint.language.edits import Edit, Kind, Miss
from jimo_lint.language.expressions import compiled
from jimo_lint.language.text import segment
from jimo_lint.settings import cache
from jimo_lint.settings.resources import state, wordlists_folder
from jimo_lint.values import NamedTuple

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SIZE = 4  # code points
# Changes whenever what is remembered of the list does.
_FORM = 1
_HALF = SIZE // 2
# Code points on each side that show the segmenter where words begin and end.
_AROUND = 8
_WIDE = compiled("[\U00010000-\U0010ffff]")


class Phrases(NamedTuple):
    """The list by halves. One slip leaves one half whole, which proposes the other.

    behind, before: for each half the halves that stand behind it or before it, one after the other;
    halves: all of them as numbers (see `_pairs`); beside: wordings that are right though one slip away from a phrase.
    """

    behind: dict[str, str]
    before: dict[str, str]
    halves: frozenset[int]
    beside: frozenset[str]


def near_idioms(text: str) -> Iterator[Miss]:
    """Misses by start, without overlaps: a character of the same sound or shape, or two swapped inside a half."""
    behind, before, halves, _ = phrases()
    known = halves.__contains__
    padded = text + "\n\n"
    done = 0
    # Nearly all pairs of neighbouring characters are no half, and nearly all halves stand beside neither character of
    # another one: both are sorted out before anything is compared.
    even, odd = (compress(count(first, 2), map(known, _pairs(text, first))) for first in (0, 1))
    for place in sorted((*even, *odd)):
        pair = text[place : place + _HALF]
        found = None
        proposed = behind.get(pair)
        if proposed and (padded[place + 2] in proposed or padded[place + 3] in proposed) and place >= done:
            found = _miss(text, place, place + _HALF, proposed)
        proposed = before.get(pair)
        if (
            found is None
            and proposed
            and (padded[place - 2] in proposed or padded[place - 1] in proposed)
            and place - _HALF >= done
        ):
            found = _miss(text, place - _HALF, place - _HALF, proposed)
        if found is not None:
            done = found.end
            yield found


def _pairs(text: str, first: int) -> memoryview:
    """Every second pair of neighbouring characters from `first` on, as numbers: met faster than strings are made."""
    end = first + (len(text) - first) // _HALF * _HALF
    units = text[first:end].encode("utf-16-le", "surrogatepass")
    if len(units) != 2 * (end - first):  # characters that take two units
        units = _WIDE.sub("\ufffd", text[first:end]).encode("utf-16-le", "surrogatepass")
    return memoryview(units).cast("I")


def _miss(text: str, start: int, at: int, proposed: str) -> Miss | None:
    """The phrase at `start` whose half at `at` should be one of the halves `proposed`; none where all is right."""
    slip = _slip(text, at, proposed)
    if slip is None:
        return None
    phrase = slip.right + text[at + _HALF : at + SIZE] if at == start else text[start:at] + slip.right
    miss = Miss(start, start + SIZE, phrase, (slip.edit(start),))
    return miss if _stands(text, miss) else None


class _Slip(NamedTuple):
    """A half at `place` of which `written` should be otherwise; right: the whole half as it should be."""

    kind: Kind
    place: int
    written: str
    right: str

    def edit(self, start: int) -> Edit:
        """As an edit of the phrase that begins at `start`."""
        return Edit(self.kind, self.place - start, self.place, self.written)


def _slip(text: str, at: int, proposed: str) -> _Slip | None:
    """What is wrong with the two characters at `at`, which should be one of the halves `proposed`."""
    written = text[at : at + _HALF]
    if len(written) < _HALF:
        return None
    right = [proposed[number : number + _HALF] for number in range(0, len(proposed), _HALF)]
    if written in right:
        return None
    for half in right:
        if half == written[::-1]:
            return _Slip(Kind.SWAPPED, at, written, half)
        for offset in range(_HALF):
            if half[1 - offset] == written[1 - offset] and alike(half[offset], written[offset]):
                return _Slip(Kind.WRONG, at + offset, written[offset], half)
    return None


def _stands(text: str, miss: Miss) -> bool:
    """True where the wording is not right itself and no word reaches over its borders: 但是|在人为, 受制于任|务."""
    if text[miss.start : miss.end] in phrases().beside:
        return False
    low = max(miss.start - _AROUND, 0)
    words = segment(text[low : miss.end + _AROUND], guess=False)
    return not any(low + start < border < low + end for start, end in words for border in (miss.start, miss.end))


@lru_cache
def phrases() -> Phrases:
    """The list, read when a document first needs it."""
    file = wordlists_folder() / "idioms.txt"
    return Phrases(*cache.remembered("idioms", (_FORM, str(file), state(file)), lambda: tuple(_read(file))))


def _read(file: Traversable) -> Phrases:
    """Rows: the first half of phrases with all second halves; or a phrase with what is right beside it."""
    lines = file.read_text(encoding="utf-8").splitlines()
    behind = dict([line.split("\t") for line in lines if line[_HALF : _HALF + 1] == "\t"])
    before: dict[str, str] = {}
    for first, seconds in behind.items():
        for number in range(0, len(seconds), _HALF):
            second = seconds[number : number + _HALF]
            before[second] = before.get(second, "") + first
    beside = "".join([line[SIZE + 1 :] for line in lines if line[SIZE : SIZE + 1] == "\t"])
    return Phrases(
        behind,
        before,
        frozenset(_pairs("".join((*behind, *before)), 0)),
        frozenset(beside[number : number + SIZE] for number in range(0, len(beside), SIZE)),
    )
