"""Says how a duty of the year stands on a day: how often it should have been done by then, when it is due next."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from jimo_lint.model.duties import Standing

_WEEK = timedelta(days=7)


def expected(times: int, year: int, day: date) -> int:
    """How often something that is owed `times` in `year` should have been done when `day` is over.

    Linear over the months, and over the days within a month, rounded down: of 2 a year the first is due when June
    ends, of 4 each when its quarter does. Not by working days: the holidays of a year are a week or two in all, which
    moves 30 a year by less than one, and those of the year to come are not published until November, so that the same
    day would be judged in two ways.
    """
    if day.year != year:
        return times if day.year > year else 0
    length = monthrange(year, day.month)[1]
    return times * ((day.month - 1) * length + day.day) // (12 * length)


def due_day(times: int, number: int, year: int) -> date:
    """The day by whose end the `number`-th of `times` should be done."""
    return next(day for day in _days(year) if expected(times, year, day) >= number)


def _days(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days))


def mondays(year: int) -> tuple[date, ...]:
    """The Mondays of the ISO weeks of a year, 52 or 53: the first is the week that holds 4 January, so that it may
    begin in December, and the last may end in January."""
    first = date.fromisocalendar(year, 1, 1)
    weeks = date(year, 12, 28).isocalendar().week
    return tuple(first + number * _WEEK for number in range(weeks))


def sunday(monday: date) -> date:
    """The last day of the week."""
    return monday + _WEEK - timedelta(days=1)


def over_the_year(times: int, done: int, most: int | None, year: int, days: tuple[date, date]) -> Standing:
    """How a duty without a day of its own stands.

    done: how often at least; most: how often at most, None where nobody knows. days: the one up to which was counted,
    and the one asked about: what was done in between is not known, so that only what was done says something of it.
    """
    counted, as_of = days
    if done >= times:
        return Standing.DONE
    if not done and most is None:
        return Standing.UNKNOWN
    if as_of.year < year:
        return Standing.WAITING
    now = expected(times, year, as_of)
    if done >= now:
        return Standing.AHEAD if done > now else Standing.EVEN
    then = expected(times, year, counted)
    if most is None or done < then <= most:
        return Standing.UNKNOWN
    if done < then:
        return Standing.BEHIND if as_of.year == year else Standing.OVERDUE
    return Standing.AHEAD if done > then else Standing.EVEN


def by_a_day(times: int, done: int, most: int | None, deadline: date, days: tuple[date, date]) -> Standing:
    """The same of one with a day: up to and on it, whether that is worked or not."""
    counted, as_of = days
    if done >= times:
        return Standing.DONE
    if as_of <= deadline:
        return Standing.UNKNOWN if most is None else Standing.WAITING
    if most is None or most >= times or counted < deadline:
        return Standing.UNKNOWN
    return Standing.OVERDUE


def by_weeks(weeks: int, done: int, gaps: int) -> Standing:
    """The same of one that is owed every week; a week that is over cannot be made up for."""
    if gaps:
        return Standing.BEHIND
    return Standing.DONE if done >= weeks else Standing.EVEN
