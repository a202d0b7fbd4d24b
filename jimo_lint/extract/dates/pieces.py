"""Puts dates together whose parts stand in elements of their own: a big 25 beside Nov, 2026; 2026, 11 and 25."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jimo_lint.extract.dates import english, machine_times
from jimo_lint.extract.markup.layout import Layout
from jimo_lint.extract.markup.tree import Tree

_HAN_MONTHS = ("元", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_PIECE = re.compile(
    rf"(?P<before>(?:19|20)\d\d)?[\s年./,-]{{0,3}}(?:(?P<name>{english.NAMES})\.?|(?P<han>[元一二三四五六七八九]|十[一二]?)\s?月"
    r"|(?P<number>\d{1,2})(?P<unit>\s?[月日])?)?[\s,./-]{0,3}(?P<behind>(?:19|20)\d\d)?\s?年?[./-]?",
    re.I,
)
_LONGEST = 16  # code points of a piece
_BETWEEN = frozenset("年月日/-.,|")
_CELLS = frozenset(("td", "th"))
_MOST = 3  # pieces of one date, and levels up to where all of them stand in one element


class Joined(NamedTuple):
    """A date from several runs, as one writes it: 2026-11-25, 11月25日 or, where the order is open, 05/11/2026."""

    first: int
    last: int
    text: str


class _Piece(NamedTuple):
    """What one run says: a year, a month that is one for certain, a number, each 0 for none."""

    year: int = 0
    month: int = 0
    number: int = 0
    day: bool = False  # the number is a day for certain


def joined(layout: Layout, taken: Container[int]) -> Iterator[Joined]:
    """The dates of which no part is among the runs `taken`."""
    tree, shown = layout.tree, layout.stripped
    held: list[tuple[int, _Piece]] = []
    for run, text in enumerate(shown):
        if not text or (held and text in _BETWEEN):
            continue
        piece = _piece(text) if len(text) <= _LONGEST and run not in taken else None
        if piece is None:
            held = []
            continue
        held = [*held, (run, piece)][-_MOST:]
        for count in (3, 2):
            used = held[-count:]
            written = _written([part for _, part in used]) if len(used) == count else ""
            if written and _adjoin(tree, used[0][0], run):
                yield Joined(used[0][0], run, written)
                held = [] if written.count("-") == 2 or "/" in written else held
                break


@lru_cache(maxsize=2048)
def _piece(text: str) -> _Piece | None:
    found = _PIECE.fullmatch(text)
    if not found or (found["before"] and found["behind"]):
        return None
    year = int(found["before"] or found["behind"] or 0)
    month = machine_times.month_of(found["name"] or "")
    if found["han"]:
        month = _HAN_MONTHS.index(found["han"]) or 1
    number = int(found["number"] or 0)
    unit = (found["unit"] or "").strip()
    if unit == "月" or (year and number):  # 2026-11
        month, number = number, 0
    if not (year or month or number):
        return None
    return _Piece(year, month, number, unit == "日")


def _written(parts: Sequence[_Piece]) -> str:
    """The date that the parts make in this order, "" where they make none or other readers know the form."""
    years = [part.year for part in parts if part.year]
    months = [part.month for part in parts if part.month]
    numbers = [part.number for part in parts if part.number]
    if len(years) > 1 or len(months) > 1:
        return ""
    if months and len(numbers) == 1:
        if years:
            return f"{years[0]}-{months[0]:02}-{numbers[0]:02}" if len(parts) == 3 or not parts[-1].day else ""
        return f"{months[0]}月{numbers[0]}日" if len(parts) == 2 else ""
    if months or len(numbers) != 2 or not years:
        return ""
    if parts[0].year:
        return f"{years[0]}-{numbers[0]:02}-{numbers[1]:02}"
    return f"{numbers[0]:02}/{numbers[1]:02}/{years[0]}" if parts[-1].year else ""


def _adjoin(tree: Tree, first: int, last: int) -> bool:
    """True where a few levels up one element holds all runs, and little else; cells of a table may be counts."""
    element = tree.owners[first]
    for _ in range(_MOST):
        if tree.tags[element] in _CELLS and tree.lasts[element] <= last:
            return False
        if tree.firsts[element] <= first and last < tree.lasts[element]:
            return True
        element = tree.parents[element]
        if element < 0:
            return False
    return False
