"""Finds where the items of a paragraph (一是 … 二是 … 三要) miss one or change their word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from jimo_lint.language.expressions import compiled
from jimo_lint.values import NamedTuple

_NUMERALS = "一二三四五六七八九十"
# Behind a mark, so that 进一是, 十四是, 星期三是 are none.
_ITEM = compiled(r"([一二三四五六七八九十])(?<![^，。；：、！？\s].)([是要])(?![非否不求素点件领])")
# How 二是 and 二要 are mistyped between 一是 and 三是: another of the same sound, or a character too many.
_SLIPS = {
    "是": compiled(r"(?<=[，。；：、！？\s])([二三四五六七八九])(?:[为在的]是(?!否)|[时事使视适](?=[一-鿿]{2}))"),
    "要": compiled(r"(?<=[，。；：、！？\s])([二三四五六七八九])[药耀](?=[一-鿿]{2})"),
}
# Items enough to tell the word of the rest from that of one.
_ENOUGH = 3
# Numbers left out between two items; more is another sequence.
_MOST_MISSING = 2
# How an item is begun without its number.
_OTHERWISE = compiled("其次|再次|再者|另外|此外|还有|同时|另一")


class Item(NamedTuple):
    """[start, end) is the number with its word."""

    start: int
    end: int
    number: int
    word: str


class Break(NamedTuple):
    """What is wrong with a sequence, and what to write instead, where that is known."""

    start: int
    end: int
    fact: str
    suggestion: str


def breaks(text: str) -> Iterator[Break]:
    """By paragraph; only sequences that begin with 一 inside theirs."""
    if "一是" not in text and "一要" not in text:
        return
    for _, matches in groupby(_ITEM.finditer(text), lambda match: text.rfind("\n", 0, match.start())):
        items = [Item(*match.span(), _NUMERALS.index(match[1]) + 1, match[2]) for match in matches]
        for sequence in _sequences(items):
            yield from _mixed(sequence)
            yield from _skipped(sequence, text)


def _sequences(items: list[Item]) -> Iterator[list[Item]]:
    """Runs of rising numbers, each from 一 to the next 一."""
    run: list[Item] = []
    for item in items:
        if item.number == 1 or (run and item.number <= run[-1].number):
            yield run
            run = []
        if item.number == 1 or run:
            run.append(item)
    yield run


def _mixed(sequence: list[Item]) -> Iterator[Break]:
    """The one item whose word is another than that of all the others."""
    if len(sequence) <= _ENOUGH:
        return
    words = Counter(item.word for item in sequence)
    if len(words) == 1 or min(words.values()) != 1:
        return
    usual = words.most_common(1)[0][0]
    for item in sequence[1:]:
        if item.word != usual:
            numeral = _NUMERALS[item.number - 1]
            yield Break(item.start, item.end, f"同列其余各项都用“{usual}”", numeral + usual)


def _skipped(sequence: list[Item], text: str) -> Iterator[Break]:
    """Numbers that are left out between two items of the same word, and not said in another way between them."""
    for before, after in pairwise(sequence):
        missing = _NUMERALS[before.number : after.number - 1]
        if not 0 < len(missing) <= _MOST_MISSING or before.word != after.word:
            continue
        between = text[before.end : after.start]
        if len(missing) == 1 and (slip := _SLIPS[before.word].search(between)) and slip[1] == missing:
            begin, end = (before.end + place for place in slip.span())
            yield Break(begin, end, f"同列其余各项都用“{before.word}”", missing + before.word)
        elif not any(one in between for one in missing) and not _OTHERWISE.search(between):
            said = "".join(f"“{one}{before.word}”" for one in missing)
            yield Break(after.start, after.end, f"前面缺{said}", "")
