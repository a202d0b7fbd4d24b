"""Finds all of many fixed terms in one pass over a text."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from operator import add
from typing import Any, Generic, Self, TypeVar

from jimo_lint.language.printing import encodable
from jimo_lint.settings import cache

T = TypeVar("T")

Place = tuple[int, int, int]  # start, end, number of the term

# The commonest characters of official text, commonest first. The automaton looks through the children of a node in
# the order in which they came, so terms that begin with these go in first; that is worth about a tenth of the time.
_COMMON = (
    "，的一、是在。国有人和中大为上不业发会工作政民行了地生市设成年经全部理社展公区管建法实主安务制开服力出时要对"
    "进新机治化产员合应事家用本保分动环定县同体方学等项高多以关党文技农加基提重教能关责第办机组织领导规划资水质"
)


# Characters that are looked through before an automaton is made, which costs more than looking at each place.
_FEW = 20_000
# Terms that are looked for one by one.
_HANDFUL = 200


class Matcher(Generic[T]):
    """An automaton over the terms: daachorse's where it is installed, an optional extra, else pyahocorasick's.

    It is made once there is more to read than a draft or two: for these, making it would take most of the time.
    """

    def __init__(self, terms: Iterable[tuple[str, T]]) -> None:
        """`terms`: (term, value) pairs; a term may come with several values. ValueError on an empty term."""
        values: dict[str, list[T]] = {}
        for term, value in terms:
            if not term:
                raise ValueError("an empty term would match everywhere")
            values.setdefault(term, []).append(value)
        self._terms = list(values)
        self._values = [tuple(each) for each in values.values()]
        self._left = _FEW
        self._packed: dict[str, bytes] = {}

    @classmethod
    def remembered(cls, kind: str, source: Any, make: Callable[[], Iterable[tuple[str, T]]]) -> Self:
        """As of the terms that `make` gives, with values that marshal writes: kept as `cache.remembered` says.

        Of what is kept, only terms are read whose first two characters a text holds.
        """
        matcher = cls(())
        matcher._packed = dict(cache.remembered(kind, source, lambda: _pack(cls(make()))))
        return matcher

    def iter(self, text: str) -> Iterator[tuple[int, int, T]]:
        """All hits, overlapping ones too, as (start, end, value) in code points, by rising end."""
        values = self._values
        for start, end, number in self._places(text):
            for value in values[number]:
                yield start, end, value

    def held(self, text: str) -> Iterator[T]:
        """The values of the terms that stand in the text, each once and in no order."""
        for number in {number for _, _, number in self._places(text)}:
            yield from self._values[number]

    def _places(self, text: str) -> Iterable[Place]:
        """By rising end, the longest of an end first."""
        if not (self._terms or self._packed):
            return ()
        self._left -= len(text)
        return self._by_heads(text) if self._left >= 0 else self._scan(text)

    def _by_heads(self, text: str) -> Iterable[Place]:
        """Of terms that begin with the two characters at each place."""
        found: list[Place] = []  # the end first
        if not self._packed and len(self._terms) <= _HANDFUL:
            for number, term in enumerate(self._terms):
                at = text.find(term)
                while at >= 0:
                    found.append((at + len(term), at, number))
                    at = text.find(term, at + 1)
            return [(start, end, number) for end, start, number in sorted(found)]
        starts = _starts(text)
        self._open(self._packed.keys() & starts.keys())
        heads = self._heads
        for pair in heads.keys() & starts.keys():
            for start in starts[pair]:
                found += [
                    (start + len(term), start, number) for term, number in heads[pair] if text.startswith(term, start)
                ]
        for first in self._single:
            at = text.find(first)
            while at >= 0:
                found.append((at + 1, at, heads[first][0][1]))
                at = text.find(first, at + 1)
        found.sort()
        return [(start, end, number) for end, start, number in found]

    @cached_property
    def _single(self) -> list[str]:
        """Terms of one character."""
        self._open([head for head in self._packed if len(head) == 1])
        return [head for head in self._heads if len(head) == 1]

    @cached_property
    def _heads(self) -> dict[str, list[tuple[str, int]]]:
        """Terms by their first two characters, and those of one character."""
        heads: dict[str, list[tuple[str, int]]] = {}
        for number, term in enumerate(self._terms):
            heads.setdefault(term[:2], []).append((term, number))
        return heads

    def _open(self, heads: Iterable[str]) -> None:
        """Read the terms that begin so."""
        for head in heads:
            for term, values in marshal.loads(self._packed.pop(head)):
                self._heads.setdefault(head, []).append((term, len(self._terms)))
                self._terms.append(term)
                self._values.append(values)

    @cached_property
    def _scan(self) -> Callable[[str], Iterable[Place]]:
        self._open(list(self._packed))
        return _scanner(self._terms)


def _pack(matcher: Matcher[Any]) -> Mapping[str, bytes]:
    return {
        head: marshal.dumps([(term, matcher._values[number]) for term, number in terms], 2)
        for head, terms in matcher._heads.items()
    }


@lru_cache(maxsize=2)
def _starts(text: str) -> Mapping[str, Sequence[int]]:
    """Where each two characters stand; the last one comes with a blank. Several matchers look through a text."""
    starts: dict[str, list[int]] = {}
    for start, pair in enumerate(map(add, text, chain(text[1:], " "))):
        starts.setdefault(pair, []).append(start)
    return starts


def _scanner(terms: list[str]) -> Callable[[str], Iterable[Place]]:
    """What finds the terms in a text: their places by rising end, the longest of an end first."""
    try:
        from daachorse import CharwiseDoubleArrayAhoCorasick  # five times as fast, same hits; an optional extra

        fast = CharwiseDoubleArrayAhoCorasick(terms).find_overlapping
    except (ImportError, UnicodeEncodeError):  # it takes no lone surrogates
        return _over_bytes(terms)

    def scan(text: str) -> Iterable[Place]:
        try:
            found: list[Place] = fast(text)
        except UnicodeEncodeError:
            found = fast(encodable(text))
        return found

    return scan


def _over_bytes(terms: list[str]) -> Callable[[str], Iterable[Place]]:
    """pyahocorasick over the UTF-8 bytes of the terms, read as latin-1.

    It looks through the children of a node one by one, and the root of a Chinese list has thousands of them; bytes
    cap that at 256 and make the scan several times faster (`benchmarks/scan.py`). UTF-8 cannot match out of step, so
    every hit begins and ends between characters.
    """
    import ahocorasick

    automaton = ahocorasick.Automaton()
    rank = {character: number for number, character in enumerate(_COMMON)}
    for number in sorted(range(len(terms)), key=lambda one: rank.get(terms[one][0], len(rank))):
        automaton.add_word(_encode(terms[number]).decode("latin-1"), (len(terms[number]), number))
    automaton.make_automaton()

    def scan(text: str) -> Iterator[Place]:
        data = _encode(text)
        counted = 0  # bytes already turned into code points: hits come by rising end, so each byte is decoded once
        end = 0
        for last, (length, number) in automaton.iter(data.decode("latin-1")):
            if last >= counted:
                end += len(data[counted : last + 1].decode("utf-8", "surrogatepass"))
                counted = last + 1
            yield end - length, end, number

    return scan


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
