"""Completes dates that are whole only by what else the page says: 05-12 below a year, 昨天, 24-05-12."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from jimo_lint.extract.dates import text_dates
from jimo_lint.extract.markup.layout import MAIN, Layout
from jimo_lint.model.terms import CHINA

_YEAR = re.compile(r"\W*((?:19|20)\d\d)\s?(?:[-./年]\s?(?:(\d{1,2})\s?月?)?)?[份度]?\W*")
_LONGEST_HEADING = 12
_CELLS = frozenset(("td", "th", "option"))  # a year there is a column's value
_DAY = re.compile(r"(\d{1,2})\s?日")
_TWO_DIGITS = re.compile(
    r"\W*(?:(?:发布|更新)?(?:日期|时间)\s?[:：]\s?)?(?P<y>\d\d)"
    r"(?:(?P<dash>[-/.])(?P<mo>\d\d)(?P=dash)(?P<d>\d\d)|(?P<slash>[-/])(?P<mo1>\d\d?)(?P=slash)(?P<d1>\d\d?)"
    r"|年(?P<hmo>\d\d?)月(?P<hd>\d\d?)日)(?:\s+\d{1,2}:\d\d(?::\d\d)?)?\W*"
)
# 11/05/2026: the 5th of November or the 11th of May.
_YEAR_LAST = re.compile(
    r"\W*(?:(?:发布|更新)?(?:日期|时间)\s?[:：]\s?)?(?P<one>\d{1,2})(?P<dash>[-/.])(?P<other>\d{1,2})(?P=dash)(?P<y>(?:19|20)\d\d)"
    r"(?:\s+\d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?)?\W*",
    re.I,
)
_AGO = re.compile(
    r"(?P<word>刚刚|[今昨前][天日])(?:\s*\d{1,2}[:：]\d\d)?|(?P<count>\d{1,2})\s?(?P<unit>秒钟?|分钟|个?小时|天)[之以]?前"
)
_WEEKDAY = re.compile(r"\W*(?:19|20)\d\d\D\d{1,2}\D\d{1,2}日?\s*\W?(?:星期|周)[一二三四五六日天]\W*")
_DAYS_AGO = {"刚": 0, "今": 0, "昨": 1, "前": 2}
_UNITS = {"秒": timedelta(seconds=1), "分": timedelta(minutes=1), "小": timedelta(hours=1), "个": timedelta(hours=1)}
_ENOUGH = 3  # dates with two digits for the year, before their order says anything


class Mark(NamedTuple):
    """A date beside a link. run: where; moment: the date, None where the year is missing and `short` is the match.

    alone: the runs that are nothing but this date. edge: the date as written at the edge of a link's text.
    """

    run: int
    element: int
    moment: datetime | None
    short: re.Match[str] | None = None
    alone: range = range(0)
    edge: str = ""


class Vague(NamedTuple):
    """Text by itself that looks like part of a date."""

    run: int
    element: int
    text: str


@lru_cache(maxsize=2048)
def is_vague(text: str) -> bool:
    """True for text that is a date by itself where the page says the rest."""
    return any(form.fullmatch(text) for form in (_DAY, _TWO_DIGITS, _YEAR_LAST, _AGO, _WEEKDAY))


class _Heading(NamedTuple):
    run: int
    year: int
    month: int | None


def completed(
    layout: Layout, found: Sequence[Mark], vague: Sequence[Vague], as_of: date, fetched: datetime | None
) -> list[Mark]:
    """The dates found, with the year where a heading says it, and those that `vague` texts turn out to be."""
    marks = list(found)
    headings = _headings(layout, marks)
    if headings:
        marks = [_below(mark, layout, headings, as_of) for mark in marks]
    further = [mark for text in vague if (mark := _day_below(text, layout, headings, as_of))]
    further += _two_digits(layout, vague, as_of)
    further += _year_last(layout, vague, as_of)
    further += _alike(layout, marks, vague, fetched)
    return sorted(marks + further, key=lambda mark: mark.run) if further else marks


def _headings(layout: Layout, marks: Sequence[Mark]) -> list[_Heading]:
    """The lines that say a year, or year and month, for what stands below them.

    Years in a row are choices of a menu. Where a date without year stands above all of them, they head nothing.
    """
    lines = layout.lines
    said = [
        _YEAR.fullmatch(line.text) if len(line.text) <= _LONGEST_HEADING and not line.linked else None for line in lines
    ]
    headings = [
        _Heading(line.first, int(year[1]), int(year[2]) if year[2] else None)
        for before, year, after, line in zip([None, *said], said, [*said[1:], None], lines, strict=False)
        if year
        and not before
        and not after
        and layout.roles[line.element] == MAIN
        and layout.tree.tags[line.element] not in _CELLS
    ]
    first = next((mark.run for mark in marks if not mark.moment and layout.roles[mark.element] == MAIN), None)
    return [] if headings and first is not None and first < headings[0].run else headings


def _above(run: int, headings: Sequence[_Heading]) -> _Heading | None:
    place = bisect_left(headings, run, key=lambda heading: heading.run)
    return headings[place - 1] if place else None


def _below(mark: Mark, layout: Layout, headings: Sequence[_Heading], as_of: date) -> Mark:
    heading = _above(mark.run, headings)
    if mark.moment or not mark.short or not heading or layout.roles[mark.element] != MAIN:
        return mark
    month = int(mark.short["mo"])
    moment = text_dates.day(heading.year, month, int(mark.short["d"] or mark.short["hd"]))
    if not moment or heading.month not in (None, month) or not text_dates.plausible(moment, as_of):
        return mark
    return mark._replace(moment=moment)


def _day_below(text: Vague, layout: Layout, headings: Sequence[_Heading], as_of: date) -> Mark | None:
    """`12日` below `2024年5月`."""
    heading = _above(text.run, headings)
    if not heading or not heading.month or layout.roles[text.element] != MAIN:
        return None
    written = _DAY.fullmatch(text.text)
    moment = text_dates.day(heading.year, heading.month, int(written[1])) if written else None
    return _mark(text, moment) if moment and text_dates.plausible(moment, as_of) else None


def _mark(text: Vague, moment: datetime | None) -> Mark:
    return Mark(text.run, text.element, moment, alone=range(text.run, text.run + 1))


def _two_digits(layout: Layout, vague: Sequence[Vague], as_of: date) -> list[Mark]:
    """`24-05-12` as 2024-05-12, where all of them can be read so: Chinese pages have year, month and day in order.

    Where the other way (12 May 2024) is possible and the order of the list or the addresses of its rows speak for it,
    they are dates that cannot be read.
    """
    written = [(text, found) for text in vague if (found := _TWO_DIGITS.fullmatch(text.text))]
    forward = [_forward(found, as_of) for _, found in written]
    if not written or not _possible(forward, as_of):
        return []
    backward = [_backward(found) for _, found in written]
    if _possible(backward, as_of):
        agreed = [
            (near.year, near.month) == (moment.year, moment.month)
            for (text, _), moment in zip(written, forward, strict=True)
            for near in _in_address(layout, text)
            if moment
        ]
        reversed_order = len(written) >= _ENOUGH and _in_order(backward) and not _in_order(forward)
        if not any(agreed) and (agreed or reversed_order):
            forward = [None] * len(written)
    return [_mark(text, moment) for (text, _), moment in zip(written, forward, strict=True)]


def _year_last(layout: Layout, vague: Sequence[Vague], as_of: date) -> list[Mark]:
    """`11/25/2026` and `25/11/2026`, in the order in which all of them can be read.

    Where both ways are possible, the addresses of the rows or the order of the list must speak for one, else they are
    dates that cannot be read.
    """
    written = [(text, found) for text in vague if (found := _YEAR_LAST.fullmatch(text.text))]
    ways = [
        [text_dates.day(int(found["y"]), int(found[month]), int(found[number])) for _, found in written]
        for month, number in (("one", "other"), ("other", "one"))
    ]
    ways = [way for way in ways if _possible(way, as_of)]
    if len(ways) > 1:
        ways = [way for way in ways if _agrees(layout, written, way)] or ways
    if len(ways) > 1 and len(written) >= _ENOUGH:
        ways = [way for way in ways if _in_order(way)] or ways
    settled = ways[0] if ways and all(way == ways[0] for way in ways) else [None] * len(written)
    return [_mark(text, moment) for (text, _), moment in zip(written, settled, strict=True)]


def _agrees(layout: Layout, written: Sequence[tuple[Vague, re.Match[str]]], moments: Sequence[datetime | None]) -> bool:
    """True where the address of some row names the month that is read there."""
    return any(
        moment and (near.year, near.month) == (moment.year, moment.month)
        for (text, _), moment in zip(written, moments, strict=True)
        for near in _in_address(layout, text)
    )


def _forward(found: re.Match[str], as_of: date) -> datetime | None:
    month, number = int(found["mo"] or found["mo1"] or found["hmo"]), int(found["d"] or found["d1"] or found["hd"])
    moment = text_dates.day(2000 + int(found["y"]), month, number)
    return (
        moment
        if moment and text_dates.plausible(moment, as_of)
        else text_dates.day(1900 + int(found["y"]), month, number)
    )


def _backward(found: re.Match[str]) -> datetime | None:
    """The same read as day, month and year; 年 leaves no doubt, and neither does a day of one digit."""
    return text_dates.day(2000 + int(found["d"]), int(found["mo"]), int(found["y"])) if found["mo"] else None


def _in_address(layout: Layout, text: Vague) -> list[datetime]:
    """The days or months that the addresses of the row's links name: `202605/t20260512_1.html`."""
    tree = layout.tree
    links = tree.by_tag.get("a", [])
    element = text.element
    first = last = 0
    while element >= 0 and first == last:
        first, last = bisect_left(links, element), bisect_left(links, tree.ends[element])
        element = tree.parents[element]
    near = (text_dates.in_url(tree.attrs[link].get("href") or "") for link in links[first:last])
    return [day for day in near if day]


def _possible(moments: Sequence[datetime | None], as_of: date) -> bool:
    return all(moment and text_dates.plausible(moment, as_of) for moment in moments)


def _in_order(moments: Sequence[datetime | None]) -> bool:
    return all(one and other and one >= other for one, other in itertools.pairwise(moments))


def _alike(layout: Layout, marks: Sequence[Mark], vague: Sequence[Vague], fetched: datetime | None) -> list[Mark]:
    """`昨天`, `3天前`, `2026-01-20 星期二`, where another date of the page is marked up the same way.

    Alone they may be the weather or the day on which the page is looked at.
    """
    now = (fetched.astimezone(CHINA) if fetched.tzinfo else fetched).replace(tzinfo=None) if fetched else None
    found = [_mark(text, moment) for text in vague if (moment := _told(text.text, now))]
    if not found:
        return []
    tree = layout.tree
    alike = Counter((tree.tags[mark.element], tree.names[mark.element]) for mark in [*marks, *found])
    return [mark for mark in found if alike[tree.tags[mark.element], tree.names[mark.element]] > 1]


def _told(text: str, now: datetime | None) -> datetime | None:
    if _WEEKDAY.fullmatch(text):
        return next((moment for _, _, moment in text_dates.dates(text)), None)
    return ago(text, now) if now else None


def ago(text: str, now: datetime) -> datetime | None:
    """The day that was so long ago; None where it may have been either of two days, and for weeks and months.

    3天前 is taken as three days by the calendar; where a site counts full days instead, it is a day less.
    """
    found = _AGO.fullmatch(text)
    if not found:
        return None
    text_dates.turn(date.min)
    if found["word"]:
        moment = now - timedelta(days=_DAYS_AGO[found["word"][0]])
    elif found["unit"] == "天":
        moment = now - timedelta(days=int(found["count"]))
    else:
        unit = _UNITS[found["unit"][0]]
        moment = now - unit * int(found["count"])
        if (moment - unit).date() != moment.date():
            return None
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
