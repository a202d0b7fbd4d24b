"""Counts working days by the State Council's yearly holiday arrangements (放假安排), make-up workdays included."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from jimo_lint.values import dataclass

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a time limit. certain: false where a year's arrangement is not known yet (it is published in
    November of the year before), so that only weekends and the statutory holidays themselves were left out: not the
    days that the arrangement moves around them.
    """

    day: date
    certain: bool = True


def due(start: date, days: int, holidays: Collection[date] = (), workdays: Collection[date] = ()) -> Due:
    """The day by which `days` working days have passed after `start`, which itself is not counted.

    holidays, workdays: the office's own, which nothing else is asked of.
    """
    day, left, certain = start, days, True
    while left:
        day += timedelta(days=1)
        counts, known = _counts(day, holidays, workdays)
        left -= counts
        certain = certain and known
    return Due(day, certain)


def until(start: date, end: date, holidays: Collection[date] = (), workdays: Collection[date] = ()) -> tuple[int, bool]:
    """Working days after `start` up to and on `end`, and whether the arrangements of all of them are known."""
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    found = [_counts(day, holidays, workdays) for day in days]
    return sum(counts for counts, _ in found), all(known for _, known in found)


def late(due: date, today: date, holidays: Collection[date] = (), workdays: Collection[date] = ()) -> int:
    """How many working days lie behind a last day, today counted; 0 where it has not passed."""
    return until(due, today, holidays, workdays)[0]


def last(end: date, holidays: Collection[date] = (), workdays: Collection[date] = ()) -> Due:
    """The last working day up to and on `end`: when that is to be done which is due on a day off."""
    day, certain = end, True
    while True:
        counts, known = _counts(day, holidays, workdays)
        certain = certain and known
        if counts:
            return Due(day, certain)
        day -= timedelta(days=1)


def published(year: int) -> bool:
    """Whether the arrangement of a year is known."""
    return _is_workday(date(year, 1, 1)) is not None


def _counts(day: date, holidays: Collection[date], workdays: Collection[date]) -> tuple[bool, bool]:
    """Whether a day is one of work, and whether that is certain."""
    if day in holidays or day in workdays:
        return day not in holidays, True
    known = _is_workday(day)
    if known is not None:
        return known, True
    return day.weekday() < _SATURDAY and day not in _statutory(day.year), False


@cache
def _is_workday(day: date) -> bool | None:
    """None where the library does not have the year. Kept, since it looks through all its years for each day."""
    from chinese_calendar import is_workday  # only where a deadline is printed

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return None


@cache
def _statutory(year: int) -> frozenset[date]:
    """The holidays by law (全国年节及纪念日放假办法), with the days given for those that fall on a weekend."""
    from holidays.countries.china import China  # only in years whose arrangement is not published

    return frozenset(China(years=year))
