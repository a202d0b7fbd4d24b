"""Finds all of many fixed terms in one pass over a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from operator import add
from typing import Any, Generic, TypeVar

T = TypeVar("T")

# The commonest characters of official text, commonest first. The automaton looks through the children of a node in
# the order in which they came, so terms that begin with these go in first; that is worth about a tenth of the time.
_COMMON = (
    "，的一、是在。国有人和中大为上不业发会工作政民行了地生市设成年经全部理社展公区管建法实主安务制开服力出时要对"
    "进新机治化产员合应事家用本保分动环定县同体方学等项高多以关党文技农加基提重教能关责第办机组织领导规划资水质"
)


# Characters that are looked through before an automaton is made, which costs more than looking at each place.
_FEW = 20_000


class Matcher(Generic[T]):
    """An automaton over the UTF-8 bytes of the terms, read as latin-1.

    pyahocorasick looks through the children of a node one by one, and the root of a Chinese list has thousands of
    them; bytes cap that at 256 and make the scan several times faster (`benchmarks/scan.py`). UTF-8 cannot match
    out of step, so every hit begins and ends between characters.

    It is made once there is more to read than a draft or two: for these, making it would take most of the time.
    """

    def __init__(self, terms: Iterable[tuple[str, T]]) -> None:
        """`terms`: (term, value) pairs; a term may come with several values. ValueError on an empty term."""
        values: dict[str, list[T]] = {}
        for term, value in terms:
            if not term:
                raise ValueError("an empty term would match everywhere")
            values.setdefault(term, []).append(value)
        self._values = values
        self._left = _FEW

    def iter(self, text: str) -> Iterator[tuple[int, int, T]]:
        """All hits, overlapping ones too, as (start, end, value) in code points, by rising end."""
        self._left -= len(text)
        if not self._values:
            return
        if self._left >= 0:
            yield from self._by_heads(text)
            return
        data = _encode(text)
        counted = 0  # bytes already turned into code points: hits come by rising end, so each byte is decoded once
        end = 0
        for last, (length, values) in self._automaton.iter(data.decode("latin-1")):
            if last >= counted:
                end += len(data[counted : last + 1].decode("utf-8", "surrogatepass"))
                counted = last + 1
            for value in values:
                yield end - length, end, value

    def _by_heads(self, text: str) -> Iterator[tuple[int, int, T]]:
        """The same hits in the same order: of terms that begin with the two characters at each place."""
        heads, found = self._heads, []
        for start, pair in enumerate(map(add, text, chain(text[1:], " "))):
            if pair in heads:
                found += [(start + len(term), start, term) for term in heads[pair] if text.startswith(term, start)]
            if (first := pair[0]) in heads:
                found.append((start + 1, start, first))
        for end, start, term in sorted(found):
            for value in self._values[term]:
                yield start, end, value

    @cached_property
    def _heads(self) -> dict[str, list[str]]:
        """Terms by their first two characters, and those of one character."""
        heads: dict[str, list[str]] = {}
        for term in self._values:
            heads.setdefault(term[:2], []).append(term)
        return heads

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        rank = {character: number for number, character in enumerate(_COMMON)}
        for term, found in sorted(self._values.items(), key=lambda item: rank.get(item[0][0], len(rank))):
            automaton.add_word(_encode(term).decode("latin-1"), (len(term), tuple(found)))
        automaton.make_automaton()
        return automaton


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
